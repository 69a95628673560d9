"""A feed as Atom (RFC 4287): its head by feedgen, its entries as text.

feedgen's own entries can say neither their language nor the id and the date of their source; and to make an element of each
of their facts takes more time than all else about a feed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator

from bylines.engine.feature import Body
from bylines.features.feeds import xml
from bylines.features.feeds.inputs import FeedEntry, FeedInputs, FeedSource

if TYPE_CHECKING:
    from bylines.settings import Site

_END = b"</feed>"
_TYPE = "application/atom+xml"


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
    feed.link(href=inputs.feed, rel="self", type=_TYPE)
    if not inputs.entries:
        feed.author(name=inputs.title)
    declaration, head = feed.atom_str().removesuffix(_END).split(b"\n", 1)
    entries = "".join(_entry(entry, bodies(entry.body), inputs.lang) for entry in inputs.entries)
    before = b"\n".join([declaration, xml.stylesheet(inputs.stylesheet).encode() + head])
    return before + (xml.history(inputs, _TYPE) + entries).encode() + _END


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
        f'<content type="html">{xml.text(content)}</content>',
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
