"""Tells which tags in an engine's output the writer wrote as HTML, and which ones the engine made."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile("<[^<>]*>")
_MOST_TRIED = 4


def is_all_text(source: str, made: str) -> bool:
    """Return whether each `<` of a source became text, as in code: the output has as many `&lt;`, and they have no other source."""
    return "&" not in source and "]:" not in source and made.count("&lt;") == source.count("<")


def own_tags(made: str, escaped: str) -> frozenset[int] | None:
    """Return the offsets in `made` of each `<` that the writer wrote; None if they cannot be told apart.

    `escaped` is the same output with the writer's HTML as text. So the two differ only in the writer's HTML,
    each piece of which begins with a `<`.
    """
    found: list[int] = []
    first, *pieces = made.split("<")
    place = at = len(first)
    for piece in pieces:
        if escaped.startswith("&lt;", at):
            found.append(place)
            length = _length(piece, escaped, at + 4)
            if length is None:
                return None
            at += 4 + length
        else:
            at += 1 + len(piece)
        place += 1 + len(piece)
    return frozenset(found) if at == len(escaped) else None


def _length(piece: str, escaped: str, at: int) -> int | None:
    """Return the length of a piece in `escaped`; None if it does not match. The writer's HTML ends within it or continues after it."""
    for end in _ends(piece):
        whole = _as_text(piece[:end]) + piece[end:]
        after = at + len(whole)
        if escaped.startswith(whole, at) and (after == len(escaped) or escaped.startswith(("<", "&lt;"), after)):
            return len(whole)
    return None


def _ends(piece: str) -> Iterator[int]:
    yield len(piece)
    end = 0
    for _ in range(_MOST_TRIED):
        end = piece.find(">", end) + 1
        if not end:
            return
        yield end


def _as_text(written: str) -> str:
    return written.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def guess_own_tags(source: str, made: str) -> frozenset[int]:
    """Guess, for other engines, which tags are the writer's: those that occur literally in the source, and comments and the like."""
    in_source = set(_TAG.findall(source))
    return frozenset(found.start() for found in _TAG.finditer(made) if found[0] in in_source or found[0][1] in "!?")
