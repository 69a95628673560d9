"""Extracts the words to search from the HTML of a text."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"""<(/?)([a-zA-Z][\w-]*)(?:[^>"']|"[^"]*"|'[^']*')*>|<!--.*?-->""", re.S)
# Elements within a sentence, which leave no gap between words.
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var "
    "wbr".split()
)
# Elements without words: formulas have single letters, and drawings no text.
_UNREAD = re.compile(r"<(math|svg|template)\b.*?</\1>", re.S)


def words_of(content: str) -> str:
    """Return the words of safe HTML, on one line."""
    if "<math" in content or "<svg" in content or "<template" in content:
        content = _UNREAD.sub(" ", content)
    return " ".join(html.unescape(_TAG.sub(_gap, content)).split())


def _gap(tag: re.Match[str]) -> str:
    """Return the gap that a tag or comment leaves between words: empty for inline elements, else a space."""
    return "" if tag[2] and tag[2].lower() in _INLINE else " "
