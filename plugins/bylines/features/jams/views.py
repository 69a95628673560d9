"""What the templates of jams see."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from bylines.engine.views import Direction, FeedLink, Sizes, View
from bylines.features.people.views import Byline
from bylines.features.posts.views import Listing


class JamName(View, frozen=True, kw_only=True):
    """A jam where an idea names it."""

    title: str
    url: str
    lang: str
    dir: Direction


class JamLink(JamName, frozen=True, kw_only=True):
    """A jam with its time. `closes` is the first moment at which it is open no more, `locale_closes` its last day."""

    state: Literal["to come", "open", "closed"]
    opens: dt.datetime
    closes: dt.datetime
    locale_opens: str
    locale_closes: str
    summary: str = ""


class JamLinks(View, frozen=True, kw_only=True):
    """jams/home.html: the jams that are open or to come."""

    jams: tuple[JamLink, ...]


class IdeaOf(View, frozen=True, kw_only=True):
    """jams/idea.html: the jam of which a post is an idea."""

    jam: JamName


class JamsPage(View, frozen=True, kw_only=True):
    """jams/index.html: all jams."""

    open: tuple[JamLink, ...]
    """The first to close first."""
    to_come: tuple[JamLink, ...]
    """The next first."""
    closed: tuple[JamLink, ...]
    """The last first."""


class JamPage(View, frozen=True, kw_only=True):
    """jams/jam.html: a jam with the newest of its ideas. `content` and `toc` are added when it is rendered."""

    jam: JamLink
    slug: str
    """By which a post names it."""
    listing: Listing
    hosts: tuple[Byline, ...] = ()
    modified: dt.datetime | None = None
    locale_modified: str = ""
    image: str | None = None
    image_alt: str = ""
    image_sizes: Sizes | None = None
    hidden: bool = False
    feeds: tuple[FeedLink, ...] = ()
