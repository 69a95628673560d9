"""XML as text, escaped as lxml does it."""

from __future__ import annotations

HISTORY = "http://purl.org/syndication/history/1.0"
"""The namespace of RFC 5005."""


def element(name: str, content: str) -> str:
    """An element that holds a text."""
    return f"<{name}>{text(content)}</{name}>"


def text(content: str) -> str:
    """A text as an element holds it."""
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def attribute(content: str) -> str:
    """A text as an attribute holds it: a parser would make spaces of the white space in it (XML 1.0, 3.3.3)."""
    return text(content).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def stylesheet(address: str) -> str:
    """What tells a browser how to show a feed that somebody opens."""
    return f'<?xml-stylesheet type="text/css" href="{attribute(address)}"?>\n'


def complete(*, whole: bool) -> str:
    """Says of a feed that holds every entry there is that nobody need look for more (RFC 5005, 2)."""
    return f'<fh:complete xmlns:fh="{HISTORY}"/>' if whole else ""
