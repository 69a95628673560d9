"""Lists the keys that are known before a header is parsed: those of all our kinds, and some of other programs.

`meant` mends a line according to its key. A test compares these sets with the markers of our kinds.
"""

from __future__ import annotations

import functools
import re

TEXTS = frozenset(
    "title summary image_alt name sort_name reading role team location pronouns bio description disclaimer "
    "excerpt subtitle".split()
)
"""Keys whose value is a text, so that YAML's special characters in it are literal."""
TOPICS = frozenset("topics synonyms parents tags tag categories category keywords".split())
HANDLES = frozenset("authors author members hosts follows".split())
LISTS = TOPICS | HANDLES | frozenset("aliases languages feeds emails".split())
"""Keys whose value is a list of texts."""
_OTHERS = frozenset(
    "date modified expires opens closes joined left lang translation_of slug status image id jam in_reply_to photo links "
    "draft published updated lastmod".split()
)
KNOWN = TEXTS | LISTS | _OTHERS
_WORD_ENDS = re.compile(r"(?<=[a-z])(?=[A-Z])|[ .-]")


@functools.lru_cache(maxsize=1_000)
def spelled(key: str) -> str:
    """Return a key in our spelling: small letters with underscores ('Image Alt', 'imageAlt' and 'image-alt' become image_alt)."""
    return _WORD_ENDS.sub("_", key).lower()


def known_key(key: str) -> str:
    """Return the key in our spelling if any kind of file has it; else an empty text."""
    found = spelled(key)
    return found if found in KNOWN else ""
