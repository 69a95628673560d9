"""Runs servers on this machine, for benchmarks and tests of publication: an sshd with a key of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

_SECONDS = 20


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Waits until a server listens on a port. Raises AssertionError if none does within 20 seconds."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"no server at port {port}")


def missing() -> str:
    """A message about programs that sshd needs and this machine lacks; empty if there are none."""
    programs = {"sshd": _sshd(), "ssh-keygen": shutil.which("ssh-keygen"), "rsync": shutil.which("rsync")}
    lost = [name for name, place in programs.items() if not place]
    return f"{', '.join(lost)} not there (apt-get install openssh-server rsync)" if lost else ""


def _sshd() -> str | None:
    return shutil.which("sshd") or ("/usr/sbin/sshd" if Path("/usr/sbin/sshd").exists() else None)


@contextlib.contextmanager
def sshd(home: Path) -> Iterator[tuple[int, str]]:
    """Runs a server with its keys in `home`. Yields its port, and the ssh command that can log in."""
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)], check=True)
    (home / "authorized").write_text((home / "key.pub").read_text())
    port = free_port()
    (home / "conf").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {home}/host\nAuthorizedKeysFile {home}/authorized\n"
        f"StrictModes no\nPasswordAuthentication no\nUsePAM no\nPidFile {home}/pid\nMaxStartups 100\nMaxSessions 100\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with (home / "log").open("wb") as log:
        process = subprocess.Popen([str(_sshd()), "-D", "-e", "-f", str(home / "conf")], stderr=log)
    try:
        wait_for(port, process)
        yield (
            port,
            f"ssh -i {home}/key -o StrictHostKeyChecking=no -o UserKnownHostsFile={home}/known -o LogLevel=ERROR",
        )
    finally:
        process.terminate()
        process.wait()
