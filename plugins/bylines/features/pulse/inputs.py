"""What the pulse's pages show: figures, and charts whose places are worked out."""

from __future__ import annotations

import datetime as dt

import msgspec

from bylines.engine.views import View


class Shape(View, frozen=True, kw_only=True):
    """Boxes of one colour: bars, or days; `level` 1–4 says how much a day has, 0 is none."""

    level: int
    path: str
    """As SVG writes it."""


class Label(View, frozen=True, kw_only=True):
    """A text in a chart: where it begins, or where it ends."""

    x: float
    y: float
    text: str
    at_end: bool = False


class Chart(View, frozen=True, kw_only=True):
    """A drawing of so many units; a template gives it its title and says in words what it shows."""

    id: str
    width: int
    height: int
    shapes: tuple[Shape, ...] = ()
    area: str = ""
    """The path of an area, as SVG writes it."""
    lines: tuple[float, ...] = ()
    """Where lines go across."""
    labels: tuple[Label, ...] = ()
    first: str = ""
    """The first day or month that it shows, in words; and the last."""
    last: str = ""
    most: int = 0
    """The largest figure, and when that was, in words."""
    most_when: str = ""
    latest: int = 0
    """The last figure."""
    total: int = 0


class MonthRow(View, frozen=True, kw_only=True):
    """A month: what was written in it and by how many, and how much there was at its end."""

    month: str
    name: str
    posts: int
    writers: int
    beginners: int
    """Whose first post it saw."""
    regular: int
    """Who wrote in at least three of the six months that end with it."""
    all_posts: int
    all_writers: int


class WeekRow(View, frozen=True, kw_only=True):
    """A week's posts by day; None for days to come."""

    start: dt.date
    name: str
    days: tuple[int | None, ...]


class Share(View, frozen=True, kw_only=True):
    """A team, topic or language: its posts of the last year, and who wrote them."""

    name: str
    posts: int
    width: float
    """Of its bar, in hundredths of the longest one's."""
    url: str = ""
    lang: str = ""
    writers: int = 0


class Shares(View, frozen=True, kw_only=True):
    """The first of them, and how many more there are."""

    shown: tuple[Share, ...] = ()
    more: int = 0


class PulsePage(View, frozen=True, kw_only=True):
    """pulse/index.html: `posts` is 0 and the charts are empty where nothing was written before today."""

    day: dt.date
    """Yesterday, with which the figures end."""
    locale_day: str
    posts: int = 0
    blogs: int = 0
    writers: int = 0
    recent_posts: int = 0
    """Of the last 30 days."""
    recent_writers: int = 0
    regular: int = 0
    weekdays: tuple[str, ...] = ()
    weeks: tuple[WeekRow, ...] = ()
    days: tuple[Chart, ...] = ()
    """Two half years."""
    by_month: Chart | None = None
    writers_by_month: Chart | None = None
    regular_by_month: Chart | None = None
    beginners_by_month: Chart | None = None
    growth: Chart | None = None
    growth_of_writers: Chart | None = None
    months: tuple[MonthRow, ...] = ()
    """The newest first."""
    teams: Shares = Shares()
    topics: Shares = Shares()
    languages: Shares = Shares()


class TableInputs(msgspec.Struct, frozen=True):
    """A table to take away: its head and its rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
