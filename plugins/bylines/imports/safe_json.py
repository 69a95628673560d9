"""Parses untrusted JSON. Refuses it if it has so many values that they would fill the memory."""

from __future__ import annotations

import json
from typing import Any

from bylines.problems import ExportError

MOST_VALUES = 10_000_000
"""The most values (counted by commas, brackets and braces). Each takes about sixty bytes."""


def parse(text: str, shown: str) -> Any:
    """Parses a JSON text; `shown` is its name for messages. Raises ExportError."""
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        raise ExportError(f"{shown} has more than {MOST_VALUES:,} values; let the old program export it in parts")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{shown} is no JSON ({error})") from error
