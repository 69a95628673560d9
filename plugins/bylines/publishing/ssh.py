"""A machine that is reached by ssh: rsync brings files, a shell deletes them. One connection carries all of it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence

from bylines.engine.publish.output_tree import parents
from bylines.problems import PublishError, SettingsError
from bylines.publishing import slip
from bylines.publishing.folder import STAGE
from bylines.publishing.hold import busy
from bylines.publishing.slip import Slip

_IDLE = 30
"""Seconds for which the connection stays, for the next command."""
_HELD, _FREE, _BARE = b"held\n", b"free\n", b"bare\n"
# Holds the lock as long as somebody speaks to it: who is killed speaks no more.
_LOCK = (
    "command -v rsync >/dev/null || {{ echo bare; exit; }}; "
    "mkdir -p {folder}/{stage} && cd {folder}/{stage} && exec 9>>lock || exit 1; "
    "if ! command -v flock >/dev/null; then echo free; elif flock -n 9; then find . -mindepth 1 ! -name lock -delete; "
    "echo held; else echo busy; exit; fi; exec cat >/dev/null"
)
_DELETE = "cd {folder} && xargs -0 rm -f --"
_EMPTY = "cd {folder} && xargs -0 rmdir 2>/dev/null || true"
_NOTE = "cd {folder} && cat >{stage}/slip && mv -f {stage}/slip {slip}"
_READ = "cat {folder}/{slip} 2>/dev/null || true"
_LIST = "cd {folder} && find . -path ./{stage} -prune -o ! -type d -print0"


class Machine:
    """A folder of another machine."""

    takes_copies = True

    def __init__(self, host: str, port: str, path: str, command: str) -> None:
        """`command` is ssh with the keeper's options."""
        self.name = f"{host}:{path}"
        self._host, self._path = host, path
        own = [*_words(command), *(["-p", port] if port else [])]
        self._by_hand = shlex.join([*own, host, "ls", path])
        self._sockets = tempfile.mkdtemp(prefix="bylines-")
        shared = ["-o", "ControlMaster=auto", "-o", f"ControlPath={self._sockets}/%C", "-o", f"ControlPersist={_IDLE}"]
        self._ssh = [*own, "-o", "BatchMode=yes", *shared]
        self._lock: subprocess.Popen[bytes] | None = None

    def open(self) -> Slip | None:
        """Makes the folder where it is not there, and holds its lock; gives its slip."""
        if not shutil.which("rsync"):
            raise PublishError("there is no rsync; install it on this machine and on the other")
        command = [*self._ssh, self._host, self._shell(_LOCK)]
        with tempfile.TemporaryFile() as complaint:
            self._lock = _started(command, complaint.fileno())
            assert self._lock.stdout is not None
            answer = self._lock.stdout.readline()
            if answer not in (_HELD, _FREE):
                self._lock.wait()
                complaint.seek(0)
                raise self._refused(answer, complaint.read())
        return slip.read(self._run(_READ))

    def _refused(self, answer: bytes, complaint: bytes) -> PublishError:
        if answer == _BARE:
            return PublishError(f"{self._host} has no rsync; install it there")
        if answer:
            return busy(self.name)
        return PublishError(f"{self.name} cannot be reached or written ({_last(complaint)}); try: {self._by_hand}")

    def others(self, kept: set[str]) -> list[str]:
        """The files that lie there and are not in `kept`."""
        found = (os.fsdecode(name).removeprefix("./") for name in self._run(_LIST).split(b"\0")[:-1])
        return [path for path in found if path not in kept and path != slip.NAME]

    def begin(self, found: Slip) -> None:
        """Notes that a build begins to arrive."""
        self._run(_NOTE, slip.written(found))

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Puts those files that are not there yet."""
        self._rsync(folder, paths, "--ignore-existing")

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Puts files whose bytes differ from those that are there."""
        self._rsync(folder, paths, "--checksum")

    def delete(self, paths: Sequence[str]) -> None:
        """Deletes files, and folders that become empty."""
        if paths:
            self._run(_DELETE, _listed(paths))
            self._run(_EMPTY, _listed(_above(paths)))

    def end(self, found: Slip) -> None:
        """Notes that a build has arrived as a whole."""
        self._run(_NOTE, slip.written(found))

    def close(self) -> None:
        """Lets go of the lock, and hangs up."""
        if self._lock is not None and self._lock.stdin is not None:
            self._lock.stdin.close()
            self._lock.wait()
            subprocess.run([*self._ssh, "-O", "exit", self._host], capture_output=True, check=False)
        shutil.rmtree(self._sockets, ignore_errors=True)

    def _rsync(self, folder: str, paths: Sequence[str], how: str) -> None:
        if not paths:
            return
        command = [
            "rsync",
            "-r",
            "-s",
            how,
            "--files-from=-",
            "--from0",
            f"--temp-dir={STAGE}",
            "--chmod=D755,F644",
            "-e",
            shlex.join(self._ssh),
        ]
        done = subprocess.run(
            [*command, f"{folder}/", f"{self._host}:{self._path}/"],
            input=_listed(paths),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise PublishError(f"rsync to {self.name}: {_last(done.stderr)}; run it again when that is mended")

    def _run(self, script: str, given: bytes = b"") -> bytes:
        """What a script says there."""
        done = subprocess.run(
            [*self._ssh, self._host, self._shell(script)], input=given, capture_output=True, check=False
        )
        if done.returncode:
            raise PublishError(f"{self.name}: {_last(done.stderr)}; run it again when that is mended")
        return done.stdout

    def _shell(self, script: str) -> str:
        return f"sh -c {shlex.quote(script.format(folder=shlex.quote(self._path), stage=STAGE, slip=slip.NAME))}"


def _words(command: str) -> list[str]:
    try:
        found = shlex.split(command)
    except ValueError:  # a quote that is not closed
        found = []
    if not found:
        raise SettingsError(f"BYLINES_PUBLISH_SSH is {command!r}; it is a command such as 'ssh -i deploy_key'")
    return found


def _started(command: Sequence[str], complaint: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaint)
    except OSError as error:
        raise PublishError(
            f"{command[0]} cannot be run ({error.strerror}); install ssh, or set BYLINES_PUBLISH_SSH"
        ) from error


def _listed(paths: Sequence[str]) -> bytes:
    return b"".join(os.fsencode(path) + b"\0" for path in paths)


def _above(paths: Sequence[str]) -> list[str]:
    """All folders above some paths, the deepest first."""
    found = {above for path in paths for above in parents(path)}
    return sorted(found, key=lambda path: (-path.count("/"), path))


def _last(complaint: bytes) -> str:
    """What went wrong, as the program said it last; rsync's own place in its source is nobody's business."""
    lines = [line for line in complaint.decode(errors="replace").splitlines() if line.strip()]
    said = (
        [line for line in lines if not line.startswith(("rsync error:", "ERROR: rsync"))]
        or lines
        or ["it says no more"]
    )
    return said[-1].strip().rstrip(".")
