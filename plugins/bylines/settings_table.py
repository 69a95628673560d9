"""docs/settings.md, made from the declared settings: ours by what they are about, then Pelican's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bylines.settings_pelican import HONOURED

if TYPE_CHECKING:
    from bylines.settings import Setting

GROUPS = (
    (
        "What the site is",
        "BYLINES_AUTHORS BYLINES_FEATURES BYLINES_MARKDOWN BYLINES_DRAFTS BYLINES_LANGUAGES BYLINES_PARTICLES",
    ),
    (
        "How it looks and what it says",
        "BYLINES_ACCENT BYLINES_LOGO BYLINES_SOURCE_URL BYLINES_REPLY_URL BYLINES_DISCLAIMER BYLINES_VIDEO_HOSTS "
        "BYLINES_COVERS",
    ),
    (
        "Feeds",
        "BYLINES_TAG BYLINES_FEED_SIZE BYLINES_FEED_FORMATS BYLINES_FEED_ARCHIVES BYLINES_FEED_ARCHIVE_FORMATS",
    ),
    ("Lists and search", "BYLINES_PAGE_SIZE BYLINES_HOME_SIZE BYLINES_HOME_EACH BYLINES_LETTERS_FROM BYLINES_SEARCH"),
    ("What is let in", "BYLINES_MAX_BYTES BYLINES_MAX_PICTURE BYLINES_PERSONAL"),
    (
        "Publication",
        "BYLINES_PUBLISH_TO BYLINES_PUBLISH_SSH BYLINES_PUBLISH_COPIES BYLINES_PUBLISH_KEEP BYLINES_MOST_LOST",
    ),
    (
        "How a build works",
        "BYLINES_WORKERS BYLINES_EXECUTOR BYLINES_SCHEDULER BYLINES_PARALLEL_FROM BYLINES_LOOK_AT",
    ),
)
"""What settings are about, each by its names; a setting that is in none of these stands under 'More'."""

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


def table(settings: Sequence[Setting]) -> str:
    """The page about all settings."""
    return "".join(
        [_HEAD, *_ours(settings), _PELICANS, *(f"| `{s.name}` | {s.kind.said} | {s.meaning} |\n" for s in HONOURED)]
    )


def _ours(settings: Sequence[Setting]) -> Iterator[str]:
    grouped = {name for _, names in GROUPS for name in names.split()}
    more = " ".join(setting.name for setting in settings if setting.name not in grouped)
    for title, names in (*GROUPS, *([("More", more)] if more else [])):
        yield f"\n## {title}\n| setting | default | what it means |\n|---|---|---|\n"
        yield from (
            f"| `{s.name}` | {_shown_default(s.default)} | {s.meaning} |\n" for s in settings if s.name in names.split()
        )


def _shown_default(value: Any) -> str:
    if not isinstance(value, tuple):
        return f"`{value!r}`"
    short = " ".join(f"`{item.removeprefix(_FEATURES)}`" for item in value)
    return f"{short}, each after `{_FEATURES}`" if value[:1] and value[0].startswith(_FEATURES) else short


_FEATURES = "bylines.features."
