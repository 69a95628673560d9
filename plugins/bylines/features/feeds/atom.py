"""A feed as Atom (RFC 4287), by feedgen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from feedgen.entry import FeedEntry as Element
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from bylines.engine.feature import Body
from bylines.features.feeds.inputs import FeedAuthor, FeedEntry, FeedInputs, FeedSource

if TYPE_CHECKING:
    from bylines.settings import Site

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class _Beyond(BaseEntryExtension):  # type: ignore[misc]
    """What feedgen's entries cannot say: their language, and a source with id and date."""

    def __init__(self) -> None:
        self.lang = ""
        self.source: FeedSource | None = None
        self.updated = ""

    def extend_atom(self, entry: Any) -> Any:
        """Adds to an entry's element."""
        if self.lang:
            entry.set(_LANG, self.lang)
        if self.source:
            source = xml_elem("source", entry)
            xml_elem("id", source).text = self.source.id
            xml_elem("title", source).text = self.source.title
            xml_elem("updated", source).text = self.updated
            xml_elem("link", source, href=self.source.url, rel="alternate", type="text/html")
            xml_elem("link", source, href=self.source.feed, rel="self", type="application/atom+xml")
        return entry


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
        feed.add_entry(_element(entry, bodies, inputs.lang), order="append")
    made: bytes = feed.atom_str()
    return made


def _element(entry: FeedEntry, bodies: Callable[[Body], str], feed_lang: str) -> Element:
    found = Element()
    found.id(entry.id)
    found.title(entry.title)
    found.link(href=entry.url, rel="alternate", type="text/html")
    found.published(entry.published)
    found.updated(entry.updated)
    found.author([_person(author) for author in entry.authors])
    if entry.topics:
        found.category([{"term": slug, "label": name} for slug, name in entry.topics])
    if entry.summary:
        found.summary(entry.summary)
    found.content(bodies(entry.body), type="html")
    found.register_extension("beyond", _Beyond, atom=True, rss=False)
    found.beyond.lang = entry.lang if entry.lang != feed_lang else ""
    found.beyond.source = entry.source
    found.beyond.updated = entry.updated.isoformat()
    return found


def _person(author: FeedAuthor) -> dict[str, str]:
    return {"name": author.name, "uri": author.url}
