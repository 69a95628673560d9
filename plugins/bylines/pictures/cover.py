"""Draws covers, the pictures that other sites show when somebody shares a post: the title, large, and below it the byline.

Parts that many covers share are drawn once: the name of the site at the top, the byline at the bottom. Each colour of text
has its own shades in the palette, so that letters have soft edges.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageOps

from bylines.pictures import png
from bylines.pictures.text_layout import break_lines, truncate
from bylines.pictures.typeface import Shape, Typeface, bundled_typeface, has_right_to_left, is_right_to_left

WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_ACROSS = WIDTH - 2 * _MARGIN
_BAR = 14
_HEAD, _FOOT = 128, 158
_MIDDLE = HEIGHT - _HEAD - _FOOT
_AIR = 24
_SITE, _NAME, _ABOUT = 34, 40, 30
_FACE, _STEP, _RING = 108, 84, 6
"""Pixels: the diameter of a face, the distance from one to the next, and the width of the ring around each."""
_MOST_FACES = 3
"""The most faces in a byline."""
_INK, _SOFT, _ACCENT = range(3)
_SHADES = 8
"""Shades from the colour of the paper to one of text."""
_PHOTO_COLOURS = 56
# A strip is one column wider than the picture: in a PNG, each row begins with a byte that names its filter.
_BEFORE = 1


class Face(NamedTuple):
    """A person in the byline, with the bytes of a photo, or with a seal (initials on the colour `ground`) if there is none."""

    name: str
    handle: str
    """Replaces the name if no typeface has its letters."""
    initials: str
    ground: str
    photo: bytes = b""


class Colours(NamedTuple):
    """The colours of a cover, each as '#rrggbb'."""

    paper: str
    ink: str
    soft: str
    accent: str
    on_seal: str


class Cover(NamedTuple):
    """The content of a cover. The title may be empty. A text whose letters no typeface has is left out."""

    title: str
    site: str
    about: str
    people: tuple[Face, ...]
    colours: Colours


class _Foot(NamedTuple):
    """The strip of the byline, and the palette of the faces in it."""

    strip: png.Strip
    palette: bytes


def draw(cover: Cover, typefaces: Sequence[Typeface] = ()) -> bytes:
    """Return a cover as a PNG file. `typefaces` are further ones, for letters that the bundled one lacks."""
    faces = (bundled_typeface(), *typefaces)
    large = _typeface_for(cover.title, faces) or _typeface_for(_names(cover.people, faces), faces)
    head, foot = _head(cover.site, cover.colours, faces), _foot(cover.about, cover.people, cover.colours, faces)
    palette = _palette(cover.colours) + foot.palette
    return png.picture(WIDTH, HEIGHT, palette, (head, *_middle(large), foot.strip))


def _names(people: Sequence[Face], faces: Sequence[Typeface]) -> str:
    """Return all names if one typeface can draw them; else replace those that the first cannot draw by handles."""
    whole = ", ".join(person.name for person in people)
    if _typeface_for(whole, faces):
        return whole
    return ", ".join(person.name if faces[0].drawable(person.name) else person.handle for person in people)


def _typeface_for(text: str, faces: Sequence[Typeface]) -> tuple[str, Typeface] | None:
    """Return a text as it can be drawn, with the first typeface that has its letters; None if none has."""
    if not text:
        return None
    return next(((found, face) for face in faces if (found := face.drawable(text))), None)


def _middle(large: tuple[str, Typeface] | None) -> tuple[png.Strip, ...]:
    """Return the strip of the title, and the empty one below it."""
    if large is None:
        return (_empty(_MIDDLE),)
    text, face = large
    found = break_lines(text, face, _ACROSS, _MIDDLE - _AIR)
    first = round(found.size * 0.95)
    used = min(_MIDDLE, first + (len(found.lines) - 1) * found.height + round(found.size * 0.4))
    coverage = _blank(used)
    from_the_right = is_right_to_left(text)
    for number, line in enumerate(found.lines):
        at = _WIDTH_OF_STRIP - _MARGIN - face.width(line, found.size) if from_the_right else _BEFORE + _MARGIN
        _put_line(coverage, line, face, found.size, at, first + number * found.height)
    title = png.strip(coverage.tobytes())
    return (title, _empty(_MIDDLE - used)) if used < _MIDDLE else (title,)


@functools.lru_cache(maxsize=100)
def _empty(height: int) -> png.Strip:
    return png.strip(bytes(height * _WIDTH_OF_STRIP))


_WIDTH_OF_STRIP = WIDTH + _BEFORE


def _blank(height: int) -> Image.Image:
    return Image.new("L", (_WIDTH_OF_STRIP, height))


def _put_line(coverage: Image.Image, line: str, face: Typeface, size: int, at: float, baseline: int) -> None:
    """Draw a line word by word, since drawn words are cached; but as a whole if it has text from right to left."""
    if has_right_to_left(line):
        _put(coverage, face.shape(line, size), at, baseline)
        return
    space = face.width(" ", size)
    for word in line.split(" "):
        _put(coverage, face.shape(word, size) if word else None, at, baseline)
        at += face.width(word, size) + space


def _put(coverage: Image.Image, shape: Shape | None, at: float, baseline: int) -> None:
    if shape:
        coverage.paste(_SHADES - 1, (round(at) + shape.left, baseline + shape.top), shape.coverage)


@functools.lru_cache(maxsize=8)
def _head(site: str, colours: Colours, faces: tuple[Typeface, ...]) -> png.Strip:
    """Draw the bar in the accent colour and the site's name."""
    shades = _blank(_HEAD)
    shades.paste(_shade(_ACCENT, _SHADES - 1), (_BEFORE, 0, _WIDTH_OF_STRIP, _BAR))
    _put_text(shades, site, faces, _SITE, _ACCENT, _BEFORE + _MARGIN, 84)
    return png.strip(shades.tobytes())


