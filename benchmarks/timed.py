"""Runs a command and measures its wall time, its CPU time, and the memory of its process tree."""

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
# Reading the memory of a process stops it, the longer the more memory it has. So the pause between two readings is this many
# times as long as a reading, and at least a twentieth of a second.
_PAUSE = 40.0
_SHORTEST = 0.05
# Variables of the caller that must not affect the command.
_LEFT_OUT = ("CI", "SOURCE_DATE_EPOCH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


class Run(NamedTuple):
    """One run: seconds of wall time and of CPU time, the peak MB of all processes together, and the output."""

    seconds: float
    cpu: float
    memory: float
    said: str


def timed(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Runs a command in a folder, with additional variables. Raises SystemExit with its output if it fails."""
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
    """Samples the memory (proportional set size, PSS) of a process and its descendants."""

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
    """The ids of a process and all its descendants."""
    found = [pid]
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            children = Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
            found += [below for child in children for below in tree(int(child))]
    except OSError:
        pass  # it has ended
    return found


def _pss(pid: int) -> float:
    """The memory of a process in MB, with shared pages counted in part (PSS); 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
