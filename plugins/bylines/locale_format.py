"""Formats dates, numbers, lists and names of languages by CLDR, and tells the direction of a script."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any, Literal

import icu

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())
_END = "\x02"
_RTL_SCRIPTS = frozenset("arab hebr syrc thaa nkoo".split())


def _locale(lang: str) -> Any:
    # Plain 'en' gets British dates, with the day before the month, as most of the world writes.
    return icu.Locale("en_GB" if lang == "en" else lang)


@functools.cache
def _long_date(lang: str) -> Any:
    form = icu.DateFormat.createDateInstance(icu.DateFormat.kLong, _locale(lang))
    form.setTimeZone(icu.TimeZone.createTimeZone("Etc/UTC"))
    return form


@functools.lru_cache(maxsize=50_000)
def day_in_words(day: dt.date, lang: str) -> str:
    """Return a day in the long form of a language: '4 May 2026'."""
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return str(_long_date(lang).format(midnight.timestamp()))


@functools.cache
def _parts_of_date(skeleton: str, lang: str) -> Any:
    pattern = icu.DateTimePatternGenerator.createInstance(_locale(lang)).getBestPattern(skeleton)
    form = icu.SimpleDateFormat(pattern, _locale(lang))
    form.setTimeZone(icu.TimeZone.createTimeZone("Etc/UTC"))
    return form


def month_in_words(day: dt.date, lang: str) -> str:
    """Return month and year in a language: 'May 2026'."""
    return _in_words(day, "yMMMM", lang)


def short_month(day: dt.date, lang: str) -> str:
    """Return the short name of a month in a language: 'May'."""
    return _in_words(day, "LLL", lang)


def weekday(day: dt.date, lang: str) -> str:
    """Return the short name of a weekday in a language: 'Mon'."""
    return _in_words(day, "ccc", lang)


@functools.cache
def year_in_words(year: int, lang: str) -> str:
    """Return a year in a language: '2026', in Japanese '2026年'."""
    return _in_words(dt.date(year, 1, 1), "y", lang)


@functools.cache
def _numbers(lang: str, *, grouped: bool) -> Any:
    form = icu.NumberFormat.createInstance(_locale(lang))
    form.setGroupingUsed(grouped)
    return form


@functools.lru_cache(maxsize=10_000)
def number(figure: int, lang: str) -> str:
    """Return a number with the separators and numerals of a language: '12,345'."""
    return str(_numbers(lang, grouped=True).format(figure))


@functools.lru_cache(maxsize=10_000)
def digits(figure: int, lang: str) -> str:
    """Return a number without separators in the numerals of a language, such as the number of a page: '12345'."""
    return str(_numbers(lang, grouped=False).format(figure))


@functools.cache
def _lists(lang: str) -> Any:
    return icu.ListFormatter.createInstance(_locale(lang))


@functools.lru_cache(maxsize=10_000)
def list_in_words(names: tuple[str, ...], lang: str) -> str:
    """Return a list of names in a language: 'Ada, Grace and Joan'."""
    return str(_lists(lang).format(list(names)))


@functools.lru_cache(maxsize=10_000)
def joints(names: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """Return the text after each name of a list in a language: for three names ', ', ' and ' and ''."""
    _, *others = list_in_words(tuple(name + _END for name in names), lang).split(_END)
    return (*(text.removesuffix(name) for text, name in zip(others, names[1:], strict=False)), others[-1])


def _in_words(day: dt.date, skeleton: str, lang: str) -> str:
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return str(_parts_of_date(skeleton, lang).format(midnight.timestamp()))


@functools.cache
def direction(lang: str) -> Literal["ltr", "rtl"]:
    """Return the direction in which a language (BCP 47) is written."""
    main, *rest = lang.lower().split("-")
    if any(part in _RTL_SCRIPTS for part in rest):
        return "rtl"
    return "rtl" if main in _RIGHT_TO_LEFT and "latn" not in rest else "ltr"


@functools.cache
def language_name(lang: str, into: str) -> str:
    """Return the name of a language in the language `into`. Pass the same tag twice for its own name."""
    return str(icu.Locale.forLanguageTag(lang).getDisplayName(icu.Locale.forLanguageTag(into)))
