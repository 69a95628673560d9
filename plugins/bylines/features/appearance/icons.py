"""Icons and the web manifest. The sign on the icons is the site's one ornament, a byline: a face and two lines, in the accent."""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from bylines.engine.context import BuildContext
from bylines.engine.feature import PageInputs
from bylines.features.appearance.colour import DARK_PAPER, LIGHT_PAPER, palette
from bylines.features.appearance.pages import accent
from bylines.pictures import png

if TYPE_CHECKING:
    from bylines.settings import Site

_SIZES = {"icon-180.png": 180, "icon-192.png": 192, "icon-512.png": 512}
_DRAWING = "favicon.svg"
# In a square of 32 by 32: the face (x, y, radius), and the two lines (left, right, y, half their thickness).
_FACE = (10.5, 16.0, 4.5)
_LINES = ((17.5, 26.0, 13.5, 1.4), (17.5, 23.0, 18.5, 1.4))
_FINE = 4
_WHOLE = _FINE**2
"""The number of samples of a pixel: in each direction, and in all."""
_MORE = bytes(min(255, value + _FINE) for value in range(256))


class IconInputs(msgspec.Struct, frozen=True):
    """An icon: its size in pixels (0 for the SVG drawing, which follows dark mode), and its colours in light and dark mode."""

    size: int
    light: str
    dark: str


class ManifestInputs(msgspec.Struct, frozen=True):
    """The web manifest: the site's name, the address of the home page, and those of the icons."""

    name: str
    about: str
    lang: str
    start: str
    icons: tuple[tuple[str, int], ...]
    paper: str
    accent: str


def keys(build: BuildContext) -> Iterable[str]:
    """Return the names of the icons' files."""
    return (_DRAWING, *_SIZES)


def inputs(build: BuildContext, key: str) -> PageInputs:
    """Return the inputs of an icon."""
    light, dark = palette(accent(build))
    return PageInputs(path=f"{build.site.theme_static}/{key}", view=IconInputs(_SIZES.get(key, 0), light, dark))


def render(site: Site, view: IconInputs, bodies: Mapping[str, Any]) -> bytes:
    """Return an icon's bytes."""
    return _picture(view) if view.size else _drawing(view).encode()


def _drawing(view: IconInputs) -> str:
    x, y, radius = _FACE
    lines = "".join(f"M{left} {at}H{right}" for left, right, at, _ in _LINES)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>'
        f"rect{{fill:{view.light}}}g{{fill:{LIGHT_PAPER};stroke:{LIGHT_PAPER}}}@media (prefers-color-scheme:dark)"
        f"{{rect{{fill:{view.dark}}}g{{fill:{DARK_PAPER};stroke:{DARK_PAPER}}}}}</style>"
        f'<rect width="32" height="32" rx="7"/><g><circle cx="{x}" cy="{y}" r="{radius}" stroke="none"/>'
        f'<path d="{lines}" stroke-width="{2 * _LINES[0][3]}" stroke-linecap="round"/></g></svg>\n'
    )


@functools.lru_cache(maxsize=len(_SIZES))  # `serve` builds many times in one process
def _picture(view: IconInputs) -> bytes:
    """Return the icon as a PNG. It fills the whole square, since each system cuts icons to its own shape.

    A pixel's value is the number of its samples that lie in the sign.
    """
    ground, sign = bytes.fromhex(view.light[1:]), bytes.fromhex(LIGHT_PAPER[1:])
    shades = (
        bytes(round(a + (b - a) * part / _WHOLE) for a, b in zip(ground, sign, strict=True))
        for part in range(_WHOLE + 1)
    )
    head = struct.pack(">IIBBBBB", view.size, view.size, 8, 3, 0, 0, 0)
    rows = b"".join(b"\0" + row for row in _rows(view.size))
    return png.file(((b"IHDR", head), (b"PLTE", b"".join(shades)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")))


def _rows(size: int) -> Iterable[bytes]:
    """Yield a row of pixels at a time: for each pixel, the number of its samples that lie in the sign."""
    scale = 32 / size / _FINE
    for row in range(size):
        found = bytearray(size)
        for fine in range(_FINE):
            for left, right in _spans((row * _FINE + fine + 0.5) * scale):
                _add(found, round(left / scale), round(right / scale))
        yield bytes(found)


def _add(row: bytearray, first: int, end: int) -> None:
    """Adds the samples from `first` up to `end` (not included) to their pixels."""
    left, right = -(-first // _FINE), end // _FINE
    if left > right:
        row[right] += end - first
        return
    row[left:right] = row[left:right].translate(_MORE)
    row[left - 1] += left * _FINE - first
    row[right] += end - right * _FINE


def _spans(y: float) -> Iterable[tuple[float, float]]:
    """Yield the stretches, from left to right, in which the horizontal line at `y` crosses the sign."""
    x, middle, radius = _FACE
    shapes = [(x, x, middle, radius), *_LINES]
    for left, right, at, half in shapes:
        if abs(y - at) < half:
            reach = (half**2 - (y - at) ** 2) ** 0.5
            yield left - reach, right + reach


def manifest_keys(build: BuildContext) -> Iterable[str]:
    """Return the one key: there is a single manifest."""
    return ("manifest",)


def manifest_inputs(build: BuildContext, key: str) -> PageInputs:
    """Return the inputs of the web manifest."""
    variables = msgspec.json.decode(build.site.variables)
    light, _ = palette(accent(build))
    folder = f"{build.site.url}/{build.site.theme_static}"
    view = ManifestInputs(
        name=build.site.name,
        about=variables["SITESUBTITLE"] or "",
        lang=build.site.lang,
        start=f"{build.site.url}/",
        icons=tuple((f"{folder}/{name}", _SIZES.get(name, 0)) for name in (_DRAWING, *_SIZES)),
        paper=LIGHT_PAPER,
        accent=light,
    )
    return PageInputs(path="manifest.webmanifest", view=view)


def render_manifest(site: Site, view: ManifestInputs, bodies: Mapping[str, Any]) -> bytes:
    """Return the bytes of the web manifest (https://www.w3.org/TR/appmanifest/)."""
    icons = [
        {"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
        if size
        else {"src": src, "sizes": "any", "type": "image/svg+xml"}
        for src, size in view.icons
    ]
    found = {
        "name": view.name,
        "short_name": view.name,
        **({"description": view.about} if view.about else {}),
        "lang": view.lang,
        "start_url": view.start,
        "display": "minimal-ui",
        "background_color": view.paper,
        "theme_color": view.accent,
        "icons": icons,
    }
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"
