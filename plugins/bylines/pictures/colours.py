"""Converts pictures to 8-bit sRGB."""

from __future__ import annotations

import io

from PIL import Image, ImageCms


def to_srgb(image: Image.Image) -> Image.Image:
    """Return a picture in 8-bit sRGB, as RGBA if it has transparency, else as RGB. An embedded profile is applied."""
    profile = image.info.get("icc_profile")
    if image.mode in ("I", "I;16", "I;16B", "F"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    clear = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    mode = "RGBA" if clear else "RGB"
    if profile and image.mode in ("RGB", "CMYK", "RGBA", "L"):
        image = _apply_profile(image, profile, mode)
    return image if image.mode == mode else image.convert(mode)


def _apply_profile(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # the profile does not fit the picture, so ignore it
    return made or image
