"""Asks git which files in a folder of sources have changed since the last build.

The last build remembered a commit and the files that differed from it. A file is unchanged if it was not among those, does
not differ between that commit and the current one, and does not differ from the current one now. Git compares with its
index, so it reads no file whose stamp it knows; it also lists untracked files.

Git's answer is not used if it may convert bytes (autocrlf, filters, `text=auto`), if it was told to skip files
(assume-unchanged, skip-worktree), or if there are submodules, unmerged files or unusual names. Then all files are looked
at. So git makes a build faster and changes nothing else.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from bylines.engine.scan.found import LONGEST_PATH, Root

_PLAIN = {**{key: value for key, value in os.environ.items() if not key.startswith("GIT_")}, "LC_ALL": "C"}
# `git ls-files -v -s` prints 'H 100644 <digest> 0\t<name>' for a regular, merged, tracked file that git checks.
_PLAIN_ENTRY = (b"\0H 100644 ", b"\0H 100755 ")
# Names for which the files must be looked at: control characters, backslashes, folders named like texts.
_CONTROLS = bytes([*range(0x20), 0x7F]) + b"\\"
_HIGH_CONTROLS = [bytes((0xC2, low)) for low in range(0x80, 0xA0)]
_TEXT_FOLDERS = (b".md/", b".rst/", b".yaml/", b".yml/")
# The most bytes in an entry of the index; its name begins after about seventy.
_LONGEST = LONGEST_PATH - 100
_CONVERTS = re.compile(rb"\b(?:text|eol|crlf|filter|ident|working-tree-encoding)\b")
_ATTRIBUTES = (b"/.gitattributes\0", b"\t.gitattributes\0")
_CONVERSION = r"^(core\.(autocrlf|attributesfile|ignorestat)|filter\..*)$"


class State(msgspec.Struct, frozen=True):
    """The remembered state of a folder: a commit, and the paths (relative to the folder) that differed from it."""

    commit: str
    differing: tuple[str, ...]


class Answer(NamedTuple):
    """The paths (relative to the root's folder) that may have changed since the last build; None if git cannot tell.

    `commit` is the current commit and `now` the paths that differ from it, which the next build needs.
    """

    differing: set[str] | None
    commit: str
    now: set[str]

    def remembered(self, unsure: Iterable[str]) -> str:
        """Return the state to remember, as JSON. `unsure` has paths that may have changed while they were read."""
        return msgspec.json.encode(State(self.commit, tuple(sorted(self.now.union(unsure))))).decode()


class Question:
    """Asks git about a root, in processes that run in parallel with those of other roots."""

    def __init__(self, root: Root, remembered: str) -> None:
        folder = root.folder
        self._before = _decoded(remembered)
        self._head = _run(folder, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
        self._asked: list[subprocess.Popen[bytes]] = []
        self._since: subprocess.Popen[bytes] | None = None
        if self._head and not converts(folder):
            self._asked = [_start(folder, *command) for command in (*_ALWAYS, (*_DIFF, self._head, "--", "."))]
            # Git compares two commits by their trees and skips equal subtrees. It can compare files that fast only with
            # the commit that is checked out.
            if self._before is not None and self._before.commit != self._head:
                self._since = _start(folder, *_DIFF, self._before.commit, self._head, "--", ".")

    def answer(self) -> Answer | None:
        """Waits for git's answer; None if it cannot be relied on, or if there is no commit."""
        if not self._asked:
            return None
        others, entries, differing = self._asked
        # The tracked files come first, and are checked while git still compares files.
        plain = _are_plain_entries(entries.communicate()[0])
        untracked, changed = others.communicate()[0], differing.communicate()[0]
        committed = self._since.communicate()[0] if self._since else b""
        if any(process.returncode for process in self._asked) or not (plain and _are_plain_names(untracked)):
            return None
        now = {*_names(changed.split(b"\0")[1::2]), *_names(untracked.split(b"\0"))}
        # The remembered commit may be missing, in a shallow clone or in another repository.
        if self._before is None or (self._since is not None and self._since.returncode):
            return Answer(None, self._head, now)
        return Answer({*now, *self._before.differing, *_names(committed.split(b"\0")[1::2])}, self._head, now)


# Paths are relative to the folder. Ignored files are listed too: whether a file is a source does not depend on git.
_DIFF = (
    "diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
    "--relative",
)  # fmt: skip
_ALWAYS = (("ls-files", "--others", "-z", "--", "."), ("ls-files", "-v", "-s", "-z", "--", "."))


def ask(root: Root, remembered: str) -> Question:
    """Starts to ask git about a root. `remembered` is the state from the last answer; empty if there is none."""
    return Question(root, remembered)


def _decoded(remembered: str) -> State | None:
    try:
        return msgspec.json.decode(remembered, type=State) if remembered else None
    except msgspec.MsgspecError:
        return None


def _names(found: Sequence[bytes]) -> list[str]:
    return [os.fsdecode(name) for name in found if name]


def _are_plain_entries(tracked: bytes) -> bool:
    """Return whether all tracked files are regular and have usual names, so that git's answer can be relied on.

    Counts bytes, because a regular expression takes seconds for 200,000 names.
    """
    entries = tracked.count(b"\0")
    begun = b"\0" + tracked
    if sum(map(begun.count, _PLAIN_ENTRY)) != entries or any(name in tracked for name in _ATTRIBUTES):
        return False
    # Each entry has one tab, before its name, and one NUL. An entry with another stage than 0 has no ' 0\t'.
    return _controls(tracked) == 2 * entries and tracked.count(b" 0\t") == entries and _is_told_by_name(tracked)


def _are_plain_names(untracked: bytes) -> bool:
    """Return whether all untracked files have usual names, and none is a repository of its own."""
    # Git lists a nested repository with a slash at its end.
    return _controls(untracked) == untracked.count(b"\0") and b"/\0" not in untracked and _is_told_by_name(untracked)


def _controls(names: bytes) -> int:
    return len(names) - len(names.translate(None, _CONTROLS))


def _is_told_by_name(names: bytes) -> bool:
    lower = names.lower()
    if any(folder in lower for folder in _TEXT_FOLDERS) or len(max(names.split(b"\0"), key=len)) > _LONGEST:
        return False
    if names.isascii():
        return True
    try:
        names.decode()
    except UnicodeDecodeError:
        return False
    return not any(control in names for control in _HIGH_CONTROLS)


def converts(folder: str) -> bool:
    """Return whether git may convert bytes on checkout or commit, by its settings or by attributes above the folder."""
    settings = _run(folder, "config", "--get-regexp", _CONVERSION)
    if any(line.split()[-1:] != [b"false"] and not line.startswith(b"filter.") for line in settings.splitlines()):
        return True
    places = _run(folder, "rev-parse", "--show-toplevel", "--git-path", "info/attributes").splitlines()
    if len(places) != 2:
        return True
    files = [os.path.join(os.fsencode(folder), places[1]), os.fsencode(os.path.expanduser("~/.config/git/attributes"))]
    at = os.fsencode(os.path.realpath(folder))
    while at.startswith(places[0]):
        files.append(at + b"/.gitattributes")
        at = os.path.dirname(at)
    return any(_CONVERTS.search(_content(file)) for file in files)


def _content(file: bytes) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read(1_000_000)
    except OSError:
        return b""


def _start(folder: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["git", "-c", "core.quotepath=off", *arguments],
        cwd=folder, env=_PLAIN, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _run(folder: str, *arguments: str) -> bytes:
    """Return the output of a git command; empty if there is no git, no repository or no folder."""
    try:
        with _start(folder, *arguments) as process:
            return process.communicate()[0]
    except OSError:
        return b""
