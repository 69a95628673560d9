"""Overwrites parts of a film in place, so that the offsets in its tables stay right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO, NamedTuple

_PIECE = 1 << 20


class NotUnderstood(Exception):  # noqa: N818 - it says what happened
    """A film breaks the rules of its format, or uses a part of the format that is not supported."""


class Patch(NamedTuple):
    """A range of bytes to overwrite with `head`, and then with zeros up to its end."""

    start: int
    end: int
    head: bytes = b""


def apply(file: BinaryIO, patches: Iterable[Patch]) -> None:
    """Apply patches to a file that is open for reading and writing."""
    for start, end, head in patches:
        file.seek(start)
        file.write(head[: end - start])
        left = end - start - len(head)
        while left > 0:
            left -= file.write(bytes(min(left, _PIECE)))


class PatchedReader:
    """Reads a file from beginning to end as if its patches were applied, but with zeros also in place of their heads."""

    def __init__(self, file: BinaryIO, patches: Sequence[Patch]) -> None:
        self._file = file
        self._patches = sorted(patches)
        self._place = 0

    def read(self, size: int) -> bytes:
        """Return at most `size` further bytes, with zeros for all that is overwritten; empty at the end."""
        start = self._place
        self._file.seek(start)
        data = bytearray(self._file.read(size))
        self._place = end = start + len(data)
        for patch in self._patches:
            if patch.start >= end:
                break
            left, right = max(patch.start, start) - start, min(patch.end, end) - start
            data[left:right] = bytes(right - left)
        self._patches = [patch for patch in self._patches if patch.end > end]
        return bytes(data)
