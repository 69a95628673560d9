"""Examines the clock, on which it depends what is published."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator

from bylines.doctor.finding import Finding, note, ok, problem

_AREA = "clock"
_DIGITS = 11
"""The most digits in a number of seconds since 1970; enough up to the year 5138."""


def findings() -> Iterator[Finding]:
    """Yields the time, and a problem if it cannot be right."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = dt.datetime.fromtimestamp(time.time(), dt.UTC)
    here = os.path.getmtime(__file__)
    if given and (not given.isdecimal() or len(given) > _DIGITS):
        yield problem(
            _AREA, f"SOURCE_DATE_EPOCH is {given!r}", "it is a number of seconds since 1970; set it or unset it"
        )
    elif given:
        said = dt.datetime.fromtimestamp(int(given), dt.UTC)
        yield note(_AREA, f"SOURCE_DATE_EPOCH stands in for the clock: {said:%Y-%m-%d %H:%M} UTC")
    if now.timestamp() < here - 86_400:
        yield problem(_AREA, f"it says {now:%Y-%m-%d %H:%M} UTC, before this program was installed", "set it (by NTP)")
    else:
        yield ok(_AREA, f"{now:%Y-%m-%d %H:%M} UTC")
