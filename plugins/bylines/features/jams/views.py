"""What the templates of jams see."""

from __future__ import annotations

import datetime as dt

from bylines.views import Byline, FeedLink, JamLink, Listing, Sizes, View


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
