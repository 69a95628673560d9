"""Bytes into files, whole or not at all."""

from __future__ import annotations

import io


def write_all(file: io.FileIO, data: bytes) -> None:
    """Writes all of `data`. A disk that fills up takes a part without a word: only the next write says why."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]
