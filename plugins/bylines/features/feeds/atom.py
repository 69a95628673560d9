"""A feed as Atom (RFC 4287), by feedgen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from bylines.engine.feature import Body
from bylines.features.feeds.inputs import FeedEntry, FeedInputs, FeedSource

if TYPE_CHECKING:
    from bylines.settings import Site

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class _Entry:
    """An entry as feedgen takes it into a feed.

    Its own entries can say neither their language nor the id and the date of their source, and take twice as long.
    """

    def __init__(self, entry: FeedEntry, content: str, lang: str) -> None:
        self._entry = entry
        self._content = content
        self._lang = lang

    def atom_entry(self) -> Any:
        """Its element."""
        entry = self._entry
        made = xml_elem("entry", **({_LANG: self._lang} if self._lang else {}))
        xml_elem("id", made).text = entry.id
        xml_elem("title", made).text = entry.title
        xml_elem("updated", made).text = entry.updated.isoformat()
        for author in entry.authors:
            person = xml_elem("author", made)
            xml_elem("name", person).text = author.name
            xml_elem("uri", person).text = author.url
        xml_elem("content", made, type="html").text = self._content
        xml_elem("link", made, href=entry.url, rel="alternate", type="text/html")
        if entry.summary:
            xml_elem("summary", made).text = entry.summary
        for slug, name in entry.topics:
            xml_elem("category", made, term=slug, label=name)
        xml_elem("published", made).text = entry.published.isoformat()
        if entry.source:
            _add_source(made, entry.source, entry.updated.isoformat())
        return made


def _add_source(entry: Any, source: FeedSource, updated: str) -> None:
    made = xml_elem("source", entry)
    xml_elem("id", made).text = source.id
    xml_elem("title", made).text = source.title
    xml_elem("updated", made).text = updated
    xml_elem("link", made, href=source.url, rel="alternate", type="text/html")
    xml_elem("link", made, href=source.feed, rel="self", type="application/atom+xml")


def render(site: Site, inputs: FeedInputs, bodies: Callable[[Body], str]) -> bytes:
    """The feed's bytes. Control characters are not in it: reading leaves them out."""
    feed = FeedGenerator()
    feed.id(inputs.id)
    feed.title(inputs.title)
    if inputs.subtitle:
        feed.subtitle(inputs.subtitle)
    feed.updated(inputs.updated)
    feed.language(inputs.lang)
    feed.generator("Bylines")
    feed.link(href=inputs.url, rel="alternate", type="text/html")
    feed.link(href=inputs.feed, rel="self", type="application/atom+xml")
    if not inputs.entries:
        feed.author(name=inputs.title)
    for entry in inputs.entries:
        lang = entry.lang if entry.lang != inputs.lang else ""
        feed.add_entry(_Entry(entry, bodies(entry.body), lang), order="append")
    made: bytes = feed.atom_str()
    return made
