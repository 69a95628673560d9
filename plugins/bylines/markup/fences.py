"""Where code stands in a Markdown text: between fences, and between backticks among words (CommonMark, 4.5 and 6.1). One pass."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Callable, Iterator

_BEGINS = re.compile(r"^ {0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n?|`+", re.M)
_TICKS = re.compile("`+")


def code_in(text: str) -> Iterator[tuple[int, int]]:
    """Where each piece of code begins and ends, its fences or backticks with it. A fence without end ends with the text."""
    runs: dict[int, list[int]] = defaultdict(list)
    for run in _TICKS.finditer(text):
        runs[run.end() - run.start()].append(run.start())
    at = 0
    while (found := _BEGINS.search(text, at)) is not None:
        at = found.end()
        if found["fence"]:
            at = _end_of_block(text, found["fence"], at)
            yield found.start(), at
            continue
        length = at - found.start()
        place = bisect.bisect_left(runs[length], at)
        if place < len(runs[length]):
            at = runs[length][place] + length
            yield found.start(), at


def _end_of_block(text: str, fence: str, start: int) -> int:
    closing = re.compile(rf"^ {{0,3}}{fence}{fence[0]}*[ \t]*$", re.M).search(text, start)
    return closing.end() if closing else len(text)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, with whether each is code."""
    at = 0
    for start, end in code_in(text):
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def replaced(text: str, made: Callable[[str], str]) -> str:
    """The text with something else in place of each piece of code."""
    return "".join(made(piece) if is_code else piece for piece, is_code in pieces(text))
