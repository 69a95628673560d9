"""The finder's files: a shard for each prefix, and the list of the prefixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import Body, PageInputs
from bylines.features.finder import nodes
from bylines.features.finder.facts import FIND_NODE, FIND_NODES
from bylines.features.finder.nodes import Node

if TYPE_CHECKING:
    from bylines.settings import Site


class ShardInputs(msgspec.Struct, frozen=True):
    """A shard: its entries as JSON, and whether it is split and so lists only the best."""

    lines: tuple[str, ...]
    split: bool


class ListInputs(msgspec.Struct, frozen=True):
    """The prefixes of all shards."""

    prefixes: tuple[str, ...]


def file_of(prefix: str) -> str:
    """Return the name of a shard's file: ASCII letters and digits unchanged, '_' for a space, the code point for others."""
    plain = (c if c.isascii() and c.isalnum() else "_" if c == " " else f"-{ord(c):x}-" for c in prefix)
    return f"find/{''.join(plain)}.json" if prefix else "find/-.json"


def keys(build: BuildContext) -> Iterable[str]:
    """Return the prefixes of all shards."""
    return build.store.column("SELECT prefix FROM find_node ORDER BY prefix")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the shards that lead to keys that were added, removed or changed, and those that no longer exist."""
    found = set(dirty[FIND_NODE])
    if dirty[FIND_NODES]:
        found.update(build.store.column(_GONE))
    return found


_GONE = "SELECT key FROM page WHERE kind = 'finder' AND key NOT IN (SELECT prefix FROM find_node)"


def inputs(build: BuildContext, prefix: str) -> PageInputs | None:
    """Return the inputs of a shard; None if there is no such shard (any more)."""
    row = build.store.row("SELECT split FROM find_node WHERE prefix = ?", (prefix,))
    if row is None:
        return None
    place = Node(prefix, bool(row[0]))
    return PageInputs(path=file_of(prefix), view=ShardInputs(tuple(nodes.lines(build, place)), place.split))


def list_keys(build: BuildContext) -> Iterable[str]:
    """Return the one key: there is a single list."""
    return ("list",)


def list_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the list if a shard was added or removed."""
    return dirty[FIND_NODES] and ("list",)


def list_inputs(build: BuildContext, key: str) -> PageInputs:
    """Return the inputs of the list: the prefixes of all shards."""
    return PageInputs(path="find/-list.json", view=ListInputs(tuple(keys(build))))


def shard(site: Site, inputs: ShardInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return a shard's bytes: whether it is split, and the entries, a line each."""
    entries = ",\n".join(inputs.lines)
    return f"[{'true' if inputs.split else 'false'},[\n{entries}\n]]\n".encode()


def listed(site: Site, inputs: ListInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the bytes of the list of prefixes."""
    return msgspec.json.encode(inputs.prefixes) + b"\n"
