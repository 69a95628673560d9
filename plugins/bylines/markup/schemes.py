"""Addresses that the policy lets no link lead to: the link goes, and its words stay."""

from __future__ import annotations

import functools
import html
import re

from bylines.markup.angles import ConstantMessages

# Places on the writer's own machine are said otherwise.
_ODD = re.compile(
    r"""<(?:a|img)\b[^<>]{0,2000}?\s(?:href|src)\s*=\s*["']?\s*(?!https?:|mailto:|tel:|file:|[a-z]:)([a-z][a-z0-9+.-]+:[^\s"'<>]*)""",
    re.I,
)
# `std::vector<std::string>`: an address in angle brackets, as CommonMark has it (6.5), but none that leads anywhere.
_IN_ANGLES = re.compile(r'<a href="(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]+:[^"<>]*">([^<>]*)</a>', re.I)
_ANGLES = re.compile(r"<([^<>\n]*)>")
_MAY_BE = re.compile(r"""=\s*["']?\s*(?!https?:|mailto:|tel:)[a-zA-Z][a-zA-Z0-9+.-]+:""")


def without_odd(made: str, source: str, said: list[ConstantMessages]) -> str:
    """Return what an engine made, with text in place of odd addresses in angle brackets. `said` takes all others."""
    if not _MAY_BE.search(made):
        return made
    stands = functools.cache(lambda: frozenset(_ANGLES.findall(source)))
    made = _IN_ANGLES.sub(
        lambda found: f"&lt;{found[1]}&gt;" if html.unescape(found[1]) in stands() else found[0], made
    )
    for written in _ODD.findall(made):
        address = html.unescape(written)
        said.append(ConstantMessages("scheme", address, address))
    return made
