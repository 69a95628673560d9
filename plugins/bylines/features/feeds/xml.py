"""Writes XML as text, escaped as lxml escapes it."""

from __future__ import annotations

import functools

from bylines.features.feeds.inputs import FeedInputs

HISTORY = "http://purl.org/syndication/history/1.0"
"""The namespace of RFC 5005."""


def element(name: str, content: str) -> str:
    """Return an element that contains a text, which is escaped."""
    return f"<{name}>{text(content)}</{name}>"


def text(content: str) -> str:
    """Return a text escaped for the content of an element."""
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


@functools.lru_cache(maxsize=200)
def html(content: str) -> str:
    """Return HTML escaped for the content of an element. The result is cached, since several feeds show the same post."""
    return text(content)


def attribute(content: str) -> str:
    """Return a text escaped for an attribute. White space is escaped too: a parser would replace it with spaces (XML 1.0, 3.3.3)."""
    return text(content).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def stylesheet(address: str) -> str:
    """Return the instruction that names the style sheet for browsers."""
    return f'<?xml-stylesheet type="text/css" href="{attribute(address)}"?>\n'


def link(address: str, rel: str, kind: str, name: str = "link") -> str:
    """Return an Atom link."""
    return f'<{name} href="{attribute(address)}" rel="{rel}" type="{kind}"/>'


def history(inputs: FeedInputs, kind: str, name: str = "link") -> str:
    """Return the elements that link a feed to the other documents of its list, or state that it is complete (RFC 5005).

    `name` is the name of Atom's link element in the format, `kind` the format's media type.
    """
    parts = [
        link(inputs.current, "current", kind, name) if inputs.current else "",
        link(inputs.previous, "prev-archive", kind, name) if inputs.previous else "",
        f'<fh:archive xmlns:fh="{HISTORY}"/>' if inputs.current else "",
        f'<fh:complete xmlns:fh="{HISTORY}"/>' if inputs.whole else "",
    ]
    return "".join(parts)
