"""Smaller pictures of a picture, as WebP: what every browser shows since 2020, at half of AVIF's cost and its size."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from bylines.pictures.colours import in_srgb
from bylines.pictures.look import Picture, opened, upright

WIDTHS = (480, 960, 1600)
"""Pixels: a phone's column, a column of text on a sharp screen, a wide one."""
SMALL = 360
"""Pixels across up to which a picture is shown as it is."""
PORTRAIT = 240
"""Pixels of a person's photo, which is square: the largest place for one is 104 CSS pixels wide."""
_LOSSY = 78
_DRAWN = 88
"""For PNG and GIF: screenshots and drawings, whose letters blur sooner than a photo's leaves."""


def widths_of(picture: Picture) -> tuple[int, ...]:
    """The widths in which a picture is made, the smallest first; none for one that is shown as it is."""
    if picture.moving or picture.width <= SMALL:
        return ()
    return tuple(width for width in WIDTHS if width < picture.width) + (
        (picture.width,) if picture.width <= WIDTHS[-1] else ()
    )


def sized(data: bytes, width: int) -> bytes:
    """A picture at a width, as WebP without metadata, in sRGB."""
    with opened(data) as image:
        quality = _DRAWN if image.format in ("PNG", "GIF") else _LOSSY
        turned = image.getexif().get(0x0112) in (5, 6, 7, 8)
        across, down = image.size if not turned else image.size[::-1]
        height = max(1, round(down * width / across))
        if not turned:
            image.draft("RGB", (width, height))
        shown = in_srgb(upright(image))
        if shown.size != (width, height):
            shown = shown.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return _webp(shown, quality)


def portrait(data: bytes) -> bytes:
    """A person's photo, cut square around its middle."""
    with opened(data) as image:
        least = PORTRAIT * max(image.size) // max(1, min(image.size))
        image.draft("RGB", (least, least))
        shown = in_srgb(upright(image))
        side = min(PORTRAIT, *shown.size)
        return _webp(ImageOps.fit(shown, (side, side), Image.Resampling.LANCZOS), _LOSSY)


def _webp(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=4, exif=b"", xmp=b"", icc_profile=None)
    return out.getvalue()
