"""Updates the people and groups that the finder finds, with their keys, when one of them changes."""

from __future__ import annotations

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.weave.changes import Changes
from bylines.features.blogs.facts import GROUP
from bylines.features.finder import nodes
from bylines.features.finder.entries import Found, entry
from bylines.features.finder.facts import FIND_NODE, FIND_NODES
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.people.relations import CATALOGUE


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Updates entries, keys and shards. Posts change nothing here."""
    if build.store.fresh:
        _fill(build)
        return
    moved: set[str] = set()
    for handle in sorted(dirty[PERSON] | dirty[BYLINE] | dirty[GROUP]):
        moved |= _replace(build, handle)
    prefixes, others = nodes.settle(build, moved)
    dirty.add(FIND_NODE, *prefixes)
    if others:
        dirty.add(FIND_NODES, "all")


def _fill(build: BuildContext) -> None:
    handles = build.store.column("SELECT key FROM index_entry WHERE catalogue = ? ORDER BY key", (CATALOGUE,))
    for handle in handles:
        found = entry(build, handle)
        if found:
            _insert(build, handle, found)
    build.store.many("INSERT INTO find_node VALUES (?, ?)", list(nodes.every(build)))


def _replace(build: BuildContext, handle: str) -> set[str]:
    """Replaces a person's entry with the current one. Returns the keys whose shards change."""
    found = entry(build, handle)
    row = build.store.row("SELECT line FROM findable WHERE handle = ?", (handle,))
    before = dict(build.store.rows("SELECT key, rank FROM find_key WHERE handle = ?", (handle,)))
    if (row[0] if row else None) == (found.line if found else None) and before == (found.keys if found else {}):
        return set()
    build.store.run("DELETE FROM findable WHERE handle = ?", (handle,))
    build.store.run("DELETE FROM find_key WHERE handle = ?", (handle,))
    if found:
        _insert(build, handle, found)
    return {*before, *(found.keys if found else ())}


def _insert(build: BuildContext, handle: str, found: Found) -> None:
    size = len(found.line.encode()) + 2
    build.store.run("INSERT INTO findable VALUES (?, ?)", (handle, found.line))
    rows = [(key, handle, rank, size) for key, rank in found.keys.items()]
    build.store.many("INSERT INTO find_key VALUES (?, ?, ?, ?)", rows)
