"""Applies a plan as a whole: if one change fails, all earlier ones are undone."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable

from bylines.engine.paths import file_of, shown
from bylines.git import Git, GitError
from bylines.problems import BuildError
from bylines.renaming.plan import Plan
from bylines.settings import Site

Undo = Callable[[], None]


def apply(site: Site, plan: Plan) -> None:
    """Move and write the files. Raises BuildError if something fails; then all changes are undone."""
    undo: list[Undo] = []
    at = ""
    try:
        for at, new in plan.moves:
            undo.append(_move(file_of(site, at), file_of(site, new)))
        for at, before, after in plan.edits:
            undo.append(_write(file_of(site, at), before, after))
    except BaseException as error:
        for step in reversed(undo):
            step()
        if isinstance(error, OSError | BuildError):
            reason = getattr(error, "strerror", None) or str(error)
            raise BuildError(f"{shown(site, at)} cannot be changed ({reason}); nothing was changed") from error
        raise


def _move(old: str, new: str) -> Undo:
    """Move a file or folder, with `git mv` if it is tracked. Return the function that undoes it."""
    if os.path.lexists(new):
        raise BuildError(f"{new} is there already")
    git = Git(os.path.dirname(old))
    if _is_tracked(git, old):
        git.run("mv", "--", old, new)
        return lambda: _back_in_git(git, new, old)
    os.rename(old, new)
    return lambda: os.rename(new, old)


def _is_tracked(git: Git, path: str) -> bool:
    try:
        return bool(git.try_run("ls-files", "-z", "--", path).stdout)
    except GitError:  # there is none
        return False


def _back_in_git(git: Git, new: str, old: str) -> None:
    git.run("mv", "--", new, old)


def _write(path: str, before: str, after: str) -> Undo:
    """Replace a text, or write a new file. Return the function that undoes it."""
    if not before and not os.path.lexists(path):
        with open(path, "x", encoding="utf-8", newline="") as made:
            made.write(after)
        return lambda: os.remove(path)
    with open(path, "rb") as file:
        if file.read() != before.encode():
            raise BuildError("it was changed meanwhile")
    _replace(path, after)
    return lambda: _replace(path, before)


def _replace(path: str, text: str) -> None:
    handle, beside = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".bylines-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        shutil.copymode(path, beside)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.remove(beside)
        raise
