"""Generates docs/settings.md from the declared settings: ours by group, then Pelican's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bylines.settings.pelican import HONOURED
from bylines.settings.setting import GROUPS, Setting

_HEAD = """# Settings

They stand in `pelicanconf.py`, and what differs for publication in `publishconf.py`; both are Python. A wrong one ends the build
with a line that says what it has to be, and which is the nearest right one; `invoke doctor` looks at all of them. This page is
made by `python -m bylines.settings`.
"""
_PELICANS = """
## Pelican's own
Those of [Pelican's settings](https://docs.getpelican.com/en/latest/settings.html) that count here. The others do nothing;
[pelican.md](pelican.md) says why.

| setting | what it has to be | what it means |
|---|---|---|
"""


def page(settings: Sequence[Setting[Any]]) -> str:
    """Return the page about all settings."""
    return "".join(
        [_HEAD, *_ours(settings), _PELICANS, *(f"| `{s.name}` | {s.kind.said} | {s.meaning} |\n" for s in HONOURED)]
    )


def _ours(settings: Sequence[Setting[Any]]) -> Iterator[str]:
    for title in dict.fromkeys((*GROUPS, *(setting.group for setting in settings))):
        yield f"\n## {title}\n| setting | default | what it means |\n|---|---|---|\n"
        rows = sorted((s for s in settings if s.group == title), key=lambda setting: setting.order)
        yield from (f"| `{s.name}` | {_format_default(s.default)} | {s.meaning} |\n" for s in rows)


def _format_default(value: Any) -> str:
    if not isinstance(value, tuple):
        return f"`{value!r}`"
    short = " ".join(f"`{item.removeprefix(_FEATURES)}`" for item in value)
    return f"{short}, each after `{_FEATURES}`" if value[:1] and value[0].startswith(_FEATURES) else short


_FEATURES = "bylines.features."
