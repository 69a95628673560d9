"""Reads and compares git's trees: which files a commit changed, and which files of a merge come from neither side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Entry = tuple[bytes, bytes]
"""An entry's mode, as git stores it, and the id of its object."""
Tree = dict[bytes, Entry]

FOLDER = b"40000"
_ENTRY = {size: re.compile(rb"([1-7][0-7]{4,5}) ([^\0/]+)\0(.{%d})" % size, re.S) for size in (20, 32)}
_DEEPEST = 60
_LONGEST = 4_096
"""Bytes of the longest path (Linux' PATH_MAX); a longer one could not be checked out."""


class OddTreeError(Exception):
    """A tree that git itself would not write, or that is too large or too deep."""


class Change(NamedTuple):
    """A changed file: its entry before and after; None if it did not exist."""

    path: bytes
    before: Entry | None
    after: Entry | None


def is_file(entry: Entry) -> bool:
    """Return whether an entry has a file's mode, executable or not. A symbolic link is not a file."""
    return entry[0].startswith(b"100")


def parse_tree(data: bytes, id_size: int) -> Tree:
    """Return the entries of a tree, whose ids have `id_size` bytes. Raises OddTreeError.

    As strict as `git fsck`: an entry that is out of order, doubled or badly written could mean one thing to git and another to
    us.
    """
    # Whole lists are processed, not single entries, for speed: the tree of all blogs is read for each commit of a branch.
    modes, names, ids = tuple(zip(*_ENTRY[id_size].findall(data), strict=True)) or ((), (), ())
    if sum(map(len, modes)) + sum(map(len, names)) + (id_size + 2) * len(names) != len(data):
        raise OddTreeError("it has entries that cannot be read")
    order = [name + b"/" if mode == FOLDER else name for mode, name in zip(modes, names, strict=True)]
    if order != sorted(order):
        raise OddTreeError("its entries are out of order")
    tree: Tree = dict(zip(names, zip(modes, ids, strict=True), strict=True))
    if len(tree) != len(names):
        raise OddTreeError("it has an entry twice")
    return tree


class Versions(NamedTuple):
    """The entries of one path in four trees: the merge base, both sides, and the result of the merge."""

    parted: Entry | None
    ours: Entry | None
    theirs: Entry | None
    result: Entry | None

    def is_explained(self) -> bool:
        """Return whether a merge without conflicts gives the result: one side changed the entry, or both in the same way."""
        if self.theirs in (self.ours, self.parted):
            return self.result == self.ours
        return self.ours == self.parted and self.result == self.theirs


class Comparison:
    """Compares trees, and reads only the subtrees that differ.

    `read` returns a tree by its id. After `most` folders and files OddTreeError is raised, since small trees that name each other
    can describe thousands of millions of files.
    """

    def __init__(self, read: Callable[[bytes], Tree], most: int) -> None:
        self._read = read
        self._left = most

    def changed_files(self, before: bytes | None, after: bytes) -> Iterator[Change]:
        """Yield the files that differ between two trees; `before` is None for an empty tree."""
        old = (FOLDER, before) if before is not None else None
        return self._walk(b"", Versions(old, old, old, (FOLDER, after)))

    def merge_changes(self, parted: bytes, ours: bytes, theirs: bytes, result: bytes) -> Iterator[Change]:
        """Yield the files of a merge whose result neither side explains: the person who merged wrote them."""
        return self._walk(b"", Versions(*((FOLDER, each) for each in (parted, ours, theirs, result))))

    def _walk(self, path: bytes, versions: Versions) -> Iterator[Change]:
        if versions.is_explained():
            return
        self._left -= 1
        if self._left < 0 or path.count(b"/") > _DEEPEST:
            raise OddTreeError("it has too many files or folders")
        if len(path) > _LONGEST:
            raise OddTreeError(f"it has a path of more than {_LONGEST:,} bytes")
        files = Versions(*(each if each and each[0] != FOLDER else None for each in versions))
        if path and not files.is_explained():
            yield Change(path, files.ours, files.result)
        trees = [self._read(each[1]) if each and each[0] == FOLDER else {} for each in versions]
        others = {id(tree): tree for tree in trees[:3]}.values()
        for name in sorted({name for other in others for name in _differing(other, trees[3])}):
            below = Versions(*(tree.get(name) for tree in trees))
            yield from self._walk(path + b"/" + name if path else name, below)


def _differing(one: Tree, other: Tree) -> Iterator[bytes]:
    """Yield the names whose entries differ. Kept fast, since the tree of all blogs is large and a branch may have a thousand
    versions of it.
    """
    get = one.get
    yield from [name for name, entry in other.items() if get(name) != entry]
    yield from one.keys() - other.keys()
