"""The settings on which reading depends."""

from __future__ import annotations

import msgspec

from bylines.markup.options import MarkupOptions
from bylines.settings.declared import DRAFTS, MAX_BYTES, MAX_PICTURE


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The settings that affect records. If one changes, every source is read again."""

    timezone: str = "UTC"
    """The zone of dates that name none."""
    default_lang: str = "en"
    markup: MarkupOptions = MarkupOptions()
    drafts: bool = DRAFTS.default
    """Whether drafts are shown. If not, their records leave out the writer's words, so that the store never holds them."""
    max_bytes: int = MAX_BYTES.default
    """The most bytes of a text. A larger one is left out."""
    max_picture: int = MAX_PICTURE.default
    """The most bytes of a picture. A larger one is left out."""
    root: str = "content"
    """The path of the content folder in messages."""
    authors_root: str = "authors"
    """The path of the folder of profiles in messages."""
