"""Finds the sources that changed: in the work tree, in the index, or since a commit. Git answers; no file is read.

Each root of sources is asked separately, since the content may lie in another repository than the settings.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from typing import NamedTuple

from bylines.engine.paths import roots
from bylines.engine.scan import Root
from bylines.git import Git, GitError
from bylines.problems import BuildError
from bylines.settings import Site

_DIFF = ("diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative")
# What a branch is compared with if no commit is named.
_UPSTREAM = ("@{upstream}", "origin/HEAD", "origin/main", "origin/master", "main", "master")
_WRITTEN = ("authors", "content")


class Changed(NamedTuple):
    """The names of sources that are new or changed, and of those that were deleted."""

    there: tuple[str, ...]
    gone: tuple[str, ...]
    since: str
    """The name, for people, of the commit that they were compared with."""


def has_git(site: Site) -> bool:
    """Return whether all content lies in git, with a commit to compare with."""
    try:
        return all(Git(root.folder).commit("HEAD") for root in content_roots(site))
    except GitError:
        return False


def changed(site: Site, *, base: str = "") -> Changed:
    """Return the sources that differ from a commit.

    With `base`, they are compared with the commit at which HEAD left it. Without it, with the commit at which HEAD left the
    upstream branch. Raises BuildError if there is no such commit.
    """
    asked: list[tuple[Root, Git, subprocess.Popen[bytes], subprocess.Popen[bytes]]] = []
    since = ""
    for root in content_roots(site):  # all at once: each of these looks at every file
        git = Git(root.folder)
        commit, since = _fork_point(git, base)
        others = git.start("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
        asked.append((root, git, git.start(*_DIFF, commit, "--", "."), others))
    there: set[str] = set()
    gone: set[str] = set()
    for root, git, differing, others in asked:
        status = git.answer(differing)
        for letter, path in zip(status[::2], status[1::2], strict=True):
            (gone if letter == "D" else there).add(f"{root.name}/{path}")
        there.update(f"{root.name}/{path.rstrip('/')}" for path in git.answer(others))
    return Changed(tuple(sorted(there)), tuple(sorted(gone)), since)


def strays(site: Site, *, base: str = "", staged: bool = False) -> list[str]:
    """Return the changed posts that lie outside the folders that a build reads."""
    from bylines.engine.scan import strays

    found = strays.strays(site)
    git = Git(site.root)
    if not found or not git.commit("HEAD"):
        return found
    commit = "HEAD" if staged else _fork_point(git, base)[0]
    options = (*_DIFF, "--cached", commit) if staged else (*_DIFF, commit)
    others = () if staged else os.fsdecode(git.run("ls-files", "--others", "-z", "--", *found)).split("\0")
    return sorted({*os.fsdecode(git.run(*options, "--", *found)).split("\0"), *others} & set(found))


def renames(site: Site, found: Changed) -> dict[str, str]:
    """Return the earlier name of each new source that git recognizes as renamed."""
    before: dict[str, str] = {}
    for root in content_roots(site):
        git = Git(root.folder)
        options = (
            "diff",
            "--name-status",
            "-z",
            "-M",
            "--diff-filter=R",
            "--no-ext-diff",
            "--no-textconv",
            "--relative",
        )
        base, _ = _fork_point(git, found.since if git.commit(found.since) else "")
        parts = os.fsdecode(git.try_run(*options, base, "--", ".").stdout).split("\0")[:-1]
        pairs = zip(parts[1::3], parts[2::3], strict=False)
        before |= {f"{root.name}/{new}": f"{root.name}/{old}" for old, new in pairs}
    return before


def _fork_point(git: Git, base: str) -> tuple[str, str]:
    """Return the commit at which HEAD left `base` (or the upstream branch), and the name of that branch for people."""
    if base and not git.commit(base):
        raise BuildError(
            _missing_message(git, f"there is no commit {base} in {git.folder}", "fetch it, or name another with --base")
        )
    for name in (base,) if base else _UPSTREAM:
        if git.commit(name):
            found = git.try_run("merge-base", name, "HEAD").stdout.decode().strip()
            if found:
                called = name if base else git.try_run("rev-parse", "--abbrev-ref", name).stdout.decode().strip()
                return found, called or name
            if base:
                what = f"HEAD and {base} have no commit in common in {git.folder}"
                raise BuildError(_missing_message(git, what, "fetch more of the history"))
    return git.commit("HEAD"), "the last commit"


def _missing_message(git: Git, what: str, mend: str) -> str:
    """Return the message about what a clone lacks, with the mend. A shallow clone gets a mend of its own."""
    if git.try_run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        mend = "this clone is shallow: run `git fetch --unshallow`, or set `fetch-depth: 0` in the workflow (GitLab: `GIT_DEPTH: 0`)"
    return f"{what}; {mend}"


def content_roots(site: Site) -> Sequence[Root]:
    """Return the roots of the content and the profiles that exist."""
    return [root for root in roots(site) if root.name in _WRITTEN and os.path.isdir(root.folder)]
