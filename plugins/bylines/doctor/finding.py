"""One thing that was looked at, and how it is. Nothing here needs a library, so that a missing one can be told."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

State = Literal["ok", "note", "problem"]


class Finding(NamedTuple):
    """One line: the area, how it is, what was found, and what to do."""

    area: str
    state: State
    message: str
    mend: str = ""

    def __str__(self) -> str:
        said = f"{self.message}; {self.mend}" if self.mend else self.message
        return f"{self.state:<8} {self.area:<9} {said}"


def ok(area: str, message: str) -> Finding:
    """All is well."""
    return Finding(area, "ok", message)


def note(area: str, message: str, mend: str = "") -> Finding:
    """Worth knowing; builds work."""
    return Finding(area, "note", message, mend)


def problem(area: str, message: str, mend: str) -> Finding:
    """Something that stops a build, or makes it wrong."""
    return Finding(area, "problem", message, mend)


def near(path: str) -> str:
    """A path as whoever asks would write it: relative where it lies below where they are."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def size(count: float) -> str:
    """Bytes in words: 1.2 MB."""
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" or count >= 10 else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"
