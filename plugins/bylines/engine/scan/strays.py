"""Finds posts outside the folders that are read: in the repository's root, or in folders with usual names such as `posts`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bylines.engine.read.text import looks_like_a_post
from bylines.engine.scan import messages
from bylines.problems import ContentProblem

if TYPE_CHECKING:
    from bylines.settings import Site

_FOLDERS = frozenset("post posts _posts blog blogs article articles _drafts drafts content authors".split())
_ENDINGS = (".md", ".markdown", ".rst", ".txt", ".mdx")
_DEEPEST = 3
_MOST = 200
_BEGINNING = 1_500


def strays(site: Site) -> list[str]:
    """Return the paths, below the project's root, of texts with front matter that nothing reads."""
    own = {os.path.realpath(folder) for folder in (site.content, site.authors, site.theme, site.output)}
    if os.path.realpath(site.root) in own:
        return []
    found: list[str] = []
    for path in _texts(site.root, "", own, site.authors):
        if len(found) == _MOST:
            break
        if _is_post(os.path.join(site.root, path)):
            found.append(path)
    return found


def said(site: Site, paths: Iterable[str]) -> list[ContentProblem]:
    """Return a problem for each misplaced post."""
    nearest = f"{site.read.root}/blogs/<handle>/"
    return [messages.MISPLACED.problem(path, nearest=nearest) for path in paths]


def _texts(root: str, below: str, own: set[str], authors: str, depth: int = 0) -> Iterator[str]:
    try:
        with os.scandir(os.path.join(root, below)) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in ordered:
        path = f"{below}/{entry.name}".lstrip("/")
        if entry.is_dir(follow_symlinks=False):
            is_meant = depth > 0 or _holds_posts(entry.name, authors)
            if is_meant and depth < _DEEPEST and os.path.realpath(entry.path) not in own:
                yield from _texts(root, path, own, authors, depth + 1)
        elif entry.is_file(follow_symlinks=False) and entry.name.lower().endswith(_ENDINGS):
            yield path


def _holds_posts(folder: str, authors: str) -> bool:
    """Return whether a folder's name suggests that it holds posts: `posts`, `Content`, or somebody's handle, in any case."""
    return folder.lower() in _FOLDERS or os.path.exists(os.path.join(authors, f"{folder.lower()}.yaml"))


def _is_post(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return looks_like_a_post(file.read(_BEGINNING))
    except OSError:
        return False
