"""Pieces of a text from an opening to its closing.

A pattern with `.*?` between the two looks through all that follows, for each opening that is never closed: here it is one pass.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Piece(NamedTuple):
    """An opening, what follows it, and the first closing behind it."""

    opening: re.Match[str]
    inner: str
    closing: re.Match[str]


def pieces(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[Piece]:
    """The pieces of a text, none in another. Where closings have a group, it has to say what the first of the opening says."""
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
    """The text with something else in place of each piece."""
    done: list[str] = []
    at = 0
    for piece in pieces(text, opening, closing):
        done += (text[at : piece.opening.start()], render(piece))
        at = piece.closing.end()
    return "".join((*done, text[at:]))
