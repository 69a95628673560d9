"""The keys of all headers and YAML files: what kind of value each has, and what other programs call it."""

from __future__ import annotations

import functools
import re

TEXTS = frozenset(
    "title summary image_alt name sort_name reading role team location pronouns bio description disclaimer "
    "excerpt subtitle".split()
)
"""Keys whose value is a text, in which signs mean nothing."""
TOPICS = frozenset("topics synonyms parents tags tag categories category keywords".split())
HANDLES = frozenset("authors author members hosts follows".split())
LISTS = TOPICS | HANDLES | frozenset("aliases languages feeds emails".split())
"""Keys whose value is a list of texts."""
_OTHERS = frozenset(
    "date modified expires opens closes joined left lang translation_of slug status image id jam in_reply_to photo links "
    "draft published updated lastmod".split()
)
KNOWN = TEXTS | LISTS | _OTHERS
# What other programs call our keys.
ELSEWHERE = {
    **dict.fromkeys(("tag", "tags", "category", "categories", "keywords"), "topics"),
    **dict.fromkeys(("description", "excerpt", "subtitle"), "summary"),
    **dict.fromkeys(("cover", "thumbnail", "photo", "picture"), "image"),
    **dict.fromkeys(("updated", "lastmod", "last_modified_at"), "modified"),
    **dict.fromkeys(("draft", "private", "unlisted", "hidden", "public", "publish", "visibility", "state"), "status"),
    **dict.fromkeys(("publishdate", "pubdate", "publish_date", "pub_date", "published_at", "publish_at"), "date"),
    **dict.fromkeys(("expirydate", "expiry_date", "expiry", "unpublish_date"), "expires"),
    **{"author": "authors", "published": "date", "language": "lang", "permalink": "slug"},
}
_WORD_ENDS = re.compile(r"(?<=[a-z])(?=[A-Z])|[ .-]")


@functools.lru_cache(maxsize=1_000)
def spelled(key: str) -> str:
    """A key in the spelling of ours: small letters, with underscores ('Image Alt', 'imageAlt' and 'image-alt' are image_alt)."""
    return _WORD_ENDS.sub("_", key).lower()


def known_key(key: str) -> str:
    """The key that is meant, if any kind of file knows it; '' for others."""
    found = spelled(key)
    return found if found in KNOWN else ""
