"""Which sources changed: in the work tree, in what is staged, or since a commit. Git says it; no file is read.

Git is asked in each root of sources, since content may lie in another repository than the settings.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bylines.engine.places import roots
from bylines.engine.scan import Root
from bylines.problems import BuildError
from bylines.settings import Site

_PLAIN = {**{key: value for key, value in os.environ.items() if not key.startswith("GIT_")}, "LC_ALL": "C"}
_GIT = ("git", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false")
_DIFF = ("diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative")
# What a branch is compared with where nobody names a commit.
_UPSTREAM = ("@{upstream}", "origin/HEAD", "origin/main", "origin/master", "main", "master")
_WRITTEN = ("authors", "content")


class Changed(NamedTuple):
    """The names of sources that are new or different, and of those that are gone."""

    there: tuple[str, ...]
    gone: tuple[str, ...]
    since: str
    """What they were compared with, for people."""


class Git:
    """Git in a folder. Raises BuildError where it refuses."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def run(self, *arguments: str) -> bytes:
        """What a command prints."""
        done = self.tried(*arguments)
        if done.returncode:
            raise BuildError(f"git {arguments[0]} in {self.folder}: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout

    def tried(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """The same, for a command that may fail."""
        return subprocess.run([*_GIT, *arguments], cwd=self.folder, env=_PLAIN, capture_output=True, check=False)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """The same, while others run."""
        pipe = subprocess.PIPE
        return subprocess.Popen([*_GIT, *arguments], cwd=self.folder, env=_PLAIN, stdout=pipe, stderr=pipe)

    def commit(self, name: str) -> str:
        """The commit of a name; '' where there is none."""
        found = self.tried("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return found.stdout.decode().strip()


def has_git(site: Site) -> bool:
    """Whether all that people write lies in git, with a commit to compare with."""
    try:
        return all(Git(root.folder).commit("HEAD") for root in _roots(site))
    except OSError:
        return False


def changed(site: Site, *, base: str = "", staged: bool = False) -> Changed:
    """What differs from a commit, or what is staged.

    `base` is compared by where it and HEAD parted. Without it: what this branch and the work tree have that the upstream
    branch has not. Raises BuildError where there is no such commit.
    """
    asked: list[tuple[Root, subprocess.Popen[bytes], subprocess.Popen[bytes] | None]] = []
    since = ""
    for root in _roots(site):  # all at once: each of these looks at every file
        git = Git(root.folder)
        commit, since = ("HEAD", "what is committed") if staged else _parted(git, base)
        options = (*_DIFF, "--cached", commit) if staged else (*_DIFF, commit)
        others = None if staged else git.start("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
        asked.append((root, git.start(*options, "--", "."), others))
    there: set[str] = set()
    gone: set[str] = set()
    for root, differing, others in asked:
        status = _answer(differing)
        for letter, path in zip(status[::2], status[1::2], strict=True):
            (gone if letter == "D" else there).add(f"{root.name}/{path}")
        if others is not None:
            there.update(f"{root.name}/{path.rstrip('/')}" for path in _answer(others))
    return Changed(tuple(sorted(there)), tuple(sorted(gone)), since)


def strays(site: Site, *, base: str = "", staged: bool = False) -> list[str]:
    """The posts beside the folders that are read, of those that changed."""
    from bylines.engine.scan import strays

    found = strays.strays(site)
    git = Git(site.root)
    if not found or not git.commit("HEAD"):
        return found
    commit = "HEAD" if staged else _parted(git, base)[0]
    options = (*_DIFF, "--cached", commit) if staged else (*_DIFF, commit)
    others = () if staged else os.fsdecode(git.run("ls-files", "--others", "-z", "--", *found)).split("\0")
    return sorted({*os.fsdecode(git.run(*options, "--", *found)).split("\0"), *others} & set(found))


def _answer(process: subprocess.Popen[bytes]) -> list[str]:
    """The parts of what a command prints, which ends each with NUL."""
    out, complaint = process.communicate()
    if process.returncode:
        raise BuildError(f"git cannot say what changed: {complaint.decode(errors='replace').strip()}")
    return os.fsdecode(out).split("\0")[:-1]


def renames(site: Site, found: Changed) -> dict[str, str]:
    """What sources that are new were called before, where git sees that a file was renamed."""
    before: dict[str, str] = {}
    for root in _roots(site):
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
        base, _ = _parted(git, found.since if git.commit(found.since) else "")
        parts = os.fsdecode(git.tried(*options, base, "--", ".").stdout).split("\0")[:-1]
        pairs = zip(parts[1::3], parts[2::3], strict=False)
        before |= {f"{root.name}/{new}": f"{root.name}/{old}" for old, new in pairs}
    return before


def _parted(git: Git, base: str) -> tuple[str, str]:
    """The commit where HEAD left `base` (or the upstream branch), and what people call that."""
    if base and not git.commit(base):
        raise BuildError(f"there is no commit {base} in {git.folder}; fetch it, or name another with --base")
    for name in (base,) if base else _UPSTREAM:
        if git.commit(name):
            found = git.tried("merge-base", name, "HEAD").stdout.decode().strip()
            if found:
                called = name if base else git.tried("rev-parse", "--abbrev-ref", name).stdout.decode().strip()
                return found, called or name
            if base:
                raise BuildError(f"HEAD and {base} have no commit in common; fetch more of the history")
    return git.commit("HEAD"), "the last commit"


def _roots(site: Site) -> Sequence[Root]:
    return [root for root in roots(site) if root.name in _WRITTEN and os.path.isdir(root.folder)]


def staged_bytes(site: Site, names: Iterable[str]) -> dict[str, bytes]:
    """What is staged of sources whose files in the work tree are others by now."""
    found: dict[str, bytes] = {}
    for root in _roots(site):
        git = Git(root.folder)
        own = [name for name in names if name.startswith(f"{root.name}/")]
        differing = set(os.fsdecode(git.run("diff", "--name-only", "-z", "--relative", "--", ".")).split("\0"))
        for name in own:
            path = name[len(root.name) + 1 :]
            if path in differing:
                found[name] = git.run("cat-file", "blob", f":./{path}")
    return found
