"""Setting a title: the largest size at which it fits, in lines that are about as long as each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bylines.pictures.typeface import Typeface

_SIZES = (104, 92, 82, 72, 64, 56, 50)
_LINE = 1.14
_FULL = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Where a line may end: between words, and after each character of those scripts that have no spaces.
_PIECE = re.compile(rf"\s*(?:[{_FULL}][\u3001-\u303f\uff01-\uff65]*|[^\s{_FULL}]+)")


class Lines(NamedTuple):
    """A text in lines, and its size in pixels."""

    lines: tuple[str, ...]
    size: int

    @property
    def height(self) -> int:
        """From one line to the next, in pixels."""
        return round(self.size * _LINE)


def lines_of(text: str, typeface: Typeface, width: int, height: int) -> Lines:
    """The text in as large a size as fits; where even the smallest is too large, cut, with dots."""
    pieces = _PIECE.findall(text)
    for size in _SIZES:
        most = int(height // (size * _LINE))
        widths = _widths(pieces, typeface, size)
        if max(widths, default=0) > width and size != _SIZES[-1]:
            continue
        found = _broken(pieces, widths, width, typeface, size)
        if len(found) <= most:
            return Lines(_balanced(pieces, widths, found, width, typeface, size), size)
    return Lines((*found[: most - 1], shortened("".join(found[most - 1 :]), typeface, width, size, always=True)), size)


def shortened(text: str, typeface: Typeface, width: float, size: int, *, always: bool = False) -> str:
    """A text that fits a width, with dots where something was cut off (`always`: in any case)."""
    if not always and typeface.width(text, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if typeface.width(text[:middle] + "…", size) <= width else (low, middle - 1)
    return text[:low].rstrip(" ,;:.–-") + "…"


def _widths(pieces: Sequence[str], typeface: Typeface, size: int) -> list[float]:
    return [typeface.width(piece, size) for piece in pieces]


def _broken(
    pieces: Sequence[str], widths: Sequence[float], width: float, typeface: Typeface, size: int
) -> tuple[str, ...]:
    """As many pieces on each line as fit; a piece that is wider than a line is broken anywhere."""
    lines: list[str] = []
    line, used = "", 0.0
    for piece, wide in zip(pieces, widths, strict=True):
        if line and used + wide > width:
            lines.append(line)
            line, used = "", 0.0
        if not line:
            piece = piece.lstrip()
        while wide > width:
            cut = next(
                end for end in range(len(piece), 0, -1) if end == 1 or typeface.width(piece[:end], size) <= width
            )
            lines.append(piece[:cut])
            piece = piece[cut:]
            wide = typeface.width(piece, size)
        line, used = line + piece, used + wide
    return (*lines, line) if line else tuple(lines)


def _balanced(
    pieces: Sequence[str], widths: Sequence[float], found: tuple[str, ...], width: int, typeface: Typeface, size: int
) -> tuple[str, ...]:
    """The narrowest lines of which there are no more."""
    if len(found) == 1 or max(widths) > width:
        return found
    low, high = int(max(widths)), width
    while high - low > 8:
        middle = (low + high) // 2
        tried = _broken(pieces, widths, middle, typeface, size)
        if len(tried) <= len(found):
            found, high = tried, middle
        else:
            low = middle
    return found
