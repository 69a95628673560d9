"""Catalogues: the entries of an index (all blogs, all topics) by letter, and how letters are divided into pages.

A page of an index is named by a letter and a prefix of the names on it ('' for the whole letter). While a page would hold
more than `most` entries, it lists longer prefixes instead, each with a page of its own. So pages stay small, and somebody
who is added changes the pages of one letter.
"""

from __future__ import annotations

import unicodedata
from typing import Any, NamedTuple

from bylines.collation import file_under
from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.facts import Fact

_LONGEST = 40
_END = "\U0010ffff"
_BELOW = "FROM index_entry WHERE catalogue = ? AND letter = ? AND folded >= ? AND folded < ?"


class CataloguePage(NamedTuple):
    """A page of an index: a letter, and the prefix of the names on it."""

    letter: str
    prefix: str


class CatalogueSlice(NamedTuple):
    """The content of a page of an index: the keys of its entries in order, and the (prefix, count) of each page below it."""

    entries: list[str]
    parts: list[tuple[str, int]]
    size: int


FILED = Fact[tuple[str, str]]("index_entry", "The letters (catalogue, letter) that an entry came to, or left.")
BESIDE = Fact[tuple[str, str]]("beside", "The entries (catalogue, key) that have another neighbour now.")


def put(build: BuildContext, catalogue: str, key: str, sorted_by: str, dirty: Invalidations) -> None:
    """File an entry under a text, or move it there. Nothing becomes dirty if it is there already."""
    filed = file_under(sorted_by, build.site.lang)
    _put(build, (catalogue, filed.letter, _folded(sorted_by), filed.key, key, filed.place), dirty)


def put_as(build: BuildContext, catalogue: str, key: str, other: str, dirty: Invalidations) -> None:
    """File an entry as another catalogue does, or remove it if that one does not have it."""
    row = build.store.row(_FILED, (other, key))
    if row:
        _put(build, (catalogue, *row[1:]), dirty)
    else:
        remove(build, catalogue, key, dirty)


def _put(build: BuildContext, values: tuple[Any, ...], dirty: Invalidations) -> None:
    catalogue, letter, *_, key, _ = values
    if not build.store.fresh:
        if build.store.row(_FILED, (catalogue, key)) == values:
            return
        remove(build, catalogue, key, dirty)
    build.store.run("INSERT OR REPLACE INTO index_entry VALUES (?, ?, ?, ?, ?, ?)", values)
    _touch(build, catalogue, key, letter, dirty)


_FILED = "SELECT * FROM index_entry WHERE catalogue = ? AND key = ?"


def remove(build: BuildContext, catalogue: str, key: str, dirty: Invalidations) -> None:
    """Remove an entry."""
    letter = letter_of(build, catalogue, key)
    if letter is not None:
        _touch(build, catalogue, key, letter, dirty)
        build.store.run("DELETE FROM index_entry WHERE catalogue = ? AND key = ?", (catalogue, key))


def _touch(build: BuildContext, catalogue: str, key: str, letter: str, dirty: Invalidations) -> None:
    """Note the letter of an entry that comes or goes, and its neighbours."""
    if not dirty.everything:
        dirty.add(FILED, (catalogue, letter))
        dirty.add(BESIDE, *((catalogue, other) for other in neighbours(build, catalogue, key) if other))


def moved(dirty: Invalidations, catalogue: str) -> set[str]:
    """Return the letters of a catalogue under which an entry came or went."""
    return {letter for other, letter in dirty[FILED] if other == catalogue}


def letter_of(build: BuildContext, catalogue: str, key: str) -> str | None:
    """Return the letter under which an entry stands."""
    row = build.store.row("SELECT letter FROM index_entry WHERE catalogue = ? AND key = ?", (catalogue, key))
    return row[0] if row else None


def keys(build: BuildContext, catalogue: str) -> list[str]:
    """Return every entry, in the order of the keys."""
    return build.store.column("SELECT key FROM index_entry WHERE catalogue = ? ORDER BY key", (catalogue,))


def neighbours(build: BuildContext, catalogue: str, key: str) -> tuple[str | None, str | None]:
    """Return the entries before and after one."""
    row = build.store.row(
        "SELECT place, letter, sort_key FROM index_entry WHERE catalogue = ? AND key = ?", (catalogue, key)
    )
    if row is None:
        return None, None
    before = build.store.row(_BEFORE, (catalogue, *row, key))
    after = build.store.row(_AFTER, (catalogue, *row, key))
    return before[0] if before else None, after[0] if after else None


