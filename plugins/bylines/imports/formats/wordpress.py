"""Reads WordPress' WXR file from Tools → Export (versions 1.0 to 1.2). A folder or zip may also hold the uploads.

https://developer.wordpress.org/plugins/ (`wp-admin/includes/export.php` writes it)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from bylines.imports import moments, safe_xml
from bylines.imports.export import Export, check_count
from bylines.imports.formats import front_matter
from bylines.imports.formats.paragraphs import paragraphs
from bylines.imports.formats.shortcodes import shortcodes
from bylines.imports.formats.wordpress_media import Attachment, Library, is_recording, link, recordings
from bylines.imports.formats.wordpress_people import GUESTS, People, is_author, metas
from bylines.imports.markdown import plain_text
from bylines.imports.model import PAGE, POST, Comment, Entry, OldBlog, Status
from bylines.problems import ExportError

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_WP = "{*}"
"""Matches any namespace: that of WordPress' elements changes with each version, and some exports use two."""
_STATUS: dict[str, Status] = {"publish": "published", "future": "published", "draft": "draft"}
_TAKEN = (POST, PAGE, "podcast", "episode")
_TOPICS = ("category", "post_tag", "tag")
_OURS = re.compile(
    r"_edit_|_wp_|_thumbnail_id$|_oembed_|_encloseme$|_pingme$|footnotes$|_molongui_(?:main_)?author$|_menu_item_|guest.author"
    r"|_?publicize_|_jetpack_(?:dont_email|feature_clip)|_last_editor|_rest_api_"
)
"""Meta keys that are imported, or that say nothing to a reader. All others are reported."""
_RESTRICTS = re.compile(
    r"members?_access|access_role|restrict|_rcp_|rcp_user_level|rcp_access|pmpro|memberpress|newsletter_access|private_post|paywall"
    r"|content_?visibility|contains_paid",
    re.I,
)
_EVERYBODY = ("", "0", "no", "false", "off", "none", "everybody", "everyone", "public", "a:0:{}", "Free", "Subscriber")
_BLOCKS = re.compile(
    r"<!-- wp:(?:premium-content|jetpack/(?:paywall|subscriber-view|premium-content)|restrict)"
    r"|\[(?:restrict|members?(?:_only)?|member_only|private|s2If|wlm_|membership|mepr-|um_loggedin|paywall|pmpro)[\w -]*[=\]\s]",
    re.I,
)
_NO_TOPIC = frozenset(("uncategorized", "uncategorised", "allgemein", "sin-categoria", "non-classe"))
_NOTES = re.compile(r"<!-- wp:footnotes\b.*?/-->", re.S)


def read(export: Export) -> OldBlog:
    """Reads all posts and pages from all WXR files of the export. Raises ExportError."""
    losses: list[str] = []
    channels: list[tuple[str, Any]] = []
    files = [
        name
        for name in export.names
        if name.lower().endswith((".xml", ".wxr")) and "wordpress.org/export/" in export.head(name)
    ]
    if not files:
        raise ExportError(f"{export.name} holds no export of WordPress (an XML file of Tools → Export)")
    for name in files:
        channel = safe_xml.parse(export.read_text(name), name, losses).find("channel")
        if channel is None:
            raise ExportError(f"{name} has no channel, as WordPress writes it; export it again")
        channels.append((name, channel))
    shared = _Shared(People(), Library())
    for _, channel in channels:
        shared.note_descriptions(channel)
        shared.people.read(channel)
        shared.library.read(channel)
    found = [_Channel(channel, name, shared) for name, channel in channels]
    entries = {entry.key: entry for each in found for entry in each.entries()}
    return OldBlog(
        program="WordPress",
        entries=tuple(entries.values()),
        base=next((each.base for each in found if each.base), ""),
        roots=("", "uploads/"),
        losses=(*losses, *shared.losses([entry.body for entry in entries.values()])),
        logins=shared.people.logins,
    )


class _Shared:
    """The people and media of all files, and counts of what was not imported."""

    def __init__(self, people: People, library: Library) -> None:
        self.people, self.library = people, library
        self.skipped, self.meta, self.terms = Counter[str](), Counter[str](), Counter[str]()
        self.used: set[str] = set()
        """The ids of media files that posts use as their picture or in galleries."""

    def note_descriptions(self, channel: Any) -> None:
        """Counts the descriptions of categories and tags, which are not imported."""
        for kind in ("category", "tag"):
            found = channel.findall(f"{_WP}{kind}")
            self.skipped[f"description of a {kind}"] += sum(
                1 for each in found if safe_xml.text(each, f"{_WP}{kind}_description")
            )

    def losses(self, bodies: list[str]) -> list[str]:
        """Messages about what was not imported, counted by kind."""
        found = [f"{number} × {kind} not taken" for kind, number in sorted(self.skipped.items()) if number]
        if unshown := self.library.count_unused(bodies, self.used):
            found.append(f"{unshown} × file of the media library that no post shows not taken")
        found += front_matter.describe_unknown_keys(self.terms.items(), "terms of other kinds")
        return found + front_matter.describe_unknown_keys(self.meta.items(), "keys of meta")


