"""What the templates of the directory, and of other indexes, see."""

from __future__ import annotations

import datetime as dt

from bylines.engine.views import FeedLink, View
from bylines.features.people.views import Byline


class Entry(View, frozen=True, kw_only=True):
    """A line of the directory, or of the topics."""

    title: str
    """As filed: 'Lovelace, Ada' where it is known which is the family name, else the name."""
    url: str
    posts: int
    newest: dt.datetime | None = None
    locale_newest: str = ""
    byline: Byline | None = None
    """None for a topic or a group."""
    group: bool = False
    family: str = ""
    """The part of `title` to stress, '' where it is not known."""
    people: int = 0
    """How many are of it: a team's, a place's."""


class Letter(View, frozen=True, kw_only=True):
    """A letter of an index with its entries (empty where they stand on a page of their own, `url`)."""

    label: str
    id: str
    url: str
    count: int
    entries: tuple[Entry, ...] = ()


class Letters(View, frozen=True, kw_only=True):
    """directory/home.html: a way to each letter of the directory."""

    letters: tuple[Letter, ...]
    """Without entries or counts."""


class IndexPage(View, frozen=True, kw_only=True):
    """directory/index.html and topics/index.html: letters in order, with entries while they are few."""

    letters: tuple[Letter, ...]
    total: int
    feeds: tuple[FeedLink, ...] = ()


class LetterPage(View, frozen=True, kw_only=True):
    """directory/letter.html and topics/letter.html: one letter, or a part of a long one, with its neighbours."""

    letter: Letter
    parts: tuple[Letter, ...] = ()
    """The parts of a letter that is too long for one page, each with a page of its own."""
    above: tuple[Letter, ...] = ()
    """What this is a part of: the letter first."""
    previous: Letter | None = None
    next: Letter | None = None
    letters: tuple[Letter, ...] = ()
    """All letters of the index, without counts: a way to each."""
