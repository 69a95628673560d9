"""The inputs of the pulse's pages: figures, and charts with computed coordinates."""

from __future__ import annotations

import datetime as dt

import msgspec

from bylines.engine.views import View


class Shape(View, frozen=True, kw_only=True):
    """Boxes of one colour: bars, or days. `level` is 1 for few posts to 4 for many; 0 for none."""

    level: int
    path: str
    """An SVG path."""


class Label(View, frozen=True, kw_only=True):
    """A text in a chart. It starts at `x`, or ends there with `at_end`."""

    x: float
    y: float
    text: str
    at_end: bool = False


class Chart(View, frozen=True, kw_only=True):
    """A drawing of `width` × `height` units. The template adds a title and a description in words."""

    id: str
    width: int
    height: int
    shapes: tuple[Shape, ...] = ()
    area: str = ""
    """The area as an SVG path; empty if none."""
    lines: tuple[float, ...] = ()
    """The y coordinates of horizontal lines."""
    labels: tuple[Label, ...] = ()
    first: str = ""
    """The first day or month that it shows, in words; `last` is the last one."""
    last: str = ""
    most: int = 0
    """The largest figure; `most_when` is its day or month, in words."""
    most_when: str = ""
    latest: int = 0
    """The last figure."""
    total: int = 0


class MonthRow(View, frozen=True, kw_only=True):
    """A month: its posts and writers, and the totals at its end."""

    month: str
    name: str
    posts: int
    writers: int
    beginners: int
    """How many people wrote their first post in it."""
    regular: int
    """How many people wrote in at least three of the six months that end with it."""
    all_posts: int
    all_writers: int


class WeekRow(View, frozen=True, kw_only=True):
    """A week's posts by day; None for days to come."""

    start: dt.date
    name: str
    days: tuple[int | None, ...]


class Share(View, frozen=True, kw_only=True):
    """A team, topic or language: its posts of the last year, and how many people wrote them."""

    name: str
    posts: int
    width: float
    """The length of its bar, in per cent of the longest."""
    url: str = ""
    lang: str = ""
    writers: int = 0


class Shares(View, frozen=True, kw_only=True):
    """The teams, topics or languages with the most posts, and how many more there are."""

    shown: tuple[Share, ...] = ()
    more: int = 0


class PulsePage(View, frozen=True, kw_only=True):
    """Variables of pulse/index.html. If nothing was written before today, `posts` is 0 and there are no charts."""

    day: dt.date
    """Yesterday, the last day that is counted."""
    locale_day: str
    posts: int = 0
    blogs: int = 0
    writers: int = 0
    recent_posts: int = 0
    """Posts of the last 30 days."""
    recent_writers: int = 0
    regular: int = 0
    weekdays: tuple[str, ...] = ()
    weeks: tuple[WeekRow, ...] = ()
    days: tuple[Chart, ...] = ()
    """Two calendars of half a year."""
    by_month: Chart | None = None
    writers_by_month: Chart | None = None
    regular_by_month: Chart | None = None
    beginners_by_month: Chart | None = None
    growth: Chart | None = None
    growth_of_writers: Chart | None = None
    months: tuple[MonthRow, ...] = ()
    """Newest first."""
    teams: Shares = Shares()
    topics: Shares = Shares()
    languages: Shares = Shares()


class TableInputs(msgspec.Struct, frozen=True):
    """A table for download: its head and its rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
