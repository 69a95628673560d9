"""Find out whether a file tells where it was made, or with which device.

Nothing is decoded. The bytes are searched for the marks that cameras and programs leave. Plain texts are not searched, since
their words are meant to be read.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import codecs
import gzip
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Protocol

POSITION = "a position"
DEVICE = "a device's serial number"
NOTES = "what a camera noted of itself"
TOO_LARGE = "more in it than can be looked through"
_PIECE = 1 << 20
_OVERLAP = 100_000
"""Bytes by which one piece overlaps the next. Exif in a JPEG has at most 65,535 bytes, and a third more in base64."""
_LONGEST = 65_600
_HEAD = 1_500
_TIFF = (b"II*\0", b"MM\0*")
_LIKE_TEXT = (b"%PDF", b"%!PS", b"{\\rtf")
# ISO 6709 as telephones write it: +38.7200-009.1400+012.3/
_PLACE = re.compile(rb"[+-]\d{2}(?:\d{2}){0,2}\.\d{2,8}[+-]\d{3}(?:\d{2}){0,2}\.\d{2,8}")
# XMP (`exif:GPSLatitude`, `drone-dji:GpsLatitude`), tags of sounds and films, subtitles of drones; in lower case. A plain
# word is searched first, and its pattern tried only there, which is ten times as fast as searching for the patterns.
_POSITIONS = (
    (b"gps", re.compile(rb"gps[ _:-]{0,2}(?:latitude|longitude|position|coord|location|altitude)|gps_?location=")),
    (b"iso6709", re.compile(rb"iso6709")),
    (b"latitude", re.compile(rb"latitude\W{1,4}-?\d{1,2}\.\d")),
    (b"location=", re.compile(rb"(?<=[\0\n])location=[^\0\n]|(?<=geo)location=|(?<=geo_)location=")),
)
_SERIAL_TAGS = tuple(
    (word, re.compile(rb"(?<=[\"'<: _a-z])" + word + rb"[\"'= >]"))
    for word in (b"serialnumber", b"serial_number", b"serial number")
)
# Tracks and blocks of cameras: GoPro, dashcams, and what AVCHD keeps among its pictures.
_TELEMETRY = re.compile(rb"DEVC[\0-\xff]{4}DVID")
_BLOCKS = (
    b"loci\0\0\0\0",
    b"freeGPS ",
    b"\x17\xee\x8c\x60\xf8\x4d\x11\xd9\x8c\xd6\x08\x00\x20\x0c\x9a\x66MDPM",
)
_IN_BASE64 = re.compile(
    rb"(?:/9j/|SUkqA|TU0AK|RXhpZgAA|AAAA[A-Za-z0-9+/]{2}ZnR5c|UklGR|iVBORw0KGgo)(?:[A-Za-z0-9+/\r\n]|\\n){60,}={0,2}"
)
_GPS_IFD, _EXIF_IFD = 0x8825, 0x8769
_LATITUDE = 2
_SERIALS = frozenset((0xA430, 0xA431, 0xA435, 0xC62F))  # owner, body, lens; a raw picture's camera
_MAKER = 0x927C
_MOST_ENTRIES = 400
_MOST_IN_ZIP = 256 << 20
_MOST_FILES = 20_000
_PICTURES_IN_ZIP = re.compile(
    r"\.(?:jpe?g|jpe|jfif|heic|heif|hif|tiff?|dng|png|webp|avif|mp4|mov|m4v|m4a|mp3|3gp|xmp)$", re.I
)


def find_trace(file: BinaryIO, *, beside: bool = False) -> str:
    """Return what a file tells (`POSITION`, `DEVICE`, `NOTES` or `TOO_LARGE`); empty if nothing.

    `beside` says that a camera wrote it beside a film or a picture, so its text is searched, too.
    """
    file.seek(0)
    head = file.read(_HEAD)
    text = is_text(head) and not beside
    if head[:4] in _TIFF or head[4:8] == b"ftyp":
        return TOO_LARGE  # a picture or a film with the ending of another kind of file
    file.seek(0)
    if trace := find_in_stream(file, find_in_base64 if text else find_in_bytes):
        return trace
    file.seek(0)
    if head.startswith(b"PK\3\4"):
        return _find_in_zip(file)
    unpack = next((unpack for sign, unpack in _DECOMPRESSORS.items() if head.startswith(sign)), None)
    return _find_in_compressed(file, unpack) if unpack else ""


def is_text(head: bytes) -> bool:
    """Return whether a file that begins with these bytes is a text, whose words somebody means to be read."""
    if b"\0" in head or head.startswith(_LIKE_TEXT):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


class Readable(Protocol):
    """Something that can be read in pieces."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` further bytes; empty at the end."""


def find_in_stream(file: Readable, search: Callable[[bytes], str] | None = None) -> str:
    """Return what the rest of a file tells. `search` searches one piece of it (as `find_in_bytes` does, by default)."""
    search = search or find_in_bytes
    before = b""
    while piece := file.read(_PIECE):
        data = before + piece
        if trace := search(data):
            return trace
        before = data[-_OVERLAP:]
    return ""


