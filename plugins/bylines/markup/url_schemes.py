"""Finds addresses with schemes that the policy does not allow. It removes the link and keeps the words, so writers are told."""

from __future__ import annotations

import functools
import html
import re

from bylines.markup.raw_html import HtmlFinding

# Places on the writer's own machine have a message of their own.
_ODD = re.compile(
    r"""<(?:a|img)\b[^<>]{0,2000}?\s(?:href|src)\s*=\s*["']?\s*(?!https?:|mailto:|tel:|file:|[a-z]:)([a-z][a-z0-9+.-]+:[^\s"'<>]*)""",
    re.I,
)
# `std::vector<std::string>`: CommonMark (6.5) takes this for an address in angle brackets.
_IN_ANGLES = re.compile(r'<a href="(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]+:[^"<>]*">([^<>]*)</a>', re.I)
_ANGLES = re.compile(r"<([^<>\n]*)>")
_MAY_BE = re.compile(r"""=\s*["']?\s*(?!https?:|mailto:|tel:)[a-zA-Z][a-zA-Z0-9+.-]+:""")


def check_schemes(made: str, source: str, findings: list[HtmlFinding]) -> str:
    """Return an engine's HTML with odd addresses in angle brackets as text again. Append findings about all others to `findings`."""
    if not _MAY_BE.search(made):
        return made
    stands = functools.cache(lambda: frozenset(_ANGLES.findall(source)))
    made = _IN_ANGLES.sub(
        lambda found: f"&lt;{found[1]}&gt;" if html.unescape(found[1]) in stands() else found[0], made
    )
    for written in _ODD.findall(made):
        address = html.unescape(written)
        findings.append(HtmlFinding("scheme", address, address))
    return made
