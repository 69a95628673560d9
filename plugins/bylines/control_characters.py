"""Finds and removes control characters: those that HTML and XML forbid (XML 1.0, 2.2), and the invisible C1 controls."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_OF_ONE_BYTE = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])


def first_control(text: str) -> int:
    """Return the index of the first control character; -1 if there is none, which is nearly always so and must be fast."""
    if text.isprintable():
        return -1  # true of most titles, but never of a text of several lines
    if text.isascii():
        plain = text.encode("ascii")
        if len(plain.translate(None, _OF_ONE_BYTE)) == len(plain):
            return -1
    found = _CONTROL.search(text)
    return found.start() if found else -1


def without_controls(text: str, instead: str = "") -> str:
    """Return a text with each control character replaced by `instead`."""
    return text if first_control(text) < 0 else _CONTROL.sub(instead, text)
