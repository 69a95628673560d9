"""Reads Ghost's JSON file from Settings → Export (0.x to 6.x). A zip or folder may also hold `content/images`.

https://ghost.org/docs/migration/ghost/, `ghost/core/core/server/data/exporter`
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections import defaultdict
from typing import Any

from bylines.imports import moments, safe_json
from bylines.imports.export import Export, check_count
from bylines.imports.formats.lexical import html_of
from bylines.imports.markdown import plain_text
from bylines.imports.model import PAGE, POST, Entry, OldBlog
from bylines.problems import ExportError

_URL = "__GHOST_URL__"
_GATED = re.compile(
    r"<!--kg-gated-block:begin([^>]{0,300})-->((?:(?!<!--kg-gated-block:).)*)<!--kg-gated-block:end-->", re.S
)
_LONGEST_PATTERN = 300
_LARGEST_ROUTES = 100_000


def read(export: Export) -> OldBlog:
    """Reads all posts and pages from the first Ghost file of the export. Raises ExportError."""
    for name in export.names:
        if name.lower().endswith(".json") and (data := _data(export, name)):
            try:
                return _Tables(data, _routes(export)).blog()
            except (TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
                raise ExportError(f"{name} is not as Ghost writes it ({error}); export it again") from error
    raise ExportError(f"{export.name} holds no export of Ghost (a JSON file with db and data)")


def _data(export: Export, name: str) -> dict[str, Any]:
    whole = safe_json.parse(export.text(name), name)
    root = whole.get("db", [whole]) if isinstance(whole, dict) else []
    root = root if isinstance(root, list) else []
    data = root[0].get("data") if root and isinstance(root[0], dict) else None
    return data if isinstance(data, dict) and isinstance(data.get("posts"), list) else {}


def _routes(export: Export) -> str:
    """Return the permalink of posts in `routes.yaml`; empty if the export has no such file, or it has none or several."""
    from bylines.imports.formats import front_matter

    names = [name for name in export.names if name.endswith("routes.yaml") and export.sizes[name] < _LARGEST_ROUTES]
    collections = (
        front_matter.settings(export.text(names[0]), "routes.yaml").values.get("collections") if names else None
    )
    found = [
        str(each.get("permalink") or "")
        for each in (collections.values() if isinstance(collections, dict) else ())
        if isinstance(each, dict)
    ]
    return found[0] if len(found) == 1 else ""


class _Tables:
    """The database tables of an export, indexed for joins."""

    def __init__(self, data: dict[str, Any], routes: str) -> None:
        self._data, self.routes = data, routes
        self._tags = {each.get("id"): each for each in self._rows("tags")}
        self._users = {each.get("id"): str(each.get("name") or "") for each in self._rows("users")}
        self._meta = {each.get("post_id"): each for each in self._rows("posts_meta")}
        self._tags_of = self._joined("posts_tags", "tag_id")
        self._authors_of = self._joined("posts_authors", "author_id")
        self._settings = {each.get("key"): each.get("value") for each in self._rows("settings")}

    def _rows(self, table: str) -> list[dict[str, Any]]:
        return [each for each in self._data.get(table) or () if isinstance(each, dict)]

    def _joined(self, table: str, key: str) -> dict[Any, list[Any]]:
        found: dict[Any, list[Any]] = defaultdict(list)
        for row in sorted(self._rows(table), key=lambda each: each.get("sort_order") or 0):
            found[row.get("post_id")].append(row.get(key))
        return found

    def blog(self) -> OldBlog:
        """Builds the blog from all rows of `posts`."""
        names = {
            "members": "member",
            "newsletters": "newsletter",
            "products": "price",
            "snippets": "snippet",
            "comments": "comment",
            "offers": "offer",
        }
        lost = [f"{len(rows)} × {word} not taken" for table, word in names.items() if (rows := self._rows(table))]
        return OldBlog(
            program="Ghost",
            entries=tuple(map(self._entry, check_count(self._rows("posts"), "the export"))),
            base=str(self._settings.get("url") or "").rstrip("/"),
            losses=tuple(lost),
        )

    def _entry(self, post: dict[str, Any]) -> Entry:
        losses: list[str] = []
        body, form = _body(post, losses)
        body = _GATED.sub(lambda found: _gated(found, losses), body)
        meta = self._meta.get(post.get("id"), {})
        slug = str(post.get("slug") or "")
        tags = [self._tags.get(each, {}) for each in self._tags_of.get(post.get("id"), ())] or _embedded(
            post.get("tags")
        )
        visible = post.get("visibility") in (None, "", "public")
        if not visible:
            losses.append(f"it was for {post.get('visibility')} alone: it is a draft")
        status = str(post.get("status") or "draft")
        losses += _without_place({**post, **{key: value for key, value in meta.items() if value}})
        if meta.get("email_only") in (1, True, "1") or post.get("email_only") in (1, True, "1"):
            losses.append("it was sent by mail alone: it is a draft")
            status = "draft"
        if status not in ("published", "scheduled", "draft", "sent"):
            losses.append(f"it was {status}: it is a draft")
        if status == "sent":
            losses.append("it was sent by mail alone: it is a draft")
        return Entry(
            key=str(post.get("uuid") or post.get("id")),
            title=str(post.get("title") or ""),
            body=body,
            form="md" if form == "md" else "html",
            kind=PAGE if post.get("type") == "page" or post.get("page") in (1, True) else POST,
            status="published" if status in ("published", "scheduled") and visible else "draft",
            date=_moment(post.get("published_at") or post.get("created_at")),
            modified=_moment(post.get("updated_at")),
            topics=tuple(
                str(tag.get("name")) for tag in tags if tag.get("name") and not str(tag["name"]).startswith("#")
            ),
            summary=str(post.get("custom_excerpt") or ""),
            authors=self._authors(post),
            lang=str(
                post.get("locale")
                or self._settings.get("locale")
                or self._settings.get("lang")
                or self._settings.get("default_locale")
                or ""
            ),
            slug=slug,
            url=self._url(post, slug, tags),
            id=f"urn:uuid:{post['uuid']}" if post.get("uuid") else "",
            image=str(post.get("feature_image") or post.get("image") or "").replace(_URL, ""),
            image_alt=str(meta.get("feature_image_alt") or post.get("feature_image_alt") or ""),
            losses=tuple(losses),
        )

    def _authors(self, post: dict[str, Any]) -> tuple[str, ...]:
        """The names of a post's authors: from `posts_authors`, else from the post's `authors`, else from its single author."""
        ids = self._authors_of.get(post.get("id")) or []
        names = [self._users.get(each, "") for each in ids]
        names = names or [
            str(each.get("name") or self._users.get(each.get("id"), "")) for each in _embedded(post.get("authors"))
        ]
        for key in ("author_id", "author", "primary_author"):
            one = post.get(key)
            if not any(names) and one:
                names = [str(one.get("name") or "")] if isinstance(one, dict) else [self._users.get(one, "")]
        return tuple(dict.fromkeys(filter(None, names)))

    def _url(self, post: dict[str, Any], slug: str, tags: list[dict[str, Any]]) -> str:
        """Return the old path: `/slug/`, or by the permalink in `routes.yaml` or the settings; empty if it cannot be told."""
        is_page = post.get("type") == "page" or post.get("page") in (1, True)
        pattern = "" if is_page else self.routes or str(self._settings.get("permalinks") or "")
        if not slug or not 0 < len(pattern) < _LONGEST_PATTERN:
            return f"/{slug}/" if slug else ""
        date = _moment(post.get("published_at") or post.get("created_at"))
        author = next((each for each in self._rows("users") if str(each.get("name")) in self._authors(post)[:1]), {})
        values = {
            "slug": slug, "year": date[:4], "month": date[5:7], "day": date[8:10], "id": str(post.get("id")),
            "primary_tag": str((tags[0] if tags else {}).get("slug") or "all"), "author": str(author.get("slug") or ""),
            "primary_author": str(author.get("slug") or ""),
        }  # fmt: skip
        made = re.sub(r":(\w+)|\{(\w+)\}", lambda place: values.get(place[1] or place[2], "\0"), pattern)
        return "" if "\0" in made else re.sub("/+", "/", f"/{made}/")


def _without_place(post: dict[str, Any]) -> list[str]:
    """Messages about fields of a post that have no equivalent here, such as injected code."""
    keys = [
        key
        for key in ("feature_image_caption", "codeinjection_head", "codeinjection_foot", "canonical_url")
        if post.get(key)
    ]
    return [f"its {key} has no place here: {(plain_text(str(post[key])) or 'code')[:300]}" for key in keys]


def _embedded(rows: object) -> list[dict[str, Any]]:
    """Return the tags or authors inside a post, as Ghost's API returns them; empty if there are none."""
    return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []


