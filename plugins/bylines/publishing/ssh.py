"""Publishes to another machine: rsync uploads files and a remote shell deletes them, all over one ssh connection."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence

from bylines.engine.publish.output_tree import parents
from bylines.problems import PublishError, SettingsError
from bylines.publishing import deploy_marker
from bylines.publishing.deploy_marker import DeployMarker
from bylines.publishing.folder import STAGE
from bylines.publishing.remote_lock import busy_error

_IDLE = 30
"""Seconds for which the connection stays open for the next command."""
_LOCKED, _NO_FLOCK, _NO_RSYNC = b"held\n", b"free\n", b"bare\n"
# Holds the lock until its standard input is closed, which happens even if this process is killed.
_LOCK = (
    "command -v rsync >/dev/null || {{ echo bare; exit; }}; "
    "mkdir -p {folder}/{stage} && cd {folder}/{stage} && exec 9>>lock || exit 1; "
    "if ! command -v flock >/dev/null; then echo free; elif flock -n 9; then find . -mindepth 1 ! -name lock -delete; "
    "echo held; else echo busy; exit; fi; exec cat >/dev/null"
)
_DELETE = "cd {folder} && xargs -0 rm -f --"
_EMPTY = "cd {folder} && xargs -0 rmdir 2>/dev/null || true"
_NOTE = "cd {folder} && cat >{stage}/slip && mv -f {stage}/slip {marker}"
_READ = "cat {folder}/{marker} 2>/dev/null || true"
_LIST = "cd {folder} && find . -path ./{stage} -prune -o ! -type d -print0"


class Machine:
    """The target that is a folder of another machine."""

    takes_copies = True

    def __init__(self, host: str, port: str, path: str, command: str) -> None:
        """`command` is ssh with the site's own options (BYLINES_PUBLISH_SSH), `port` and `host` as ssh takes them."""
        self.name = f"{host}:{path}"
        self._host, self._path = host, path
        own = [*_split_command(command), *(["-p", port] if port else [])]
        self._manual_command = shlex.join([*own, host, "ls", path])
        self._sockets = tempfile.mkdtemp(prefix="bylines-")
        shared = ["-o", "ControlMaster=auto", "-o", f"ControlPath={self._sockets}/%C", "-o", f"ControlPersist={_IDLE}"]
        self._ssh = [*own, "-o", "BatchMode=yes", *shared]
        self._lock: subprocess.Popen[bytes] | None = None

    def open(self) -> DeployMarker | None:
        """Create the folder if it is missing, and lock it. Return its deploy marker, or None if it has none."""
        if not shutil.which("rsync"):
            raise PublishError("there is no rsync; install it on this machine and on the other")
        command = [*self._ssh, self._host, self._shell(_LOCK)]
        with tempfile.TemporaryFile() as complaint:
            self._lock = _start(command, complaint.fileno())
            assert self._lock.stdout is not None
            answer = self._lock.stdout.readline()
            if answer not in (_LOCKED, _NO_FLOCK):
                self._lock.wait()
                complaint.seek(0)
                raise self._lock_error(answer, complaint.read())
        return deploy_marker.decode(self._run(_READ))

    def _lock_error(self, answer: bytes, complaint: bytes) -> PublishError:
        if answer == _NO_RSYNC:
            return PublishError(f"{self._host} has no rsync; install it there")
        if answer:
            return busy_error(self.name)
        return PublishError(
            f"{self.name} cannot be reached or written ({_last_line(complaint)}); try: {self._manual_command}"
        )

    def others(self, kept: set[str]) -> list[str]:
        """Return the paths in the folder that are not in `kept`."""
        found = (os.fsdecode(name).removeprefix("./") for name in self._run(_LIST).split(b"\0")[:-1])
        return [path for path in found if path not in kept and path != deploy_marker.NAME]

    def begin(self, found: DeployMarker) -> None:
        """Record that a build is being uploaded."""
        self._run(_NOTE, deploy_marker.encode(found))

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Upload the files that do not exist yet."""
        self._rsync(folder, paths, "--ignore-existing")

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Upload the files whose bytes differ."""
        self._rsync(folder, paths, "--checksum")

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, and folders that become empty."""
        if paths:
            self._run(_DELETE, _null_separated(paths))
            self._run(_EMPTY, _null_separated(_parent_folders(paths)))

    def end(self, found: DeployMarker) -> None:
        """Record that the upload is complete."""
        self._run(_NOTE, deploy_marker.encode(found))

    def close(self) -> None:
        """Release the lock and close the connection."""
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
            input=_null_separated(paths),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise PublishError(f"rsync to {self.name}: {_last_line(done.stderr)}; run it again when that is mended")

    def _run(self, script: str, given: bytes = b"") -> bytes:
        """Run a script on the other machine with `given` as its input, and return its output. Raises PublishError."""
        done = subprocess.run(
            [*self._ssh, self._host, self._shell(script)], input=given, capture_output=True, check=False
        )
        if done.returncode:
            raise PublishError(f"{self.name}: {_last_line(done.stderr)}; run it again when that is mended")
        return done.stdout

    def _shell(self, script: str) -> str:
        return f"sh -c {shlex.quote(script.format(folder=shlex.quote(self._path), stage=STAGE, marker=deploy_marker.NAME))}"


def _split_command(command: str) -> list[str]:
    try:
        found = shlex.split(command)
    except ValueError:  # a quote that is not closed
        found = []
    if not found:
        raise SettingsError(f"BYLINES_PUBLISH_SSH is {command!r}; it is a command such as 'ssh -i deploy_key'")
    return found


def _start(command: Sequence[str], complaint: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaint)
    except OSError as error:
        raise PublishError(
            f"{command[0]} cannot be run ({error.strerror}); install ssh, or set BYLINES_PUBLISH_SSH"
        ) from error


def _null_separated(paths: Sequence[str]) -> bytes:
    return b"".join(os.fsencode(path) + b"\0" for path in paths)


def _parent_folders(paths: Sequence[str]) -> list[str]:
    """Return all folders above some paths, the deepest first."""
    found = {above for path in paths for above in parents(path)}
    return sorted(found, key=lambda path: (-path.count("/"), path))


def _last_line(complaint: bytes) -> str:
    """Return the last line of an error output, without rsync's summary lines, which name places in its source code."""
    lines = [line for line in complaint.decode(errors="replace").splitlines() if line.strip()]
    shown = (
        [line for line in lines if not line.startswith(("rsync error:", "ERROR: rsync"))]
        or lines
        or ["it says no more"]
    )
    return shown[-1].strip().rstrip(".")
