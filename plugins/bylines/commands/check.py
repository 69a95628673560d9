"""`check`: everything that is wrong in the content, without touching the output; for a person's last look and for CI."""

from __future__ import annotations

from bylines.commands.build import Wishes, build


def check(settings: str = "pelicanconf.py", wishes: Wishes | None = None) -> int:
    """Builds into `.check/` and prints the problems; gives 1 where there are any."""
    return build(settings, aside=".check", strict=True, wishes=wishes)
