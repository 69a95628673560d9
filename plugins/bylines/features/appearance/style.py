"""Writes the one style sheet: the order of layers, the palette, then the sheets without comments and indents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from bylines.settings import Site

# Quoted texts are kept unchanged, whatever they contain.
_PARTS = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|/\*.*?\*/|\s*\n\s*""", re.S)
# Spaces without a meaning. In a selector, no space follows a colon.
_SPACES = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|[ \n]*([{};,])[ \n]*|(:)[ \n]+""")
_HUES = range(0, 360, 15)


class StyleInputs(msgspec.Struct, frozen=True):
    """The style sheet: the accent on light and on dark paper, and the sheets in order."""

    light: str
    dark: str
    sheets: tuple[str, ...]


def render(site: Site, view: StyleInputs, bodies: Mapping[str, Any]) -> bytes:
    """Return the style sheet's bytes."""
    hues = "".join(f".hue-{hue}{{--hue:{hue}}}" for hue in _HUES)
    head = (
        "@layer reset,tokens,layout,components,prose,utilities,print,company;"
        f"@layer tokens{{:root{{--accent-light:{view.light};--accent-dark:{view.dark}}}{hues}}}"
    )
    return "\n".join([head, *map(_shortened, view.sheets), ""]).encode()


def _shortened(sheet: str) -> str:
    plain = _PARTS.sub(lambda match: match[1] or ("\n" if "\n" in match[0] else ""), sheet).strip()
    return _SPACES.sub(lambda match: match[1] or match[2] or match[3], plain)
