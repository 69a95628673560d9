"""Checks the rules of feeds that a file can show: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1, archives (RFC 5005), OPML 2.0.

The check is strict. An unknown element is a fault, and so is an address that is not absolute, or that leads nowhere in the site.
"""

from __future__ import annotations

import json
import re
import urllib.parse
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

_ATOM = "{http://www.w3.org/2005/Atom}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ENDINGS = {".atom": "application/atom+xml", ".rss": "application/rss+xml"}


class BuiltSite:
    """A built site: its folder, and the address at which it is published (empty if the site does not tell it)."""

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder
        self.base = base

    def fault(self, address: str | None) -> Iterator[str]:
        """Yield what is wrong with an address in a feed."""
        address = address or ""
        if self.base and not urllib.parse.urlsplit(address).scheme:
            yield f"{address!r} is not absolute"
        elif address.startswith(f"{self.base}/"):
            path = urllib.parse.unquote(urllib.parse.urlsplit(address[len(self.base) + 1 :]).path)
            file = self.folder / (path + "index.html" if path.endswith("/") or not path else path)
            if not file.is_file():
                yield f"{address} leads nowhere"

    def is_at(self, file: Path, address: str | None) -> bool:
        """Return whether an address is that of a file."""
        return urllib.parse.unquote(address or "") == f"{self.base}/{file.relative_to(self.folder)}"


def faults(file: Path, ground: BuiltSite) -> Iterator[str]:
    """Yield everything that is wrong with one feed or list of feeds."""
    rules: dict[str, Callable[[Path, BuiltSite], Iterable[str]]] = {
        ".atom": _atom,
        ".rss": _rss,
        ".json": _json,
        ".opml": _opml,
    }
    try:
        yield from rules[file.suffix](file, ground)
    except (ET.ParseError, ValueError) as error:
        yield f"is not well-formed ({error})"


def is_json_feed(file: Path) -> bool:
    """Return whether a JSON file declares itself a feed."""
    return file.suffix == ".json" and b"https://jsonfeed.org/version/" in file.read_bytes()[:200]


def _atom(file: Path, ground: BuiltSite) -> Iterator[str]:
    root = ET.parse(file).getroot()
    if root.tag != f"{_ATOM}feed":
        yield f"its root is {root.tag}"
    yield from _exactly_one(root, f"{_ATOM}id", f"{_ATOM}title", f"{_ATOM}updated", f"{_ATOM}generator")
    entries = root.findall(f"{_ATOM}entry")
    yield from _distinct([entry.findtext(f"{_ATOM}id") for entry in entries])
    if not entries and root.find(f"{_ATOM}author") is None:
        yield "no author, and no entry that has one"
    for entry in entries:
        yield from _exactly_one(
            entry, f"{_ATOM}id", f"{_ATOM}title", f"{_ATOM}updated", f"{_ATOM}published", f"{_ATOM}content"
        )
        if entry.find(f"{_ATOM}author") is None:
            yield "an entry without an author"
        if [link.get("rel") for link in entry.findall(f"{_ATOM}link")] != ["alternate"]:
            yield "an entry that is nowhere, or twice"
    for name in ("updated", "published"):
        for element in root.iter(_ATOM + name):
            yield from _moment(element.text)
    for link in root.iter(f"{_ATOM}link"):
        yield from ground.fault(link.get("href"))
    for uri in root.iter(f"{_ATOM}uri"):
        yield from ground.fault(uri.text)
    yield from _history(file, root, root.findall(f"{_ATOM}link"), ground)


def _rss(file: Path, ground: BuiltSite) -> Iterator[str]:
    root = ET.parse(file).getroot()
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None or len(root) != 1:
        yield "is not RSS 2.0"
        return
    yield from _exactly_one(channel, "title", "link", "description", "language", "lastBuildDate", "generator")
    yield from _date(channel.findtext("lastBuildDate"))
    items = channel.findall("item")
    yield from _distinct([item.findtext("guid") for item in items])
    known = {
        "title",
        "link",
        "guid",
        "pubDate",
        f"{_DC}creator",
        "category",
        "description",
        f"{_CONTENT}encoded",
        "source",
    }
    for item in items:
        yield from (f"an item has {child.tag}" for child in item if child.tag not in known)
        yield from _exactly_one(item, "title", "link", "guid", "pubDate", "description")
        yield from _date(item.findtext("pubDate"))
        yield from ground.fault(item.findtext("link"))
        guid, source = item.find("guid"), item.find("source")
        if guid is not None and guid.get("isPermaLink") != "false":
            yield "a guid that is no address says that it is one"
        if source is not None:
            yield from ground.fault(source.get("url"))
    yield from _history(file, channel, channel.findall(f"{_ATOM}link"), ground)


