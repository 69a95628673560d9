"""Runs a command and takes its time, from start to exit, its processor time and the memory of its whole process tree."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
# A look at the memory of a process holds it up, the longer the more it has: so looks are this many times their own length
# apart, and a twentieth of a second at least.
_PAUSE = 40.0
_SHORTEST = 0.05
# What the environment of whoever measures must not change.
_LEFT_OUT = ("CI", "SOURCE_DATE_EPOCH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


class Run(NamedTuple):
    """One run: seconds of wall time and of all processors, MB of all processes together at their most, and its words."""

    seconds: float
    cpu: float
    memory: float
    said: str


def timed(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Runs a command in a folder, with more of an environment. Raises SystemExit, with its words, where it fails."""
    plain = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    settings = {**plain, "PYTHONPATH": str(ROOT / "plugins"), **(environment or {})}
    with tempfile.TemporaryFile() as complaints:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=complaints)
        watch = _Watch(process.pid)
        watch.start()
        said = process.stdout.read().decode().strip() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        watch.end()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            raise SystemExit(f"{' '.join(command)} failed in {folder}:\n{said}\n{complaints.read().decode()}")
    return Run(seconds, used.ru_utime + used.ru_stime, watch.most, said)


class _Watch(threading.Thread):
    """Samples the proportional share (PSS) of a process and all that it started."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.most = 0.0

    def run(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            started = time.perf_counter()
            self.most = max(self.most, sum(map(_pss, tree(self._pid))))
            pause = max(_SHORTEST, _PAUSE * (time.perf_counter() - started))

    def end(self) -> None:
        self._over.set()
        self.join()


def tree(pid: int) -> list[int]:
    """A process and all that it started, directly or not."""
    found = [pid]
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            children = Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
            found += [below for child in children for below in tree(int(child))]
    except OSError:
        pass  # it has ended
    return found


def _pss(pid: int) -> float:
    """MB of a process, where pages that it shares with others count in part; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
