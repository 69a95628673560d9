"""Catalogues: what stands under which letter of an index (all blogs, all topics), and how letters become pages.

A page of an index is named by a letter and a prefix of the names on it ('' for the whole letter). While a page would hold
more than `most` entries, it lists longer prefixes instead, each with a page of its own. So pages stay small, and somebody
who is added changes the pages of one letter.
"""

from __future__ import annotations

import unicodedata
from typing import Any, NamedTuple

from bylines.engine.facts import Fact
from bylines.engine.loom import Loom, Touched
from bylines.letters import file_under

_LONGEST = 40
_END = "\U0010ffff"
_BELOW = "FROM filed WHERE catalogue = ? AND letter = ? AND folded >= ? AND folded < ?"


class Spot(NamedTuple):
    """A page of an index: a letter, and what the names on it begin with."""

    letter: str
    prefix: str


class Shelf(NamedTuple):
    """What a page of an index holds: keys of entries in order, and the (prefix, count) of the pages below it."""

    entries: list[str]
    parts: list[tuple[str, int]]
    size: int


FILED = Fact[tuple[str, str]]("filed", "The letters (catalogue, letter) that an entry came to, or left.")
BESIDE = Fact[tuple[str, str]]("beside", "The entries (catalogue, key) that have another neighbour now.")


def put(loom: Loom, catalogue: str, key: str, sorted_by: str, touched: Touched) -> None:
    """Files an entry by a text, or files it elsewhere; nothing is touched where it stands there already."""
    filed = file_under(sorted_by, loom.site.lang)
    _put(loom, (catalogue, filed.letter, _folded(sorted_by), filed.key, key, filed.place), touched)


def put_as(loom: Loom, catalogue: str, key: str, other: str, touched: Touched) -> None:
    """Files an entry as another catalogue does; takes it out where it does not stand there."""
    row = loom.store.row(_FILED, (other, key))
    if row:
        _put(loom, (catalogue, *row[1:]), touched)
    else:
        remove(loom, catalogue, key, touched)


def _put(loom: Loom, values: tuple[Any, ...], touched: Touched) -> None:
    catalogue, letter, *_, key, _ = values
    if not loom.store.fresh:
        if loom.store.row(_FILED, (catalogue, key)) == values:
            return
        remove(loom, catalogue, key, touched)
    loom.store.run("INSERT OR REPLACE INTO filed VALUES (?, ?, ?, ?, ?, ?)", values)
    _touch(loom, catalogue, key, letter, touched)


_FILED = "SELECT * FROM filed WHERE catalogue = ? AND key = ?"


def remove(loom: Loom, catalogue: str, key: str, touched: Touched) -> None:
    """Takes an entry out."""
    letter = letter_of(loom, catalogue, key)
    if letter is not None:
        _touch(loom, catalogue, key, letter, touched)
        loom.store.run("DELETE FROM filed WHERE catalogue = ? AND key = ?", (catalogue, key))


def _touch(loom: Loom, catalogue: str, key: str, letter: str, touched: Touched) -> None:
    """Notes the letter of an entry that comes or goes, and those between whom it stands."""
    if not touched.everything:
        touched.add(FILED, (catalogue, letter))
        touched.add(BESIDE, *((catalogue, other) for other in neighbours(loom, catalogue, key) if other))


def moved(touched: Touched, catalogue: str) -> set[str]:
    """The letters of a catalogue under which an entry came or went."""
    return {letter for other, letter in touched[FILED] if other == catalogue}


def letter_of(loom: Loom, catalogue: str, key: str) -> str | None:
    """The letter under which an entry stands."""
    row = loom.store.row("SELECT letter FROM filed WHERE catalogue = ? AND key = ?", (catalogue, key))
    return row[0] if row else None


def neighbours(loom: Loom, catalogue: str, key: str) -> tuple[str | None, str | None]:
    """The entries before and after one."""
    row = loom.store.row("SELECT place, letter, sort_key FROM filed WHERE catalogue = ? AND key = ?", (catalogue, key))
    if row is None:
        return None, None
    before = loom.store.row(_BEFORE, (catalogue, *row, key))
    after = loom.store.row(_AFTER, (catalogue, *row, key))
    return before[0] if before else None, after[0] if after else None


