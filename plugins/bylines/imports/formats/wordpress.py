"""WordPress: WXR, the file of Tools → Export (versions 1.0 to 1.2); a folder or zip may hold the uploads beside it.

https://developer.wordpress.org/plugins/ (`wp-admin/includes/export.php` writes it)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from bylines.imports import moments, safe_xml
from bylines.imports.export import Export, counted
from bylines.imports.formats.paragraphs import paragraphs
from bylines.imports.formats.shortcodes import shortcodes
from bylines.imports.old import PAGE, POST, Comment, Entry, OldBlog, Status
from bylines.problems import ExportError

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_WP = "{*}"
"""Elements of WordPress' own: its namespace changes with each version, and some exports have two."""
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_STATUS: dict[str, Status] = {"publish": "published", "future": "published", "draft": "draft", "inherit": "published"}
_NO_TOPIC = frozenset(("uncategorized", "uncategorised", "allgemein", "sin-categoria", "non-classe"))
_NOTES = re.compile(r"<!-- wp:footnotes\b.*?/-->", re.S)


def read(export: Export) -> OldBlog:
    """All posts and pages of all its files. Raises ExportError."""
    losses: list[str] = []
    entries: list[Entry] = []
    base, skipped = "", Counter[str]()
    files = [
        name
        for name in export.names
        if name.lower().endswith((".xml", ".wxr")) and "wordpress.org/export/" in export.head(name)
    ]
    if not files:
        raise ExportError(f"{export.name} holds no export of WordPress (an XML file of Tools → Export)")
    for name in files:
        channel = safe_xml.parsed(export.read_text(name), name, losses).find("channel")
        if channel is None:
            raise ExportError(f"{name} has no channel, as WordPress writes it; export it again")
        found = _Channel(channel, name)
        base = base or found.base
        entries += found.entries(skipped)
    losses += [f"{number} × {kind} not taken" for kind, number in sorted(skipped.items())]
    return OldBlog(
        program="WordPress",
        entries=tuple({entry.key: entry for entry in entries}.values()),
        base=base,
        roots=("", "uploads/"),
        losses=tuple(losses),
    )


class _Channel:
    """One file's channel: what its items refer to."""

    def __init__(self, channel: Any, shown: str) -> None:
        self._channel, self._shown = channel, shown
        self.base = (self._text(channel, "base_blog_url") or safe_xml.text(channel, "link")).rstrip("/")
        self._lang = safe_xml.text(channel, "language")
        self._names = {
            self._text(each, "author_login"): self._text(each, "author_display_name")
            or self._text(each, "author_login")
            for each in channel.findall(f"{_WP}author")
        }
        self._attachments = {
            self._text(item, "post_id"): self._text(item, "attachment_url")
            for item in channel.findall("item")
            if self._text(item, "post_type") == "attachment"
        }

    def _text(self, element: Any, name: str) -> str:
        return safe_xml.text(element, _WP + name)

    def entries(self, skipped: Counter[str]) -> list[Entry]:
        """The posts and pages; of all others `skipped` counts the kinds."""
        found = []
        for item in self._channel.findall("item"):
            kind, status = self._text(item, "post_type") or POST, self._text(item, "status")
            if kind not in (POST, PAGE):
                if kind != "attachment":
                    skipped[kind] += 1
            elif status in ("trash", "auto-draft"):
                skipped[f"{kind} in the bin" if status == "trash" else "post that was never saved"] += 1
            else:
                found.append(self._entry(item, kind, status))
                counted(found, self._shown)
        return found

    def _entry(self, item: Any, kind: str, status: str) -> Entry:
        losses: list[str] = []
        meta = {self._text(each, "meta_key"): self._text(each, "meta_value") for each in item.findall(f"{_WP}postmeta")}
        image = self._attachments.get(meta.get("_thumbnail_id", ""), "")
        return Entry(
            key=self._text(item, "post_id") or safe_xml.text(item, "guid"),
            title=_decoded(safe_xml.text(item, "title")),
            body=_html(safe_xml.text(item, _CONTENT), meta, losses),
            form="html",
            kind=kind,
            status=self._status(item, status, losses),
            date=self._moment(item, "post_date") or moments.read(safe_xml.text(item, "pubDate")),
            modified=self._moment(item, "post_modified"),
            topics=tuple(
                _decoded(str(each.text or ""))
                for each in item.findall("category")
                if each.get("domain", "category") in ("category", "post_tag", "tag")
                and each.get("nicename") not in _NO_TOPIC
            ),
            summary=_excerpt(item),
            authors=tuple(filter(None, (self._names.get(login := safe_xml.text(item, _CREATOR), login),))),
            lang=self._lang,
            slug=self._text(item, "post_name"),
            url=safe_xml.text(item, "link"),
            id=safe_xml.text(item, "guid"),
            image=image,
            image_alt=meta.get("_wp_attachment_image_alt", ""),
            comments=tuple(self._comments(item, losses)),
            losses=tuple(losses),
        )

    def _status(self, item: Any, status: str, losses: list[str]) -> Status:
        if self._text(item, "post_password"):
            losses.append("it was behind a password: it is a draft")
            return "draft"
        if status not in _STATUS:
            losses.append(f"it was {status or 'of no status'}: it is a draft")
        return _STATUS.get(status, "draft")

    def _moment(self, item: Any, name: str) -> str:
        return moments.local(self._text(item, name), self._text(item, f"{name}_gmt"))

    def _comments(self, item: Any, losses: list[str]) -> list[Comment]:
        found, refused = [], Counter[str]()
        for each in item.findall(f"{_WP}comment"):
            kind, approved = self._text(each, "comment_type"), self._text(each, "comment_approved")
            if kind not in ("", "comment") or approved != "1":
                refused[kind if kind not in ("", "comment") else "comment that was not approved"] += 1
                continue
            parent = self._text(each, "comment_parent")
            comment = Comment(
                id=self._text(each, "comment_id"),
                author=_decoded(self._text(each, "comment_author")),
                url=self._text(each, "comment_author_url"),
                date=moments.local(self._text(each, "comment_date"), self._text(each, "comment_date_gmt")),
                parent="" if parent == "0" else parent,
                text=paragraphs(self._text(each, "comment_content")),
            )
            found.append(comment)
        losses += [f"{number} × {kind} not kept" for kind, number in sorted(refused.items())]
        return found


def _html(text: str, meta: dict[str, str], losses: list[str]) -> str:
    """A post's text as HTML: shortcodes that are known, notes, and paragraphs where blank lines mean them."""
    text = shortcodes(text, losses)
    if "<!-- wp:" not in text:
        return paragraphs(text)
    return _NOTES.sub(lambda _: _notes(meta.get("footnotes", "")), text)


def _notes(written: str) -> str:
    try:
        notes = json.loads(written or "[]")
        items = "".join(f'<li id="{note["id"]}">{note["content"]}</li>' for note in notes)
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return f"<ol>{items}</ol>" if items else ""


def _decoded(text: str) -> str:
    import html

    return html.unescape(text).strip()


def _excerpt(item: Any) -> str:
    from bylines.imports.markdown import plain_text

    found = next((each for each in item.findall("{*}encoded") if "excerpt" in str(each.tag)), None)
    return plain_text(str(found.text or "").strip()) if found is not None else ""
