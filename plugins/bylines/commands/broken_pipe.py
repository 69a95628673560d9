"""Ends a command quietly when the reader of its output has gone away (`| head`)."""

from __future__ import annotations

import os
import sys
from types import TracebackType

UNHEARD = 141
"""The exit code that a shell gives such a command (128 and SIGPIPE)."""


def fall_silent() -> int:
    """Discard all further output, and return the exit code."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return UNHEARD


def instead_of_traceback(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Act as `sys.excepthook` for commands that another program runs, such as Invoke."""
    if issubclass(kind, BrokenPipeError):
        sys.exit(fall_silent())
    sys.__excepthook__(kind, error, trace)
