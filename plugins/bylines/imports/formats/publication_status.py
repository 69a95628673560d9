"""Tells whether a text was published, by the keys that any program uses for it. In doubt it was not."""

from __future__ import annotations

import difflib
import re

from bylines.imports.formats.front_matter import FrontMatter

_NOT_YET = (
    "draft is_draft isdraft wip private unlisted hidden protected encrypted encrypt members_only unpublished ignore"
)
_PUBLIC = "published publish public visible listed"
_SECRET = ("password", "passphrase", "pwd")
_SAYS = ("status", "visibility", "access", "post_status", "publish_status")
_MAY_SAY = (*_SAYS, "state", "stage", "published", "publish", "type", "kind", "workflow")
_IS_PUBLIC = frozenset(
    "published publish public live posted final done publish-now everyone all yes true scheduled".split()
)
_IS_NOT = frozenset(
    "draft drafts wip private pending unpublished unlisted hidden secret internal members paid password protected trash "
    "deleted archived review in-review todo idea not-published unfinished embargoed".split()
)
_WORDS = ("title", "linktitle", "subtitle", "summary", "description", "slug", "url", "permalink", "category", "categories",
          "tags", "tag", "topics", "series", "author", "authors", "layout", "type", "date", "lastmod", "modified")  # fmt: skip
_NO = ("false", "no", "off", "0", "never")
_YES = ("true", "yes", "on", "1", "")
_LIKE_IT = {
    "draft": _NOT_YET,
    "drafts": _NOT_YET,
    "private": _NOT_YET,
    "unlisted": _NOT_YET,
    "published": _PUBLIC,
    "public": _PUBLIC,
}
_LONGEST_KEY = 20
_MOST_KEYS = 200


def why_not_public(found: FrontMatter) -> str:
    """Why a text was not public, as a message; empty if nothing says so."""
    if len(found.values) > _MOST_KEYS:
        return f"it has more than {_MOST_KEYS} keys above its text"
    for key, value in found.values.items():
        if key in _SECRET and value not in ("", None, [], {}):
            return "it was behind a password"
        if isinstance(value, dict | list):
            continue
        said = re.sub(r"[\s_]+", "-", str("" if value is None else value)[:200].strip().lower())
        if _is_not_public(key, said):
            return f"it had `{key}: {said[:40]}`".replace(": `", ":`")
    return ""


def _is_not_public(key: str, said: str) -> bool:
    """Return whether a key and its value (in lower case, with hyphens) say that a text was not public, or may mean that."""
    if key in _NOT_YET.split():
        return said not in _NO
    if key in _MAY_SAY and said in _IS_NOT:
        return True
    if key in _PUBLIC.split():
        return said in _NO
    if key in _SAYS:
        return said != "" and said not in _IS_PUBLIC
    if key in _WORDS:
        return False
    if said in ("draft", "private", "unpublished"):
        return True
    like = difflib.get_close_matches(key[:_LONGEST_KEY], _LIKE_IT, 1, 0.8) if said in (*_YES, *_NO) else []
    return bool(like) and said in (_YES if _LIKE_IT[like[0]] is _NOT_YET else _NO)
