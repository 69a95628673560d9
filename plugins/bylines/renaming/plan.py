"""What a command is to change: files that move and texts that are to be others; and how that is shown."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bylines.engine.paths import file_of, shown
from bylines.settings import Site


class Edit(NamedTuple):
    """A text that is to be another; `name` is where its source lies when all has moved."""

    name: str
    before: str
    after: str


class Plan(NamedTuple):
    """All that a command is to do."""

    moves: tuple[tuple[str, str], ...] = ()
    """Sources or folders of them: from, to."""
    edits: tuple[Edit, ...] = ()
    others: tuple[Edit, ...] = ()
    """What other people may mend in their files."""
    notes: tuple[str, ...] = ()
    """What only a person can mend, or should know."""

    def __bool__(self) -> bool:
        return bool(self.moves or self.edits)


def lines(site: Site, plan: Plan) -> Iterator[str]:
    """A plan for people: what moves, the lines that change, and what others may mend."""
    for old, new in plan.moves:
        yield f"{shown(site, old)}{_count(file_of(site, old))} → {shown(site, new)}"
    for edit in plan.edits:
        yield from _diff(site, edit)
    if plan.others:
        yield "What others wrote stays as it is. They may mend:"
        for edit in plan.others:
            yield from _diff(site, edit)
    yield from plan.notes


def _count(file: str) -> str:
    if not os.path.isdir(file):
        return ""
    files = sum(len(names) for _, _, names in os.walk(file))
    return f"/ ({files} file{'s' * (files != 1)})"


def _diff(site: Site, edit: Edit) -> Iterator[str]:
    """The lines that differ, each with its number before or after."""
    before, after = edit.before.splitlines(), edit.after.splitlines()
    yield f"{shown(site, edit.name)}:"
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag != "equal":
            yield from _signed("-", before, first, last)
            yield from _signed("+", after, new_first, new_last)


def _signed(sign: str, texts: list[str], first: int, last: int) -> Iterable[str]:
    return (f"  {number + 1:>4} {sign} {texts[number]}" for number in range(first, last))
