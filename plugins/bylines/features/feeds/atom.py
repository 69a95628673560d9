"""Writes a feed as Atom (RFC 4287). feedgen makes the head once, to be filled in for each feed; the entries are written as text.

feedgen's own entries cannot state their language, nor the id and the date of their source. Creating an element for each of
their facts would take more time than everything else about a feed.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator

from bylines.engine.feature import Body
from bylines.features.feeds import xml
from bylines.features.feeds.inputs import FeedEntry, FeedInputs, FeedSource

if TYPE_CHECKING:
    from bylines.settings import Site

_END = "</feed>"
_TYPE = "application/atom+xml"


def render(site: Site, inputs: FeedInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the feed's bytes. The inputs have no control characters: these are removed when sources are read."""
    start = xml.stylesheet(inputs.stylesheet).join(_head(bool(inputs.subtitle), bool(inputs.entries)))
    facts = {
        _ID: xml.text(inputs.id),
        _TITLE: xml.text(inputs.title),
        _SUBTITLE: xml.text(inputs.subtitle),
        _NOW.isoformat(): inputs.updated.isoformat(),
        _LANG: xml.attribute(inputs.lang),
        _PAGE: xml.attribute(inputs.url),
        _SELF: xml.attribute(inputs.feed),
    }
    head = _PLACES.sub(lambda place: facts[place[0]], start)
    entries = "".join(_entry(entry, bodies(entry.body), inputs.lang) for entry in inputs.entries)
    return f"{head}{xml.history(inputs, _TYPE)}{entries}{_END}".encode()


# Placeholders in the head that feedgen makes. Each feed's own facts replace them.
_ID, _TITLE, _SUBTITLE, _LANG = "bylines:id", "bylines:title", "bylines:subtitle", "bylines-lang"
_PAGE, _SELF = "https://bylines.example/", "https://bylines.example/self"
_NOW = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_PLACES = re.compile("|".join(map(re.escape, (_ID, _TITLE, _SUBTITLE, _NOW.isoformat(), _LANG, _SELF, _PAGE))))


@functools.cache
def _head(subtitle: bool, entries: bool) -> tuple[str, str]:
    """Return the XML declaration and the head of a feed, with or without a subtitle and entries."""
    feed = FeedGenerator()
    feed.id(_ID)
    feed.title(_TITLE)
    if subtitle:
        feed.subtitle(_SUBTITLE)
    feed.updated(_NOW)
    feed.language(_LANG)
    feed.generator("Bylines")
    feed.link(href=_PAGE, rel="alternate", type="text/html")
    feed.link(href=_SELF, rel="self", type=_TYPE)
    if not entries:
        feed.author(name=_TITLE)
    declaration, head = feed.atom_str().decode().removesuffix(_END).split("\n", 1)
    return f"{declaration}\n", head


def _entry(entry: FeedEntry, content: str, lang: str) -> str:
    language = f' xml:lang="{xml.attribute(entry.lang)}"' if entry.lang not in ("", lang) else ""
    updated = entry.updated.isoformat()
    authors = [f"<author>{xml.element('name', a.name)}{xml.element('uri', a.url)}</author>" for a in entry.authors]
    topics = [f'<category term="{xml.attribute(slug)}" label="{xml.attribute(name)}"/>' for slug, name in entry.topics]
    parts = (
        f"<entry{language}>",
        xml.element("id", entry.id),
        xml.element("title", entry.title),
        xml.element("updated", updated),
        *authors,
        f'<content type="html">{xml.html(content)}</content>',
        xml.link(entry.url, "alternate", "text/html"),
        xml.element("summary", entry.summary) if entry.summary else "",
        *topics,
        xml.element("published", entry.published.isoformat()),
        _source(entry.source, updated) if entry.source else "",
        "</entry>",
    )
    return "".join(parts)


def _source(source: FeedSource, updated: str) -> str:
    head = xml.element("id", source.id) + xml.element("title", source.title) + xml.element("updated", updated)
    links = xml.link(source.url, "alternate", "text/html") + xml.link(source.feed, "self", _TYPE)
    return f"<source>{head}{links}</source>"
