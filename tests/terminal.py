"""Somebody at a terminal who answers questions."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

from tests.building import ROOT

_SILENCE = 0.05
"""Seconds after which a question is all that is said."""


def typed(folder: Path, answers: list[str], *command: str) -> tuple[int, str]:
    """What a command says on a terminal where these answers are typed, each when a question stands there."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bylines", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "TERM": "dumb", "COLUMNS": "200"},
        stdin=side,
        stdout=side,
        stderr=side,
        close_fds=True,
    )
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
        if time.monotonic() >= until:
            process.kill()
        code = process.wait(timeout=30)
    assert not answers, said.decode()
    return code, said.decode().replace("\r\n", "\n")
