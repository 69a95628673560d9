"""The inputs of feeds. All addresses are absolute if the site has a SITEURL; all times have a time zone."""

from __future__ import annotations

import datetime as dt

import msgspec

from bylines.engine.feature import Body


class FeedAuthor(msgspec.Struct, frozen=True):
    """An author of an entry: the name, and the address of the blog."""

    name: str
    url: str


class FeedSource(msgspec.Struct, frozen=True):
    """The blog that an entry comes from, in a feed of several blogs (RFC 4287, 4.2.11)."""

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
    """The slug and the name of each topic."""
    summary: str
    body: Body
    source: FeedSource | None = None


class FeedInputs(msgspec.Struct, frozen=True, kw_only=True):
    """A feed or an archive."""

    format: str
    """One of the names in BYLINES_FEED_FORMATS."""
    id: str
    title: str
    subtitle: str
    url: str
    feed: str
    updated: dt.datetime
    lang: str
    entries: tuple[FeedEntry, ...]
    whole: bool
    """Whether the feed has all entries of its list."""
    previous: str = ""
    """The address of the archive with the entries before these; empty if there is none."""
    current: str = ""
    """For an archive, the address of the feed to subscribe to, which has the newest entries."""
    stylesheet: str
