"""Reads objects from git, so that neither a branch nor the machine's settings can change the answers.

Variables `GIT_*` are cleared. Settings of the machine and the user are not read. Replacements and grafts are ignored; hooks,
monitors, colours and fetching are off. `trees` compares trees itself, so that attributes, rename detection and `.mailmap` have no
effect.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterable
from typing import IO

from bylines.git import cannot_run, reason, refuses
from bylines.problems import BuildError

_CLEAN = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
# A checkout in a container often belongs to another user, and git refuses to open it. None of the programs that its
# settings could name is run here, so it is safe to open.
_SETTINGS = (
    "core.hooksPath=/dev/null core.fsmonitor=false core.quotePath=off core.useReplaceRefs=false core.attributesFile=/dev/null "
    "advice.graftFileDeprecated=false protocol.allow=never safe.directory=*"
).split()
_COMMAND = ["git", "--no-pager", "--no-replace-objects", *(part for each in _SETTINGS for part in ("-c", each))]
_PATIENCE = 120.0
"""Seconds after which a git command is aborted."""
_SIZES, _BYTES = "--batch-check", "--batch"
LARGEST_TREE = 50_000_000
FETCH_ALL = (
    "fetch the whole history, without --depth and --filter (in a workflow `fetch-depth: 0`, GitLab: `GIT_DEPTH: 0`)"
)
LARGEST_TEXT = 200_000
"""Bytes of a profile, a `blog.yaml` or the rules that are read at most."""


class Git:
    """Reads the objects of a repository. Call `close` at the end. Raises BuildError if git refuses, or an object is missing."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._running = {how: self._batch(how) for how in (_SIZES, _BYTES)}

    def close(self) -> None:
        """End the processes that read objects."""
        for process in self._running.values():
            _end(process)

    def commit(self, name: str) -> str:
        """Return the id of a commit by any of its names; empty if there is none."""
        found = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if found.returncode and refuses(self._folder, found.stderr):
            raise BuildError(reason(self._folder, found.stderr, ("rev-parse",)))
        return found.stdout.decode().strip() if not found.returncode else ""

    def checkouts(self) -> tuple[str, ...]:
        """Return every folder into which the repository may be checked out."""
        found = os.fsdecode(self._run("worktree", "list", "--porcelain")).splitlines()
        return (self._folder, *(line.partition(" ")[2] for line in found if line.startswith("worktree ")))

    def merge_bases(self, one: str, other: str) -> list[str]:
        """Return the merge bases of two commits."""
        return self._try("merge-base", "--all", one, other).stdout.decode().split()

    def commits_between(self, base: str, head: str, most: int) -> list[str]:
        """Return the commits that `head` has and `base` lacks, oldest first; `most` at most."""
        found = self._run("rev-list", "--topo-order", "--reverse", f"--max-count={most}", head, f"^{base}")
        return found.decode().split()

    def shallow_commits(self) -> frozenset[str]:
        """Return the commits at which a shallow clone ends; empty if the clone is complete."""
        path = os.fsdecode(self._run("rev-parse", "--git-path", "shallow")).rstrip("\n")
        try:
            with open(os.path.join(self._folder, path), encoding="ascii") as file:
                return frozenset(file.read().split())
        except FileNotFoundError:
            return frozenset()

    def files_containing(self, commit: str, folder: str, texts: Iterable[str]) -> list[str]:
        """Return the files below a folder of a commit that contain one of some texts. The case of A to Z is ignored."""
        wanted = [part for text in sorted(texts) for part in ("-e", text)]
        options = "-l -z -F -i -a --no-textconv --no-color --full-name --no-recurse-submodules".split()
        found = self._try("grep", *options, *wanted, commit, "--", f":(top,literal){folder}")
        if found.returncode not in (0, 1):
            raise BuildError(reason(self._folder, found.stderr, ("grep",)))
        return [os.fsdecode(name).partition(":")[2] for name in found.stdout.split(b"\0") if name]

    def object(self, name: str, kind: str, largest: int) -> bytes:
        """Return the bytes of an object. Raises BuildError if it is missing, of another kind, or larger than `largest`."""
        data = self.object_if_small(name, kind, largest)
        if data is None:
            raise BuildError(f"the {kind} {name} has more than {largest:,} bytes, or is none")
        return data

    def object_if_small(self, name: str, kind: str, largest: int) -> bytes | None:
        """Return the bytes of an object; None, without reading them, if it is of another kind or larger than `largest`.

        Raises BuildError if the object is missing.
        """
        _, found, size = self._head(_SIZES, name)
        if found != kind or int(size) > largest:
            return None
        self._head(_BYTES, name)
        return _out(self._running[_BYTES]).read(int(size) + 1)[:-1]

    def kind(self, name: str) -> str:
        """Return the kind of an object ('blob', 'tree' …); 'missing' if a partial clone does not have it."""
        return (self._line(_SIZES, name) or ["", "missing"])[1]

    def is_partial(self) -> bool:
        """Return whether this is a partial clone (`--filter`), which lacks files until they are fetched."""
        return not self._try("config", "--get-regexp", r"^remote\..*\.promisor$").returncode

    def _head(self, how: str, name: str) -> list[str]:
        parts = self._line(how, name)
        if len(parts) != 3:
            raise BuildError(f"{name} is not in {self._folder}; {FETCH_ALL}")
        return parts

    def _line(self, how: str, name: str) -> list[str]:
        """Return git's answer line about an object, in words; empty if git ended instead, as it may when a partial clone lacks
        the object.
        """
        process = self._running[how]
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(f"{name}\n".encode())
            process.stdin.flush()
            if parts := _out(process).readline().decode().split():
                return parts
        _end(process)
        self._running[how] = self._batch(how)
        return []

    def _batch(self, how: str) -> subprocess.Popen[bytes]:
        command = [*_COMMAND, "cat-file", how]
        try:
            return subprocess.Popen(
                command, cwd=self._folder, env=_CLEAN, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            raise BuildError(cannot_run(self._folder, error)) from error

    def _run(self, *arguments: str) -> bytes:
        done = self._try(*arguments)
        if done.returncode:
            raise BuildError(reason(self._folder, done.stderr, arguments))
        return done.stdout

    def _try(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [*_COMMAND, *arguments]
        try:
            return subprocess.run(
                command, cwd=self._folder, env=_CLEAN, stdin=subprocess.DEVNULL, capture_output=True, check=False,
                timeout=_PATIENCE,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise BuildError(f"git {arguments[0]} took longer than {_PATIENCE:.0f} seconds") from error
        except OSError as error:
            raise BuildError(cannot_run(self._folder, error)) from error


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with contextlib.suppress(BrokenPipeError):
        process.communicate()


def _out(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout is not None
    return process.stdout
