"""Turns blank lines into HTML paragraphs, as WordPress' `wpautop` does, for the texts of WordPress and Blogger."""

from __future__ import annotations

import re

from bylines.control_characters import without_controls
from bylines.imports.pieces import Piece, replace

_BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|style|p|"
    "h[1-6]|hr|fieldset|legend|section|article|aside|header|footer|nav|figure|figcaption|details|summary|iframe|script|video|audio"
)
_NAMES = "pre|script|style|table|ul|ol|dl|h[1-6]|p|figure|iframe"
_WHOLE = re.compile(rf"<({_NAMES})\b[^<>]*>", re.I)
_WHOLE_END = re.compile(rf"</({_NAMES})\s*>", re.I)
_BLOCK = re.compile(rf"(</?(?:{_BLOCKS})\b[^<>]*>)", re.I)
_BREAK = re.compile(r"(?<!\s)\s*\n\s*\n\s*")
_NO_WORDS = re.compile(r"(?>(?:\x00\d+\x00|<!--(?>(?:(?!-->).)*)-->|\s)+)", re.S)


def paragraphs(text: str) -> str:
    """Puts the paragraphs of a text in `<p>`. Text inside block elements stays unchanged."""
    text = without_controls(text).replace("\r\n", "\n").replace("\r", "\n")
    kept: list[str] = []

    def keep(found: Piece) -> str:
        kept.append(f"{found.opening[0]}{found.inner}{found.closing[0]}")
        return f"\n\n\x00{len(kept) - 1}\x00\n\n"

    text = replace(text, _WHOLE, _WHOLE_END, keep)
    pieces = _BLOCK.split(text)
    made = "".join(piece if number % 2 else _inside(piece) for number, piece in enumerate(pieces))
    return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], made)


def _inside(text: str) -> str:
    """Converts the text between two block tags."""
    if not text.strip():
        return text
    if "\n" not in text.strip("\n") and not _BREAK.search(text):
        return text if not text.strip("\n ") else _chunk(text)
    return "\n".join(_chunk(chunk) for chunk in _BREAK.split(text) if chunk.strip())


def _chunk(text: str) -> str:
    stripped = text.strip()
    if _NO_WORDS.fullmatch(stripped):
        return stripped
    lines = re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n", "<br>\n", stripped)
    return f"<p>{lines}</p>"
