"""Style sheets as they are read."""

from __future__ import annotations

from bylines.records import Record


class StyleSheet(Record, tag="style", frozen=True, kw_only=True):
    """A part of the style sheet: of the theme, or the company's own."""

    text: str
