"""`build`: the whole site, its problems on stderr and one line about what was built on stdout."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from bylines.problems import BuildError, report


def build(
    settings: str = "pelicanconf.py",
    *,
    overrides: Mapping[str, Any] | None = None,
    verify: bool = False,
    strict: bool = False,
) -> int:
    """Builds the site of a settings file.

    Gives 0; 1 where the build cannot go on, or where `strict` is asked for and anything is wrong in the content.
    """
    from bylines import frame  # Pelican takes a quarter of a second to import: only who builds pays for it

    try:
        result = frame.build(settings, overrides, verify=verify)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for line in report(result.problems):
        print(line, file=sys.stderr)
    print(result.line())
    return 1 if strict and result.problems else 0
