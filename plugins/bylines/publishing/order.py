"""In which order files go up and away, so that whatever a reader can come to by links is there at every moment.

New files first: no page that is served names them yet. Then the pages that changed, the home page last; they may name what
is new, and what has yet to go. What goes goes last, and pages before the files that they name.
"""

from __future__ import annotations

from collections.abc import Iterable


def is_page(path: str) -> bool:
    """Whether a file is a page that a reader sees, and not what a page names."""
    return path.endswith(".html")


def new_first(paths: Iterable[str]) -> list[str]:
    """Files that may be new: those that pages name, then pages, the deepest first."""
    return sorted(paths, key=lambda path: (is_page(path), -path.count("/"), path))


def changed(paths: Iterable[str]) -> list[str]:
    """Files that are there already: pages, the deepest first; then what programs fetch (feeds, lists); the home page last."""
    return sorted(paths, key=lambda path: (path == "index.html", not is_page(path), -path.count("/"), path))


def gone(paths: Iterable[str]) -> list[str]:
    """Files that go: pages, the deepest last, then what they named."""
    return sorted(paths, key=lambda path: (not is_page(path), path.count("/"), path))
