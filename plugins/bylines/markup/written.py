"""Which tags of an engine's output the writer wrote as HTML, and which ones the engine made."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile("<[^<>]*>")
_MOST_TRIED = 4


def is_text(source: str, made: str) -> bool:
    """Return whether each `<` of a source became text, as in code: the output has as many, and none comes from elsewhere."""
    return "&" not in source and "]:" not in source and made.count("&lt;") == source.count("<")


def own_tags(made: str, escaped: str) -> frozenset[int] | None:
    """Return where each `<` stands that is the writer's own; None if that cannot be told.

    `escaped` is the same output with the writer's HTML as text. So the two differ in nothing but the writer's HTML,
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
    """Return how long a piece is in `escaped`. The writer's HTML ends somewhere in it, or goes on after it."""
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


def tags_of(source: str, made: str) -> frozenset[int]:
    """Return where each tag stands that is in the source as it is, or that is no tag: a guess, for other engines."""
    in_source = set(_TAG.findall(source))
    return frozenset(found.start() for found in _TAG.finditer(made) if found[0] in in_source or found[0][1] in "!?")
