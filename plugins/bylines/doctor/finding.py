"""The findings of an examination. Imports no library, so that a missing one can be reported."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

State = Literal["ok", "note", "problem"]


class Finding(NamedTuple):
    """One line of the report: the area, its state, what was found, and what to do (empty if nothing)."""

    area: str
    state: State
    message: str
    mend: str = ""

    def __str__(self) -> str:
        said = f"{self.message}; {self.mend}" if self.mend else self.message
        return f"{self.state:<8} {self.area:<9} {said}"


def ok(area: str, message: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(area, "ok", message)


def note(area: str, message: str, mend: str = "") -> Finding:
    """Return a finding that is worth knowing; builds work."""
    return Finding(area, "note", message, mend)


def problem(area: str, message: str, mend: str) -> Finding:
    """Return a finding that stops builds, or makes them wrong."""
    return Finding(area, "problem", message, mend)


def near(path: str) -> str:
    """Return a path for messages: relative if it is below the current folder."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def size(count: float) -> str:
    """Formats a number of bytes: 1.2 MB."""
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" or count >= 10 else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"