class _Channel:
    """Reads the posts and pages of one file's channel."""

    def __init__(self, channel: Any, shown: str, shared: _Shared) -> None:
        self._channel, self._shown, self._shared = channel, shown, shared
        self.base = (self._text(channel, "base_blog_url") or safe_xml.text(channel, "link")).rstrip("/")
        self._lang = safe_xml.text(channel, "language")

    def _text(self, element: Any, name: str) -> str:
        return safe_xml.text(element, _WP + name)

    def entries(self) -> list[Entry]:
        """Reads the posts and pages; counts other items by kind."""
        found: list[Entry] = []
        skipped = self._shared.skipped
        for item in self._channel.findall("item"):
            kind, status = self._text(item, "post_type") or POST, self._text(item, "status")
            if kind not in _TAKEN:
                if kind != "attachment" and kind not in GUESTS:
                    skipped[kind] += 1
            elif status in ("trash", "auto-draft"):
                skipped[f"{kind} in the bin" if status == "trash" else "post that was never saved"] += 1
            else:
                found.append(self._entry(item, kind, status))
                check_count(found, self._shown)
        return found

    def _entry(self, item: Any, kind: str, status: str) -> Entry:
        losses: list[str] = []
        meta = dict(metas(item))
        self._note_others(item, meta)
        image = self._image(meta.get("_thumbnail_id", ""), losses)
        url = safe_xml.text(item, "link")
        number = self._text(item, "post_id")
        written = self._shared.library.with_galleries(safe_xml.text(item, _CONTENT), number, self._shared.used, losses)
        body = _html(written, meta, losses)
        return Entry(
            key=number or safe_xml.text(item, "guid"),
            title=_decode(safe_xml.text(item, "title")),
            body=body + "".join(f"\n\n{link(each)}" for each in recordings(item) if each not in written),
            form="html",
            kind=PAGE if kind == PAGE else POST,
            status=self._status(item, status, meta, losses),
            date=self._moment(item, "post_date") or moments.read(safe_xml.text(item, "pubDate")),
            modified=self._moment(item, "post_modified"),
            topics=tuple(
                _decode(str(each.text or ""))
                for each in item.findall("category")
                if each.get("domain", "category") in _TOPICS and each.get("nicename") not in _NO_TOPIC
            ),
            summary=_excerpt(item),
            authors=self._shared.people.of(item),
            lang=self._lang,
            slug=self._text(item, "post_name"),
            url=url,
            others=tuple(
                f"{url.rstrip('/').rpartition('/')[0]}/{value}/"
                for key, value in metas(item)
                if key == "_wp_old_slug" and value and "?" not in url
            ),
            id=safe_xml.text(item, "guid"),
            image=image.address if image else "",
            image_alt=image.alt if image else "",
            comments=tuple(self._comments(item, losses)),
            losses=tuple(losses),
        )

    def _image(self, number: str, losses: list[str]) -> Attachment | None:
        """Return the featured image of a post, by its id; None if it has none. Reports a missing file, and a caption."""
        found = self._shared.library.get(number)
        if found is None:
            if number.strip("0- "):
                losses.append(f"the picture above it (number {number[:20]}) is not in the export")
            return None
        self._shared.used.add(number)
        if caption := plain_text(found.caption):
            losses.append(f"the caption of the picture above it has no place there: {caption[:300]}")
        return found

    def _note_others(self, item: Any, meta: dict[str, str]) -> None:
        """Counts the meta keys, terms and sticky flag of a post that are not imported."""
        self._shared.meta.update(
            key for key, value in meta.items() if value and not _OURS.match(key) and not is_recording(key)
        )
        domains = (each.get("domain", "category") for each in item.findall("category"))
        self._shared.terms.update(each for each in domains if each not in _TOPICS and not is_author(each))
        if self._text(item, "is_sticky") == "1":
            self._shared.skipped["place at the top of the blog (sticky)"] += 1

    def _status(self, item: Any, status: str, meta: dict[str, str], losses: list[str]) -> Status:
        """Return the status of a post: a draft if it was restricted to some readers, or if its status is unknown."""
        why = "it was behind a password" if self._text(item, "post_password") else ""
        if not why and _BLOCKS.search(safe_xml.text(item, _CONTENT)):
            why = "a part of it was for some readers alone"
        if not why and any(_RESTRICTS.search(key) and value not in _EVERYBODY for key, value in meta.items()):
            why = "a plugin may have let some readers alone see it"
        if why:
            losses.append(f"{why}: it is a draft")
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
                author=_decode(self._text(each, "comment_author")),
                url=self._text(each, "comment_author_url"),
                date=moments.local(self._text(each, "comment_date"), self._text(each, "comment_date_gmt")),
                parent="" if parent == "0" else parent,
                text=paragraphs(self._text(each, "comment_content")),
            )
            found.append(comment)
        losses += [f"{number} × {kind} not kept" for kind, number in sorted(refused.items())]
        return found


def _html(text: str, meta: dict[str, str], losses: list[str]) -> str:
    """Return the text of a post as HTML, with shortcodes, footnotes and, outside the block editor, paragraphs converted."""
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


def _decode(text: str) -> str:
    import html

    return html.unescape(text).strip()


def _excerpt(item: Any) -> str:
    found = next((each for each in item.findall("{*}encoded") if "excerpt" in str(each.tag)), None)
    return plain_text(str(found.text or "").strip()) if found is not None else ""
