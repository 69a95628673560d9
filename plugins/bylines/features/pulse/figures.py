"""Counts the figures with covering indexes: everything written until the end of yesterday, in the site's time zone.

A listed post counts once for the site, and once for each blog and topic in whose list it is. A translation counts for its
language. Everybody with a post in the list of their own blog is a writer; groups are not.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bylines.engine.context import BuildContext, Cache, month_before

_MONTHS = 240
"""How many months are counted one by one; older posts count only in the totals."""
WEEKS = 52
YEAR = 365
RECENT = 30
"""The lengths of the last year (`YEAR`) and of `recent_posts` and `recent_writers` (`RECENT`), in days."""
_WINDOW, _REGULAR = 6, 3
"""A regular writer wrote in at least `_REGULAR` of the last `_WINDOW` months."""


@dataclass(slots=True)
class Count:
    """The figures of a team, a topic or a language in the last year."""

    name: str
    key: str
    posts: int = 0
    writers: int = 0


@dataclass(slots=True)
class Months:
    """Figures by month, from the first with a post. `writers`, `beginners` and `regular` count people, not groups."""

    firsts: list[dt.date]
    posts: list[int]
    writers: list[int]
    beginners: list[int]
    regular: list[int] = field(default_factory=list)
    posts_before: int = 0
    writers_before: int = 0


@dataclass(slots=True)
class Figures:
    """All figures of the pulse."""

    yesterday: dt.date
    posts: int
    days: dict[dt.date, int]
    """The posts of each day, from the Monday with which the last `WEEKS` weeks begin."""
    months: Months
    blogs: int = 0
    writers: int = 0
    recent_posts: int = 0
    recent_writers: int = 0
    teams: list[Count] = field(default_factory=list)
    topics: list[Count] = field(default_factory=list)
    languages: list[Count] = field(default_factory=list)


_DATED = "SELECT count(*) FROM listing WHERE list = 'site' AND date >= ? AND date < ?"
_FIRST = "SELECT date FROM listing WHERE list = 'site' ORDER BY date LIMIT 1"
_BLOGS = "SELECT list, date FROM listing WHERE list >= 'blog:' AND list < 'blog;' AND date < ? ORDER BY list, date"
_TOPICS = """
SELECT label, topic, (
    SELECT count(*) FROM listing WHERE list = 'topic:' || topic_label.topic AND date >= ? AND date < ?
) FROM topic_label
"""
_LANGUAGES = """
SELECT lang, lang, count(*) FROM post INDEXED BY pulse_post WHERE state >= 2 AND date >= ? AND date < ? GROUP BY lang
"""
QUERIES = {"dated": _DATED, "first": _FIRST, "blogs": _BLOGS, "topics": _TOPICS, "languages": _LANGUAGES}


_FIGURES = Cache[None, Figures]("the figures of the build's day")


def figures(build: BuildContext) -> Figures:
    """Return the figures, which are counted once in a build."""
    memo = build.cache(_FIGURES)
    if None not in memo:
        memo[None] = _count_figures(build)
    return memo[None]


def _count_figures(build: BuildContext) -> Figures:
    cut = build.midnight(build.day)
    yesterday = build.day - dt.timedelta(days=1)
    since = build.midnight(build.day - dt.timedelta(days=YEAR))
    recent = build.midnight(build.day - dt.timedelta(days=RECENT))
    posts = _count_dated(build, -(1 << 60), cut)
    found = Figures(
        yesterday=yesterday,
        posts=posts,
        days=_days(build, yesterday),
        months=_months(build, yesterday, cut, posts),
        recent_posts=_count_dated(build, recent, cut),
    )
    _count_blogs(build, found, cut, since, recent)
    for sql, counts in ((_TOPICS, found.topics), (_LANGUAGES, found.languages)):
        rows = build.store.rows(sql, (since, cut))
        counts.extend(_in_order(Count(*row) for row in rows))
    return found


def _count_dated(build: BuildContext, first: int, end: int) -> int:
    """Return how many posts of the site have dates from `first` until before `end` (seconds since 1970)."""
    return int(build.store.rows(_DATED, (first, end))[0][0])


def _days(build: BuildContext, yesterday: dt.date) -> dict[dt.date, int]:
    monday = yesterday - dt.timedelta(days=yesterday.weekday(), weeks=WEEKS - 1)
    days = [monday + dt.timedelta(days=n) for n in range((yesterday - monday).days + 1)]
    starts = [build.midnight(day) for day in (*days, yesterday + dt.timedelta(days=1))]
    return {day: _count_dated(build, *span) for day, span in zip(days, itertools.pairwise(starts), strict=True)}


def _months(build: BuildContext, yesterday: dt.date, cut: int, posts: int) -> Months:
    row = build.store.row(_FIRST) if posts else None
    first = build.moment(max(row[0], cut - _MONTHS * 31 * 86400)).date() if row else yesterday
    count = (yesterday.year - first.year) * 12 + yesterday.month - first.month + 1
    firsts = [month_before(yesterday, back) for back in range(count)][:_MONTHS][::-1]
    starts = [*(build.midnight(day) for day in firsts), cut]
    by_month = [_count_dated(build, *span) for span in itertools.pairwise(starts)]
    nobody = [0] * len(firsts)
    return Months(firsts, by_month, nobody, nobody.copy(), posts_before=posts - sum(by_month))


def _count_blogs(build: BuildContext, found: Figures, cut: int, since: int, recent: int) -> None:
    """Count the blogs and their writers, by month and by team, in one pass over the dates of each blog's posts."""
    groups = set(build.store.column("SELECT handle FROM team"))
    teams: dict[str, str] = dict(build.store.rows("SELECT handle, spelling FROM person_team"))
    starts = [build.midnight(day) for day in found.months.firsts]
    steps = [0] * (len(starts) + 1)
    counts: dict[str, Count] = {}
    for handle, dates in _blogs(build, cut):
        found.blogs += 1
        if handle in groups:
            continue
        found.writers += 1
        found.recent_writers += dates[-1] >= recent
        _count_months(found.months, _month_numbers(starts, dates), steps)
        lately = len(dates) - bisect.bisect_left(dates, since)
        if lately and handle in teams:
            _add(counts, teams[handle], lately)
    found.months.regular = list(itertools.accumulate(steps))[:-1]
    found.teams = _in_order(counts.values())


