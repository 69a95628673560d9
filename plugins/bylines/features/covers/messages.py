"""The messages about covers."""

from __future__ import annotations

from bylines.problems import Message

TYPEFACE = Message(
    "typeface",
    "this typeface cannot be read ({reason})",
    "put a TTF or OTF file here",
    "Covers are drawn without it; a title whose letters no typeface has is left out of its cover.",
    outcome="covers are drawn without it",
)
