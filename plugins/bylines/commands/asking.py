"""Asks the person at the terminal, and tells how they call commands here."""

from __future__ import annotations

import os
import shutil
import sys


def is_asked() -> bool:
    """Return whether somebody sits at a terminal and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def answer(question: str, default: str = "", *, may_lack: bool = False) -> str:
    """Ask a question and return the answer; Enter gives the default. An empty answer counts only if it `may_lack`."""
    from rich.prompt import Prompt

    while True:
        try:
            said: str = Prompt.ask(question, default=default) if default else Prompt.ask(question)
        except EOFError:  # Ctrl-D
            raise KeyboardInterrupt from None
        if said.strip() or may_lack:
            return said.strip()


def command() -> str:
    """Return how to call a command here: in the way in which the running one was called."""
    program = sys.argv[0]
    name = os.path.basename(program)
    if name not in ("invoke", "inv", "bylines"):
        return f"{_near(sys.executable, 'python')} -m bylines"
    found = shutil.which(name)
    return name if found and os.path.realpath(found) == os.path.realpath(program) else _near(program, program)


def _near(program: str, else_: str) -> str:
    """Return the path of a program relative to the current folder if it lies below it, otherwise `else_`."""
    path = os.path.relpath(program)
    return else_ if path.startswith("..") else path
