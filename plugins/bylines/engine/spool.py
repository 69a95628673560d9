"""Texts that were made into HTML while they were read, laid down beside the stage until their pages are rendered.

Only while a build has many of them: a single one is read again in a tenth of the time that a page takes. Each process
appends to a file of its own; the files go with the stage.
"""

from __future__ import annotations

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
        self._others: dict[str, int] = {}

    def put(self, prose: Prose) -> Place | None:
        """Lays a text down; None where the build keeps no spool."""
        if self._own is None:
            if not os.path.isdir(self._folder):
                return None
            name = f"{self._folder}/{os.getpid()}-{id(self):x}"
            self._own = io.FileIO(name, "a")
        data = _ENCODER.encode(prose)
        offset = self._own.tell()
        write_all(self._own, data)
        return Place(os.path.basename(str(self._own.name)), offset, len(data))

    def get(self, place: Place) -> Prose:
        """A text that some process has laid down."""
        if place.file not in self._others:
            self._others[place.file] = os.open(f"{self._folder}/{place.file}", os.O_RDONLY)
        return _DECODER.decode(os.pread(self._others[place.file], place.length, place.offset))
