"""Finds the authors of a WordPress post: its single author, or those that a plugin for co-authors adds.

Co-Authors Plus, PublishPress Authors and Bylines store authors as terms (`<category domain="author">`) and guests as items
of their own. Molongui Authorship stores them as meta (`_molongui_author`: `user-1`, `guest-7`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bylines.imports import safe_xml

_WP = "{*}"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_DOMAINS = frozenset(
    ("author", "authors", "byline", "bylines", "coauthor", "coauthors", "co-author", "guest-author", "ppma_author")
)
GUESTS = frozenset(("guest-author", "guest_author", "molongui_guestauthor", "guest_authors", "ppma_boxes_author"))
"""The post types of items that are guest authors."""
_NAME_KEYS = ("cap-display_name", "_molongui_guest_author_display_name", "display_name")
_LOGIN_KEYS = ("cap-user_login", "cap-linked_account", "user_login")


class People:
    """The people of an export, by login, id and slug."""

    def __init__(self) -> None:
        self._by_login: dict[str, str] = {}
        self._by_id: dict[str, str] = {}
        self._guests_by_id: dict[str, str] = {}
        self._slugs: dict[str, str] = {}

    def read(self, channel: Any) -> None:
        """Adds the people of one file: users, guests, and terms that are authors."""
        for each in channel.findall(f"{_WP}author"):
            login = _text(each, "author_login")
            name = _text(each, "author_display_name") or login
            self._by_login[login.lower()] = name
            self._by_id[_text(each, "author_id")] = name
        for term in channel.findall(f"{_WP}term"):
            if _text(term, "term_taxonomy") in _DOMAINS:
                self._slugs.setdefault(_slug(_text(term, "term_slug")), _text(term, "term_name"))
        for item in channel.findall("item"):
            if _text(item, "post_type") in GUESTS:
                self._read_guest(item)

    def _read_guest(self, item: Any) -> None:
        meta = dict(metas(item))
        name = next((meta[key] for key in _NAME_KEYS if meta.get(key)), "") or safe_xml.text(item, "title")
        self._guests_by_id[_text(item, "post_id")] = name
        for known in (*(meta.get(key, "") for key in _LOGIN_KEYS), _slug(_text(item, "post_name"))):
            if known:
                self._by_login.setdefault(known.lower(), name)

    @property
    def logins(self) -> tuple[tuple[str, str], ...]:
        """Pairs of (login, display name), where the two differ."""
        return tuple((login, name) for login, name in self._by_login.items() if login != name)

    def of(self, item: Any) -> tuple[str, ...]:
        """Return the names of a post's authors, in the order of the export; each once."""
        found = [*self._in_terms(item), *self._in_meta(item)]
        if not found:
            login = safe_xml.text(item, _CREATOR)
            found = [self._by_login.get(login.lower(), login)]
        return tuple(dict.fromkeys(filter(None, found)))

    def _in_terms(self, item: Any) -> Iterable[str]:
        for each in item.findall("category"):
            if each.get("domain") in _DOMAINS:
                written, slug = str(each.text or "").strip(), _slug(each.get("nicename", ""))
                known = (self._by_login.get(key.lower()) for key in (written, slug) if key)
                yield next(filter(None, known), "") or written or self._slugs.get(slug, slug)

    def _in_meta(self, item: Any) -> Iterable[str]:
        for key, value in metas(item):
            if key == "_molongui_author":
                kind, _, number = value.partition("-")
                yield (self._guests_by_id if kind == "guest" else self._by_id).get(number, "")
            elif key in ("guest-author", "guest_author", "guest_author_name", "_guest_author_name"):
                yield value


def metas(item: Any) -> list[tuple[str, str]]:
    """Return the (key, value) pairs of an item's meta. A key may occur several times."""
    return [(_text(each, "meta_key"), _text(each, "meta_value")) for each in item.findall(f"{_WP}postmeta")]


def is_author(domain: str) -> bool:
    """Return whether a category's domain marks it as an author."""
    return domain in _DOMAINS


def _slug(text: str) -> str:
    return text.removeprefix("cap-")


def _text(element: Any, name: str) -> str:
    return safe_xml.text(element, _WP + name)
