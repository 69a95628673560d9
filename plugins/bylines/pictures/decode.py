"""Decodes each picture once, when it is read, so that no later step can fail on it."""

from __future__ import annotations

import functools
import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps

from bylines.pictures import messages
from bylines.problems import ContentProblem
from bylines.records import Record

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
"""Formats that are published. Pictures in other formats are converted."""
_DECODED = (*FORMATS, "TIFF", "BMP", "DIB", "JPEG2000")
# Formats that Pillow calls by another name than browsers and people do.
_FORMAT_NAMES = {"MPO": "JPEG", "DIB": "BMP"}
# Pillow's exceptions say what is wrong. Without a handler its log would go to the terminal, too.
logging.getLogger("PIL").addHandler(logging.NullHandler())
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"))
# The largest pictures of phones have 50 million pixels, which take 150 MB to decode.
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 16_383
"""Pixels: the longest side of a WebP (RFC 9649, 2.3), the format of the smaller versions."""
_QUARTER_TURNS = frozenset((5, 6, 7, 8))
_ORIENTATION = 0x0112


class Picture(Record, tag="picture", frozen=True, kw_only=True):
    """A picture file that could be decoded. Its width and height are as it is seen, in pixels."""

    width: int
    height: int
    format: str
    """As Pillow names it: JPEG, PNG, WEBP, AVIF or GIF; HEIF, TIFF … for one that is published as another."""
    moving: bool = False
    """Whether it has several frames."""


def inspect(shown: str, data: bytes) -> Picture | ContentProblem:
    """Return the facts of a picture, or the problem with it. `shown` is its path in messages."""
    try:
        with open_image(data) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                return messages.PICTURE_PIXELS.problem(shown, limit=f"{MOST_PIXELS:,}")
            if max(width, height) > LONGEST_SIDE:
                return messages.PICTURE_SIDE.problem(shown, limit=f"{LONGEST_SIDE:,}")
            form = format_of(image)
            moving = form in FORMATS and image.format != "MPO" and getattr(image, "n_frames", 1) > 1
            image.draft(
                "RGB", (1, 1)
            )  # decoding a JPEG at an eighth of its size is enough to find whether it is complete
            image.load()
            if moving and form == "AVIF":  # it may have to be encoded again, with all its frames
                for number in range(1, image.n_frames):  # type: ignore[attr-defined]
                    image.seek(number)
                    image.load()
            if image.getexif().get(_ORIENTATION) in _QUARTER_TURNS:
                width, height = height, width
            return Picture(width=width, height=height, format=form, moving=moving)
    except Image.DecompressionBombError:
        return messages.PICTURE_PIXELS.problem(shown, limit=f"{MOST_PIXELS:,}")
    except Exception as error:  # decoders raise many kinds of exceptions on broken files
        return messages.PICTURE_BROKEN.problem(shown, reason=_reason(error))


def _reason(error: Exception) -> str:
    text = str(error)
    # Some of Pillow's messages contain a memory address, which differs in each build.
    return "no picture that is known" if not text or " object at 0x" in text else text


@contextmanager
def open_image(data: bytes) -> Iterator[Image.Image]:
    """Open a picture in any format that can be decoded. Pillow's exceptions pass through."""
    formats: tuple[str, ...] = _DECODED
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        _register_heif()
        formats = (*_DECODED, "HEIF")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=formats) as image:
            yield image


@functools.cache
def _register_heif() -> None:
    import pillow_heif  # it is slow to load, and few sites have such pictures

    pillow_heif.register_heif_opener(thumbnails=False)


def format_of(image: Image.Image) -> str:
    """Return the format of a picture. A JPEG file with several pictures, as telephones write it, is a JPEG."""
    return _FORMAT_NAMES.get(str(image.format), str(image.format))


def upright(image: Image.Image) -> Image.Image:
    """Return a picture turned as its Exif orientation says."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # the orientation cannot be read, so leave the picture as it is
        return image
