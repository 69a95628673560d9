"""Converts the dates of exports to the form of front matter, in the author's time zone where the export tells it."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
import zoneinfo

from bylines.engine.read import dates

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST = 100


def format_moment(moment: dt.datetime) -> str:
    """Formats a date and time as `2010-05-04 09:30 +02:00`; without an offset if it has none."""
    shown = moment.strftime("%Y-%m-%d %H:%M:%S" if moment.second else "%Y-%m-%d %H:%M")
    offset = moment.utcoffset()
    if offset is None:
        return shown
    minutes = round(offset.total_seconds() / 60)
    return f"{shown} {'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def read(text: str, zone: str = "") -> str:
    """Converts a date to the form of front matter; empty if it is no date.

    `zone`, a name of the tz database, is added to dates without an offset.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    if not text or _DAY.fullmatch(text):
        return text if text and _is_date(text) else ""
    moment = _iso(text) or _of_mail(text)
    if moment is not None:
        found = f"{format_moment(moment)} {zone}" if moment.tzinfo is None and zone else format_moment(moment)
        return found if _is_date(found) else _in_utc(moment)
    try:
        plain = dates.plainly(text)
        return plain if _is_date(plain) else ""
    except dates.DateError:
        return ""


def _in_utc(moment: dt.datetime) -> str:
    """Converts to UTC a date whose offset front matter does not accept; empty if its year is not accepted either."""
    try:
        found = format_moment(moment.astimezone(dt.UTC))
    except OverflowError:
        return ""
    return found if _is_date(found) else ""


def _is_date(text: str) -> bool:
    try:
        dates.parse_moment(text, "UTC")
    except dates.DateError:
        return False
    return True


def _iso(text: str) -> dt.datetime | None:
    text = re.sub(r" (?=[+-]\d{2}:?\d{2}$|Z$)", "", text)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if 1000 <= moment.year <= 2999 else None


def _of_mail(text: str) -> dt.datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # '-0000' means that the zone is unknown. In practice it is UTC.
    return moment.replace(tzinfo=dt.UTC) if text.endswith("-0000") else moment


def local(written: str, utc: str) -> str:
    """Return the front matter date for a time that an export gives twice, local and in UTC; empty if it gives neither.

    Their difference is the author's offset. It must be a multiple of 15 minutes and at most 15 hours, or else UTC is used.
    """
    here, there = (
        moment and moment.replace(tzinfo=None) for moment in (_iso(written[:_LONGEST]), _iso(utc[:_LONGEST]))
    )
    if here is None:
        return format_moment(there.replace(tzinfo=dt.UTC)) if there else ""
    if there is None:
        return format_moment(here)
    offset = here - there
    if abs(offset) > dt.timedelta(hours=15) or offset.total_seconds() % 900:
        return format_moment(there.replace(tzinfo=dt.UTC))
    return format_moment(here.replace(tzinfo=dt.timezone(offset)))


def zone_of(name: str) -> str:
    """Returns the name of a time zone if front matter accepts it; empty if not."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return ""
    return name if "/" in name or name == "UTC" else ""
