"""Writes the files of the sitemap (sitemaps.org, 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bylines.engine.feature import Body
from bylines.features.sitemap.pages import IndexInputs, PartInputs, RobotsInputs

if TYPE_CHECKING:
    from bylines.settings import Site

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def part(site: Site, inputs: PartInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the bytes of a part."""
    lines = (_url(address, day) for address, day in inputs.urls)
    return f"{_HEAD}<urlset {_NAMESPACE}>\n{''.join(lines)}</urlset>\n".encode()


def _url(address: str, day: str) -> str:
    modified = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape(address)}</loc>{modified}</url>\n"


def index(site: Site, inputs: IndexInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the bytes of the index. It has no dates, since these would change it with each of the parts."""
    lines = (f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in inputs.parts)
    return f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{''.join(lines)}</sitemapindex>\n".encode()


def robots(site: Site, inputs: RobotsInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the bytes of robots.txt, which allows everything."""
    where = f"\nSitemap: {inputs.sitemap}\n" if inputs.sitemap else ""
    return f"User-agent: *\nDisallow:\n{where}".encode()
