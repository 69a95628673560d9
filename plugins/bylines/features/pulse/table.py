"""Writes a table as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from bylines.engine.feature import Body
from bylines.features.pulse.inputs import TableInputs

if TYPE_CHECKING:
    from bylines.settings import Site

# A spreadsheet takes a cell that begins like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(site: Site, inputs: TableInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the bytes of a table."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(inputs.head)
    writer.writerows([_plain(cell) for cell in row] for row in inputs.rows)
    return text.getvalue().encode()


def _plain(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet takes for a formula, since anybody may have written its text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
