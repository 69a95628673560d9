"""Replaces pictures and recordings of other hosts by links, so that pages load nothing from there."""

from __future__ import annotations

import html
import posixpath
import re
import urllib.parse

from bylines.markup import slots

_MARK, _BETWEEN = "\x03", "\x02"
_PLACES = re.compile(
    r"(?P<link><a\b[^>]*>)|(?P<end></a>)"
    r"|(?P<alone><p>)?\x03(?P<address>[^\x02]*)\x02(?P<alt>[^\x02]*)\x02(?P<caption>[^\x03]*)\x03(?(alone)</p>)"
)


def is_external(address: str) -> bool:
    """Return whether an address, escaped as in HTML, leads to another host."""
    return slots.plain(html.unescape(address)).lower().startswith(("http:", "https:", "//"))


def mark(address: str, alt: str, caption: str) -> str:
    """Return a mark for a picture or recording, until it is known whether it stands within a link. All arguments are HTML-escaped."""
    return f"{_MARK}{address}{_BETWEEN}{alt}{_BETWEEN}{caption}{_MARK}"


def fill_marks(content: str) -> str:
    """Return the HTML with a link in the place of each mark; within another link, only the words."""
    within = 0

    def replacement(match: re.Match[str]) -> str:
        nonlocal within
        if match["address"] is None:
            within = 1 if match["link"] else 0
            return match[0]
        found = _link(match["address"], match["alt"], within=bool(within))
        caption = match["caption"]
        if match["alone"] and caption:
            return f"<figure>{found}<figcaption>{caption}</figcaption></figure>"
        return f"<p>{found}</p>" if match["alone"] else found

    return _PLACES.sub(replacement, content)


def _link(address: str, alt: str, *, within: bool) -> str:
    try:
        parts = urllib.parse.urlsplit(html.unescape(address))
        host = html.escape(parts.hostname or "")
        name = html.escape(posixpath.basename(parts.path))
    except ValueError:  # not a valid address, so it cannot be linked
        host, name = "", address
        within = True
    words = alt or name or host
    if within:
        return f'<span class="elsewhere">{words}</span>'
    href = slots.valid(html.unescape(address)) if slots.is_odd(address) else address
    return f'<a class="elsewhere" href="{href}">{words} <span class="quiet">{host}</span></a>'
