"""The views that the templates of the directory and of other indexes get."""

from __future__ import annotations

import datetime as dt

from bylines.engine.views import FeedLink, View
from bylines.features.people.views import Byline


class Entry(View, frozen=True, kw_only=True):
    """A line of the directory, or of the topics."""

    title: str
    """The name as it is sorted: 'Lovelace, Ada' if the family name is known, else the plain name."""
    url: str
    posts: int
    newest: dt.datetime | None = None
    locale_newest: str = ""
    byline: Byline | None = None
    """None for a topic or a group."""
    group: bool = False
    family: str = ""
    """The part of `title` to emphasize; empty if unknown."""
    people: int = 0
    """The number of people, for a team or a place."""


class Letter(View, frozen=True, kw_only=True):
    """A letter of an index with its entries (empty if they are on a page of their own, at `url`)."""

    label: str
    id: str
    url: str
    count: int
    entries: tuple[Entry, ...] = ()


class Letters(View, frozen=True, kw_only=True):
    """directory/home.html: a link to each letter of the directory."""

    letters: tuple[Letter, ...]
    """The letters, without entries or counts."""


class IndexPage(View, frozen=True, kw_only=True):
    """directory/index.html and topics/index.html: letters in order, with their entries while these are few."""

    letters: tuple[Letter, ...]
    total: int
    feeds: tuple[FeedLink, ...] = ()


class LetterPage(View, frozen=True, kw_only=True):
    """directory/letter.html and topics/letter.html: one letter, or a part of a long one, with its neighbours."""

    letter: Letter
    parts: tuple[Letter, ...] = ()
    """The parts of a letter that is too long for one page. Each has a page of its own."""
    above: tuple[Letter, ...] = ()
    """The longer parts that contain this one, beginning with the letter."""
    previous: Letter | None = None
    next: Letter | None = None
    letters: tuple[Letter, ...] = ()
    """All letters of the index without counts, as links."""
