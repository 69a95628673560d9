"""Writes a feed as RSS 2.0, after the profile of the RSS Advisory Board."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import format_datetime
from typing import TYPE_CHECKING

from bylines.engine.feature import Body
from bylines.features.feeds import xml
from bylines.features.feeds.inputs import FeedEntry, FeedInputs, FeedSource

if TYPE_CHECKING:
    from bylines.settings import Site

_TYPE = "application/rss+xml"
_SPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def render(site: Site, inputs: FeedInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the feed's bytes."""
    head = (
        xml.element("title", inputs.title),
        xml.element("link", inputs.url),
        # A channel must have a description, if only its title again.
        xml.element("description", inputs.subtitle or inputs.title),
        xml.element("language", inputs.lang),
        xml.element("lastBuildDate", format_datetime(inputs.updated)),
        "<generator>Bylines</generator>",
        xml.link(inputs.feed, "self", _TYPE, "atom:link"),
        xml.history(inputs, _TYPE, "atom:link"),
    )
    items = (_item(entry, bodies(entry.body)) for entry in inputs.entries)
    start = f"<?xml version='1.0' encoding='UTF-8'?>\n{xml.stylesheet(inputs.stylesheet)}"
    return f'{start}<rss version="2.0" {_SPACES}><channel>{"".join(head)}{"".join(items)}</channel></rss>'.encode()


def _item(entry: FeedEntry, content: str) -> str:
    parts = (
        "<item>",
        xml.element("title", entry.title),
        xml.element("link", entry.url),
        f'<guid isPermaLink="false">{xml.text(entry.id)}</guid>',
        xml.element("pubDate", format_datetime(entry.published)),
        # <author> must be an e-mail address, which the site does not publish.
        *(xml.element("dc:creator", author.name) for author in entry.authors),
        *(xml.element("category", name) for _, name in entry.topics),
        _texts(entry.summary, content),
        _source(entry.source) if entry.source else "",
        "</item>",
    )
    return "".join(parts)


def _texts(summary: str, content: str) -> str:
    """Return the elements of an entry's summary and text. Without a summary, the text is the description.

    Readers take a description as HTML, so a plain summary is escaped twice.
    """
    if not summary:
        return f"<description>{xml.html(content)}</description>"
    return f"{xml.element('description', xml.text(summary))}<content:encoded>{xml.html(content)}</content:encoded>"


def _source(source: FeedSource) -> str:
    return f'<source url="{xml.attribute(source.feed)}">{xml.text(source.title)}</source>'
