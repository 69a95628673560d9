"""Finds code in a Markdown text in one pass: fenced blocks, and spans between backticks (CommonMark, 4.5 and 6.1)."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Callable, Iterator

_SIGNS = re.compile("`+|~{3,}")
_OPENING = re.compile(r"^ {0,3}(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n?", re.M)
_TICKS = re.compile("`+")


def code_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each piece of code, with its fences or backticks. An unclosed fence ends with the text."""
    runs: dict[int, list[int]] = defaultdict(list)
    for run in _TICKS.finditer(text):
        runs[run.end() - run.start()].append(run.start())
    at = 0
    while (found := _SIGNS.search(text, at)) is not None:
        start, at = found.span()
        if opening := _opening(text, start):
            at = _end_of_block(text, opening[1], opening.end())
            yield opening.start(), at
            continue
        length = at - start if text[start] == "`" else 0
        place = bisect.bisect_left(runs[length], at)
        if place < len(runs[length]):
            at = runs[length][place] + length
            yield start, at


def _opening(text: str, at: int) -> re.Match[str] | None:
    """Return the match of the line that opens a fenced block with the signs at this offset; None if it opens none."""
    line = text.rfind("\n", max(at - 4, 0), at) + 1 or max(at - 4, 0)
    found = _OPENING.match(text, line)
    return found if found and found.start(1) == at else None


def _end_of_block(text: str, fence: str, start: int) -> int:
    closing = re.compile(rf"^ {{0,3}}{fence}{fence[0]}*[ \t]*$", re.M).search(text, start)
    return closing.end() if closing else len(text)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, each with whether it is code."""
    at = 0
    for start, end in code_in(text):
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def replace_code(text: str, replacement: Callable[[str], str]) -> str:
    """Return the text with each piece of code replaced by what `replacement` returns for it."""
    return "".join(replacement(piece) if is_code else piece for piece, is_code in pieces(text))
