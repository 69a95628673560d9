"""Writes a list of blogs as OPML 2.0, which feed readers can import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bylines.engine.feature import Body
from bylines.features.exports.inputs import OpmlInputs

if TYPE_CHECKING:
    from bylines.settings import Site

_QUOTE = {'"': "&quot;"}


def render(site: Site, inputs: OpmlInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the list's bytes. Each outline has the type 'rss', whatever the feed's format (OPML 2.0, subscription lists)."""
    head = f'<opml version="2.0">\n  <head>\n    <title>{escape(inputs.title)}</title>\n  </head>\n  <body>\n'
    titles, urls = (_attributes(texts) for texts in zip(*inputs.blogs, strict=True)) if inputs.blogs else ((), ())
    lines = "".join(_line(title, url) for title, url in zip(titles, urls, strict=True))
    return f"<?xml version='1.0' encoding='utf-8'?>\n{head}{lines}  </body>\n</opml>\n".encode()


def _attributes(texts: Sequence[str]) -> list[str]:
    """Return the texts escaped for attributes. Each has one line; they are escaped in one go, since a list may have 100,000."""
    return escape("\n".join(texts), _QUOTE).split("\n")


def _line(title: str, url: str) -> str:
    return f'    <outline text="{title}" title="{title}" type="rss" xmlUrl="{url}feed.atom" htmlUrl="{url}" />\n'
