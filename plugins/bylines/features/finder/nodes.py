"""The tree of shards: which there are, and what each of them holds.

A shard is named by what its keys begin with. One that would be too large is split by the next character in which its
keys differ; what stays under its name is a list of the best, for a query that is no longer than that. So whoever comes
or is renamed changes the shards on the ways to their own keys, and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bylines.engine.context import BuildContext

MOST = 56_000
"""Bytes of entries in a shard, at most; a shard is served with no more than 60,000."""
BEST = 40
"""Entries that a shard which is split still lists."""

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

_LEAST = 8  # bytes that an entry has at least
_END = "\U0010ffff"
# Once there are enough to tell, no more are counted: the first shard would have all of them.
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
    """A shard: what its keys begin with, and whether it is split."""

    prefix: str
    split: bool


def _range(prefix: str) -> tuple[str, str]:
    return prefix, prefix + _END


def node(build: BuildContext, prefix: str) -> Node | None:
    """The shard of a prefix; None where nobody has a key of it."""
    size = build.store.rows(_SIZE, (*_range(prefix), MOST // _LEAST))[0][0]
    return None if size is None else Node(prefix, size > MOST)


def below(build: BuildContext, prefix: str) -> list[str]:
    """The prefixes into which a shard is split."""
    longer = len(prefix)
    found: list[str] = []
    while len(found) < 2:
        longer += 1
        found = list(_beginnings(build, prefix, longer))
        if not found:  # nothing but the one key: it cannot be split
            return []
    return found


def _beginnings(build: BuildContext, prefix: str, length: int) -> Iterator[str]:
    """What keys begin with, in so many characters: found by leaping from one to the next."""
    start, end = _range(prefix)
    while row := build.store.row(_NEXT, (start, end, length)):
        yield row[0]
        start = row[0] + _END


def lines(build: BuildContext, place: Node) -> list[str]:
    """What a shard holds, as JSON, in the order of handles."""
    if place.split:
        return [build.store.column(_LINE, (handle,))[0] for handle in sorted(_best(build, place.prefix))]
    return build.store.column(_ALL, _range(place.prefix))


def _best(build: BuildContext, prefix: str) -> list[str]:
    """The handles to name for a prefix: whole words before beginnings, then by what of somebody is meant, then by key."""
    found: dict[str, None] = {}
    for start, end in (_range(prefix + " "), _range(prefix)):
        for rank in range(_RANKS):
            rows = build.store.rows(_OF_RANK, (rank, start, end, BEST * 4))  # some have several keys
            found.update(dict.fromkeys(handle for _, handle in rows))
            if len(found) >= BEST:
                return list(found)[:BEST]
    return list(found)


def every(build: BuildContext) -> Iterator[Node]:
    """All shards there must be."""
    waiting = [""]
    while waiting:
        found = node(build, waiting.pop())
        if found:
            yield found
            if found.split:
                waiting.extend(below(build, found.prefix))


def settle(build: BuildContext, keys: Iterable[str]) -> tuple[set[str], bool]:
    """Brings the shards up to date on the ways to keys that came or went: the prefixes to look at, and whether any is new or gone."""
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
    """Notes what a shard is now; whether one came or went."""
    before = build.store.row("SELECT split FROM find_node WHERE prefix = ?", (prefix,))
    build.store.run("DELETE FROM find_node WHERE prefix = ?", (prefix,))
    if found:
        build.store.run("INSERT INTO find_node VALUES (?, ?)", found)
    return (before is None) != (found is None)


def _clear(build: BuildContext, prefix: str, depth: int, parts: set[str]) -> bool:
    """Forgets the shards below one that are not its parts: all of them where it is whole, else those between."""
    stale = [
        name
        for name in build.store.column(_BELOW, _range(prefix))
        if name not in parts and (len(name) <= depth or not name.startswith(tuple(parts)))
    ]
    build.store.many("DELETE FROM find_node WHERE prefix = ?", ((name,) for name in stale))
    return bool(stale)


_BELOW = "SELECT prefix FROM find_node WHERE prefix > ? AND prefix < ?"
