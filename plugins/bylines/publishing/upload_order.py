"""Sorts uploads and deletions so that no link that a reader can follow is ever broken.

New files go first, since no served page links to them yet. Then come the changed pages, the home page last: they may link to
new files, and to files that are still to be deleted. Deletions come last, pages before the files that they link to.
"""

from __future__ import annotations

from collections.abc import Iterable


def is_page(path: str) -> bool:
    """Return whether a file is a page, and not something that pages load, such as a picture."""
    return path.endswith(".html")


def order_new(paths: Iterable[str]) -> list[str]:
    """Sort files that may be new: first what pages load, then pages, the deepest first."""
    return sorted(paths, key=lambda path: (is_page(path), -path.count("/"), path))


def order_changed(paths: Iterable[str]) -> list[str]:
    """Sort files that may exist already: pages, the deepest first; then what programs fetch (feeds, lists); the home page last."""
    return sorted(paths, key=lambda path: (path == "index.html", not is_page(path), -path.count("/"), path))


def order_deletions(paths: Iterable[str]) -> list[str]:
    """Sort files for deletion: pages, the deepest last, then what they loaded."""
    return sorted(paths, key=lambda path: (not is_page(path), path.count("/"), path))
