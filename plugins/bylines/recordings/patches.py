"""How a film loses what it says of a place: parts of it are overwritten where they stand, so that nothing else moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO, NamedTuple

_PIECE = 1 << 20


class NotUnderstood(Exception):  # noqa: N818 - it says what happened
    """A film is not built as its format says, or in a way that is not known here."""


class Patch(NamedTuple):
    """A part of a file that is overwritten: with `head`, then with zeros up to its end."""

    start: int
    end: int
    head: bytes = b""


def apply(file: BinaryIO, patches: Iterable[Patch]) -> None:
    """Overwrites parts of a file that is open to be read and written."""
    for start, end, head in patches:
        file.seek(start)
        file.write(head[: end - start])
        left = end - start - len(head)
        while left > 0:
            left -= file.write(bytes(min(left, _PIECE)))


class Patched:
    """A file as it is once parts of it are overwritten, to be read from its beginning to its end."""

    def __init__(self, file: BinaryIO, patches: Sequence[Patch]) -> None:
        self._file = file
        self._patches = sorted(patches)
        self._place = 0

    def read(self, size: int) -> bytes:
        """The next bytes, with zeros for all that is overwritten."""
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
