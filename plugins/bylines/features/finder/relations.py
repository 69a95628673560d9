"""Who can be found, and by what: brought up to date where a person or a group changed."""

from __future__ import annotations

from bylines.engine.changes import Changes
from bylines.engine.loom import Loom, Touched
from bylines.features.blogs.facts import GROUP
from bylines.features.finder import nodes
from bylines.features.finder.entries import Found, entry
from bylines.features.finder.facts import FIND_NODE, FIND_NODES
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.people.relations import CATALOGUE


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Brings entries, keys and shards up to date. Posts reach nothing here."""
    if loom.store.fresh:
        _fill(loom)
        return
    moved: set[str] = set()
    for handle in sorted(touched[PERSON] | touched[BYLINE] | touched[GROUP]):
        moved |= _replace(loom, handle)
    prefixes, others = nodes.settle(loom, moved)
    touched.add(FIND_NODE, *prefixes)
    if others:
        touched.add(FIND_NODES, "all")


def _fill(loom: Loom) -> None:
    handles = loom.store.column("SELECT key FROM filed WHERE catalogue = ? ORDER BY key", (CATALOGUE,))
    for handle in handles:
        found = entry(loom, handle)
        if found:
            _insert(loom, handle, found)
    loom.store.many("INSERT INTO find_node VALUES (?, ?)", list(nodes.every(loom)))


def _replace(loom: Loom, handle: str) -> set[str]:
    """Puts what is true of somebody now in place of what was; the keys whose shards that changes."""
    found = entry(loom, handle)
    row = loom.store.row("SELECT line FROM findable WHERE handle = ?", (handle,))
    before = dict(loom.store.rows("SELECT key, rank FROM find_key WHERE handle = ?", (handle,)))
    if (row[0] if row else None) == (found.line if found else None) and before == (found.keys if found else {}):
        return set()
    loom.store.run("DELETE FROM findable WHERE handle = ?", (handle,))
    loom.store.run("DELETE FROM find_key WHERE handle = ?", (handle,))
    if found:
        _insert(loom, handle, found)
    return {*before, *(found.keys if found else ())}


def _insert(loom: Loom, handle: str, found: Found) -> None:
    size = len(found.line.encode()) + 2
    loom.store.run("INSERT INTO findable VALUES (?, ?)", (handle, found.line))
    rows = [(key, handle, rank, size) for key, rank in found.keys.items()]
    loom.store.many("INSERT INTO find_key VALUES (?, ?, ?, ?)", rows)
