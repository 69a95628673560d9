"""Writes a feed as JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from bylines.engine.feature import Body
from bylines.features.feeds.inputs import FeedEntry, FeedInputs

if TYPE_CHECKING:
    from bylines.settings import Site

_VERSION = "https://jsonfeed.org/version/1.1"


def render(site: Site, inputs: FeedInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the feed's bytes."""
    feed = {
        "version": _VERSION,
        "title": inputs.title,
        "home_page_url": inputs.url,
        # Readers identify the feed by this address, so all documents of a list have the same.
        "feed_url": inputs.current or inputs.feed,
        **({"next_url": inputs.previous} if inputs.previous else {}),
        **({"description": inputs.subtitle} if inputs.subtitle else {}),
        "language": inputs.lang,
        "items": [_item(entry, bodies(entry.body), inputs.lang) for entry in inputs.entries],
    }
    return msgspec.json.encode(feed)


def _item(entry: FeedEntry, content: str, lang: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": author.name, "url": author.url} for author in entry.authors],
    }
    if entry.summary:
        item["summary"] = entry.summary
    if entry.topics:
        item["tags"] = [name for _, name in entry.topics]
    if entry.lang not in ("", lang):
        item["language"] = entry.lang
    if entry.source:
        # JSON Feed has no field for the source. Names that begin with _ are for extensions.
        source = entry.source
        item["_source"] = {"id": source.id, "title": source.title, "home_page_url": source.url, "feed_url": source.feed}
    return item