def _history(file: Path, head: ET.Element, links: list[ET.Element], ground: BuiltSite) -> Iterator[str]:
    """Check RFC 5005: a complete feed has no archives, and an archive names its own address and its feed."""
    found = {link.get("rel"): link.get("href") for link in links}
    if not ground.is_at(file, found.get("self")):
        yield f"it says that it is {found.get('self')}"
    archive, whole = (head.find(_HISTORY + name) is not None for name in ("archive", "complete"))
    if archive != ("current" in found):
        yield "an archive without its feed, or a feed with another"
    if whole and (archive or "prev-archive" in found):
        yield "it is whole, and leads to more"
    if archive and not file.parent.with_name(f"feed{file.suffix}").is_file():
        yield "an archive of no feed"
    for link in links:
        yield from ground.fault(link.get("href"))
        if link.get("rel") != "alternate" and link.get("type") != _ENDINGS[file.suffix]:
            yield f"{link.get('href')} is said to be {link.get('type')}"


_TOP = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str,
    "next_url": str, "icon": str, "favicon": str, "authors": list, "language": str, "expired": bool, "hubs": list,
    "items": list,
}  # fmt: skip
_ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str,
    "image": str, "banner_image": str, "date_published": str, "date_modified": str, "authors": list, "tags": list,
    "language": str, "attachments": list,
}  # fmt: skip
_AUTHOR = {"name": str, "url": str, "avatar": str}


def _json(file: Path, ground: BuiltSite) -> Iterator[str]:
    feed = json.loads(file.read_bytes().decode())
    if not isinstance(feed, dict):
        yield "is no object"
        return
    yield from _members(feed, _TOP, "version", "title", "items", "feed_url", "home_page_url")
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"its version is {feed.get('version')}"
    for name in ("home_page_url", "feed_url", "next_url"):
        yield from ground.fault(feed[name]) if name in feed else ()
    if not ground.is_at(file, feed.get("feed_url")) and not file.stem.isdecimal():
        yield f"it says that it is {feed.get('feed_url')}"
    if feed.get("next_url") in (feed.get("feed_url"), f"{ground.base}/{file.relative_to(ground.folder)}"):
        yield "it leads to itself"
    yield from _language(feed)
    items = [item for item in feed.get("items", ()) if isinstance(item, dict)]
    yield from _distinct([item.get("id") for item in items])
    for item in items:
        yield from _json_item(item, ground)


def _json_item(item: dict[str, Any], ground: BuiltSite) -> Iterator[str]:
    yield from _members(item, _ITEM, "id", "url", "title", "date_published")
    if not {"content_html", "content_text"} & item.keys():
        yield f"{item.get('id')} has no text"
    yield from ground.fault(item.get("url"))
    for name in ("date_published", "date_modified"):
        yield from _moment(item[name]) if name in item else ()
    for author in item.get("authors", ()):
        yield from _members(author, _AUTHOR)
        yield from ground.fault(author["url"]) if "url" in author else ()
        if not author:
            yield "an author who is nobody"
    if not all(isinstance(tag, str) for tag in item.get("tags", ())):
        yield "a tag that is no text"
    yield from _language(item)


def _members(found: dict[str, Any], known: Mapping[str, type], *needed: str) -> Iterator[str]:
    yield from (f"no {name}" for name in needed if not found.get(name) and found.get(name) != [])
    for name, value in found.items():
        if name.startswith("_"):
            if not isinstance(value, dict):
                yield f"the extension {name} is no object"
        elif name not in known:
            yield f"{name} is none of its members"
        elif type(value) is not known[name]:
            yield f"{name} is {value!r}"


def _language(found: dict[str, Any]) -> Iterator[str]:
    if "language" in found and not _LANGUAGE.fullmatch(found["language"]):
        yield f"{found['language']!r} is no language"


def _opml(file: Path, ground: BuiltSite) -> Iterator[str]:
    root = ET.parse(file).getroot()
    if root.tag != "opml" or root.get("version") != "2.0" or [child.tag for child in root] != ["head", "body"]:
        yield "is not OPML 2.0"
        return
    yield from _exactly_one(root[0], "title")
    outlines = list(root[1].iter("outline"))
    # Each page links to the list of all blogs, so it exists even before the first blog.
    if not outlines and file.parent != ground.folder:
        yield "lists nothing"
    for outline in outlines:
        if not outline.get("text"):
            yield "an outline without a text"
        if outline.get("type") == "rss":
            yield from ground.fault(outline.get("xmlUrl"))
            yield from ground.fault(outline.get("htmlUrl"))
        elif not len(outline):
            yield f"{outline.get('text')} is no feed"
    yield from _distinct([outline.get("xmlUrl") for outline in outlines if outline.get("type") == "rss"])


def _exactly_one(element: ET.Element, *names: str) -> Iterator[str]:
    for name in names:
        found = element.findall(name)
        if len(found) != 1 or not ((found[0].text or "").strip() or name.endswith(("content", "description"))):
            yield f"{len(found)} of {name.rpartition('}')[2]} in {element.tag.rpartition('}')[2]}, or an empty one"


def _distinct(ids: list[str | None]) -> Iterator[str]:
    if not all(ids):
        yield "entries without ids of their own"
    yield from (f"{name} stands {count} times" for name, count in Counter(ids).items() if count > 1)


def _moment(text: str | None) -> Iterator[str]:
    if not _MOMENT.fullmatch(text or ""):
        yield f"{text!r} is no moment (RFC 3339)"


def _date(text: str | None) -> Iterator[str]:
    try:
        parsedate_to_datetime(text or "")
    except ValueError:
        yield f"{text!r} is no date (RFC 5322)"
