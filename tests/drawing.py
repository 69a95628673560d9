"""Pictures for tests, made by Pillow."""

from __future__ import annotations

import io

import pillow_heif
from PIL import Image

LISBON = {1: "N", 2: (38.0, 43.0, 12.5), 3: "W", 4: (9.0, 8.0, 2.25)}
SERIAL = "SERIAL-4711"


def picture(
    width: int = 640, height: int = 400, form: str = "JPEG", *, orientation: int = 1, seed: int = 0, mode: str = "RGB"
) -> bytes:
    """A picture with a position, a serial number and an orientation in its Exif, where its format has any."""
    across = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (across, across.rotate(180), Image.new("L", (width, height), seed * 40 % 256)))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SERIAL
    exif.get_ifd(0x8825).update(LISBON)
    out = io.BytesIO()
    if form == "HEIF":
        pillow_heif.register_heif_opener(thumbnails=False)
    if form == "GIF":
        image.save(out, form, comment=SERIAL)
    else:
        image.convert(mode).save(out, form, exif=exif)
    return out.getvalue()


def moving(form: str = "GIF") -> bytes:
    """A picture of three frames."""
    frames = [Image.new("RGB", (500, 300), (shade, 40, 90)) for shade in (0, 120, 240)]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100, loop=0)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """A picture from its bytes, decoded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
