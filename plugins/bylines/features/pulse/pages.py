"""Assembles the page of the pulse, and its tables for download."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

from bylines.engine.context import BuildContext, Invalidations, month_before
from bylines.engine.feature import PageInputs
from bylines.features.pulse import charts
from bylines.features.pulse.facts import PULSE
from bylines.features.pulse.figures import WEEKS, Count, Figures, figures
from bylines.features.pulse.inputs import Chart, MonthRow, PulsePage, Share, Shares, TableInputs, WeekRow
from bylines.locale_format import day_in_words, language_name, month_in_words, weekday

_BARS = 24
_SHOWN = 12
_PATH = "pulse/"


def keys(build: BuildContext) -> Iterable[str]:
    """Return the key of the only page."""
    return ("index",)


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the page if a figure may have changed."""
    return keys(build) if dirty.any(PULSE) else ()


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the page."""
    return PageInputs(path=f"{_PATH}index.html", view=_page(figures(build), build.site.lang))


def _page(found: Figures, lang: str) -> PulsePage:
    day = found.yesterday
    if not found.posts:
        return PulsePage(day=day, locale_day=day_in_words(day, lang))
    months = found.months
    rows = _rows(found, lang)
    totals = [row.all_posts for row in rows], [row.all_writers for row in rows]
    return PulsePage(
        day=day,
        locale_day=day_in_words(day, lang),
        posts=found.posts,
        blogs=found.blogs,
        writers=found.writers,
        recent_posts=found.recent_posts,
        recent_writers=found.recent_writers,
        regular=months.regular[-1],
        weekdays=tuple(weekday(day - dt.timedelta(days=day.weekday() - n), lang) for n in range(7)),
        weeks=_weeks(found.days, lang),
        days=_halves(found.days, lang),
        by_month=_bars("site-by-month", found, months.posts, lang),
        writers_by_month=_bars("site-writers", found, months.writers, lang),
        regular_by_month=_bars("site-regular", found, months.regular, lang),
        beginners_by_month=_bars("site-beginners", found, months.beginners, lang),
        growth=charts.area("site-growth", months.firsts, totals[0], lang),
        growth_of_writers=charts.area("site-growth-writers", months.firsts, totals[1], lang),
        months=tuple(rows[: -_BARS - 1 : -1]),
        teams=_shares(found.teams, lambda count: count.name),
        topics=_shares(found.topics, lambda count: count.name, "topics/"),
        languages=_shares(found.languages, lambda count: language_name(count.key, lang)),
    )


def _bars(name: str, found: Figures, by_month: Sequence[int], lang: str) -> Chart:
    """Return bars for the last two years, also on a young site, so that bars always have the same width."""
    firsts = [month_before(found.yesterday, back) for back in range(_BARS)][::-1]
    padded = [*[0] * (_BARS - len(by_month)), *by_month[-_BARS:]]
    return charts.bars(name, firsts, padded, lang)


def _rows(found: Figures, lang: str) -> list[MonthRow]:
    months = found.months
    posts = itertools.accumulate(months.posts, initial=months.posts_before)
    writers = itertools.accumulate(months.beginners, initial=months.writers_before)
    next(posts), next(writers)
    figures_of_month = zip(
        months.firsts, months.posts, months.writers, months.beginners, months.regular, posts, writers, strict=True
    )
    return [
        MonthRow(
            month=first.isoformat()[:7],
            name=month_in_words(first, lang),
            posts=written,
            writers=wrote,
            beginners=began,
            regular=regular,
            all_posts=all_posts,
            all_writers=all_writers,
        )
        for first, written, wrote, began, regular, all_posts, all_writers in figures_of_month
    ]


def _weeks(days: Mapping[dt.date, int], lang: str) -> tuple[WeekRow, ...]:
    """Return the weeks, the newest first."""
    mondays = [day for day in days if day.weekday() == 0]
    found = []
    for monday in reversed(mondays):
        week = tuple(days.get(monday + dt.timedelta(days=n)) for n in range(7))
        found.append(WeekRow(start=monday, name=day_in_words(monday, lang), days=week))
    return tuple(found)


def _halves(days: dict[dt.date, int], lang: str) -> tuple[Chart, ...]:
    """Return the days as two calendars of half a year, with one scale for both."""
    scale = sorted(figure for figure in days.values() if figure)
    middle = min(days) + dt.timedelta(weeks=WEEKS // 2)
    halves = (
        {day: n for day, n in days.items() if day < middle},
        {day: n for day, n in days.items() if day >= middle},
    )
    return tuple(charts.calendar(f"site-days-{n}", half, scale, lang) for n, half in enumerate(halves, 1))


def _shares(counts: Sequence[Count], name: Callable[[Count], str], base: str = "") -> Shares:
    """Return the first counts, with bars relative to the largest, and how many more there are."""
    most = counts[0].posts if counts else 1
    shown = tuple(
        Share(
            name=name(count),
            posts=count.posts,
            width=round(100 * count.posts / most, 1),
            url=f"{base}{count.key}/" if base else "",
            writers=count.writers,
        )
        for count in counts[:_SHOWN]
    )
    return Shares(shown=shown, more=len(counts) - len(shown))


def table_keys(build: BuildContext) -> Iterable[str]:
    """Return the names of the tables."""
    return tuple(_TABLES)


def table_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return all tables if a figure may have changed."""
    return table_keys(build) if dirty.any(PULSE) else ()


def table_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of a table; None if there is none with this name."""
    table = _TABLES.get(key)
    return PageInputs(path=f"{_PATH}{key}.csv", view=table(figures(build))) if table else None


def _days_table(found: Figures) -> TableInputs:
    rows = tuple((day.isoformat(), posts) for day, posts in found.days.items()) if found.posts else ()
    return TableInputs(("day", "posts"), rows)


def _months_table(found: Figures) -> TableInputs:
    head = ("month", "posts", "writers", "first_posts", "regular_writers", "all_posts", "all_writers")
    rows = _rows(found, "en") if found.posts else []
    return TableInputs(
        head, tuple((r.month, r.posts, r.writers, r.beginners, r.regular, r.all_posts, r.all_writers) for r in rows)
    )


def _teams_table(found: Figures) -> TableInputs:
    return TableInputs(("team", "posts", "writers"), tuple((c.name, c.posts, c.writers) for c in found.teams))


def _topics_table(found: Figures) -> TableInputs:
    return TableInputs(("topic", "name", "posts"), tuple((c.key, c.name, c.posts) for c in found.topics))


def _languages_table(found: Figures) -> TableInputs:
    return TableInputs(("language", "posts"), tuple((c.key, c.posts) for c in found.languages))


_TABLES: Mapping[str, Callable[[Figures], TableInputs]] = {
    "days": _days_table,
    "months": _months_table,
    "teams": _teams_table,
    "topics": _topics_table,
    "languages": _languages_table,
}
