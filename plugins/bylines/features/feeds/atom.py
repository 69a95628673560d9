"""A feed as Atom (RFC 4287): its head by feedgen, its entries as text.

feedgen's own entries can say neither their language nor the id and the date of their source; and to make an element of each
of their facts takes more time than all else about a feed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator

from bylines.engine.feature import Body
from bylines.features.feeds.inputs import FeedEntry, FeedInputs, FeedSource

if TYPE_CHECKING:
    from bylines.settings import Site

_END = b"</feed>"


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
    head: bytes = feed.atom_str()
    entries = "".join(_entry(entry, bodies(entry.body), inputs.lang) for entry in inputs.entries)
    return head.removesuffix(_END) + entries.encode() + _END


def _entry(entry: FeedEntry, content: str, lang: str) -> str:
    language = f' xml:lang="{_attribute(entry.lang)}"' if entry.lang not in ("", lang) else ""
    updated = entry.updated.isoformat()
    authors = [f"<author>{_element('name', a.name)}{_element('uri', a.url)}</author>" for a in entry.authors]
    topics = [f'<category term="{_attribute(slug)}" label="{_attribute(name)}"/>' for slug, name in entry.topics]
    parts = (
        f"<entry{language}>",
        _element("id", entry.id),
        _element("title", entry.title),
        _element("updated", updated),
        *authors,
        f'<content type="html">{_text(content)}</content>',
        _link(entry.url, "alternate", "text/html"),
        _element("summary", entry.summary) if entry.summary else "",
        *topics,
        _element("published", entry.published.isoformat()),
        _source(entry.source, updated) if entry.source else "",
        "</entry>",
    )
    return "".join(parts)


def _source(source: FeedSource, updated: str) -> str:
    head = _element("id", source.id) + _element("title", source.title) + _element("updated", updated)
    links = _link(source.url, "alternate", "text/html") + _link(source.feed, "self", "application/atom+xml")
    return f"<source>{head}{links}</source>"


def _link(address: str, rel: str, kind: str) -> str:
    return f'<link href="{_attribute(address)}" rel="{rel}" type="{kind}"/>'


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _attribute(text: str) -> str:
    """A parser would make spaces of the white space in an attribute (XML 1.0, 3.3.3)."""
    return _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
