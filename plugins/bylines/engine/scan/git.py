"""What git knows of a folder of sources: which files differ from the commit at which they were looked at last.

The state that is remembered is a commit, and the files that differed from it: whatever is in neither list, nor in the one
that git gives now, is as it was. Git compares with its index, so it reads no file whose stamp it knows, and finds what is
not tracked. It is not asked of bytes that it would change on their way (autocrlf, filters, `text=auto`), of files that it
was told not to look at (assume-unchanged, skip-worktree), of submodules, of unmerged files and of names that are odd; then
the files themselves are looked at. So git's being there makes a build faster, and changes nothing else.
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
# `git ls-files -v -s` says 'H 100644 <digest> 0\t<name>' of a plain, merged, tracked file that is looked at.
_PLAIN_ENTRY = (b"\0H 100644 ", b"\0H 100755 ")
# Names that only a look at the files can judge: control characters, what Windows takes for a slash, folders named as texts.
_CONTROLS = bytes([*range(0x20), 0x7F]) + b"\\"
_HIGH_CONTROLS = [bytes((0xC2, low)) for low in range(0x80, 0xA0)]
_TEXT_FOLDERS = (b".md/", b".rst/", b".yaml/", b".yml/")
# Of an entry of the index, whose name begins after some seventy bytes.
_LONGEST = LONGEST_PATH - 100
_CONVERTS = re.compile(rb"\b(?:text|eol|crlf|filter|ident|working-tree-encoding)\b")
_ATTRIBUTES = (b"/.gitattributes\0", b"\t.gitattributes\0")
_CONVERSION = r"^(core\.(autocrlf|attributesfile|ignorestat)|filter\..*)$"


class State(msgspec.Struct, frozen=True):
    """What is remembered of a folder: a commit, and the paths (relative to the folder) that differed from it."""

    commit: str
    differing: tuple[str, ...]


class Answer(NamedTuple):
    """The paths (relative to the root's folder) that may differ from what is known; None where that cannot be said.

    `commit` and `now` (the paths that differ from it) are to be remembered.
    """

    differing: set[str] | None
    commit: str
    now: set[str]

    def remembered(self, unsure: Iterable[str]) -> str:
        """The state to remember; `unsure` are paths that may have changed while they were looked at."""
        return msgspec.json.encode(State(self.commit, tuple(sorted(self.now.union(unsure))))).decode()


class Question:
    """Git at work on a root: it is asked in processes of its own, which run while others are asked."""

    def __init__(self, root: Root, remembered: str) -> None:
        folder = root.folder
        self._before = _decoded(remembered)
        self._head = _run(folder, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
        self._asked: list[subprocess.Popen[bytes]] = []
        self._since: subprocess.Popen[bytes] | None = None
        if self._head and not converts(folder):
            self._asked = [_start(folder, *command) for command in (*_ALWAYS, (*_DIFF, self._head, "--", "."))]
            # Two commits are compared by their trees, and equal ones not entered; a commit and the files are not, but
            # for the commit that is checked out.
            if self._before is not None and self._before.commit != self._head:
                self._since = _start(folder, *_DIFF, self._before.commit, self._head, "--", ".")

    def answer(self) -> Answer | None:
        """What git says; None where it is not to be asked, or does not know."""
        if not self._asked:
            return None
        others, entries, differing = self._asked
        # What is tracked comes first, and is looked through while git still compares files.
        plain = _are_plain_entries(entries.communicate()[0])
        untracked, changed = others.communicate()[0], differing.communicate()[0]
        committed = self._since.communicate()[0] if self._since else b""
        if any(process.returncode for process in self._asked) or not (plain and _are_plain_names(untracked)):
            return None
        now = {*_names(changed.split(b"\0")[1::2]), *_names(untracked.split(b"\0"))}
        # The commit that is remembered may not be here: in a shallow clone, or in another repository.
        if self._before is None or (self._since is not None and self._since.returncode):
            return Answer(None, self._head, now)
        return Answer({*now, *self._before.differing, *_names(committed.split(b"\0")[1::2])}, self._head, now)


# Relative to the folder that git is run in. What is ignored is a source too: what is one does not depend on git.
_DIFF = (
    "diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
    "--relative",
)  # fmt: skip
_ALWAYS = (("ls-files", "--others", "-z", "--", "."), ("ls-files", "-v", "-s", "-z", "--", "."))


def ask(root: Root, remembered: str) -> Question:
    """Begins to ask git of a root; `remembered` is the state that the last answer gave, '' for none."""
    return Question(root, remembered)


def _decoded(remembered: str) -> State | None:
    try:
        return msgspec.json.decode(remembered, type=State) if remembered else None
    except msgspec.MsgspecError:
        return None


def _names(found: Sequence[bytes]) -> list[str]:
    return [os.fsdecode(name) for name in found if name]


def _are_plain_entries(tracked: bytes) -> bool:
    """Whether there is nothing among what is tracked that only a look at the files can judge.

    All of it is told by counting: of 200,000 names a pattern takes seconds.
    """
    entries = tracked.count(b"\0")
    begun = b"\0" + tracked
    if sum(map(begun.count, _PLAIN_ENTRY)) != entries or any(name in tracked for name in _ATTRIBUTES):
        return False
    # Each entry has one tab, before its name, and one NUL; where one has another stage than 0, a ' 0\t' is missing.
    return _controls(tracked) == 2 * entries and tracked.count(b" 0\t") == entries and _is_told_by_name(tracked)


def _are_plain_names(untracked: bytes) -> bool:
    """The same of what is not tracked."""
    # A repository of its own ends with a slash.
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
    """Whether git may give other bytes than it was given, by its settings or by attributes above the folder."""
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
    """What a git command prints; nothing where there is no git, no repository or no folder."""
    try:
        with _start(folder, *arguments) as process:
            return process.communicate()[0]
    except OSError:
        return b""
