"""Questions to the person at the terminal, and how they call our commands."""

from __future__ import annotations

import os
import shutil
import sys


def is_asked() -> bool:
    """Whether there is somebody at a terminal who can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def answer(question: str, default: str = "") -> str:
    """What the person answers; the default where they only press Enter."""
    from rich.prompt import Prompt

    while True:
        said: str = Prompt.ask(question, default=default) if default else Prompt.ask(question)
        if said.strip():
            return said.strip()


def command() -> str:
    """How our commands are called here: as this one was."""
    program = sys.argv[0]
    name = os.path.basename(program)
    if name not in ("invoke", "inv", "bylines"):
        return "python -m bylines"
    if shutil.which(name) and os.path.realpath(str(shutil.which(name))) == os.path.realpath(program):
        return name
    near = os.path.relpath(program)
    return program if near.startswith("..") else near
