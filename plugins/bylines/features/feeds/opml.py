"""The list of all blogs as OPML 2.0, which feed readers take in whole."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import TYPE_CHECKING

from bylines.engine.feature import Body
from bylines.features.feeds.inputs import OpmlInputs

if TYPE_CHECKING:
    from bylines.settings import Site


def render(site: Site, inputs: OpmlInputs, bodies: Callable[[Body], str]) -> bytes:
    """The list's bytes. A leaf has the type 'rss' whatever the feed's format (OPML 2.0, subscription lists)."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = inputs.title
    body = ET.SubElement(root, "body")
    for blog in inputs.blogs:
        ET.SubElement(
            body, "outline", text=blog.title, title=blog.title, type="rss", xmlUrl=blog.feed, htmlUrl=blog.url
        )
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"
