"""Files that are checked: read with a bound, written as a whole."""

from __future__ import annotations

import os

MOST, LARGEST = 2_000_000, 100_000_000
"""Bytes of a text, and of a picture, that are looked at."""


def bytes_of(file: str, most: int = MOST) -> bytes:
    """The bytes of a plain file of at most `most` bytes; none of any other."""
    if os.path.islink(file) or not os.path.isfile(file) or os.path.getsize(file) > most:
        return b""
    with open(file, "rb") as opened:
        return opened.read()


def put(file: str, data: bytes) -> None:
    """Writes a file as a whole, with its mode."""
    stage = f"{file}.mended"
    with open(stage, "xb") as made:
        made.write(data)
    os.chmod(stage, os.stat(file).st_mode & 0o777)
    os.replace(stage, file)
