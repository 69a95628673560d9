"""Strips pictures of what cameras and programs write into them: positions, names, serial numbers, thumbnails, texts.

What is needed to show them stays: colour profile, orientation, transparency, animation. The pixels are encoded again only in
three cases: AVIF with metadata, formats that browsers do not show, and files that break the rules of their format.
"""

from __future__ import annotations

import io
import re
import struct
import zlib

from bylines.pictures import endings
from bylines.pictures.colours import to_srgb
from bylines.pictures.decode import FORMATS, format_of, open_image, upright

_ORIENTATION = 0x0112
_AVIF_METADATA = re.compile(rb"Exif|mime|uri |uuid|udta|xml |idat")
_EXIF = re.compile(rb"(?:II\*\0|MM\0\*)|xpacket|x:xmpmeta")
_NEXT_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split()
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def strip_metadata(data: bytes) -> bytes:
    """Return a picture without metadata. It must be one that `decode` accepted."""
    with open_image(data) as image:
        form, orientation = format_of(image), image.getexif().get(_ORIENTATION, 1)
    if form not in FORMATS:
        return _encode_again(data, endings.published_format(form))
    # An AVIF stores the offsets of its parts, so no part can simply be cut out.
    if form == "AVIF":
        return data if _is_bare_avif(data) else _encode_again(data, form)
    try:
        made = _strip(data, form, orientation)
        with open_image(made):
            return made
    except Exception:  # the file breaks the rules of its format, so stripping it failed or broke it
        return _encode_again(data, form)


def _is_bare_avif(data: bytes) -> bool:
    """Return whether an AVIF holds only pictures and their properties: no item, box or bytes of another kind."""
    place, end = 0, len(data)
    while place + 8 <= end:
        length, kind = struct.unpack_from(">I4s", data, place)
        if length < 8 or place + length > end or kind not in (b"ftyp", b"meta", b"mdat"):
            return False
        if kind == b"meta" and _AVIF_METADATA.search(data, place, place + length):
            return False
        if kind == b"mdat" and _EXIF.search(data, place, place + length):
            return False
        place += length
    return place == end


def _strip(data: bytes, form: str, orientation: int) -> bytes:
    if form == "JPEG":
        return _strip_jpeg(data, orientation)
    if form == "PNG":
        return _strip_png(data, orientation)
    if form == "WEBP":
        return _strip_webp(data, orientation)
    return _strip_gif(data)


def _orientation_exif(orientation: int) -> bytes:
    """Return Exif data (TIFF, big-endian) with the orientation as its only entry."""
    return b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0) + b"\0\0\0\0"


def _strip_jpeg(data: bytes, orientation: int) -> bytes:
    parts = [b"\xff\xd8"]
    if orientation != 1:
        exif = b"Exif\0\0" + _orientation_exif(orientation)
        parts.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    place = 2
    while True:
        while data[place + 1] == 0xFF:
            place += 1
        if data[place] != 0xFF:
            raise ValueError("no marker where one is due")
        marker = data[place + 1]
        if marker == 0xD9:
            break  # drop what follows the end, such as a film or a second picture
        length = int.from_bytes(data[place + 2 : place + 4])
        end = place + 2 + length
        if length < 2 or end > len(data):
            raise ValueError("a segment that ends behind the file")
        segment = data[place:end]
        if _is_kept_in_jpeg(marker, segment[4:]):
            parts.append(segment)
        place = end
        if marker == 0xDA:
            following = _NEXT_MARKER.search(data, end)
            place = following.start() if following else len(data)
            parts.append(data[end:place])
            if not following:
                break
    return b"".join([*parts, b"\xff\xd9"])


def _is_kept_in_jpeg(marker: int, payload: bytes) -> bool:
    if marker == 0xE2:
        return payload.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return payload.startswith(b"Adobe")
    return marker not in (0xE1, *range(0xE3, 0xFF)) and not (marker == 0xE0 and not payload.startswith(b"JFIF\0"))


def _strip_png(data: bytes, orientation: int) -> bytes:
    parts, place = [data[:8]], 8
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            raise ValueError("a chunk that ends behind the file")
        if kind in _PNG_KEPT:
            parts.append(data[place:end])
        if kind == b"IHDR" and orientation != 1:
            exif = b"eXIf" + _orientation_exif(orientation)
            parts.append(struct.pack(">I", len(exif) - 4) + exif + struct.pack(">I", zlib.crc32(exif)))
        place = end
        if kind == b"IEND":
            break
    return b"".join(parts)


def _strip_webp(data: bytes, orientation: int) -> bytes:
    parts, place, end = [], 12, 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise ValueError("a file that is shorter than it says")
    while place + 8 <= end:
        kind, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        chunk = data[place : place + 8 + length + length % 2]
        if kind == b"VP8X":
            exif_bit = 0x08 if orientation != 1 else 0
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C | exif_bit]) + chunk[9:]
        if kind in _WEBP_KEPT:
            parts.append(chunk)
        place += len(chunk)
    if orientation != 1:
        exif = _orientation_exif(orientation)
        parts.append(b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2))
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _strip_gif(data: bytes) -> bytes:
    place = 13 + _palette_size(data[10])
    parts = [data[:place]]
    while data[place] != 0x3B:
        start = place
        kept = True
        if data[place] == 0x21:
            kept = data[place + 1] == 0xF9 or (data[place + 1] == 0xFF and data[place + 3 : place + 14] in _GIF_KEPT)
            place += 2
        elif data[place] == 0x2C:
            place += 10 + _palette_size(data[place + 9]) + 1
        else:
            raise ValueError("no block where one is due")
        while data[place]:
            place += 1 + data[place]
        place += 1
        if kept:
            parts.append(data[start:place])
    return b"".join([*parts, b";"])


def _palette_size(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _encode_again(data: bytes, form: str) -> bytes:
    """Decode a picture and encode it in the format `form`, without metadata."""
    with open_image(data) as image:
        moves = form == "AVIF" and getattr(image, "n_frames", 1) > 1
        shown = image if moves else upright(image)
        if format_of(image) not in FORMATS:
            shown = to_srgb(shown)
        for name in ("exif", "xmp", "comment"):
            shown.info.pop(name, None)
        out = io.BytesIO()
        if form == "AVIF":
            shown.save(out, form, quality=80, speed=8, max_threads=1, exif=b"", xmp=b"", save_all=moves)
        elif form == "JPEG":
            shown.save(out, form, quality=90, exif=b"")
        elif form == "WEBP":
            profile = None if format_of(image) not in FORMATS else shown.info.get("icc_profile")
            shown.save(out, form, quality=90, method=4, exif=b"", xmp=b"", icc_profile=profile)
        else:
            shown.save(out, form)
        return out.getvalue()
