"""Git's trees, read and compared: which files a commit has written, and which a merge has that its parents do not explain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Entry = tuple[bytes, bytes]
"""An entry's mode, as it is written, and the id of what it names."""
Tree = dict[bytes, Entry]

FOLDER = b"40000"
_ENTRY = {size: re.compile(rb"([1-7][0-7]{4,5}) ([^\0/]+)\0(.{%d})" % size, re.S) for size in (20, 32)}
_DEEPEST = 60
_LONGEST = 4_096
"""Bytes of a path that an operating system takes (Linux' PATH_MAX); a longer one could not be checked out."""


class OddTreeError(Exception):
    """A tree that git itself would not write, or that has no end."""


class Change(NamedTuple):
    """A file that is another than it was: what stood there, what stands there now (None: nothing)."""

    path: bytes
    before: Entry | None
    after: Entry | None


def is_file(entry: Entry) -> bool:
    """Whether an entry says that it is a file, whatever may be done with it; a link is none."""
    return entry[0].startswith(b"100")


def parse_tree(data: bytes, id_size: int) -> Tree:
    """The entries of a tree, whose ids have `id_size` bytes. Raises OddTreeError.

    Strict as `git fsck` is: whatever is out of order, twice there or badly written could be one thing to git and another to us.
    """
    # Lists as a whole, not entry by entry: the tree of all blogs is read anew for each commit of a branch.
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
    """One place in four trees: where two branches parted, in each of them, and in what was made of them."""

    parted: Entry | None
    ours: Entry | None
    theirs: Entry | None
    result: Entry | None

    def is_explained(self) -> bool:
        """Whether the result is what a merge gives that nobody had to decide: the side that changed it, or both."""
        if self.theirs in (self.ours, self.parted):
            return self.result == self.ours
        return self.ours == self.parted and self.result == self.theirs


class Comparison:
    """Compares trees by reading no more of them than differs.

    `read` gives a tree by its id; after `most` folders and files OddTreeError is raised, since trees can be made that name each
    other a thousand million times.
    """

    def __init__(self, read: Callable[[bytes], Tree], most: int) -> None:
        self._read = read
        self._left = most

    def written(self, before: bytes | None, after: bytes) -> Iterator[Change]:
        """The files in which one tree differs from another (None: from an empty one)."""
        old = (FOLDER, before) if before is not None else None
        return self._walk(b"", Versions(old, old, old, (FOLDER, after)))

    def decided(self, parted: bytes, ours: bytes, theirs: bytes, result: bytes) -> Iterator[Change]:
        """The files of a merge that follow from neither side alone: whoever merged wrote them."""
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
    """The names at which two trees differ. A tree of all blogs is large, and a branch may have a thousand of them."""
    get = one.get
    yield from [name for name, entry in other.items() if get(name) != entry]
    yield from one.keys() - other.keys()
