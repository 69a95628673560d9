"""Finds and replaces the parts of a text between an opening and a closing delimiter, in one pass.

A single pattern with `.*?` between the two would search the rest of the text again for each opening that is never closed.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Piece(NamedTuple):
    """An opening delimiter, the text inside, and the closing one."""

    opening: re.Match[str]
    inner: str
    closing: re.Match[str]


def pieces(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[Piece]:
    """Yields the pieces of a text; they do not overlap.

    If `closing` has a group, its first must match the first group of the opening, in any case (`<pre>` and `</PRE>`).
    """
    closings: dict[str, list[re.Match[str]]] = defaultdict(list)
    for found in closing.finditer(text):
        closings[_key(found, closing)].append(found)
    at = 0
    for found in opening.finditer(text):
        if found.start() < at:
            continue
        behind = closings.get(_key(found, closing), [])
        place = bisect.bisect_left(behind, found.end(), key=re.Match.start)
        if place < len(behind):
            at = behind[place].end()
            yield Piece(found, text[found.end() : behind[place].start()], behind[place])


def _key(found: re.Match[str], closing: re.Pattern[str]) -> str:
    return found[1].lower() if closing.groups else ""


def replace(text: str, opening: re.Pattern[str], closing: re.Pattern[str], render: Callable[[Piece], str]) -> str:
    """Replaces each piece of a text by what `render` returns for it."""
    done: list[str] = []
    at = 0
    for piece in pieces(text, opening, closing):
        done += (text[at : piece.opening.start()], render(piece))
        at = piece.closing.end()
    return "".join((*done, text[at:]))
