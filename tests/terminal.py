"""Somebody at a terminal who answers questions."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import warm
from tests.building import ROOT

_SILENCE = 0.05
"""Seconds after which a question is all that is said."""


def opened() -> tuple[int, int]:
    """The two ends of a terminal."""
    try:
        return pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine has no terminals ({error}); mount devpts")


def typed(folder: Path, answers: list[str], *command: str) -> tuple[int, str]:
    """What a command says on a terminal where these answers are typed, each when a question stands there."""
    main, side = opened()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "TERM": "dumb", "COLUMNS": "200"}
    end = _begun(folder, command, environment, side)
    os.close(side)
    said = b""
    until = time.monotonic() + 60
    try:
        while time.monotonic() < until:
            if select.select([main], [], [], _SILENCE)[0]:
                said += os.read(main, 1000)
            elif answers and said.endswith(b": "):
                os.write(main, answers.pop(0).encode() + b"\n")
    except OSError:  # the other end was closed
        pass
    finally:
        os.close(main)
    code = end()
    assert not answers, said.decode()
    return code, said.decode().replace("\r\n", "\n")


def _begun(folder: Path, command: tuple[str, ...], environment: dict[str, str], side: int) -> Callable[[], int]:
    if warm.IS_SAFE:
        warm.begin(command, folder, environment, [side] * 3)
        return warm.end
    arguments = [sys.executable, "-m", "bylines", *command]
    files = {"stdin": side, "stdout": side, "stderr": side}
    return subprocess.Popen(arguments, cwd=folder, env=environment, close_fds=True, **files).wait
