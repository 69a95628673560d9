"""A list of blogs as OPML 2.0, which feed readers take in whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from bylines.engine.feature import Body
from bylines.features.exports.inputs import OpmlInputs

if TYPE_CHECKING:
    from bylines.settings import Site

_QUOTE = {'"': "&quot;"}


def render(site: Site, inputs: OpmlInputs, bodies: Callable[[Body], str]) -> bytes:
    """The list's bytes. A leaf has the type 'rss' whatever the feed's format (OPML 2.0, subscription lists)."""
    head = f'<opml version="2.0">\n  <head>\n    <title>{escape(inputs.title)}</title>\n  </head>\n  <body>\n'
    lines = "".join(_line(quoteattr(title), escape(url, _QUOTE)) for title, url in inputs.blogs)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{head}{lines}  </body>\n</opml>\n".encode()


def _line(title: str, url: str) -> str:
    return f'    <outline text={title} title={title} type="rss" xmlUrl="{url}feed.atom" htmlUrl="{url}" />\n'
