"""Describes what a command will change: files to move and texts to edit. Formats it for people."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bylines.engine.paths import file_of, shown
from bylines.settings import Site


class Edit(NamedTuple):
    """A text to replace; `name` is the source's name after all moves."""

    name: str
    before: str
    after: str


class Plan(NamedTuple):
    """Everything that a command will do."""

    moves: tuple[tuple[str, str], ...] = ()
    """Sources, or folders of sources: old name, new name."""
    edits: tuple[Edit, ...] = ()
    others: tuple[Edit, ...] = ()
    """Edits that other people may make in their own files."""
    notes: tuple[str, ...] = ()
    """Lines about what only a person can mend, or should know."""

    def __bool__(self) -> bool:
        return bool(self.moves or self.edits)


def lines(site: Site, plan: Plan) -> Iterator[str]:
    """Yield a plan as lines for people: the moves, the lines that change, and what others may mend."""
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
    """Yield the lines that differ, each with its number before or after."""
    before, after = edit.before.splitlines(), edit.after.splitlines()
    yield f"{shown(site, edit.name)}:"
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag != "equal":
            yield from _signed("-", before, first, last)
            yield from _signed("+", after, new_first, new_last)


def _signed(sign: str, texts: list[str], first: int, last: int) -> Iterable[str]:
    return (f"  {number + 1:>4} {sign} {texts[number]}" for number in range(first, last))
