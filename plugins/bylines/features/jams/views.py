"""The views that the templates of jams get."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from bylines.engine.views import Direction, FeedLink, Sizes, View
from bylines.features.people.views import Byline
from bylines.features.posts.views import Listing


class JamName(View, frozen=True, kw_only=True):
    """A jam, as an idea's page shows it."""

    title: str
    url: str
    lang: str
    dir: Direction


class JamLink(JamName, frozen=True, kw_only=True):
    """A jam with its time. `closes` is the first moment after it, `locale_closes` its last day."""

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
    """jams/idea.html: the jam of a post that is an idea."""

    jam: JamName


class JamsPage(View, frozen=True, kw_only=True):
    """jams/index.html: all jams."""

    open: tuple[JamLink, ...]
    """The first to close comes first."""
    to_come: tuple[JamLink, ...]
    """The first to open comes first."""
    closed: tuple[JamLink, ...]
    """The last to close comes first."""


class JamPage(View, frozen=True, kw_only=True):
    """jams/jam.html: a jam with the newest of its ideas. `content` and `toc` are added when it is rendered."""

    jam: JamLink
    slug: str
    """The name by which posts refer to it."""
    listing: Listing
    hosts: tuple[Byline, ...] = ()
    modified: dt.datetime | None = None
    locale_modified: str = ""
    image: str | None = None
    image_alt: str = ""
    image_sizes: Sizes | None = None
    hidden: bool = False
    feeds: tuple[FeedLink, ...] = ()