def find_in_bytes(data: bytes) -> str:
    """Return what some bytes tell; empty if nothing."""
    return _find_in_plain_bytes(data) or _find_in_utf16(data) or find_in_base64(data)


def _find_in_plain_bytes(data: bytes) -> str:
    low = data.lower()
    if (
        _has_any(_POSITIONS, low)
        or any(block in data for block in _BLOCKS)
        or _PLACE.search(data)
        or _TELEMETRY.search(data)
    ):
        return POSITION
    if _has_any(_SERIAL_TAGS, low):
        return DEVICE
    exif = (find_in_tiff(data[at : at + _LONGEST]) for sign in _TIFF for at in _offsets(data, sign))
    return next(filter(None, exif), "")


def _has_any(signs: Sequence[tuple[bytes, re.Pattern[bytes]]], low: bytes) -> bool:
    return any(pattern.match(low, at) for word, pattern in signs for at in _offsets(low, word))


def _find_in_utf16(data: bytes) -> str:
    """Return what text in UTF-16 tells, as in the tags of sounds."""
    plain = re.sub(rb"([\x20-\x7e])\0", rb"\1", data) if data.count(b"G\0P\0") or data.count(b"L\0o\0c\0") else b""
    return _find_in_plain_bytes(plain) if plain else ""


def find_in_base64(data: bytes) -> str:
    """Return what pictures tell that are embedded in a text as base64."""
    for match in _IN_BASE64.finditer(data):
        packed = re.sub(rb"\\n|\s", b"", match[0])
        try:
            inner = base64.b64decode(packed[: len(packed) // 4 * 4])
        except binascii.Error:
            continue
        if trace := _find_in_plain_bytes(inner):
            return trace
    return ""


def _offsets(data: bytes, sign: bytes) -> Iterator[int]:
    at = data.find(sign)
    while at >= 0:
        yield at
        at = data.find(sign, at + 1)


def find_in_tiff(data: bytes) -> str:
    """Return what Exif data tells (TIFF 6.0; Exif 2.32, 4.6)."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return ""
    first = dict(_entries(data, struct.unpack_from(order + "I", data, 4)[0], order))
    if _GPS_IFD in first and any(tag == _LATITUDE for tag, _ in _entries(data, first[_GPS_IFD], order)):
        return POSITION
    more = dict(_entries(data, first[_EXIF_IFD], order)) if _EXIF_IFD in first else {}
    if not _SERIALS.isdisjoint({*first, *more}):
        return DEVICE
    return NOTES if _MAKER in more else ""


def _entries(data: bytes, at: int, order: str) -> Iterator[tuple[int, int]]:
    if at + 2 > len(data):
        return
    count = min(struct.unpack_from(order + "H", data, at)[0], _MOST_ENTRIES)
    for place in range(at + 2, at + 2 + 12 * count, 12):
        if place + 12 > len(data):
            return
        tag, _, _, value = struct.unpack_from(order + "HHII", data, place)
        yield tag, value


class _Bounded:
    """Reads the content of a compressed file, and raises `_TooMuchError` beyond a limit."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._left = _MOST_IN_ZIP

    def read(self, size: int, /) -> bytes:
        piece = self._file.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise _TooMuchError
        return piece


class _TooMuchError(Exception):
    """A compressed file holds more than can be searched."""


def _find_in_compressed(file: BinaryIO, unpack: Callable[[BinaryIO], Readable]) -> str:
    """Return what a file compressed with gzip, bzip2 or xz tells, such as a tar archive or a single picture."""
    try:
        text = is_text(unpack(file).read(_HEAD))
        file.seek(0)
        return find_in_stream(_Bounded(unpack(file)), find_in_base64 if text else find_in_bytes)
    except _TooMuchError:
        return TOO_LARGE
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        return ""


def _open_gzip(file: BinaryIO) -> Readable:
    return gzip.GzipFile(fileobj=file)


_DECOMPRESSORS: dict[bytes, Callable[[BinaryIO], Readable]] = {
    b"\x1f\x8b": _open_gzip,
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}
"""How to decompress a file that begins with these bytes."""


def _find_in_zip(file: BinaryIO) -> str:
    """Return what pictures and films in a ZIP archive tell. Office documents and e-books are such archives."""
    left = _MOST_IN_ZIP
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_FILES:
                return TOO_LARGE
            for entry in entries:
                if not _PICTURES_IN_ZIP.search(entry.filename) or entry.flag_bits & 1:
                    continue
                left -= entry.file_size  # zipfile never reads more than this size from an entry
                if left < 0:
                    return TOO_LARGE
                with archive.open(entry) as inner:
                    head = inner.read(_PIECE)
                    if trace := find_in_bytes(head) or find_in_stream(inner):
                        return trace
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
