"""What reading depends on beside the bytes."""

from __future__ import annotations

import msgspec

from bylines.markup.options import MarkupOptions
from bylines.settings.declared import DRAFTS, MAX_BYTES, MAX_PICTURE


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The settings that reach records; another value means that every source is read again."""

    timezone: str = "UTC"
    """Of dates that name none."""
    default_lang: str = "en"
    markup: MarkupOptions = MarkupOptions()
    drafts: bool = DRAFTS.default
    """Whether drafts are shown; else their records hold no words of theirs, so that the store has none."""
    max_bytes: int = MAX_BYTES.default
    """Of a text; a larger one is left out."""
    max_picture: int = MAX_PICTURE.default
    """Of a picture; a larger one is left out."""
    root: str = "content"
    """How messages call the content folder."""
    authors_root: str = "authors"
    """How messages call the folder of profiles."""
