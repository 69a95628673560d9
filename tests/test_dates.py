"""Dates as people write them; what could mean two days is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines.engine.read.dates import DateError, ZoneError, parse_moment

_LISBON = "Europe/Lisbon"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-05-04", "2026-05-04T00:00:00+01:00"),
        ("2026-01-04", "2026-01-04T00:00:00+00:00"),
        ("2026-5-4", "2026-05-04T00:00:00+01:00"),
        ("2026/05/04", "2026-05-04T00:00:00+01:00"),
        ("20260504", "2026-05-04T00:00:00+01:00"),
        ("2026-05-04 09:30", "2026-05-04T09:30:00+01:00"),
        ("2026-05-04T09:30:15Z", "2026-05-04T09:30:15+00:00"),
        ("2026-05-04 09:30:15.123 +02:00", "2026-05-04T09:30:15+02:00"),
        ("2026-05-04T10:00:06+0800", "2026-05-04T10:00:06+08:00"),
        ("2014-03-25 12:00:00 -4", "2014-03-25T12:00:00-04:00"),
        ("2026-05-04 09:30 Europe/Berlin", "2026-05-04T09:30:00+02:00"),
        ("2026-05-04 09:30 UTC", "2026-05-04T09:30:00+00:00"),
        ("4 May 2026", "2026-05-04T00:00:00+01:00"),
        ("4th May 2026, 9:05 pm", "2026-05-04T21:05:00+01:00"),
        ("May 4, 2026", "2026-05-04T00:00:00+01:00"),
        ("Mon, 04 May 2026 09:30:00 +0200", "2026-05-04T09:30:00+02:00"),
        ("1815-12-10", "1815-12-10T00:00:00-00:37"),
    ],
)
def test_a_date_is_read_as_it_was_meant(text: str, iso: str) -> None:
    assert parse_moment(text, _LISBON).isoformat() == iso


@pytest.mark.parametrize(
    "text",
    ["04/05/2026", "4.5.2026", "soon", "", "2026", "2026-13-01", "2026-02-30", "99999-01-01", "2026-05-04 25:00"],
)
def test_what_is_not_a_date_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_moment(text, _LISBON)


@pytest.mark.parametrize(
    "text",
    ["2026-05-04 10:00 CST", "2026-05-04 10:00 Mars/Olympus", "2026-05-04 10:00 +25:00", "2026-05-04 10:00 +02:99"],
)
def test_a_zone_that_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(ZoneError):
        parse_moment(text, _LISBON)


@given(st.datetimes(dt.datetime(1000, 1, 2), dt.datetime(2999, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_every_iso_moment_is_read_back(moment: dt.datetime, offset: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=offset)))
    assert parse_moment(aware.isoformat(), _LISBON) == aware
    assert parse_moment(aware.isoformat(" "), _LISBON) == aware


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    try:
        found = parse_moment(text, _LISBON)
    except DateError:
        return
    assert found.tzinfo is not None
