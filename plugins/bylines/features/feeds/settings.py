"""Which feeds and archives of feeds there are, and how many posts are in one."""

from __future__ import annotations

from bylines.problems import SettingsError
from bylines.settings.checks import some_of
from bylines.settings.setting import FEEDS, Given, Setting

FORMATS = ("atom", "rss", "json")
LISTS = ("site", "blogs", "topics", "teams", "jams", "languages")
"""The kinds of lists that have feeds, as BYLINES_FEED_ARCHIVES names them."""


def _check_formats(name: str, value: tuple[str, ...], given: Given) -> tuple[str, ...]:
    """Checks that the formats are some that there are, with Atom among them."""
    if "atom" not in value or not set(value) <= set(FORMATS):
        raise SettingsError(f"{name} is {value!r}; it is 'atom' and whichever you want of 'rss' and 'json'")
    return tuple(form for form in FORMATS if form in value)


def _check_archive_formats(name: str, value: tuple[str, ...], given: Given) -> tuple[str, ...]:
    """Checks that the archives have no other formats than the feeds that lead to them."""
    return some_of(*FEED_FORMATS.value(given))(name, value, given)


FEED_SIZE = Setting("BYLINES_FEED_SIZE", 20, "newest posts in a feed", FEEDS)
FEED_FORMATS: Setting[tuple[str, ...]] = Setting(
    "BYLINES_FEED_FORMATS",
    FORMATS,
    "the formats of each feed: 'atom' always, and 'rss' and 'json' if wanted",
    FEEDS,
    check=_check_formats,
    reaches="templates",
)
FEED_ARCHIVES: Setting[tuple[str, ...]] = Setting(
    "BYLINES_FEED_ARCHIVES",
    ("blogs",),
    f"whose older posts stand in archives that feeds lead to: of {', '.join(map(repr, LISTS))}",
    FEEDS,
    check=some_of(*LISTS),
)
FEED_ARCHIVE_FORMATS: Setting[tuple[str, ...]] = Setting(
    "BYLINES_FEED_ARCHIVE_FORMATS",
    ("atom",),
    "the formats of these archives, of those of feeds",
    FEEDS,
    check=_check_archive_formats,
)
