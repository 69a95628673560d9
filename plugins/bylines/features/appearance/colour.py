"""Colours: sRGB and OKLCH, contrast by WCAG 2, and the palette made from a company's accent colour.

OKLCH after Björn Ottosson, https://bottosson.github.io/posts/oklab/; contrast after WCAG 2.2, 'relative luminance'.
"""

from __future__ import annotations

import functools
import math
import re
from typing import NamedTuple

from bylines.problems import SettingsError

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.I)
ENOUGH = 7.0
"""The contrast that long texts need (WCAG 2.2, 1.4.6)."""
LIGHT_PAPER = "#fcfaf6"
DARK_PAPER = "#161310"
INK, SOFT, ON_SEAL = "#25201b", "#5c544c", "#fffdf8"
"""The colours of text and of small print on light paper, and of a seal's letters; the style sheet has the same."""
_STEPS = 200


class Palette(NamedTuple):
    """The accent in two readable shades, for light and for dark paper; each has a contrast of at least `ENOUGH`."""

    light: str
    dark: str


@functools.cache
def palette(accent: str) -> Palette:
    """Return the readable shades of an accent ('#8a3324'): they keep its hue and stay as near to its lightness as possible.

    Raises SettingsError if the accent is not such a colour.
    """
    if not _HEX.fullmatch(accent):
        raise SettingsError(f"BYLINES_ACCENT is {accent!r}; it is a colour such as '#8a3324'")
    return Palette(_readable(accent, LIGHT_PAPER, down=True), _readable(accent, DARK_PAPER, down=False))


@functools.cache
def seal(hue: int) -> str:
    """Return the background colour of a seal; the style sheet has the same."""
    return _from_oklch(0.43, 0.085, math.radians(hue))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _readable(accent: str, paper: str, *, down: bool) -> str:
    lightness, chroma, hue = _to_oklch(accent)
    end = 0.0 if down else 1.0
    for step in range(_STEPS + 1):
        part = step / _STEPS
        # A very light or dark colour has no room for much chroma.
        made = _from_oklch(lightness + (end - lightness) * part, chroma * (1 - part * 0.6), hue)
        if contrast(made, paper) >= ENOUGH:
            return made
    return "#000000" if down else "#ffffff"


def _channels(colour: str) -> tuple[float, float, float]:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklch(colour: str) -> tuple[float, float, float]:
    red, green, blue = map(_linear, _channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return the nearest colour that a screen can show; the chroma is reduced where it is too strong."""
    for part in range(20, -1, -1):
        found = _to_srgb(lightness, chroma * part / 20, hue)
        if part == 0 or all(-0.001 <= value <= 1.001 for value in found):
            break
    return "#" + "".join(f"{round(255 * min(1, max(0, value))):02x}" for value in found)


def _to_srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return _gamma(red), _gamma(green), _gamma(blue)
