"""Protects parts of a text, such as code, while the rest is changed."""

from __future__ import annotations

import re

_MARK = re.compile(r"\x00(\d+)\x00")


class SkippedText:
    """Parts of a text that are replaced by marks. The text must have no control characters of its own."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def keep(self, piece: str) -> str:
        """Stores a part of the text and returns the mark to put in its place."""
        self._pieces.append(piece)
        return f"\x00{len(self._pieces) - 1}\x00"

    def restore(self, text: str) -> str:
        """Puts the stored parts back in place of their marks, also where parts contain marks."""
        while (made := _MARK.sub(lambda found: self._pieces[int(found[1])], text)) != text:
            text = made
        return text
