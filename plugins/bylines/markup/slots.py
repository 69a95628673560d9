"""Slots: the places in finished HTML that wait until it is known where they lead.

A text is made into HTML once, when it is read; where its links and mentions lead is known only after weaving, and differs
between a page and a feed. So each of them is a slot: a kind and what was written, between two characters that no text can
hold (the policy lets no control character pass). To fill them is all that is left to do for each page.
"""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Mapping

_MARK = "\x01"
_HREF, _SRC, _MENTION, _ANCHOR = "hs@#"
_MARKED = re.compile(r"[{|](?:static|filename|attach|author|category|tag|index)[}|]")


def href(address: str) -> str:
    """The slot of a link's attribute; `address` as it was written, not escaped."""
    return f"{_MARK}{_HREF}{address}{_MARK}"


def src(address: str) -> str:
    """The slot of a picture's or recording's attribute."""
    return f"{_MARK}{_SRC}{address}{_MARK}"


def mention(written: str) -> str:
    """The slot of a mention, `@Ada`."""
    return f"{_MARK}{_MENTION}{written}{_MARK}"


def anchor(name: str) -> str:
    """The slot of a heading's link to itself."""
    return f"{_MARK}{_ANCHOR}{name}{_MARK}"


def is_slot(text: str) -> bool:
    """Whether a text is a slot."""
    return text.startswith(_MARK)


def fill(content: str, links: Mapping[str, str], mentions: Mapping[str, str]) -> str:
    """The HTML for a page. `links` (as written → address) and `mentions` (handle → address) say where things lead."""
    return _filled(content, links, mentions, None)


def fill_absolute(content: str, links: Mapping[str, str], mentions: Mapping[str, str], page_url: str) -> str:
    """The HTML for a feed: every address absolute, from the page's own, and no anchors on headings."""
    return _filled(content, links, mentions, page_url)


def _filled(content: str, links: Mapping[str, str], mentions: Mapping[str, str], page_url: str | None) -> str:
    pieces = content.split(_MARK)
    for place in range(1, len(pieces), 2):
        kind, written = pieces[place][0], pieces[place][1:]
        if kind == _ANCHOR:
            pieces[place] = _anchor(written) if page_url is None else ""
        elif kind == _MENTION:
            pieces[place] = _mention(written, mentions)
        else:
            pieces[place] = _attribute(kind, _final(written, links, page_url))
    return "".join(pieces)


def _final(address: str, links: Mapping[str, str], page_url: str | None) -> str:
    """Where a link leads; '' for one of Pelican's that leads nowhere."""
    written = urllib.parse.unquote(address)
    found = links.get(written, "" if _MARKED.match(written) else address)
    return urllib.parse.urljoin(page_url, found) if page_url and found else found


def _attribute(kind: str, address: str) -> str:
    if kind == _SRC:
        return f' src="{_escaped(address)}"'
    return f' href="{_escaped(address)}"' if address else ""


def _anchor(name: str) -> str:
    return f'<a class="anchor" href="#{name}" aria-label="Link to this section"></a>'


def _mention(written: str, mentions: Mapping[str, str]) -> str:
    address = mentions.get(written[1:].lower())
    return f'<a class="mention" href="{_escaped(address)}">{written}</a>' if address else written


def _escaped(address: str) -> str:
    return html.escape(address.replace(" ", "%20"))
