"""Reads files up to a limit, and replaces them atomically."""

from __future__ import annotations

import os

MOST, LARGEST = 2_000_000, 100_000_000
"""The most bytes that are read of a text, and of a picture."""


def bytes_of(file: str, most: int = MOST) -> bytes:
    """Return the bytes of a plain file; empty if it is larger than `most`, a link, or missing."""
    if os.path.islink(file) or not os.path.isfile(file) or os.path.getsize(file) > most:
        return b""
    with open(file, "rb") as opened:
        return opened.read()


def replace_file(file: str, data: bytes) -> None:
    """Replace a file atomically, and keep its mode."""
    stage = f"{file}.mended"
    with open(stage, "xb") as made:
        made.write(data)
    os.chmod(stage, os.stat(file).st_mode & 0o777)
    os.replace(stage, file)
