"""XML as text, escaped as lxml does it."""

from __future__ import annotations

import functools

from bylines.features.feeds.inputs import FeedInputs

HISTORY = "http://purl.org/syndication/history/1.0"
"""The namespace of RFC 5005."""


def element(name: str, content: str) -> str:
    """An element that holds a text."""
    return f"<{name}>{text(content)}</{name}>"


def text(content: str) -> str:
    """A text as an element holds it."""
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


@functools.lru_cache(maxsize=200)
def html(content: str) -> str:
    """HTML as an element holds it: several feeds show the same."""
    return text(content)


def attribute(content: str) -> str:
    """A text as an attribute holds it: a parser would make spaces of the white space in it (XML 1.0, 3.3.3)."""
    return text(content).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def stylesheet(address: str) -> str:
    """What tells a browser how to show a feed that somebody opens."""
    return f'<?xml-stylesheet type="text/css" href="{attribute(address)}"?>\n'


def link(address: str, rel: str, kind: str, name: str = "link") -> str:
    """A link of Atom's."""
    return f'<{name} href="{attribute(address)}" rel="{rel}" type="{kind}"/>'


def history(inputs: FeedInputs, kind: str, name: str = "link") -> str:
    """Where a feed stands among the documents of its list (RFC 5005); a whole one says that nobody need look for more.

    `name` is that of a link of Atom's in the format, `kind` the format's media type.
    """
    parts = [
        link(inputs.current, "current", kind, name) if inputs.current else "",
        link(inputs.previous, "prev-archive", kind, name) if inputs.previous else "",
        f'<fh:archive xmlns:fh="{HISTORY}"/>' if inputs.current else "",
        f'<fh:complete xmlns:fh="{HISTORY}"/>' if inputs.whole else "",
    ]
    return "".join(parts)
