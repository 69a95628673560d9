"""Finds the file that a broken link means: by the renames that git knows, or as the only file of that name in the blog."""

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
"""The longest chain of renames that is followed."""


def current_target(site: Site, source: str, target: str) -> str:
    """Return the relative path that replaces a link's; empty if its file was not renamed, or the new place is not known."""
    if near := Folders(site).near(shown(site, source), target):
        return near
    names = [name for name in links.candidates(source, target) if name.startswith("content/")]
    if not names or any(os.path.exists(file_of(site, name)) for name in names):
        return ""
    git = Git(site.content)
    found = next(filter(None, (_current_name(site, git, name) for name in names)), "") or _namesake(
        site, source, names[0]
    )
    return beside(source, found) if found else ""


def _current_name(site: Site, git: Git, name: str) -> str:
    """Return the present name of a source, by git's history; empty if it is not known."""
    for _ in range(_STEPS):
        name = _next_name(git, name)
        if not name or os.path.exists(file_of(site, name)):
            return name
    return ""


def _next_name(git: Git, name: str) -> str:
    path = name.removeprefix("content/")
    commit = (
        git.try_run("log", "-1", "--format=%H", "--diff-filter=D", "--no-renames", "--", path).stdout.decode().strip()
    )
    for range_ in (("HEAD",), (f"{commit}^", commit) if commit else ()):
        if range_:
            status = git.try_run(
                "diff", "--name-status", "-z", "-M", "--diff-filter=R", "--relative", *range_, "--", "."
            )
            parts = os.fsdecode(status.stdout).split("\0")[:-1]
            pairs = dict(zip(parts[1::3], parts[2::3], strict=False))
            if path in pairs:
                return f"content/{pairs[path]}"
    return ""


def _namesake(site: Site, source: str, name: str) -> str:
    """Return the only text of the source's blog with the same file name; empty if there is none, or more than one."""
    if not source.startswith("content/blogs/"):
        return ""
    folder = "/".join(source.split("/")[:3])
    wanted = posixpath.basename(name)
    found = [other for other in dependencies.texts(site, folder) if posixpath.basename(other) == wanted]
    return found[0] if len(found) == 1 and wanted != "index.md" else ""
