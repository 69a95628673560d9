"""Pages that get in each other's way: two at one path, or one that is a file where the other needs a folder.

Pages have an order: their kind's rank, then their key. Of two rivals the one that comes first stands, whichever was
there before, so that the output follows from the sources alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from bylines.engine.store import Store


class PathClaim(NamedTuple):
    """A page by its place in the order, and its path."""

    rank: int
    key: str
    path: str


_AT_OR_ABOVE = "SELECT path, kind, key FROM page WHERE path = ?"
_BELOW = "SELECT path, kind, key FROM page WHERE path > ?1 || '/' AND path < ?1 || '0'"


class OutputPaths:
    """Who stands where: what this build has given out so far, in order, and what the store has from the last one."""

    def __init__(self, store: Store, ranks: dict[str, int]) -> None:
        self._store = store
        self._ranks = ranks
        self._taken: dict[str, PathClaim] = {}
        self._folders: dict[str, PathClaim] = {}

    def take(self, claim: PathClaim) -> None:
        """Gives a page its path."""
        self._taken[claim.path] = claim
        folders = list(above(claim.path))
        # The folder of an `index.html` is found by that name; there are as many as posts.
        for folder in folders[1:] if claim.path.endswith("/index.html") else folders:
            self._folders.setdefault(folder, claim)

    def is_taken(self, path: str) -> bool:
        """Whether this build has given out a path."""
        return path in self._taken

    def taken(self, path: str) -> PathClaim | None:
        """The rival of whoever wants a path, among those that came before in this build."""
        for other in (path, *above(path)):
            if other in self._taken:
                return self._taken[other]
        return self._taken.get(f"{path}/index.html") or self._folders.get(path)

    def stored(self, path: str, left: Collection[str]) -> list[PathClaim]:
        """The rivals of whoever wants a path as the last build left them, but for the paths that this one has `left`."""
        if self._store.fresh:
            return []
        rows = [row for other in (path, *above(path)) for row in self._store.rows(_AT_OR_ABOVE, (other,))]
        rows += self._store.rows(_BELOW, (path,))
        return sorted(PathClaim(self._ranks.get(kind, 99), key, at) for at, kind, key in rows if at not in left)


def above(path: str) -> Iterator[str]:
    """The folders above a path, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
