"""Parses dates as people write them. Refuses a date that may mean two days (04/05/2026)."""

from __future__ import annotations

import datetime as dt
import functools
import re
import zoneinfo

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ")
_DAY = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
    r"(?:(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"|(?P<y2>\d{4})(?P<m2>\d{2})(?P<d2>\d{2})(?!\d)"
    r"|(?P<d3>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?P<m3>[a-z]{3,9})\.?,?\s+(?P<y3>\d{4})"
    r"|(?P<m4>[a-z]{3,9})\.?\s+(?P<d4>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{4}))",
    re.I,
)
_TIME = re.compile(
    r"(?:[ t]+|,\s*|\s+at\s+)(?P<h>\d{1,2})(?:[:.](?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d+))?)?)?\s*(?P<half>am|pm)?",
    re.I,
)
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?")
_FULL_MONTHS = "january february march april may june july august september october november december sept".split(" ")
_PLAIN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?(?: ?(?:Z|[+-]\d{2}:?\d{2}|[A-Z][A-Za-z_]+/[A-Za-z_/]+))?)?"
)
_NUMBERS = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})")
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_FARTHEST = dt.timedelta(hours=15)


class DateError(ValueError):
    """A text is not a date, or is ambiguous."""


class ZoneError(DateError):
    """A date has an unknown time zone."""


def parse_moment(text: str, timezone: str) -> dt.datetime:
    """Return the moment that a text names. Without a time it is the start of the day; without a zone it is in `timezone`.

    Raises DateError or ZoneError.
    """
    day, end = _day(text)
    rest = text[end:]
    time, used = _time(rest)
    zone = rest[used:].strip()
    moment = dt.datetime.combine(day, time)
    return _with_zone(moment, zone, timezone)


def parse_end(text: str, timezone: str) -> dt.datetime:
    """Return the moment at which a period until this date ends. Without a time it is the end of the day.

    Raises DateError or ZoneError.
    """
    moment = parse_moment(text, timezone)
    _, end = _day(text)
    _, used = _time(text[end:])
    if used:
        return moment
    # Add a calendar day, not 24 hours: the day on which clocks change is longer or shorter.
    return parse_moment(f"{moment.date() + dt.timedelta(days=1)} {text[end:]}", timezone)


def plainly(text: str) -> str:
    """Return a date in plain form: `2026-05-04`, with the time and zone if there are any (`2026-05-04 09:30 +02:00`).

    Accepts also a date that `parse_moment` refuses, if one of its numbers can only be a day (25/12/2026). Raises DateError.
    """
    if _PLAIN.fullmatch(text):
        return text
    turned = _NUMBERS.match(text)
    if turned:
        first, second = int(turned[1]), int(turned[3])
        if (first > 12) == (second > 12):
            raise DateError(text)
        month, day = (second, first) if first > 12 else (first, second)
        date, end = _make_day(int(turned[4]), month, day), turned.end()
    else:
        date, end = _day(text)
    time, used = _time(text[end:])
    zone = text[end + used :].strip()
    if zone:
        _with_zone(dt.datetime.combine(date, time), zone, "UTC")
    elif not used and text[end:].strip():
        raise DateError(text)
    shown = time.isoformat("seconds" if time.second else "minutes")
    return " ".join(part for part in (date.isoformat(), shown if used else "", zone) if part)


def _day(text: str) -> tuple[dt.date, int]:
    match = _DAY.match(text)
    if not match:
        raise DateError(text)
    form = str(match.lastgroup)[1:]
    year, month, day = match.group(f"y{form}", f"m{form}", f"d{form}")
    return _make_day(int(year), _month(month), int(day)), match.end()


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    lower = text.lower()
    if lower not in _FULL_MONTHS and lower not in _MONTHS:
        raise DateError(text)
    return _MONTHS.index(lower[:3]) + 1


def _make_day(year: int, month: int, day: int) -> dt.date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise DateError(str(year))
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise DateError(str(error)) from error


def _time(text: str) -> tuple[dt.time, int]:
    match = _TIME.match(text)
    if not match or (match["mi"] is None and match["half"] is None):
        return dt.time(), 0
    hour = int(match["h"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise DateError(text)
        hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
    try:
        return dt.time(hour, int(match["mi"] or 0), int(match["s"] or 0)), match.end()
    except ValueError as error:
        raise DateError(text) from error


def _with_zone(moment: dt.datetime, zone: str, timezone: str) -> dt.datetime:
    if not zone:
        return _with_fixed_offset(moment.replace(tzinfo=_zone(timezone)))
    if zone.upper() in ("Z", "UTC", "GMT"):
        return moment.replace(tzinfo=dt.UTC)
    offset = _OFFSET.fullmatch(zone.upper().removeprefix("UTC").removeprefix("GMT").strip())
    if offset:
        return moment.replace(tzinfo=dt.timezone(_offset(*offset.groups())))
    if not zone[0].isalpha():
        raise DateError(zone)
    if "/" not in zone:
        raise ZoneError(zone)
    return _with_fixed_offset(moment.replace(tzinfo=_zone(zone)))


def _offset(sign: str, hours: str, minutes: str | None) -> dt.timedelta:
    delta = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
    if delta > _FARTHEST or int(minutes or 0) > 59:
        raise ZoneError(hours)
    return delta if sign == "+" else -delta


@functools.lru_cache(maxsize=600)
def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneError(name) from error


def _with_fixed_offset(moment: dt.datetime) -> dt.datetime:
    """Return a moment with its offset rounded down to whole minutes, as RFC 3339 requires."""
    offset = moment.utcoffset() or dt.timedelta()
    return moment.replace(tzinfo=dt.timezone(dt.timedelta(minutes=offset // dt.timedelta(minutes=1))))
