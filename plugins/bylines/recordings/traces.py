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
UNSEEN = "more in it than can be looked through"
_PIECE = 1 << 20
_OVERLAP = 100_000
"""Bytes of the piece before that are looked at once more: Exif of a JPEG has at most 65,535, a third more in base64."""
_LONGEST = 65_600
_HEAD = 1_500
_TIFF = (b"II*\0", b"MM\0*")
_LIKE_TEXT = (b"%PDF", b"%!PS", b"{\\rtf")
# ISO 6709 as telephones write it: +38.7200-009.1400+012.3/
_PLACE = re.compile(rb"[+-]\d{2}(?:\d{2}){0,2}\.\d{2,8}[+-]\d{3}(?:\d{2}){0,2}\.\d{2,8}")
# XMP (`exif:GPSLatitude`, `drone-dji:GpsLatitude`), tags of sounds and films, subtitles of drones; in lower case. The words
# are looked for first, and the patterns where they stand: to search with the patterns took ten times as long.
_POSITIONS = (
    (b"gps", re.compile(rb"gps[ _:-]{0,2}(?:latitude|longitude|position|coord|location|altitude)|gps_?location=")),
    (b"iso6709", re.compile(rb"iso6709")),
    (b"latitude", re.compile(rb"latitude\W{1,4}-?\d{1,2}\.\d")),
    (b"location=", re.compile(rb"(?<=[\0\n])location=[^\0\n]|(?<=geo)location=|(?<=geo_)location=")),
)
_SERIALS_SAID = tuple(
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


def found(file: BinaryIO, *, beside: bool = False) -> str:
    """What a file says, '' if nothing. It is read in pieces. `beside`: it was written beside a film or a picture."""
    file.seek(0)
    head = file.read(_HEAD)
    text = is_text(head) and not beside
    if head[:4] in _TIFF or head[4:8] == b"ftyp":
        return UNSEEN  # a picture or a film with another's ending
    file.seek(0)
    if said := in_pieces(file, in_base64 if text else in_bytes):
        return said
    file.seek(0)
    if head.startswith(b"PK\3\4"):
        return _in_zip(file)
    unpack = next((unpack for sign, unpack in _PACKED.items() if head.startswith(sign)), None)
    return _in_packed(file, unpack) if unpack else ""


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


def in_pieces(file: Readable, said_in: Callable[[bytes], str] | None = None) -> str:
    """What the rest of a file says; `said_in` looks at a piece of it."""
    look = said_in or in_bytes
    before = b""
    while piece := file.read(_PIECE):
        data = before + piece
        if said := look(data):
            return said
        before = data[-_OVERLAP:]
    return ""


def in_bytes(data: bytes) -> str:
    """What some bytes say."""
    return _said(data) or _in_wide(data) or in_base64(data)


def _said(data: bytes) -> str:
    low = data.lower()
    if (
        _any(_POSITIONS, low)
        or any(block in data for block in _BLOCKS)
        or _PLACE.search(data)
        or _TELEMETRY.search(data)
    ):
        return POSITION
    if _any(_SERIALS_SAID, low):
        return DEVICE
    exif = (in_tiff(data[at : at + _LONGEST]) for sign in _TIFF for at in _places(data, sign))
    return next(filter(None, exif), "")


def _any(signs: Sequence[tuple[bytes, re.Pattern[bytes]]], low: bytes) -> bool:
    return any(pattern.match(low, at) for word, pattern in signs for at in _places(low, word))


def _in_wide(data: bytes) -> str:
    """What stands there in UTF-16, as tags of sounds do."""
    plain = re.sub(rb"([\x20-\x7e])\0", rb"\1", data) if data.count(b"G\0P\0") or data.count(b"L\0o\0c\0") else b""
    return _said(plain) if plain else ""


def in_base64(data: bytes) -> str:
    """What a picture says that stands in a text."""
    for match in _IN_BASE64.finditer(data):
        packed = re.sub(rb"\\n|\s", b"", match[0])
        try:
            inner = base64.b64decode(packed[: len(packed) // 4 * 4])
        except binascii.Error:
            continue
        if said := _said(inner):
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
    """What a packed file holds, up to a bound."""

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
    """A packed file that holds more than can be looked through."""


def _in_packed(file: BinaryIO, unpack: Callable[[BinaryIO], Readable]) -> str:
    """What a file says that is packed by gzip, bzip2 or xz: an archive of Unix, or a single picture."""
    try:
        text = is_text(unpack(file).read(_HEAD))
        file.seek(0)
        return in_pieces(_Bounded(unpack(file)), in_base64 if text else in_bytes)
    except _TooMuchError:
        return UNSEEN
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        return ""


def _gzip(file: BinaryIO) -> Readable:
    return gzip.GzipFile(fileobj=file)


_PACKED: dict[bytes, Callable[[BinaryIO], Readable]] = {
    b"\x1f\x8b": _gzip,
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}
"""How what begins so is packed."""


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
                    if said := in_bytes(head) or in_pieces(inner):
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
