"""Writes PNG files with a palette from strips of rows. A strip that many pictures share is compressed only once."""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Rows of few colours are mostly runs of one byte. Run-length encoding takes a third of the time for the same size, unless
# there are many letters on them.
_LARGE = 18_000
_ADLER = 65_521


class Strip(NamedTuple):
    """Complete rows of a picture: their deflated bytes, ending with a full flush; the Adler-32 and the length of the raw bytes."""

    deflated: bytes
    check: int
    length: int


def strip(rows: bytes) -> Strip:
    """Compress rows into a strip. Each row is a zero byte (no filter) and one byte, the palette index, for each pixel."""
    deflated = _deflate(rows, 1, zlib.Z_RLE)
    if len(deflated) > _LARGE:
        deflated = _deflate(rows, 6, zlib.Z_DEFAULT_STRATEGY)
    return Strip(deflated, zlib.adler32(rows), len(rows))


def _deflate(rows: bytes, level: int, strategy: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    return packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)


def picture(width: int, height: int, palette: bytes, strips: Sequence[Strip]) -> bytes:
    """Return a PNG file of strips. `width` and `height` are in pixels; `palette` has three bytes (RGB) for each colour."""
    check = struct.pack(">I", functools.reduce(_combine_checksums, strips, 1))
    data = b"".join([b"\x78\x01", *(one.deflated for one in strips), b"\x03\x00", check])
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return file(((b"IHDR", head), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b"")))


def _combine_checksums(check: int, one: Strip) -> int:
    """Return the Adler-32 of some bytes followed by a strip, given that of the bytes (RFC 1950, 9)."""
    low = (check & 0xFFFF) + (one.check & 0xFFFF) - 1
    high = (check >> 16) + (one.check >> 16) + one.length * ((check & 0xFFFF) - 1)
    return high % _ADLER << 16 | low % _ADLER


def file(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return a PNG file of chunks, each given as (kind, data)."""
    return SIGNATURE + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
