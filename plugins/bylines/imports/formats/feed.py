"""Reads feeds saved as files: RSS and Atom with feedparser, and JSON Feed. Imports only the entries that the file contains."""

from __future__ import annotations

import io
import posixpath
from typing import Any

from bylines.imports import addresses, moments, safe_json, safe_xml
from bylines.imports.export import Export, check_count
from bylines.imports.model import Entry, OldBlog
from bylines.problems import ExportError

_XML = (".xml", ".atom", ".rss", ".rdf")
_LARGEST, _MOST_TAGS = 50_000_000, 500_000
"""The most bytes and tags of a feed: feedparser takes a second per megabyte and kilobytes of memory per tag."""


def read(export: Export) -> OldBlog:
    """Reads the entries of all feeds in the export, each key once. Raises ExportError."""
    losses: list[str] = []
    entries: dict[str, Entry] = {}
    base = ""
    for name in export.names:
        if name.lower().endswith(".json"):
            found, home = _json(export.text(name), name)
        elif name.lower().endswith(_XML) or len(export.sizes) == 1:
            found, home = _xml(export.read_text(name), name, losses)
        else:
            continue
        base = base or home
        for entry in found:
            entries.setdefault(entry.key, entry)
    if not entries:
        raise ExportError(f"{export.name} holds no feed with entries")
    if len(entries) in (10, 15, 20, 25, 50, 100):
        losses.append(f"the feed ends after {len(entries)} entries: the blog may have more, which are not in it")
    return OldBlog(program="a feed", entries=tuple(entries.values()), base=base, losses=tuple(losses))


def _xml(data: bytes, name: str, losses: list[str]) -> tuple[list[Entry], str]:
    import feedparser

    if len(data) > _LARGEST:
        raise ExportError(f"{name} has more than {_LARGEST:,} bytes, as no feed has; is it another program's export?")
    safe_xml.parse(data, name, losses, _MOST_TAGS)  # refuses what declares entities
    # Pass a file object: feedparser could take a string for an address and fetch it.
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # its handlers raise various errors at misplaced elements
        raise ExportError(f"{name} is no feed that can be read ({type(error).__name__}); save it again") from error
    home = _site(feed.feed.get("link", ""))
    return [_of_feed(each, feed.feed) for each in feed.entries], home


def _site(link: str) -> str:
    parts = addresses.parts(link)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else ""


def _of_feed(entry: Any, feed: Any) -> Entry:
    content = entry.get("content") or []
    whole = max((str(each.get("value", "")) for each in content), key=len, default="")
    summary = str(entry.get("summary", ""))
    link = str(entry.get("link", ""))
    updated = str(dict.get(entry, "updated", ""))  # feedparser's own `get` takes 'published' for it, and warns
    published = str(entry.get("published") or entry.get("created") or "")
    body = whole or summary
    losses: list[str] = []
    enclosures = [str(each.href) for each in entry.get("enclosures", ()) if each.get("href")]
    if not whole and len(summary) < 600 and summary.rstrip().endswith(("…", "...", "[…]", "[...]", "&#8230;]")):
        losses.append("the feed holds only its beginning")
    return Entry(
        key=str(entry.get("id") or link or entry.get("title")),
        title=_words(str(entry.get("title", ""))),
        body=(body if _is_html(entry, whole) else _as_html(body)) + _links(enclosures, body),
        form="html",
        date=moments.read(published) or moments.read(updated),
        modified=moments.read(updated) if published else "",
        topics=tuple(str(tag.label or tag.term or "") for tag in entry.get("tags", ())),
        summary=_words(summary) if whole and summary != whole and len(summary) < 2_000 else "",
        authors=tuple(str(each.name) for each in entry.get("authors", ()) if each.get("name")),
        lang=str(feed.get("language", "")),
        slug=_slug(link),
        url=link,
        id=str(entry.get("id") or link),
        losses=tuple(losses),
    )


def _links(enclosures: list[str], body: str) -> str:
    """Return the enclosures of an entry that its body does not mention, each as a link in a paragraph of its own."""
    from bylines.imports.formats.wordpress_media import link

    return "".join(f"\n\n{link(each)}" for each in dict.fromkeys(enclosures) if each not in body)


def _is_html(entry: Any, whole: str) -> bool:
    details = entry.get("content") if whole else [entry.get("summary_detail") or {}]
    return any(each.get("type") != "text/plain" for each in details or ({},))


def _as_html(text: str) -> str:
    import html

    from bylines.imports.formats.paragraphs import paragraphs

    return paragraphs(html.escape(text, quote=False))


def _words(text: str) -> str:
    from bylines.imports.markdown import plain_text

    return plain_text(text)


def _slug(link: str) -> str:
    path = addresses.parts(link).path.rstrip("/")
    return posixpath.splitext(posixpath.basename(path))[0]


def _json(text: str, name: str) -> tuple[list[Entry], str]:
    feed = safe_json.parse(text, name)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return [], ""
    home = _site(str(feed.get("home_page_url") or feed.get("feed_url") or ""))
    try:
        return [_of_json(item, feed) for item in check_count(feed["items"], name) if isinstance(item, dict)], home
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise ExportError(f"{name} is not as a JSON Feed is ({error}); save it again") from error


def _of_json(item: dict[str, Any], feed: dict[str, Any]) -> Entry:
    link = str(item.get("url") or item.get("external_url") or "")
    names = item.get("authors") or ([item["author"]] if item.get("author") else feed.get("authors") or [])
    body = str(item.get("content_html") or "") or _as_html(str(item.get("content_text") or ""))
    attachments = [each for each in item.get("attachments") or () if isinstance(each, dict)]
    return Entry(
        key=str(item.get("id") or link),
        title=str(item.get("title") or ""),
        body=body + _links([str(each["url"]) for each in attachments if each.get("url")], body),
        form="html",
        date=moments.read(str(item.get("date_published") or item.get("date_modified") or "")),
        modified=moments.read(str(item.get("date_modified") or "")),
        topics=tuple(map(str, item.get("tags") or ())),
        summary=str(item.get("summary") or ""),
        authors=tuple(str(each["name"]) for each in names if isinstance(each, dict) and each.get("name")),
        lang=str(item.get("language") or feed.get("language") or ""),
        slug=_slug(link),
        url=link,
        id=str(item.get("id") or link),
        image=str(item.get("image") or ""),
    )
