"""Questions to the person at the terminal, and how they call our commands."""

from __future__ import annotations

import os
import shutil
import sys


def is_asked() -> bool:
    """Whether there is somebody at a terminal who can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def answer(question: str, default: str = "", *, may_lack: bool = False) -> str:
    """What the person answers; the default where they only press Enter. Without one, '' is taken only if it `may_lack`."""
    from rich.prompt import Prompt

    while True:
        try:
            said: str = Prompt.ask(question, default=default) if default else Prompt.ask(question)
        except EOFError:  # Ctrl-D
            raise KeyboardInterrupt from None
        if said.strip() or may_lack:
            return said.strip()


def command() -> str:
    """How our commands are called here: as this one was."""
    program = sys.argv[0]
    name = os.path.basename(program)
    if name not in ("invoke", "inv", "bylines"):
        return f"{_near(sys.executable, 'python')} -m bylines"
    found = shutil.which(name)
    return name if found and os.path.realpath(found) == os.path.realpath(program) else _near(program, program)


def _near(program: str, else_: str) -> str:
    """A program's path from here, where it lies below."""
    path = os.path.relpath(program)
    return else_ if path.startswith("..") else path
