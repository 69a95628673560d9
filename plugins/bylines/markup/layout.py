"""Reads how a contributor places things: sides, widths, pictures for light and dark, and obsolete HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from bylines.markup.elements import OLD

_OLD = re.compile(rf"<(/?)({'|'.join(OLD)})((?:\s[^>]*)?)>")
_OLD_STARTS = re.compile(f"<(?:{'|'.join(OLD)})")
_SIDES = frozenset(("left", "right", "center"))
_SHARE = re.compile(r"(\d{1,3})(?:\.\d{1,3})?%")
_PIXELS = re.compile(r"(\d{1,5})(?:\.\d{1,3})?(?:px)?")
_STEP = 10
_IMG = re.compile(r"<img(\s[^>]*)?>")
_SOURCE = re.compile(r"<source(\s[^>]*)?>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
"""An attribute and its value, as the policy writes them."""
_SCHEME = re.compile(r"prefers-color-scheme\s*:\s*(light|dark)")
_ONLY = re.compile(r"#gh-(light|dark)-mode-only$", re.I)


class ColourSchemes(NamedTuple):
    """The attributes of the `img` in a `picture`, and the addresses of its files for light and dark; empty if there is none."""

    given: dict[str, str]
    light: str
    dark: str


def modernise(source: str) -> str:
    """Return HTML with obsolete elements replaced by today's."""
    return _OLD.sub(_modern_tag, source) if _OLD_STARTS.search(source) else source


def _modern_tag(match: re.Match[str]) -> str:
    closing, name, attributes = match.groups()
    if name == "center" and not closing:
        attributes = ' align="center"'
    return f"<{closing}{OLD[name]}{attributes}>"


def side(name: str, given: Mapping[str, str]) -> str:
    """Return the class for the side at which something stands; empty if none is given."""
    found = given.get("align", "").lower()
    if name == "img":
        return f"beside-{found}" if found in ("left", "right") else ""
    return f"align-{found}" if found in _SIDES else ""


def share(given: Mapping[str, str]) -> str:
    """Return the class for a width in percent, to the nearest ten; empty if it is not one."""
    found = _SHARE.fullmatch(given.get("width", "").strip())
    if not found or not 0 < int(found[1]) < 100:
        return ""
    return f"wide-{max(_STEP, min(90, round(int(found[1]) / _STEP) * _STEP))}"


def pixels(written: str) -> str:
    """Return a width or height in pixels; empty if it is none."""
    found = _PIXELS.fullmatch(written.strip())
    return str(int(found[1])) if found and found[1].isascii() and int(found[1]) else ""


def colour_schemes(inner: str) -> ColourSchemes | None:
    """Return the files in the content of a `picture` element; None if it has no `img`."""
    img = _IMG.search(inner)
    if not img:
        return None
    found = {"light": "", "dark": ""}
    for source in _SOURCE.findall(inner):
        given = dict(ATTRIBUTE.findall(source))
        scheme = _SCHEME.search(given.get("media", ""))
        files = given.get("srcset", "").split()
        if scheme and files and not found[scheme[1]]:
            found[scheme[1]] = files[0].rstrip(",")
    return ColourSchemes(dict(ATTRIBUTE.findall(img[1] or "")), found["light"], found["dark"])


def scheme_fragment(src: str) -> tuple[str, str]:
    """Return the address of a picture without GitHub's fragment for light or dark only, and the class that stands for it."""
    found = _ONLY.search(src)
    return (src[: found.start()], f"only-{found[1].lower()}") if found else (src, "")
