"""Turns findings about a writer's HTML into remarks with line numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bylines.markup import fences
from bylines.markup.options import Remark
from bylines.markup.raw_html import HtmlFinding

_MOST = 40
_INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")


def html_remarks(source: str, findings: Iterable[HtmlFinding]) -> tuple[Remark, ...]:
    """Return the remarks about a text, one for each kind and quoted text, at most forty."""
    first = {(each.kind, each.text): each for each in sorted(findings, key=lambda each: -each.nth)}
    if not first:
        return ()
    without_code = fences.replace_code(source, _blank)
    if "    " in without_code or "\t" in without_code:
        without_code = _INDENTED.sub(_lines, without_code)
    found = [Remark(_line(without_code, source, each), code, text) for (code, text), each in first.items()]
    return tuple(sorted(_merge_styling(found))[:_MOST])


def _merge_styling(found: list[Remark]) -> Iterator[Remark]:
    """Merge the remarks about one styling attribute on many tags into one. Yield all others unchanged."""
    dressed: dict[str, list[Remark]] = {}
    for remark in sorted(found):
        if remark.code == "dress":
            dressed.setdefault(remark.value.partition(" ")[0], []).append(remark)
        else:
            yield remark
    for first, *others in dressed.values():
        more = f" and {len(others):,} more" if others else ""
        yield Remark(first.line, first.code, first.value + more)


def _blank(code: str) -> str:
    return "\n" * code.count("\n")


def _lines(code: re.Match[str]) -> str:
    return _blank(code[0])


def _line(without_code: str, source: str, finding: HtmlFinding) -> int:
    """Return the line of a finding, from 1; 0 if it is not found."""
    for text in (without_code, source):
        place = _place(text, finding.written.partition("\n")[0], finding.nth)
        if place >= 0:
            return text.count("\n", 0, place) + 1
    return 0


def _place(text: str, written: str, nth: int) -> int:
    """Return the offset of the nth occurrence (from 0), or of the last if there are fewer; -1 if there is none."""
    place = text.find(written)
    for _ in range(nth):
        following = text.find(written, place + 1)
        if following < 0:
            break
        place = following
    return place