_BEFORE = """
SELECT key FROM filed WHERE catalogue = ? AND (place, letter, sort_key, key) < (?, ?, ?, ?)
ORDER BY place DESC, letter DESC, sort_key DESC, key DESC LIMIT 1
"""
_AFTER = """
SELECT key FROM filed WHERE catalogue = ? AND (place, letter, sort_key, key) > (?, ?, ?, ?)
ORDER BY place, letter, sort_key, key LIMIT 1
"""


def _folded(text: str) -> str:
    """The letters and digits of a text without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())[:_LONGEST]


def total(loom: Loom, catalogue: str) -> int:
    """How many entries a catalogue has."""
    return int(loom.store.rows("SELECT count(*) FROM filed WHERE catalogue = ?", (catalogue,))[0][0])


def letters(loom: Loom, catalogue: str) -> list[tuple[str, int]]:
    """The (letter, count) of a catalogue, in the order of the alphabet."""
    return loom.store.rows(
        "SELECT letter, count(*) FROM filed WHERE catalogue = ? GROUP BY place, letter ORDER BY place, letter",
        (catalogue,),
    )


def everything(loom: Loom, catalogue: str) -> list[tuple[str, str]]:
    """The (letter, key) of all entries, in order."""
    return loom.store.rows(
        "SELECT letter, key FROM filed WHERE catalogue = ? ORDER BY place, letter, sort_key, key", (catalogue,)
    )


def shelf(loom: Loom, catalogue: str, spot: Spot, most: int) -> Shelf:
    """What stands on a page: all entries; where they are too many, those too short for any of the pages below it."""
    below = (catalogue, *spot, spot.prefix + _END)
    count = int(loom.store.rows(f"SELECT count(*) {_BELOW}", below)[0][0])
    parts = _parts(loom, below, len(spot.prefix)) if count > most else []
    shorter = f"AND length(folded) < {len(parts[0][0])}" if parts else ""
    return Shelf(loom.store.column(f"SELECT key {_BELOW} {shorter} ORDER BY sort_key, key", below), parts, count)


def _parts(loom: Loom, below: tuple[str, ...], length: int) -> list[tuple[str, int]]:
    """Longer prefixes of one length, in the order of the first name of each; none where all names are the same.

    What is shorter is in none of them: 'go' is no page beside 'go0', which it would hold.
    """
    for longer in range(length + 1, _LONGEST + 1):
        parts: list[tuple[str, int]] = loom.store.rows(
            f"SELECT substr(folded, 1, {longer}) AS longer, count(*) {_BELOW} AND length(folded) >= {longer} "
            "GROUP BY longer ORDER BY min(sort_key), longer",
            below,
        )
        if len(parts) > 1:
            return parts
    return []


def spots(loom: Loom, catalogue: str, letter: str, most: int) -> list[Spot]:
    """All pages of a letter."""
    found = [Spot(letter, "")]
    for spot in found:
        found.extend(Spot(letter, prefix) for prefix, _ in shelf(loom, catalogue, spot, most).parts)
    return found


def spot_of(loom: Loom, catalogue: str, key: str, most: int) -> Spot | None:
    """The page on which an entry stands."""
    row = loom.store.row("SELECT letter, folded FROM filed WHERE catalogue = ? AND key = ?", (catalogue, key))
    return path_to(loom, catalogue, Spot(*row), most)[-1] if row else None


def path_to(loom: Loom, catalogue: str, wanted: Spot, most: int) -> list[Spot]:
    """The pages from a letter down to the one on which names with a prefix stand."""
    found = [Spot(wanted.letter, "")]
    while found[-1].prefix != wanted.prefix:
        parts = shelf(loom, catalogue, found[-1], most).parts
        longer = next((prefix for prefix, _ in parts if wanted.prefix.startswith(prefix)), None)
        if longer is None:
            return found
        found.append(Spot(wanted.letter, longer))
    return found
