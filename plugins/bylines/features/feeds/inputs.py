"""The inputs of feeds. All addresses are absolute where the site has a SITEURL; all moments are aware."""

from __future__ import annotations

import datetime as dt

import msgspec

from bylines.engine.feature import Body


class FeedAuthor(msgspec.Struct, frozen=True):
    """An author of an entry: the name, and the address of the blog."""

    name: str
    url: str


class FeedSource(msgspec.Struct, frozen=True):
    """The blog that an entry of an aggregate comes from (RFC 4287, 4.2.11)."""

    id: str
    title: str
    url: str
    feed: str


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A post in a feed."""

    id: str
    title: str
    url: str
    published: dt.datetime
    updated: dt.datetime
    lang: str
    authors: tuple[FeedAuthor, ...]
    topics: tuple[tuple[str, str], ...]
    """(slug, name) of each topic."""
    summary: str
    body: Body
    source: FeedSource | None = None


class FeedInputs(msgspec.Struct, frozen=True, kw_only=True):
    """A feed."""

    format: str
    """As BYLINES_FEED_FORMATS names it."""
    id: str
    title: str
    subtitle: str
    url: str
    feed: str
    updated: dt.datetime
    lang: str
    entries: tuple[FeedEntry, ...]
    whole: bool
    """Whether these are all the entries there are."""
    previous: str = ""
    """The archive with the entries before these; '' where there is none."""
    current: str = ""
    """In an archive: the feed of the newest entries, which is the one to subscribe to."""
    stylesheet: str