@functools.lru_cache(maxsize=64)
def _foot(about: str, people: tuple[Face, ...], colours: Colours, faces: tuple[Typeface, ...]) -> _Foot:
    shades = _blank(_FOOT)
    palette = b""
    left = _BEFORE + _MARGIN
    shown = people[:_MOST_FACES]
    for person in shown:
        first = 3 * _SHADES + len(palette) // 3
        shape, own_colours = _face(person, colours, faces, first)
        _put_disc(shades, shape, left)
        palette += own_colours
        left += _STEP
    left += _FACE - _STEP + 28 if shown else 0
    _put_text(shades, _names(people, faces), faces, _NAME, _INK, left, 48 if about else 62)
    _put_text(shades, about, faces, _ABOUT, _SOFT, left, 92)
    return _Foot(png.strip(shades.tobytes()), palette)


def _put_text(
    shades: Image.Image, text: str, faces: Sequence[Typeface], size: int, colour: int, left: int, baseline: int
) -> None:
    """Draw a line of small text, cut to the width that is left."""
    chosen = _typeface_for(text, faces)
    if chosen is None:
        return
    line = truncate(chosen[0], chosen[1], _WIDTH_OF_STRIP - _MARGIN - left, size)
    shape = chosen[1].shape(line, size)
    if shape:
        _put_shades(shades, shape.coverage, (left + shape.left, baseline + shape.top), lambda v: _shade(colour, v))


def _shade(colour: int, step: int) -> int:
    """Return the palette index of a shade between the paper (step 0, always index 0) and a colour."""
    return colour * _SHADES + step if step else 0


def _put_shades(
    shades: Image.Image, coverage: Image.Image, place: tuple[int, int], of_step: Callable[[int], int]
) -> None:
    steps = [value * (_SHADES - 1) // 255 for value in range(256)]
    shades.paste(
        coverage.point([of_step(step) for step in steps]), place, coverage.point([255 * (s > 0) for s in steps])
    )


def _put_disc(shades: Image.Image, disc: Image.Image, left: int) -> None:
    shades.paste(0, (left - _RING, 0), _disc(_FACE + 2 * _RING).point([255 * (value > 127) for value in range(256)]))
    shades.paste(disc, (left, _RING), _disc(_FACE).point([255 * (value > 15) for value in range(256)]))


@functools.cache
def _disc(across: int) -> Image.Image:
    large = Image.new("L", (4 * across, 4 * across))
    ImageDraw.Draw(large).ellipse((0, 0, 4 * across - 1, 4 * across - 1), fill=255)
    return large.resize((across, across), Image.Resampling.BOX)


def _face(person: Face, colours: Colours, faces: Sequence[Typeface], first: int) -> tuple[Image.Image, bytes]:
    """Draw a face with palette indexes from `first` on, and return it with their colours."""
    if person.photo:
        return _photo(person.photo, colours, first)
    disc = _disc(_FACE)
    shades = disc.point([first + value * (_SHADES - 1) // 255 for value in range(256)])
    chosen = _typeface_for(person.initials, faces) or _typeface_for(person.handle[:1].upper(), faces)
    shape = chosen and chosen[1].shape(chosen[0], 44)
    if shape:
        letters = shape.coverage
        place = ((_FACE - letters.width) // 2, (_FACE - letters.height) // 2)
        steps = [value * (_SHADES - 1) // 255 for value in range(256)]
        on_seal = letters.point([first + _SHADES + step for step in steps])
        shades.paste(on_seal, place, letters.point([255 * (step > 0) for step in steps]))
    edge = _ramp(colours.paper, person.ground, _SHADES)
    return shades, edge + _ramp(person.ground, colours.on_seal, _SHADES)


def _photo(data: bytes, colours: Colours, first: int) -> tuple[Image.Image, bytes]:
    with Image.open(io.BytesIO(data)) as opened:
        square = ImageOps.fit(opened.convert("RGB"), (_FACE, _FACE), Image.Resampling.LANCZOS)
    disc = Image.new("RGB", (_FACE, _FACE), colours.paper)
    disc.paste(square, (0, 0), _disc(_FACE))
    few = disc.quantize(_PHOTO_COLOURS, Image.Quantize.MEDIANCUT, kmeans=0, dither=Image.Dither.NONE)
    palette = bytes(few.getpalette() or ())[: 3 * _PHOTO_COLOURS]
    shifted = bytes(min(255, value + first) for value in range(256))
    return Image.frombytes("L", few.size, few.tobytes().translate(shifted)), palette


@functools.cache
def _palette(colours: Colours) -> bytes:
    return b"".join(_ramp(colours.paper, end, _SHADES) for end in (colours.ink, colours.soft, colours.accent))


def _ramp(start: str, end: str, steps: int) -> bytes:
    """Return `steps` colours from one to another, three bytes each."""
    one, other = bytes.fromhex(start[1:]), bytes.fromhex(end[1:])
    parts = (step / (steps - 1) for step in range(steps))
    return b"".join(bytes(round(a + (b - a) * part) for a, b in zip(one, other, strict=True)) for part in parts)