_BEFORE = """
SELECT key FROM index_entry WHERE catalogue = ? AND (place, letter, sort_key, key) < (?, ?, ?, ?)
ORDER BY place DESC, letter DESC, sort_key DESC, key DESC LIMIT 1
"""
_AFTER = """
SELECT key FROM index_entry WHERE catalogue = ? AND (place, letter, sort_key, key) > (?, ?, ?, ?)
ORDER BY place, letter, sort_key, key LIMIT 1
"""


def _folded(text: str) -> str:
    """Return the letters and digits of a text without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())[:_LONGEST]


def total(build: BuildContext, catalogue: str) -> int:
    """Return how many entries a catalogue has."""
    return int(build.store.rows("SELECT count(*) FROM index_entry WHERE catalogue = ?", (catalogue,))[0][0])


def letters(build: BuildContext, catalogue: str) -> list[tuple[str, int]]:
    """Return the (letter, count) of a catalogue, in the order of the alphabet."""
    return build.store.rows(
        "SELECT letter, count(*) FROM index_entry WHERE catalogue = ? GROUP BY place, letter ORDER BY place, letter",
        (catalogue,),
    )


def everything(build: BuildContext, catalogue: str) -> list[tuple[str, str]]:
    """Return the (letter, key) of all entries, in order."""
    return build.store.rows(
        "SELECT letter, key FROM index_entry WHERE catalogue = ? ORDER BY place, letter, sort_key, key", (catalogue,)
    )


def shelf(build: BuildContext, catalogue: str, spot: CataloguePage, most: int) -> CatalogueSlice:
    """Return the content of a page: all its entries, or, if they are too many, those too short for any page below it."""
    below = (catalogue, *spot, spot.prefix + _END)
    count = int(build.store.rows(f"SELECT count(*) {_BELOW}", below)[0][0])
    parts = _parts(build, below, len(spot.prefix)) if count > most else []
    shorter = f"AND length(folded) < {len(parts[0][0])}" if parts else ""
    return CatalogueSlice(
        build.store.column(f"SELECT key {_BELOW} {shorter} ORDER BY sort_key, key", below), parts, count
    )


def _parts(build: BuildContext, below: tuple[str, ...], length: int) -> list[tuple[str, int]]:
    """Return longer prefixes of one length, in the order of the first name of each; none if all names are equal.

    What is shorter is in none of them: 'go' is no page beside 'go0', which it would hold.
    """
    for longer in range(length + 1, _LONGEST + 1):
        parts: list[tuple[str, int]] = build.store.rows(
            f"SELECT substr(folded, 1, {longer}) AS longer, count(*) {_BELOW} AND length(folded) >= {longer} "
            "GROUP BY longer ORDER BY min(sort_key), longer",
            below,
        )
        if len(parts) > 1:
            return parts
    return []


def spots(build: BuildContext, catalogue: str, letter: str, most: int) -> list[CataloguePage]:
    """Return all pages of a letter."""
    found = [CataloguePage(letter, "")]
    for spot in found:
        found.extend(CataloguePage(letter, prefix) for prefix, _ in shelf(build, catalogue, spot, most).parts)
    return found


def spot_of(build: BuildContext, catalogue: str, key: str, most: int) -> CataloguePage | None:
    """Return the page on which an entry stands."""
    row = build.store.row("SELECT letter, folded FROM index_entry WHERE catalogue = ? AND key = ?", (catalogue, key))
    return path_to(build, catalogue, CataloguePage(*row), most)[-1] if row else None


def path_to(build: BuildContext, catalogue: str, wanted: CataloguePage, most: int) -> list[CataloguePage]:
    """Return the pages from a letter down to the one on which names with a prefix stand."""
    found = [CataloguePage(wanted.letter, "")]
    while found[-1].prefix != wanted.prefix:
        parts = shelf(build, catalogue, found[-1], most).parts
        longer = next((prefix for prefix, _ in parts if wanted.prefix.startswith(prefix)), None)
        if longer is None:
            return found
        found.append(CataloguePage(wanted.letter, longer))
    return found
