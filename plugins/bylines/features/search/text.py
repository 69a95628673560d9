"""The words of a text: what search reads of it."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"""<(/?)([a-zA-Z][\w-]*)(?:[^>"']|"[^"]*"|'[^']*')*>|<!--.*?-->""", re.S)
# What stands within a sentence, so that no gap is between its words and the words around it.
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var "
    "wbr".split()
)
# What is not read out as words: formulas have their letters one by one, and what draws is no text.
_UNREAD = re.compile(r"<(math|svg|template)\b.*?</\1>", re.S)


def words_of(content: str) -> str:
    """The words of safe HTML, as one line."""
    if "<math" in content or "<svg" in content or "<template" in content:
        content = _UNREAD.sub(" ", content)
    return " ".join(html.unescape(_TAG.sub(_gap, content)).split())


def _gap(tag: re.Match[str]) -> str:
    return "" if tag[2] and tag[2].lower() in _INLINE else " "