def _blogs(build: BuildContext, cut: int) -> Iterator[tuple[str, list[int]]]:
    """Yield each blog's handle with the dates of its posts (seconds since 1970, ascending)."""
    last, dates = "", list[int]()
    for name, date in build.store.db.execute(_BLOGS, (cut,)):
        if name != last:
            if dates:
                yield last.removeprefix("blog:"), dates
            last, dates = name, []
        dates.append(date)
    if dates:
        yield last.removeprefix("blog:"), dates


def _month_numbers(starts: Sequence[int], dates: Sequence[int]) -> list[int]:
    """Return the indexes of the months in which the dates lie, ascending; -1 if before the first month."""
    found, end = [], -(1 << 60)
    for date in dates:
        if date >= end:
            number = bisect.bisect_right(starts, date)
            found.append(number - 1)
            end = starts[number] if number < len(starts) else 1 << 60
    return found


def _count_months(months: Months, wrote: Sequence[int], steps: list[int]) -> None:
    """Count a writer, who wrote in these months (their indexes, ascending; -1 is before the first).

    `steps` says how many more (or fewer) people write regularly in a month than in the one before.
    """
    if wrote[0] < 0:
        months.writers_before += 1
        wrote = wrote[1:]
    elif wrote:
        months.beginners[wrote[0]] += 1
    for month in wrote:
        months.writers[month] += 1
    done = 0
    for first, last in zip(wrote, wrote[_REGULAR - 1 :], strict=False):
        begin, end = max(last, done), min(first + _WINDOW, len(steps) - 1)
        if begin < end:
            steps[begin] += 1
            steps[end] -= 1
            done = end


def _add(counts: dict[str, Count], team: str, posts: int) -> None:
    """Add a writer to a team. Spellings that differ only in case are one team, shown as the first in the alphabet."""
    key = team.casefold()
    count = counts.setdefault(key, Count(team, key))
    count.name = min(count.name, team)
    count.posts += posts
    count.writers += 1


def _in_order(counts: Iterable[Count]) -> list[Count]:
    """Return the counts with posts, those with the most first."""
    return sorted((count for count in counts if count.posts), key=lambda count: (-count.posts, count.key))
