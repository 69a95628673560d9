"""What became of a writer's HTML, with the lines at which it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bylines.markup import fences
from bylines.markup.angles import ConstantMessages
from bylines.markup.options import Remark

_MOST = 40
_INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")


def of_html(source: str, said: Iterable[ConstantMessages]) -> tuple[Remark, ...]:
    """Return what there is to say of a text, once for each kind and text, and not of more than forty."""
    first = {(each.kind, each.text): each for each in sorted(said, key=lambda each: -each.nth)}
    if not first:
        return ()
    without_code = fences.replaced(source, _blank)
    if "    " in without_code or "\t" in without_code:
        without_code = _INDENTED.sub(_lines, without_code)
    found = [Remark(_line(without_code, source, each), code, text) for (code, text), each in first.items()]
    return tuple(sorted(_together(found))[:_MOST])


def _together(found: list[Remark]) -> Iterator[Remark]:
    """Attributes that many tags have, once each; all else as it is."""
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


def _line(without_code: str, source: str, said: ConstantMessages) -> int:
    """The line, from 1; 0 if it is not found."""
    for text in (without_code, source):
        place = _place(text, said.written.partition("\n")[0], said.nth)
        if place >= 0:
            return text.count("\n", 0, place) + 1
    return 0


def _place(text: str, written: str, nth: int) -> int:
    """Where something stands for the nth time; or the last time that it does, if it stands more seldom."""
    place = text.find(written)
    for _ in range(nth):
        following = text.find(written, place + 1)
        if following < 0:
            break
        place = following
    return place
