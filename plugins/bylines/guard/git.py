"""Git, asked for objects and nothing else: nothing that a branch or a machine's settings say can change its answers.

Variables `GIT_*` are cleared, settings of the machine and the user are not read, replacements and grafts are ignored, hooks,
monitors, colours and fetching are off. Trees are compared by us (`trees`), so that no attribute, no rename detection and no
`.mailmap` has a part in it.
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
# A checkout in a container often belongs to somebody else, which git refuses to enter. We run no program that its settings
# could name, so it is entered all the same.
_SETTINGS = (
    "core.hooksPath=/dev/null core.fsmonitor=false core.quotePath=off core.useReplaceRefs=false core.attributesFile=/dev/null "
    "advice.graftFileDeprecated=false protocol.allow=never safe.directory=*"
).split()
_COMMAND = ["git", "--no-pager", "--no-replace-objects", *(part for each in _SETTINGS for part in ("-c", each))]
_PATIENCE = 120.0
"""Seconds that one question may take."""
_SIZES, _BYTES = "--batch-check", "--batch"
LARGEST_TREE = 50_000_000
FETCH_ALL = (
    "fetch the whole history, without --depth and --filter (in a workflow `fetch-depth: 0`, GitLab: `GIT_DEPTH: 0`)"
)
LARGEST_TEXT = 200_000
"""Bytes of a profile, a `blog.yaml` or the rules."""


class Git:
    """The objects of a repository. To be closed; raises BuildError where git refuses or an object is not there."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._running = {how: self._batch(how) for how in (_SIZES, _BYTES)}

    def close(self) -> None:
        """Ends the processes that read objects."""
        for process in self._running.values():
            _end(process)

    def commit(self, name: str) -> str:
        """The id of a commit; '' where there is none of that name."""
        found = self._tried("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if found.returncode and refuses(self._folder, found.stderr):
            raise BuildError(reason(self._folder, found.stderr, ("rev-parse",)))
        return found.stdout.decode().strip() if not found.returncode else ""

    def common(self, one: str, other: str) -> list[str]:
        """The newest commits that two commits have in common."""
        return self._tried("merge-base", "--all", one, other).stdout.decode().split()

    def beyond(self, base: str, head: str, most: int) -> list[str]:
        """The commits of `head` that `base` has not, the oldest first; `most` at most."""
        found = self._asked("rev-list", "--topo-order", "--reverse", f"--max-count={most}", head, f"^{base}")
        return found.decode().split()

    def cut(self) -> frozenset[str]:
        """The commits at which a shallow clone ends."""
        path = os.fsdecode(self._asked("rev-parse", "--git-path", "shallow")).rstrip("\n")
        try:
            with open(os.path.join(self._folder, path), encoding="ascii") as file:
                return frozenset(file.read().split())
        except FileNotFoundError:
            return frozenset()

    def mentioning(self, commit: str, folder: str, texts: Iterable[str]) -> list[str]:
        """The files below a folder of a commit that hold one of some texts, in any case of the letters A to Z."""
        wanted = [part for text in sorted(texts) for part in ("-e", text)]
        options = "-l -z -F -i -a --no-textconv --no-color --full-name --no-recurse-submodules".split()
        found = self._tried("grep", *options, *wanted, commit, "--", f":(top,literal){folder}")
        if found.returncode not in (0, 1):
            raise BuildError(reason(self._folder, found.stderr, ("grep",)))
        return [os.fsdecode(name).partition(":")[2] for name in found.stdout.split(b"\0") if name]

    def object(self, name: str, kind: str, largest: int) -> bytes:
        """The bytes of an object. Raises BuildError where it is not there, of another kind, or larger than `largest`."""
        data = self.within(name, kind, largest)
        if data is None:
            raise BuildError(f"the {kind} {name} has more than {largest:,} bytes, or is none")
        return data

    def within(self, name: str, kind: str, largest: int) -> bytes | None:
        """The same; None where it is of another kind, or larger: then its bytes are not read."""
        _, found, size = self._head(_SIZES, name)
        if found != kind or int(size) > largest:
            return None
        self._head(_BYTES, name)
        return _out(self._running[_BYTES]).read(int(size) + 1)[:-1]

    def kind(self, name: str) -> str:
        """What an object is ('blob', 'tree' …); 'missing' where it is not there: a clone with a filter has no old files."""
        return (self._line(_SIZES, name) or ["", "missing"])[1]

    def is_partial(self) -> bool:
        """Whether this is a clone with a filter, which has left files where they came from."""
        return not self._tried("config", "--get-regexp", r"^remote\..*\.promisor$").returncode

    def _head(self, how: str, name: str) -> list[str]:
        parts = self._line(how, name)
        if len(parts) != 3:
            raise BuildError(f"{name} is not in {self._folder}; {FETCH_ALL}")
        return parts

    def _line(self, how: str, name: str) -> list[str]:
        """What git says of an object; nothing where it ended instead, as it may when it wants to fetch what a filter left out."""
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

    def _asked(self, *arguments: str) -> bytes:
        done = self._tried(*arguments)
        if done.returncode:
            raise BuildError(reason(self._folder, done.stderr, arguments))
        return done.stdout

    def _tried(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
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
