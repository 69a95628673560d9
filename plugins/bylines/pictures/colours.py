"""Colours: a picture in 8 bits of sRGB, whatever it was made in."""

from __future__ import annotations

import io

from PIL import Image, ImageCms


def in_srgb(image: Image.Image) -> Image.Image:
    """The same in 8 bits of sRGB, with its transparency."""
    profile = image.info.get("icc_profile")
    if image.mode in ("I", "I;16", "I;16B", "F"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    clear = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    mode = "RGBA" if clear else "RGB"
    if profile and image.mode in ("RGB", "CMYK", "RGBA", "L"):
        image = _turned(image, profile, mode)
    return image if image.mode == mode else image.convert(mode)


def _turned(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that does not fit says nothing of the colours
    return made or image
