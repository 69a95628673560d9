"""Font files as they are read."""

from __future__ import annotations

from bylines.records import Record


class TypefaceFile(Record, tag="typeface", frozen=True, kw_only=True):
    """A font file that can be read."""

    characters: int
    """How many it has."""
