"""Texts that were made into HTML while they were read, laid down beside the stage until their pages are rendered.

Only while a build has many of them: a single one is read again in a tenth of the time that a page takes. Each process
appends to a file of its own; the files go with the stage.
"""

from __future__ import annotations

import functools
import io
import os
from typing import NamedTuple

import msgspec

from bylines.engine.files import write_all
from bylines.markup import Prose

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Prose)


class Place(NamedTuple):
    """Where a text lies: a piece of a file in the spool's folder."""

    file: str
    offset: int
    length: int


class Spool:
    """A folder of texts, as one process sees it."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._own: io.FileIO | None = None
        self._name = ""
        self._others: dict[str, int] = {}

    def put(self, prose: Prose) -> Place | None:
        """Lays a text down; None where the build keeps no spool."""
        return self.put_packed(packed(prose)) if self._is_kept() else None

    def put_packed(self, data: bytes) -> Place | None:
        """Return the same for a text that is packed already."""
        if not self._is_kept():
            return None
        if self._own is None:
            self._name = f"{os.getpid()}-{id(self):x}"
            self._own = io.FileIO(f"{self._folder}/{self._name}", "a")
        offset = self._own.tell()
        write_all(self._own, data)
        return Place(self._name, offset, len(data))

    def get(self, place: Place) -> Prose:
        """Return a text that some process has laid down."""
        return unpacked(self.get_packed(place))

    def get_packed(self, place: Place) -> bytes:
        """Return the same as it lies there."""
        if place.file not in self._others:
            self._others[place.file] = os.open(f"{self._folder}/{place.file}", os.O_RDONLY)
        return os.pread(self._others[place.file], place.length, place.offset)

    def _is_kept(self) -> bool:
        return self._own is not None or os.path.isdir(self._folder)


@functools.lru_cache(maxsize=2)
def spool_in(folder: str) -> Spool:
    """Return the spool in a folder, as this process sees it."""
    return Spool(folder)


def packed(prose: Prose) -> bytes:
    """Return a text as it lies in a spool."""
    return _ENCODER.encode(prose)


def unpacked(data: bytes) -> Prose:
    """Return a text from what lies in a spool."""
    return _DECODER.decode(data)
