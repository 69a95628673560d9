"""What a file says of where it was made, or with which device. Nothing is decoded: what programs write is looked for.

Texts are not looked at: what somebody writes in one is meant to be read.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

POSITION = "a position"
DEVICE = "a device's serial number"
UNSEEN = "more in it than can be looked through"
_PIECE = 1 << 20
_OVERLAP = 70_000
"""Bytes of the piece before that are looked at once more: an Exif segment of a JPEG has at most 65,535."""
_HEAD = 1_500
_TIFF = (b"II*\0", b"MM\0*")
_LIKE_TEXT = (b"%PDF", b"%!PS", b"{\\rtf")
_EXIF = b"Exif\0\0"
# ISO 6709 as telephones write it: +38.7200-009.1400+012.3/
_PLACE = re.compile(rb"[+-]\d{2}(?:\d{2}){0,2}\.\d{2,8}[+-]\d{3}(?:\d{2}){0,2}\.\d{2,8}")
# XMP (`exif:GPSLatitude`, `drone-dji:GpsLatitude`), tags of sounds and films, subtitles of drones.
_POSITIONS = re.compile(
    rb"gps[ _:-]{0,2}(?:latitude|longitude|position|coord|location|altitude)|location[._:-]?iso6709|(?:geo|gps)_?location=|"
    rb"[\0\n]location=[^\0\n]",
    re.I,
)
_SERIAL = re.compile(rb"(?:(?:camera|body|lens)_?|aux:|[\"'<: ])serial_?number[\"'= >]", re.I)
# Tracks and blocks of cameras: GoPro, dashcams, and what AVCHD keeps among its pictures.
_BLOCKS = (
    b"GPMFDEVC",
    b"DEVCDVID",
    b"freeGPS ",
    b"\x17\xee\x8c\x60\xf8\x4d\x11\xd9\x8c\xd6\x08\x00\x20\x0c\x9a\x66MDPM",
)
_IN_BASE64 = re.compile(
    rb"(?:/9j/|SUkqA|TU0AK|RXhpZgAA|AAAA[A-Za-z0-9+/]{2}ZnR5c|UklGR|iVBORw0KGgo)[A-Za-z0-9+/\r\n]{60,}={0,2}"
)
_GPS_IFD, _EXIF_IFD = 0x8825, 0x8769
_LATITUDE = 2
_SERIALS = frozenset((0xA430, 0xA431, 0xA435, 0xC62F))  # owner, body, lens; a raw picture's camera
_MAKER = 0x927C
_MOST_ENTRIES = 400
_MOST_IN_ZIP = 256 << 20
_MOST_FILES = 20_000
_PICTURES_IN_ZIP = re.compile(
    r"\.(?:jpe?g|jpe|jfif|heic|heif|hif|tiff?|dng|png|webp|avif|mp4|mov|m4v|m4a|mp3|3gp|xmp|kml)$", re.I
)


def found(file: BinaryIO) -> str:
    """What a file says, '' if nothing. It is read in pieces."""
    file.seek(0)
    head = file.read(_HEAD)
    if is_text(head):
        return ""
    if head[:4] in _TIFF or head[4:8] == b"ftyp":
        return UNSEEN  # a picture or a film with another's ending
    file.seek(0)
    if said := in_pieces(file):
        return said
    file.seek(0)
    return _in_zip(file) if head.startswith(b"PK\3\4") else ""


def is_text(head: bytes) -> bool:
    """Whether a file that begins so is a text, which says what somebody wrote."""
    if b"\0" in head or head.startswith(_LIKE_TEXT):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


class Readable(Protocol):
    """What can be read in pieces."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, none at the end."""


def in_pieces(file: Readable) -> str:
    """What the rest of a file says."""
    before = b""
    while piece := file.read(_PIECE):
        data = before + piece
        if said := in_bytes(data):
            return said
        before = data[-_OVERLAP:]
    return ""


def in_bytes(data: bytes) -> str:
    """What some bytes say."""
    return _said(data) or _in_wide(data) or _in_base64(data)


def _said(data: bytes) -> str:
    if _POSITIONS.search(data) or any(block in data for block in _BLOCKS) or _PLACE.search(data):
        return POSITION
    if _SERIAL.search(data):
        return DEVICE
    return next(filter(None, (in_tiff(data[at + 6 : at + 6 + 65_600]) for at in _places(data, _EXIF))), "")


def _in_wide(data: bytes) -> str:
    """What stands there in UTF-16, as tags of sounds do."""
    plain = re.sub(rb"([\x20-\x7e])\0", rb"\1", data) if data.count(b"G\0P\0") or data.count(b"L\0o\0c\0") else b""
    return _said(plain) if plain else ""


def _in_base64(data: bytes) -> str:
    """What a picture says that stands in a text."""
    for match in _IN_BASE64.finditer(data):
        try:
            inner = base64.b64decode(match[0][: len(match[0]) // 4 * 4])
        except binascii.Error:
            continue
        if said := _said(inner) or (in_tiff(inner) if inner[:4] in _TIFF else ""):
            return said
    return ""


def _places(data: bytes, sign: bytes) -> Iterator[int]:
    at = data.find(sign)
    while at >= 0:
        yield at
        at = data.find(sign, at + 1)


def in_tiff(data: bytes) -> str:
    """What Exif says (TIFF 6.0; Exif 2.32, 4.6)."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return ""
    first = dict(_entries(data, struct.unpack_from(order + "I", data, 4)[0], order))
    if _GPS_IFD in first and any(tag == _LATITUDE for tag, _ in _entries(data, first[_GPS_IFD], order)):
        return POSITION
    more = dict(_entries(data, first[_EXIF_IFD], order)) if _EXIF_IFD in first else {}
    return DEVICE if not _SERIALS.isdisjoint({*first, *more}) or _MAKER in more else ""


def _entries(data: bytes, at: int, order: str) -> Iterator[tuple[int, int]]:
    if at + 2 > len(data):
        return
    count = min(struct.unpack_from(order + "H", data, at)[0], _MOST_ENTRIES)
    for place in range(at + 2, at + 2 + 12 * count, 12):
        if place + 12 > len(data):
            return
        tag, _, _, value = struct.unpack_from(order + "HHII", data, place)
        yield tag, value


def _in_zip(file: BinaryIO) -> str:
    """What pictures and films in an archive say: office documents and books are archives, too."""
    left = _MOST_IN_ZIP
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_FILES:
                return UNSEEN
            for entry in entries:
                if not _PICTURES_IN_ZIP.search(entry.filename) or entry.flag_bits & 1:
                    continue
                left -= entry.file_size  # zipfile gives no more than this of any entry
                if left < 0:
                    return UNSEEN
                with archive.open(entry) as inner:
                    head = inner.read(_PIECE)
                    if said := in_tiff(head) or in_bytes(head) or in_pieces(inner):
                        return said
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
        RuntimeError,
        UnicodeError,
    ):
        return ""
    return ""
