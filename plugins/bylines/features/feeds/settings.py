"""The settings of feeds and archives: their formats, their lists and their size."""

from __future__ import annotations

from bylines.engine.capability import contributions_of
from bylines.engine.contributions import PostList
from bylines.problems import SettingsError
from bylines.settings.checks import some_of
from bylines.settings.setting import FEEDS, Given, Setting

FORMATS = ("atom", "rss", "json")


def _check_formats(name: str, value: tuple[str, ...], given: Given) -> tuple[str, ...]:
    """Checks that all formats are known and that Atom is among them."""
    if "atom" not in value or not set(value) <= set(FORMATS):
        raise SettingsError(f"{name} is {value!r}; it is 'atom' and whichever you want of 'rss' and 'json'")
    return tuple(form for form in FORMATS if form in value)


def _check_archive_formats(name: str, value: tuple[str, ...], given: Given) -> tuple[str, ...]:
    """Checks that the archives have only formats that the feeds have too."""
    return some_of(*FEED_FORMATS.value(given))(name, value, given)


def _check_archives(name: str, value: tuple[str, ...], given: Given) -> tuple[str, ...]:
    """Checks that the site's capabilities have all these kinds of lists."""
    there = {capability.name for capability in given.capabilities}
    if not there or any(set(capability.needs) - there for capability in given.capabilities):
        return value  # the missing capability is reported first
    kinds = dict.fromkeys(lists.kind for lists in contributions_of(given.capabilities, PostList))
    return some_of(*kinds)(name, value, given)


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
    "whose older posts stand in archives that feeds lead to: kinds of lists, such as 'site', 'blogs' or 'topics'",
    FEEDS,
    check=_check_archives,
)
FEED_ARCHIVE_FORMATS: Setting[tuple[str, ...]] = Setting(
    "BYLINES_FEED_ARCHIVE_FORMATS",
    ("atom",),
    "the formats of these archives, of those of feeds",
    FEEDS,
    check=_check_archive_formats,
)
