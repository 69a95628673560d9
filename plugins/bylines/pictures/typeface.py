"""Reads font files: which characters they have, how wide words are, and how words are drawn."""

from __future__ import annotations

import functools
import io
import os
import struct
import unicodedata
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont, features

_OWN = os.path.join(os.path.dirname(__file__), "fonts", "Literata-SemiBold.ttf")
_MEASURED_AT = 100
_MOST = 4_000
_BEGINNINGS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")
_MOST_CHARACTERS = 300_000
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
# Scripts whose letters change with their neighbours: Devanagari to Tibetan, Myanmar, Khmer, Mongolian.
_SHAPED = ((0x0900, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x18AF))
# Unicode categories of characters that are left out if a font lacks them: emoji and other symbols, and invisible signs.
_LEFT_OUT = frozenset(("So", "Cc", "Cf", "Cs", "Co", "Cn", "Sk"))


class Shape(NamedTuple):
    """A drawn word: its coverage (0 to 255), and the offset in pixels of its corner from the start of the baseline."""

    coverage: Image.Image
    left: int
    top: int


class Typeface:
    """A font file. Raises ValueError if it cannot be read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._characters = characters_of(data)
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}
        self._widths: dict[str, float] = {}
        self._shapes: dict[tuple[str, int], Shape | None] = {}
        self._font(_MEASURED_AT)

    def drawable(self, text: str) -> str | None:
        """Return a text as this font can draw it, without emoji that it lacks; None if it lacks a letter."""
        composed = " ".join(unicodedata.normalize("NFC", text).split())
        lacking = {character for character in composed if ord(character) not in self._characters}
        if lacking:
            if any(not _can_be_left_out(character) for character in lacking):
                return None
            composed = " ".join("".join(one for one in composed if one not in lacking).split())
        return composed if composed and _can_be_shaped(composed) else None

    def width(self, text: str, size: int) -> float:
        """Return the width of a text in pixels, at a font size in pixels."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) >= _MOST:
                self._widths.clear()
            found = self._widths[text] = self._font(_MEASURED_AT).getlength(text) / _MEASURED_AT
        return found * size

    def shape(self, text: str, size: int) -> Shape | None:
        """Return a text drawn at a font size in pixels; None if nothing of it is visible."""
        key = text, size
        if key not in self._shapes:
            if len(self._shapes) >= _MOST:
                self._shapes.clear()
            self._shapes[key] = self._draw(text, size)
        return self._shapes[key]

    def _draw(self, text: str, size: int) -> Shape | None:
        font = self._font(size)
        left, top, right, bottom = (round(side) for side in font.getbbox(text, anchor="ls"))
        if right <= left or bottom <= top:
            return None
        coverage = Image.new("L", (right - left + 2, bottom - top + 2))
        ImageDraw.Draw(coverage).text((1 - left, 1 - top), text, fill=255, font=font, anchor="ls")
        return Shape(coverage, left - 1, top - 1)

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        found = self._fonts.get(size)
        if found is None:
            try:
                found = self._fonts[size] = ImageFont.truetype(io.BytesIO(self._data), size)
            except OSError as error:
                raise ValueError(str(error)) from error
        return found


@functools.cache
def bundled_typeface() -> Typeface:
    """Return the typeface that comes with Bylines, which has Latin, Cyrillic and Greek letters."""
    with open(_OWN, "rb") as file:
        return Typeface(file.read())


def _can_be_left_out(character: str) -> bool:
    return unicodedata.category(character) in _LEFT_OUT or "\ufe00" <= character <= "\ufe0f"


def has_right_to_left(text: str) -> bool:
    """Return whether a text has characters that run from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text)


def is_right_to_left(text: str) -> bool:
    """Return whether a text as a whole runs from right to left, which its first letter decides."""
    strong = (unicodedata.bidirectional(one) for one in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


def _can_be_shaped(text: str) -> bool:
    if text.isascii():
        return True
    if has_right_to_left(text):
        return bool(features.check("raqm") and features.check("fribidi"))
    shaped = any(first <= ord(one) <= last for one in text for first, last in _SHAPED)
    return not shaped or bool(features.check("raqm"))


def characters_of(data: bytes) -> frozenset[int]:
    """Return the code points that a font has, from its 'cmap' table (OpenType 1.9). Raises ValueError if it cannot be read."""
    if not data.startswith(_BEGINNINGS):
        raise ValueError("it is none")
    try:
        start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
        for number in range(struct.unpack_from(">H", data, start + 4)[0]):
            tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
            if tag == b"cmap":
                return _read_cmap(data, offset)
    except struct.error as error:
        raise ValueError("it is cut off") from error
    raise ValueError("it has no table of characters")


def _read_cmap(data: bytes, start: int) -> frozenset[int]:
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", data, start + 2)[0]):
        at = start + struct.unpack_from(">I", data, start + 8 + 8 * number)[0]
        form = struct.unpack_from(">H", data, at)[0]
        if form == 4:
            found.update(_read_format_4(data, at))
        elif form == 12:
            for group in range(struct.unpack_from(">I", data, at + 12)[0]):
                first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * group)
                if not first <= last <= 0x10FFFF or last - first + len(found) > _MOST_CHARACTERS:
                    raise ValueError("its table of characters is damaged")
                found.update(range(first, last + 1))
    return frozenset(found)


def _read_format_4(data: bytes, at: int) -> set[int]:
    """Return the code points of a cmap subtable of format 4, without those that map to glyph 0 (missing)."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    rest = at + 16 + 2 * count
    starts = struct.unpack_from(f">{count}H", data, rest)
    deltas = struct.unpack_from(f">{count}H", data, rest + 2 * count)
    offsets = struct.unpack_from(f">{count}H", data, rest + 4 * count)
    if sum(last - first + 1 for first, last in zip(starts, ends, strict=True)) > _MOST_CHARACTERS:
        raise ValueError("its table of characters is damaged")
    found: set[int] = set()
    for number, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        if not offset:
            found.update(code for code in range(first, last + 1) if (code + delta) & 0xFFFF)
            continue
        glyphs = rest + 4 * count + 2 * number + offset
        for code in range(first, last + 1):
            if struct.unpack_from(">H", data, glyphs + 2 * (code - first))[0]:
                found.add(code)
    found.discard(0xFFFF)
    return found