def _gated(found: re.Match[str], losses: list[str]) -> str:
    """Keeps a gated part of a text if non-members may read it; otherwise drops it and says so in `losses`."""
    if re.search(r"nonMember:\s*true", found[1]):
        return found[2]
    losses.append("a part of it was for members alone: it is left out")
    return ""


def _moment(value: object) -> str:
    """Converts a date of Ghost, which is in UTC; very old exports give milliseconds since 1970. Empty if it is no date."""
    if isinstance(value, int | float):
        try:
            return moments.read(dt.datetime.fromtimestamp(value / 1_000, dt.UTC).replace(microsecond=0).isoformat())
        except (OverflowError, ValueError, OSError):
            return ""
    found = moments.read(str(value or ""))
    has_zone = "+" in found or found.count("-") > 2 or found[-1:].isalpha()
    return found if not found or has_zone or len(found) == 10 else f"{found} +00:00"


def _body(post: dict[str, Any], losses: list[str]) -> tuple[str, str]:
    """Returns (text, 'html' or 'md') of a post, from the best of the forms in the export."""
    if post.get("html"):
        return str(post["html"]).replace(_URL, ""), "html"
    written = post.get("markdown") or _in_cards(post.get("mobiledoc"))
    if written:
        return str(written).replace(_URL, ""), "md"
    if post.get("lexical") and (made := _from_lexical(post, losses)):
        return made, "html"
    if post.get("plaintext"):
        losses.append("its export holds plain text alone: links and pictures are gone")
        return "".join(f"<p>{html.escape(each)}</p>" for each in str(post["plaintext"]).split("\n\n")), "html"
    if post.get("lexical") or post.get("mobiledoc"):
        losses.append("its export holds no HTML of it: its text is gone; publish it in Ghost once, and export again")
    return "", "html"


def _from_lexical(post: dict[str, Any], losses: list[str]) -> str:
    try:
        return html_of(str(post["lexical"]), losses).replace(_URL, "")
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        losses.append(f"the tree of its text cannot be read ({error})")
        return ""


def _in_cards(mobiledoc: object) -> str:
    """Return the Markdown in the cards of a mobiledoc (Ghost 1 to 4); empty if it has none."""
    try:
        cards = json.loads(str(mobiledoc or "{}")).get("cards", [])
        texts = [str(card[1].get("markdown", "")) for card in cards if card[0] in ("markdown", "card-markdown")]
    except (ValueError, AttributeError, IndexError, TypeError, KeyError, RecursionError):
        return ""
    return "\n\n".join(filter(None, texts))
