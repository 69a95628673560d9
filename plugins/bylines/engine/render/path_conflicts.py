"""Resolves conflicts of paths: two pages with one path, or a file where another page needs a folder.

Pages have an order: their kind's rank, then their key. The first of two gets the path, whichever was there before. So the
output depends only on the sources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from bylines.engine.store import Store


class PathClaim(NamedTuple):
    """A page's claim to its path, with its place in the order."""

    rank: int
    key: str
    path: str


_AT_OR_ABOVE = "SELECT path, kind, key FROM page WHERE path = ?"
_BELOW = "SELECT path, kind, key FROM page WHERE path > ?1 || '/' AND path < ?1 || '0'"


class OutputPaths:
    """The holders of paths: those of this build so far, in order, and those of the last build in the store."""

    def __init__(self, store: Store, ranks: dict[str, int]) -> None:
        self._store = store
        self._ranks = ranks
        self._taken: dict[str, PathClaim] = {}
        self._folders: dict[str, PathClaim] = {}

    def take(self, claim: PathClaim) -> None:
        """Give a page its path."""
        self._taken[claim.path] = claim
        folders = list(above(claim.path))
        # The folder of an `index.html` is found by that name; there are as many as posts.
        for folder in folders[1:] if claim.path.endswith("/index.html") else folders:
            self._folders.setdefault(folder, claim)

    def is_taken(self, path: str) -> bool:
        """Return whether this build has given out a path."""
        return path in self._taken

    def taken(self, path: str) -> PathClaim | None:
        """Return the claim of this build that conflicts with a path; None if there is none."""
        for other in (path, *above(path)):
            if other in self._taken:
                return self._taken[other]
        return self._taken.get(f"{path}/index.html") or self._folders.get(path)

    def stored(self, path: str, left: Collection[str]) -> list[PathClaim]:
        """Return the claims of the last build that conflict with a path, without the paths that this build has `left`."""
        if self._store.fresh:
            return []
        rows = [row for other in (path, *above(path)) for row in self._store.rows(_AT_OR_ABOVE, (other,))]
        rows += self._store.rows(_BELOW, (path,))
        return sorted(PathClaim(self._ranks.get(kind, 99), key, at) for at, kind, key in rows if at not in left)


def above(path: str) -> Iterator[str]:
    """Yield the folders above a path, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
