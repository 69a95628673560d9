"""Where a file went that a link still names: git remembers renames; else the one file of that name in the same blog."""

from __future__ import annotations

import os
import posixpath

from bylines.checking import dependencies
from bylines.checking.fixes import beside
from bylines.engine.paths import file_of, shown
from bylines.engine.weave import links
from bylines.engine.weave.hints import Folders
from bylines.git import Git
from bylines.settings import Site

_STEPS = 8
"""Renames that are followed, one after the other."""


def moved_to(site: Site, source: str, target: str) -> str:
    """The relative path that stands for a link's, where its file was renamed; '' where it was not, or nobody knows."""
    if near := Folders(site).near(shown(site, source), target):
        return near
    names = [name for name in links.candidates(source, target) if name.startswith("content/")]
    if not names or any(os.path.exists(file_of(site, name)) for name in names):
        return ""
    git = Git(site.content)
    found = next(filter(None, (_renamed(site, git, name) for name in names)), "") or _namesake(site, source, names[0])
    return beside(source, found) if found else ""


def _renamed(site: Site, git: Git, name: str) -> str:
    """The name that a source has now, by git's history; '' for none."""
    for _ in range(_STEPS):
        name = _next(git, name)
        if not name or os.path.exists(file_of(site, name)):
            return name
    return ""


def _next(git: Git, name: str) -> str:
    path = name.removeprefix("content/")
    commit = (
        git.tried("log", "-1", "--format=%H", "--diff-filter=D", "--no-renames", "--", path).stdout.decode().strip()
    )
    for range_ in (("HEAD",), (f"{commit}^", commit) if commit else ()):
        if range_:
            status = git.tried("diff", "--name-status", "-z", "-M", "--diff-filter=R", "--relative", *range_, "--", ".")
            parts = os.fsdecode(status.stdout).split("\0")[:-1]
            pairs = dict(zip(parts[1::3], parts[2::3], strict=False))
            if path in pairs:
                return f"content/{pairs[path]}"
    return ""


def _namesake(site: Site, source: str, name: str) -> str:
    """The only text in the source's blog whose file has the same name; '' for none."""
    if not source.startswith("content/blogs/"):
        return ""
    folder = "/".join(source.split("/")[:3])
    wanted = posixpath.basename(name)
    found = [other for other in dependencies.texts(site, folder) if posixpath.basename(other) == wanted]
    return found[0] if len(found) == 1 and wanted != "index.md" else ""
