"""Breaks a title into lines of similar length, at the largest font size at which it fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bylines.pictures.typeface import Typeface

_SIZES = (104, 92, 82, 72, 64, 56, 50)
_LINE = 1.14
_FULL = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# A line may end between words, and after each character of a script without spaces.
_PIECE = re.compile(rf"\s*(?:[{_FULL}][\u3001-\u303f\uff01-\uff65]*|[^\s{_FULL}]+)")


class Lines(NamedTuple):
    """The lines of a text, and its font size in pixels."""

    lines: tuple[str, ...]
    size: int

    @property
    def height(self) -> int:
        """The distance from one baseline to the next, in pixels."""
        return round(self.size * _LINE)


def break_lines(text: str, typeface: Typeface, width: int, height: int) -> Lines:
    """Break a text into lines at the largest size that fits into a box of `width` × `height` pixels.

    If it does not fit even at the smallest size, the last line is cut, with an ellipsis.
    """
    pieces = _PIECE.findall(text)
    for size in _SIZES:
        most = int(height // (size * _LINE))
        widths = _measure(pieces, typeface, size)
        if max(widths, default=0) > width and size != _SIZES[-1]:
            continue
        found = _fill_lines(pieces, widths, width, typeface, size)
        if len(found) <= most:
            return Lines(_balance(pieces, widths, found, width, typeface, size), size)
    return Lines((*found[: most - 1], truncate("".join(found[most - 1 :]), typeface, width, size, always=True)), size)


def truncate(text: str, typeface: Typeface, width: float, size: int, *, always: bool = False) -> str:
    """Return a text cut to `width` pixels, with an ellipsis if something was cut. `always` adds the ellipsis in any case."""
    if not always and typeface.width(text, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if typeface.width(text[:middle] + "…", size) <= width else (low, middle - 1)
    return text[:low].rstrip(" ,;:.–-") + "…"


def _measure(pieces: Sequence[str], typeface: Typeface, size: int) -> list[float]:
    return [typeface.width(piece, size) for piece in pieces]


def _fill_lines(
    pieces: Sequence[str], widths: Sequence[float], width: float, typeface: Typeface, size: int
) -> tuple[str, ...]:
    """Put as many pieces on each line as fit. A piece wider than a line is broken between any two characters."""
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


def _balance(
    pieces: Sequence[str], widths: Sequence[float], found: tuple[str, ...], width: int, typeface: Typeface, size: int
) -> tuple[str, ...]:
    """Return the narrowest lines that need no more lines than `found`."""
    if len(found) == 1 or max(widths) > width:
        return found
    low, high = int(max(widths)), width
    while high - low > 8:
        middle = (low + high) // 2
        tried = _fill_lines(pieces, widths, middle, typeface, size)
        if len(tried) <= len(found):
            found, high = tried, middle
        else:
            low = middle
    return found
