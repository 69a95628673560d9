"""Finds and mends footnotes that the engine would lose or mix up: defined twice, unused, or not defined."""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from bylines.markup.fences import code_in
from bylines.markup.options import Remark

_LABEL = re.compile(r"\[\^([^\[\]\n]{1,200})\](:?)")
_SHOWN = re.compile(r'<li id="fn-([^"]*)"')
_MOST = 100
"""Remarks of one kind. Finding the line of each takes a search."""
_BEFORE = re.compile(r"[ \t>]*")
_SPACE = re.compile(r"\s")


def mend(source: str) -> tuple[str, tuple[Remark, ...]]:
    """Return the text with each footnote defined once, and remarks about footnotes that are wrong.

    The first definition counts, as on git hosts. Any further one gets an unused name, so that the engine leaves it out.
    """
    labels = list(_labels(source))
    defined: dict[str, int] = {}
    again: list[re.Match[str]] = []
    remarks: list[Remark] = []
    called: dict[str, re.Match[str]] = {}
    for match, defines in labels:
        label = match[1].casefold()
        if not defines:
            called.setdefault(label, match)
        elif _SPACE.search(label):
            remarks += [_remark(source, "footnote-space", match)] if len(remarks) < _MOST else []
        elif label in defined:
            again.append(match)
        else:
            defined[label] = match.start()
    if not defined:
        return source, tuple(remarks)
    missing = [match for label, match in called.items() if label not in defined and not _SPACE.search(label)]
    remarks += [_remark(source, "footnote-twice", match) for match in again[:_MOST]]
    remarks += [_remark(source, "footnote-missing", match) for match in missing[:_MOST]]
    return _rename_duplicates(source, again), tuple(remarks)


def find_unused(source: str, made: str) -> tuple[Remark, ...]:
    """Return remarks about the footnotes that the engine left out (`made` is its HTML), since no text refers to them."""
    shown = {unquote(html.unescape(name)).casefold() for name in _SHOWN.findall(made)}
    defined: dict[str, re.Match[str]] = {}
    for match, defines in _labels(source):
        if defines and not _SPACE.search(match[1]):
            defined.setdefault(match[1].casefold(), match)
    left_out = [match for label, match in defined.items() if label not in shown]
    return tuple(_remark(source, "footnote-unused", match) for match in left_out[:_MOST])


def _labels(source: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield each label of a footnote outside code, and whether this is its definition."""
    code = list(code_in(source)) if "`" in source or "~~~" in source else []
    starts = [start for start, _ in code]
    for match in _LABEL.finditer(source):
        place = bisect.bisect_right(starts, match.start()) - 1
        if (place >= 0 and match.start() < code[place][1]) or source[match.start() - 1 : match.start()] == "\\":
            continue
        line = source.rfind("\n", 0, match.start()) + 1
        yield match, bool(match[2]) and _BEFORE.fullmatch(source, line, match.start()) is not None


def _remark(source: str, what: str, match: re.Match[str]) -> Remark:
    return Remark(source.count("\n", 0, match.start()) + 1, what, match[1])


def _rename_duplicates(source: str, again: list[re.Match[str]]) -> str:
    pieces: list[str] = []
    at = 0
    for number, match in enumerate(again):
        pieces += source[at : match.start(1)], f"again-{number}-{match[1]}"
        at = match.end(1)
    return "".join(pieces) + source[at:]
