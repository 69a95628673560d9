"""The tree of shards: which there are, and the entries in each.

A shard is named by the prefix that its keys share. A shard that would be too large is split by the next character in which
its keys differ. It then lists only the best entries, for a query that is no longer than the prefix. So a person who is added
or renamed changes only the shards that lead to their own keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bylines.engine.context import BuildContext

MOST = 56_000
"""The largest size of a shard's entries, in bytes. The whole file must stay below 60,000."""
BEST = 40
"""The number of entries that a split shard lists."""

SCHEMA = """
CREATE TABLE findable (handle TEXT PRIMARY KEY, line TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE find_key (
    key TEXT NOT NULL, handle TEXT NOT NULL, rank INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (key, handle)
) WITHOUT ROWID;
CREATE TABLE find_node (prefix TEXT PRIMARY KEY, split INTEGER NOT NULL) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX find_key_handle ON find_key (handle);
CREATE INDEX find_key_rank ON find_key (rank, key, handle);
"""

_LEAST = 8  # the smallest size of an entry, in bytes
_END = "\U0010ffff"
# Stops counting as soon as a shard must be too large: the first shard would count all keys.
_SIZE = """
SELECT sum(size) FROM (SELECT size FROM find_key WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3)
"""
_NEXT = (
    "SELECT substr(key, 1, ?3) FROM find_key WHERE key >= ?1 AND key < ?2 AND length(key) >= ?3 ORDER BY key LIMIT 1"
)
_ALL = """
SELECT line FROM findable WHERE handle IN (SELECT handle FROM find_key WHERE key >= ?1 AND key < ?2) ORDER BY handle
"""
_OF_RANK = "SELECT key, handle FROM find_key WHERE rank = ? AND key >= ? AND key < ? ORDER BY key, handle LIMIT ?"
_LINE = "SELECT line FROM findable WHERE handle = ?"
_RANKS = 4


class Node(NamedTuple):
    """A shard: the prefix of its keys, and whether it is split."""

    prefix: str
    split: bool


def _range(prefix: str) -> tuple[str, str]:
    return prefix, prefix + _END


def node(build: BuildContext, prefix: str) -> Node | None:
    """Return the shard of a prefix; None if no key begins with it."""
    size = build.store.rows(_SIZE, (*_range(prefix), MOST // _LEAST))[0][0]
    return None if size is None else Node(prefix, size > MOST)


def below(build: BuildContext, prefix: str) -> list[str]:
    """Return the prefixes into which a shard is split; empty if it cannot be split."""
    longer = len(prefix)
    found: list[str] = []
    while len(found) < 2:
        longer += 1
        found = list(_beginnings(build, prefix, longer))
        if not found:  # all entries have the same key: it cannot be split
            return []
    return found


def _beginnings(build: BuildContext, prefix: str, length: int) -> Iterator[str]:
    """Yield each beginning of this length that keys with a prefix have. Each query skips to the next beginning."""
    start, end = _range(prefix)
    while row := build.store.row(_NEXT, (start, end, length)):
        yield row[0]
        start = row[0] + _END


def lines(build: BuildContext, place: Node) -> list[str]:
    """Return the entries of a shard as JSON, sorted by handle."""
    if place.split:
        return [build.store.column(_LINE, (handle,))[0] for handle in sorted(_best(build, place.prefix))]
    return build.store.column(_ALL, _range(place.prefix))


def _best(build: BuildContext, prefix: str) -> list[str]:
    """Return the handles to list for a prefix: keys whose word it is before keys that begin with it, then by rank, then by key."""
    found: dict[str, None] = {}
    for start, end in (_range(prefix + " "), _range(prefix)):
        for rank in range(_RANKS):
            rows = build.store.rows(_OF_RANK, (rank, start, end, BEST * 4))  # some people have several keys
            found.update(dict.fromkeys(handle for _, handle in rows))
            if len(found) >= BEST:
                return list(found)[:BEST]
    return list(found)


def every(build: BuildContext) -> Iterator[Node]:
    """Yield all shards that there must be."""
    waiting = [""]
    while waiting:
        found = node(build, waiting.pop())
        if found:
            yield found
            if found.split:
                waiting.extend(below(build, found.prefix))


def settle(build: BuildContext, keys: Iterable[str]) -> tuple[set[str], bool]:
    """Updates the shards that lead to keys that were added or removed.

    Returns the prefixes that may have changed, and whether any shard was added or removed.
    """
    seen: set[str] = set()
    moved = False
    todo = sorted(set(keys))
    waiting = [""] if todo else []
    while waiting:
        prefix = waiting.pop()
        seen.add(prefix)
        found = node(build, prefix)
        parts = below(build, prefix) if found and found.split else []
        moved |= _put(build, prefix, found)
        moved |= _clear(build, prefix, min(map(len, parts), default=0), set(parts))
        for part in parts:
            there = build.store.row("SELECT 1 FROM find_node WHERE prefix = ?", (part,))
            if there is None or any(key.startswith(part) for key in todo):
                waiting.append(part)
    return seen, moved


def _put(build: BuildContext, prefix: str, found: Node | None) -> bool:
    """Stores the current state of a shard. Returns whether it was added or removed."""
    before = build.store.row("SELECT split FROM find_node WHERE prefix = ?", (prefix,))
    build.store.run("DELETE FROM find_node WHERE prefix = ?", (prefix,))
    if found:
        build.store.run("INSERT INTO find_node VALUES (?, ?)", found)
    return (before is None) != (found is None)


def _clear(build: BuildContext, prefix: str, depth: int, parts: set[str]) -> bool:
    """Removes the shards below a prefix that no longer exist: all if it is not split, else those outside its parts.

    Returns whether there were any.
    """
    stale = [
        name
        for name in build.store.column(_BELOW, _range(prefix))
        if name not in parts and (len(name) <= depth or not name.startswith(tuple(parts)))
    ]
    build.store.many("DELETE FROM find_node WHERE prefix = ?", ((name,) for name in stale))
    return bool(stale)


_BELOW = "SELECT prefix FROM find_node WHERE prefix > ? AND prefix < ?"
