"""Draws figures as bars, areas and a calendar. All have about the same width, so that their texts have one size."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Sequence

import msgspec

from bylines.features.pulse.inputs import Chart, Label, Shape
from bylines.locale_format import day_in_words, digits, month_in_words, number, short_month

_WIDTH, _HEIGHT = 362, 136
_TOP, _FLOOR = 18, 114
_TEXT = 130
_STEP, _CELL = 14, 12
_LEVELS = 4


def bars(name: str, firsts: Sequence[dt.date], figures: Sequence[int], lang: str) -> Chart:
    """Return a chart with a bar for each month. The years are below their Januaries."""
    step = _WIDTH / len(figures)
    most = max(figures)
    width = _round(step * 0.76)
    boxes = (
        _box(_round(n * step), _round(_FLOOR - height), width, height) for n, height in _heights(figures) if height
    )
    years = [
        Label(x=_round(n * step), y=_TEXT, text=digits(day.year, lang))
        for n, day in enumerate(firsts)
        if day.month == 1 or n == 0
    ]
    if len(years) > 1 and years[1].x < 34:  # there is no room for the first year
        del years[0]
    return msgspec.structs.replace(
        _of_months(name, firsts, figures, lang),
        shapes=(Shape(level=1, path="".join(boxes)),) if most else (),
        labels=(Label(x=0, y=_TOP - 5, text=number(most, lang)), *years),
    )


def area(name: str, firsts: Sequence[dt.date], figures: Sequence[int], lang: str) -> Chart:
    """Return a chart of growing totals: a line, filled below. The first and the last month are below its ends."""
    step = _WIDTH / max(1, len(figures) - 1)
    heights = _heights(figures if len(figures) > 1 else [*figures, *figures])
    points = "".join(f"L{_round(number * step)} {_round(_FLOOR - height)}" for number, height in heights)
    months = [Label(x=_WIDTH, y=_TEXT, text=month_in_words(firsts[-1], lang), at_end=True)]
    if len(firsts) > 1:
        months.append(Label(x=0, y=_TEXT, text=month_in_words(firsts[0], lang)))
    return msgspec.structs.replace(
        _of_months(name, firsts, figures, lang),
        area=f"M0 {_FLOOR}{points}L{_WIDTH} {_FLOOR}z",
        labels=(Label(x=_WIDTH, y=_TOP - 5, text=number(max(figures), lang), at_end=True), *months),
    )


def _of_months(name: str, firsts: Sequence[dt.date], figures: Sequence[int], lang: str) -> Chart:
    """Return a chart of figures by month without shapes."""
    most = max(figures)
    return Chart(
        id=name,
        width=_WIDTH,
        height=_HEIGHT,
        lines=(_TOP, _FLOOR),
        first=month_in_words(firsts[0], lang),
        last=month_in_words(firsts[-1], lang),
        most=most,
        most_when=month_in_words(firsts[len(figures) - 1 - figures[::-1].index(most)], lang),
        latest=figures[-1],
    )


def calendar(name: str, days: dict[dt.date, int], scale: Sequence[int], lang: str) -> Chart:
    """Return a chart with a box for each day and a column for each week.

    `scale` has the figures of all days with posts, in ascending order.
    """
    first, last = min(days), max(days)
    boxes: list[list[str]] = [[] for _ in range(_LEVELS + 1)]
    labels = []
    for day, figure in days.items():
        week = (day - first).days // 7
        level = _level(figure, scale)
        boxes[level].append(_box(week * _STEP, _TOP + day.weekday() * _STEP, _CELL, _CELL))
        if day.day == 1 and week < 25:
            labels.append(Label(x=week * _STEP, y=_TOP - 6, text=short_month(day, lang)))
    most = max(days.values())
    when = max(day for day, figure in days.items() if figure == most)
    return Chart(
        id=name,
        width=_WIDTH,
        height=_TOP + 7 * _STEP,
        shapes=tuple(Shape(level=level, path="".join(some)) for level, some in enumerate(boxes) if some),
        labels=tuple(labels),
        first=day_in_words(first, lang),
        last=day_in_words(last, lang),
        most=most,
        most_when=day_in_words(when, lang),
        total=sum(days.values()),
    )


def _level(figure: int, scale: Sequence[int]) -> int:
    """Return the colour of a figure, 0 to 4: by its share of the largest figure, or by its rank if that gives more.

    The rank keeps a single large day from making all others pale.
    """
    if not figure:
        return 0
    smaller = bisect.bisect_left(scale, figure)
    return max(-(-_LEVELS * figure // scale[-1]), 1 + _LEVELS * smaller // len(scale))


def _heights(figures: Sequence[int]) -> list[tuple[int, float]]:
    """Return each figure's index and height. The largest reaches the top."""
    most = max(figures) or 1
    return [(number, _round((_FLOOR - _TOP) * figure / most)) for number, figure in enumerate(figures)]


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x} {y}h{width}v{height}h-{width}z"


def _round(number: float) -> float:
    """Return a coordinate rounded to a tenth; a whole one as an integer, without a point."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded
