"""Stages what a command wrote for the next commit, and none of the person's other edits.

A file with unstaged edits keeps them unstaged: the command's change is merged into the staged version, with a three-way merge.
For a file that cannot be staged, the command to do it is returned.
"""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bylines.engine.paths import file_of
from bylines.git import Git, GitError
from bylines.renaming.plan import Edit, Plan
from bylines.renaming.rename_map import RenameMap
from bylines.settings import Site

_ROOTS = ("authors", "content")


class Before(NamedTuple):
    """What git knew of the files of a root before a command: which are tracked, and which have unstaged edits."""

    git: Git
    top: str
    tracked: frozenset[str]
    edited: frozenset[str]


def before(site: Site) -> dict[str, Before]:
    """Return what git knows of each root now, without roots that lie in no repository, or where git does not work."""
    found = {}
    for root in _ROOTS:
        git = Git(file_of(site, f"{root}/"))
        try:
            top = os.fsdecode(git.run("rev-parse", "--show-toplevel")).rstrip("\n")
            tracked = git.run("ls-files", "-z", "--", ".")
            edited = git.run("diff", "--name-only", "-z", "--no-ext-diff", "--relative", "--", ".")
        except GitError:
            continue
        found[root] = Before(git, top, _names(tracked), _names(edited))
    return found


def _names(said: bytes) -> frozenset[str]:
    return frozenset(os.fsdecode(said).split("\0")[:-1])


def stage(site: Site, plan: Plan, known: dict[str, Before], message: str) -> list[str]:
    """Stage the changes of a plan; `known` is what `before` returned. Return the commands with which the person commits them."""
    left: dict[str, list[str]] = {}
    for root, was in known.items():
        edits = [edit for edit in plan.edits if edit.name.startswith(f"{root}/")]
        if not edits and not any(new.startswith(f"{root}/") for _, new in plan.moves):
            continue
        unstaged = left.setdefault(was.top, [])
        for path in _stage_root(was, root, edits, plan):
            unstaged.append(os.path.relpath(file_of(site, f"{root}/{path}"), was.top))
    return [_commands(top, paths, message) for top, paths in left.items()]


def _stage_root(was: Before, root: str, edits: Iterable[Edit], plan: Plan) -> Iterator[str]:
    """Stage the changes in a root; yield the paths that could not be staged."""
    back = RenameMap(files={new: old for old, new in plan.moves})
    clean: list[str] = []
    new: list[str] = []
    for edit in edits:
        path, old = edit.name[len(root) + 1 :], back.source(edit.name)[len(root) + 1 :]
        if old in was.edited:
            if not _merge_into_index(was.git, path, edit):
                yield path
        elif old in was.tracked:
            clean.append(path)
        else:
            new.append(path)
    made = {edit.name[len(root) + 1 :] for edit in edits if not edit.before}
    ignored = _ignored(was.git, new)
    yield from (path for path in new if path not in made and path not in ignored)
    wanted = [*clean, *(path for path in new if path in made and path not in ignored)]
    if wanted:
        try:
            was.git.run(
                "update-index", "--add", "-z", "--stdin", given="".join(f"{path}\0" for path in wanted).encode()
            )
        except GitError:
            yield from wanted


def _ignored(git: Git, paths: Iterable[str]) -> frozenset[str]:
    given = os.fsencode("".join(f"{path}\0" for path in paths))
    return _names(git.try_run("check-ignore", "-z", "--stdin", given=given).stdout) if given else frozenset()


def _merge_into_index(git: Git, path: str, edit: Edit) -> bool:
    """Merge an edit into the staged version of a file; return whether that succeeded."""
    try:
        head = git.run("ls-files", "-s", "-z", "--full-name", "--", f":(literal){path}").split(b"\0")[0]
        entry, _, place = head.partition(b"\t")
        mode, digest, stage = entry.decode().split()
        staged = git.run("cat-file", "blob", digest)
        with tempfile.TemporaryDirectory() as folder:
            names = [os.path.join(folder, name) for name in ("staged", "before", "after")]
            for name, data in zip(names, (staged, edit.before.encode(), edit.after.encode()), strict=True):
                with open(name, "wb") as file:
                    file.write(data)
            made = git.try_run("merge-file", "-p", "-q", *names)
        if made.returncode or stage != "0":
            return False
        new = git.run("hash-object", "-w", "--stdin", given=made.stdout).decode().strip()
        git.run("update-index", "--cacheinfo", f"{mode},{new},{os.fsdecode(place)}")
    except (GitError, ValueError, OSError):
        return False
    return True


def _commands(top: str, paths: list[str], message: str) -> str:
    """Return the shell command that adds `paths` and commits what is staged."""
    here = os.path.realpath(os.getcwd())
    inside = here == os.path.realpath(top)
    git = "git" if inside else f"git -C {shlex.quote(os.path.relpath(top, here))}"
    add = f"{git} add -- {' '.join(map(shlex.quote, paths))} && " if paths else ""
    return f"{add}{git} commit -m {shlex.quote(message)}"
