"""Pieces of a text that are laid aside while the rest of it is changed: code, and what is made already."""

from __future__ import annotations

import re

_MARK = re.compile(r"\x00(\d+)\x00")


class SkippedText:
    """Pieces, each with a mark in its place; the text may have no control characters of its own."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def keep(self, piece: str) -> str:
        """Lays a piece aside; gives its mark."""
        self._pieces.append(piece)
        return f"\x00{len(self._pieces) - 1}\x00"

    def restore(self, text: str) -> str:
        """The text with the pieces in their places, those within pieces too."""
        while (made := _MARK.sub(lambda found: self._pieces[int(found[1])], text)) != text:
            text = made
        return text
