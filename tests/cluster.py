"""A real Dask cluster for tests: a scheduler and workers as processes of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from tests.building import ROOT


class DaskCluster:
    """A scheduler on 127.0.0.1, and workers in an empty folder that see the package and nothing else of ours."""

    def __init__(self, folder: Path, workers: int = 0) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self.address = f"tcp://127.0.0.1:{_free_port()}"
        self.scheduler = self._start("scheduler", "--host", self.address, "--port", self.address.rpartition(":")[2])
        self.workers = [self.start_worker() for _ in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            process.kill()
        for process in self._running:
            process.wait()

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Starts one more worker of one thread."""
        options = ("--nthreads", "1", "--no-nanny", "--memory-limit", "0", "--local-directory", str(self._folder))
        return self._start("worker", self.address, *options, **environment)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kills a process as a power cut does."""
        process.send_signal(signal.SIGKILL)
        process.wait()

    def _start(self, command: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        self._folder.mkdir(exist_ok=True)
        log = self._folder / f"{command}-{len(self._running)}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", command, *arguments, "--no-dashboard"],
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), **environment},
                stdout=file,
                stderr=file,
            )
        self._running.append(process)
        return process


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_until(true: object, seconds: float = 20.0) -> None:
    """Waits until a function gives something true."""
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "that took too long"
        time.sleep(0.02)
