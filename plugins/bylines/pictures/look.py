"""What a picture file holds. It is decoded once, when it is read, so that nothing later can fail on it."""

from __future__ import annotations

import functools
import io
import logging
import posixpath
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps

from bylines import messages
from bylines.engine.read.options import ReadOptions
from bylines.pictures import endings
from bylines.problems import ContentProblem
from bylines.records import Reading, Record

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
"""Formats that are published; pictures in others are turned into one of them."""
_DECODED = (*FORMATS, "TIFF", "BMP", "DIB", "JPEG2000")
# Pillow's other names for what browsers and people call otherwise.
_CALLED = {"MPO": "JPEG", "DIB": "BMP"}
# What Pillow has to say is in its exceptions; without a handler the rest would go to the terminal.
logging.getLogger("PIL").addHandler(logging.NullHandler())
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"))
# A phone's largest pictures have 50 million; to decode so many takes 150 MB.
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 16_383
"""Pixels: what a WebP, as sizes are made, can have (RFC 9649, 2.3)."""
_TURNED = frozenset((5, 6, 7, 8))
_ORIENTATION = 0x0112


class Picture(Record, tag="picture", frozen=True, kw_only=True):
    """A picture file that could be decoded. Width and height as it is seen, in pixels."""

    width: int
    height: int
    format: str
    """As Pillow names it: JPEG, PNG, WEBP, AVIF or GIF; HEIF, TIFF … for one that is published as another."""
    moving: bool = False
    """Whether it has several frames."""


def read_picture(name: str, data: bytes, options: ReadOptions) -> Reading:
    """The facts of a picture; none where it is too large or cannot be decoded, and then it is not published."""
    root, _, rest = name.partition("/")
    shown = f"{options.authors_root if root == 'authors' else options.root}/{rest}"
    if len(data) > options.max_picture:
        return Reading(None, (messages.PICTURE_BYTES.problem(shown, limit=f"{options.max_picture:,}"),))
    found = look(shown, data)
    if isinstance(found, ContentProblem):
        return Reading(None, (found,))
    wanted = endings.FORMAT_OF[posixpath.splitext(name)[1].lower()]
    misnamed = messages.PICTURE_NAME.problem(shown, format=found.format, wanted=wanted)
    return Reading(found, (misnamed,) if found.format != wanted else ())


def look(shown: str, data: bytes) -> Picture | ContentProblem:
    """The facts of a picture, or why it has none; `shown` is its path for messages."""
    try:
        with opened(data) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                return messages.PICTURE_PIXELS.problem(shown, limit=f"{MOST_PIXELS:,}")
            if max(width, height) > LONGEST_SIDE:
                return messages.PICTURE_SIDE.problem(shown, limit=f"{LONGEST_SIDE:,}")
            form = format_of(image)
            moving = form in FORMATS and image.format != "MPO" and getattr(image, "n_frames", 1) > 1
            image.draft("RGB", (1, 1))  # an eighth of a JPEG's size tells as well whether it is whole
            image.load()
            if moving and form == "AVIF":  # it may be encoded again, all of it
                for number in range(1, image.n_frames):  # type: ignore[attr-defined]
                    image.seek(number)
                    image.load()
            if image.getexif().get(_ORIENTATION) in _TURNED:
                width, height = height, width
            return Picture(width=width, height=height, format=form, moving=moving)
    except Image.DecompressionBombError:
        return messages.PICTURE_PIXELS.problem(shown, limit=f"{MOST_PIXELS:,}")
    except Exception as error:  # decoders raise whatever they like over what a stranger wrote
        return messages.PICTURE_BROKEN.problem(shown, reason=_reason(error))


def _reason(error: Exception) -> str:
    text = str(error)
    # Pillow names the object in memory in some of its messages: another one in each build.
    return "no picture that is known" if not text or " object at 0x" in text else text


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """A picture of one of the formats that can be decoded. Raises whatever Pillow does."""
    formats: tuple[str, ...] = _DECODED
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        _know_heif()
        formats = (*_DECODED, "HEIF")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=formats) as image:
            yield image


@functools.cache
def _know_heif() -> None:
    import pillow_heif  # its libraries take a while to load, and few sites have such a picture

    pillow_heif.register_heif_opener(thumbnails=False)


def format_of(image: Image.Image) -> str:
    """The format of a picture: JPEG also for the several pictures that telephones put into one such file."""
    return _CALLED.get(str(image.format), str(image.format))


def upright(image: Image.Image) -> Image.Image:
    """A picture as its orientation says that it is to be seen."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # an orientation that cannot be read turns nothing
        return image
