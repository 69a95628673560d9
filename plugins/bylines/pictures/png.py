"""PNG with a palette, put together of strips, so that those that are alike in many pictures are compressed once."""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Rows of few colours are mostly repeats of one byte: to look for nothing else takes a third of the time, and no more bytes,
# unless there are many letters on them.
_LARGE = 18_000
_ADLER = 65_521


class Strip(NamedTuple):
    """Some whole rows: deflated, up to a full flush; their Adler-32, and how many bytes they are."""

    deflated: bytes
    check: int
    length: int


def strip(rows: bytes) -> Strip:
    """Rows of a byte a pixel, each with a zero before it (no filter)."""
    deflated = _deflated(rows, 1, zlib.Z_RLE)
    if len(deflated) > _LARGE:
        deflated = _deflated(rows, 6, zlib.Z_DEFAULT_STRATEGY)
    return Strip(deflated, zlib.adler32(rows), len(rows))


def _deflated(rows: bytes, level: int, strategy: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    return packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)


def picture(width: int, height: int, palette: bytes, strips: Sequence[Strip]) -> bytes:
    """The file. `palette` has three bytes a colour."""
    check = struct.pack(">I", functools.reduce(_checked, strips, 1))
    data = b"".join([b"\x78\x01", *(one.deflated for one in strips), b"\x03\x00", check])
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return file(((b"IHDR", head), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b"")))


def _checked(check: int, one: Strip) -> int:
    """The Adler-32 of what has `check` and of a strip after it (RFC 1950, 9)."""
    low = (check & 0xFFFF) + (one.check & 0xFFFF) - 1
    high = (check >> 16) + (one.check >> 16) + one.length * ((check & 0xFFFF) - 1)
    return high % _ADLER << 16 | low % _ADLER


def file(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A PNG of its chunks, (kind, data) of each."""
    return SIGNATURE + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
