"""What a picture file holds. It is decoded once, when it is read, so that nothing later can fail on it."""

from __future__ import annotations

import io
import posixpath
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps

from bylines import messages
from bylines.engine.read.options import ReadOptions
from bylines.problems import ContentProblem
from bylines.records import Picture, Reading

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
# A phone's largest pictures have 50 million; to decode so many takes 150 MB.
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 16_383
"""Pixels: what a WebP, as sizes are made, can have (RFC 9649, 2.3)."""
_FORMAT_OF = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF", ".gif": "GIF"}
_TURNED = frozenset((5, 6, 7, 8))
_ORIENTATION = 0x0112


def is_picture(name: str) -> bool:
    """Whether a name is a picture's by its ending."""
    return name.lower().endswith(ENDINGS)


def read_picture(name: str, data: bytes, options: ReadOptions) -> Reading:
    """The facts of a picture; none where it is too large or cannot be decoded, and then it is not published."""
    root, _, rest = name.partition("/")
    shown = f"{options.authors_root if root == 'authors' else options.root}/{rest}"
    if len(data) > options.max_picture:
        return Reading(None, (messages.PICTURE_BYTES.problem(shown, limit=f"{options.max_picture:,}"),))
    found = look(shown, data)
    if isinstance(found, ContentProblem):
        return Reading(None, (found,))
    wanted = _FORMAT_OF[posixpath.splitext(name)[1].lower()]
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
            moving = getattr(image, "n_frames", 1) > 1
            image.draft("RGB", (1, 1))  # an eighth of a JPEG's size tells as well whether it is whole
            image.load()
            if image.getexif().get(_ORIENTATION) in _TURNED:
                width, height = height, width
            return Picture(width=width, height=height, format=str(image.format), moving=moving)
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
    """A picture of one of the formats that are published. Raises whatever Pillow does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            yield image


def upright(image: Image.Image) -> Image.Image:
    """A picture as its orientation says that it is to be seen."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # an orientation that cannot be read turns nothing
        return image
