"""Films for tests, built box by box, with what cameras write into them; and a reader of boxes that shares nothing with ours."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

PLACE = "+38.7200-009.1400+012.300/"
SERIAL = "SERIAL-4711"
PICTURES = b"PICTURES" * 40
TELEMETRY = b"DEVC" + b"GPS5" + SERIAL.encode() + b"\x16\x2b" * 30


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of a film."""
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full(kind: bytes, *parts: bytes) -> bytes:
    """A box with version and flags."""
    return box(kind, bytes(4), *parts)


def _numbers(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


def track(
    number: int, handler: bytes, chunks: list[int], sizes: list[int], *more: bytes, form: bytes = b"avc1"
) -> bytes:
    """A track with a sample in each chunk."""
    table = box(
        b"stbl",
        full(b"stsd", _numbers(1), box(form, bytes(78))),
        full(b"stts", _numbers(1, len(sizes), 1000)),
        full(b"stsc", _numbers(1, 1, 1, 1)),
        full(b"stsz", _numbers(0, len(sizes), *sizes)),
        full(b"stco", _numbers(len(chunks), *chunks)),
    )
    return box(
        b"trak",
        full(b"tkhd", _numbers(0, 0, number, 0, 1000), bytes(60)),
        box(b"tref", box(b"cdsc", _numbers(9))) if handler == b"vide" else b"",
        box(
            b"mdia",
            full(b"mdhd", _numbers(0, 0, 1000, 1000, 0)),
            full(b"hdlr", bytes(4), handler, bytes(12), f"{SERIAL} handler\0".encode()),
            box(
                b"minf",
                full(b"vmhd", bytes(8)),
                box(b"dinf", full(b"dref", _numbers(1), b"\0\0\0\x0curl \0\0\0\1")),
                table,
            ),
        ),
        *more,
    )


def said() -> bytes:
    """What telephones say of where a film was made."""
    spoken = box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE.encode())
    keys = full(b"keys", _numbers(1), box(b"mdta", b"com.apple.quicktime.location.ISO6709"))
    values = box(b"ilst", box(b"\0\0\0\1", box(b"data", _numbers(1, 0), PLACE.encode())))
    apple = box(b"meta", full(b"hdlr", bytes(4), b"mdta", bytes(12)), keys, values)
    return box(b"udta", spoken, box(b"GPMF", TELEMETRY), box(b"CAME", SERIAL.encode())) + apple


def film(*, brand: bytes = b"mp42", handler: bytes = b"meta", telemetry: bytes = TELEMETRY, tail: bytes = b"") -> bytes:
    """A film of two samples of pictures between which telemetry and a dashcam's block lie, with positions in every place."""
    head = box(b"ftyp", brand, bytes(4), brand)
    start = len(head) + 8
    gap = box(b"free", b"freeGPS " + PLACE.encode())
    first, second = PICTURES + b"first", PICTURES + b"second"
    places, media = [], b""
    for part in (first, telemetry, gap, second):
        places.append(start + len(media))
        media += part
    moov = box(
        b"moov",
        full(b"mvhd", bytes(96)),
        track(1, b"vide", [places[0], places[3]], [len(first), len(second)], said()),
        track(2, handler, [places[1]], [len(telemetry)], form=b"gpmd"),
        said(),
    )
    return (
        head
        + box(b"mdat", media)
        + moov
        + box(b"uuid", bytes(16), PLACE.encode())
        + box(b"gps0", SERIAL.encode())
        + tail
    )


def ebml(kind: str, body: bytes, length: int = 8) -> bytes:
    """An element of Matroska."""
    return bytes.fromhex(kind) + (len(body) | 1 << 7 * length).to_bytes(length) + body


def webm(*, unknown: bool = False) -> bytes:
    """A WebM with a tag that says where it was made."""
    name, value = ebml("45A3", b"LOCATION"), ebml("4487", PLACE.encode())
    tags = ebml("1254C367", ebml("7373", ebml("67C8", name + value)))
    tracks = ebml("1654AE6B", ebml("AE", ebml("D7", b"\1", 1) + ebml("83", b"\1", 1) + ebml("86", b"V_VP8", 1)))
    block = ebml("E7", b"\0", 1) + ebml("A3", b"\x81\0\0\x80" + PICTURES)
    cluster = ebml("1F43B675", block)
    if unknown:
        cluster = bytes.fromhex("1F43B675") + b"\x01" + b"\xff" * 7 + block
    info = ebml("1549A966", ebml("2AD7B1", b"\x0f\x42\x40", 1) + ebml("7BA9", SERIAL.encode()))
    files = ebml("1941A469", ebml("61A7", ebml("465C", PLACE.encode())))
    body = info + tracks + tags + cluster + files
    segment = bytes.fromhex("18538067") + b"\x01" + b"\xff" * 7 + body if unknown else ebml("18538067", body)
    return ebml("1A45DFA3", ebml("4282", b"webm", 1), 1) + segment


_AROUND = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"edts", b"dinf")


def boxes(data: bytes, above: str = "") -> Iterator[tuple[str, bytes]]:
    """(path, body) of each box. Raises AssertionError where one ends behind the one around it."""
    place = 0
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        assert 8 <= length <= len(data) - place, (above, kind, length)
        body = data[place + 8 : place + length]
        path = f"{above}/{kind.decode('latin-1')}"
        yield path, body
        if kind in _AROUND:
            yield from boxes(body, path)
        place += length


def says(data: bytes) -> list[Any]:
    """Which of the secrets of these films some bytes hold."""
    signs = (PLACE.encode(), SERIAL.encode(), TELEMETRY[:8], b"freeGPS", b"ISO6709", b"\xa9xyz", PLACE[:9].encode())
    return [sign for sign in signs if sign in data]
