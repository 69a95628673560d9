"""What becomes of a command whose reader has gone away (`| head`): it says nothing more, and that is no fault of anybody's."""

from __future__ import annotations

import os
import sys
from types import TracebackType

UNHEARD = 141
"""What a shell says of such a command (128 and SIGPIPE)."""


def fall_silent() -> int:
    """Lets what is still to be said go nowhere; gives the exit code."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return UNHEARD


def instead_of_traceback(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A `sys.excepthook` for those whose commands another program runs."""
    if issubclass(kind, BrokenPipeError):
        sys.exit(fall_silent())
    sys.__excepthook__(kind, error, trace)
