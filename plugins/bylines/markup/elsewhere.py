"""Pictures and recordings of other hosts: nothing is loaded from there, so a link with their words stands in their place."""

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


def is_elsewhere(address: str) -> bool:
    """Whether an address, as HTML has it, leads to another host."""
    return slots.plain(html.unescape(address)).lower().startswith(("http:", "https:", "//"))


def mark(address: str, alt: str, caption: str) -> str:
    """Marks the place of a picture or recording, until it is known whether it stands in a link; all as HTML has it."""
    return f"{_MARK}{address}{_BETWEEN}{alt}{_BETWEEN}{caption}{_MARK}"


def put(content: str) -> str:
    """A text with links in the places that were marked; within a link, words alone."""
    within = 0

    def shown(match: re.Match[str]) -> str:
        nonlocal within
        if match["address"] is None:
            within = 1 if match["link"] else 0
            return match[0]
        found = _words(match["address"], match["alt"], within=bool(within))
        caption = match["caption"]
        if match["alone"] and caption:
            return f"<figure>{found}<figcaption>{caption}</figcaption></figure>"
        return f"<p>{found}</p>" if match["alone"] else found

    return _PLACES.sub(shown, content)


def _words(address: str, alt: str, *, within: bool) -> str:
    try:
        parts = urllib.parse.urlsplit(html.unescape(address))
        host = html.escape(parts.hostname or "")
        name = html.escape(posixpath.basename(parts.path))
    except ValueError:  # no address at all, to which nothing can lead
        host, name = "", address
        within = True
    words = alt or name or host
    if within:
        return f'<span class="elsewhere">{words}</span>'
    href = slots.valid(html.unescape(address)) if slots.is_odd(address) else address
    return f'<a class="elsewhere" href="{href}">{words} <span class="quiet">{host}</span></a>'
