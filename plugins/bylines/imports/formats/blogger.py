"""Reads Blogger's Atom file: from Settings → Back up content (until 2024) or from Google Takeout (`feed.atom`, since then).

Takeout's zip has pictures in `Albums/`, known only by their file names.
https://developers.google.com/blogger/docs/3.0/reference
"""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter, defaultdict
from typing import Any, NamedTuple

from bylines.control_characters import without_controls
from bylines.imports import addresses, moments, safe_xml
from bylines.imports.export import Export, check_count
from bylines.imports.formats.skipped import SkippedText
from bylines.imports.model import PAGE, POST, Comment, Entry, OldBlog
from bylines.imports.pieces import replace
from bylines.problems import ExportError

_NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "b": "http://schemas.google.com/blogger/2018",
    "thr": "http://purl.org/syndication/thread/1.0",
}
_PRE = re.compile(r"<pre\b", re.I)
_PRE_END = re.compile(r"</pre>", re.I)
_BREAKS = re.compile(r"(?:<br\s*/?>\s*){2,}", re.I)
_PUBLIC = ("", "live", "scheduled")
_KNOWN = (*_PUBLIC, "draft")
_KIND = "http://schemas.google.com/g/2005#kind"


class _Item(NamedTuple):
    """An entry of the file, its kind ('post', 'page', 'comment' or another) and status ('trashed', 'draft', 'live' …)."""

    element: Any
    kind: str
    status: str


def read(export: Export) -> OldBlog:
    """Reads posts, pages and comments from all Atom files of the export. Raises ExportError."""
    losses: list[str] = []
    items: list[_Item] = []
    base = ""
    for name in export.names:
        if not name.lower().endswith((".xml", ".atom")) or "http://www.w3.org/2005/Atom" not in export.head(name):
            continue
        feed = safe_xml.parse(export.read_text(name), name, losses)
        base = base or _base(feed)
        items += [_item(each) for each in check_count(feed.findall("a:entry", _NAMES), name)]
    if not items:
        raise ExportError(f"{export.name} holds no export of Blogger (an Atom file)")
    skipped = Counter(f"{each.kind} in the bin" for each in items if each.status == "trashed")
    skipped += Counter(each.kind for each in items if each.kind not in (POST, PAGE, "comment", "settings", "template"))
    losses += [f"{number} × {kind} not taken" for kind, number in sorted(skipped.items())]
    refused = Counter[str]()
    comments = _comments(items, refused)
    losses += [f"{number} × comment {word} not kept" for word, number in sorted(refused.items())]
    entries = tuple(_entry(each, comments) for each in items if each.kind in (POST, PAGE) and each.status != "trashed")
    known = {entry.key for entry in entries}
    lone = sum(len(found) for key, found in comments.items() if key not in known)
    if lone:
        losses.append(f"{lone} × comment on a post that is not in the export not kept")
    return OldBlog(program="Blogger", entries=entries, base=base, losses=tuple(losses))


def _base(feed: Any) -> str:
    for link in feed.findall("a:link", _NAMES):
        if link.get("rel") == "alternate":
            parts = addresses.parts(link.get("href", ""))
            return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return ""


def _text(element: Any, path: str) -> str:
    return safe_xml.text(element, path, _NAMES)


def _item(element: Any) -> _Item:
    kinds = [
        each.get("term", "").rpartition("#")[2]
        for each in element.findall("a:category", _NAMES)
        if each.get("scheme") == _KIND
    ]
    kind = kinds[0] if kinds else _text(element, "b:type").lower()
    status = _text(element, "b:status").upper()
    if "TRASHED" in status or _text(element, "b:trashed"):
        return _Item(element, kind, "trashed")
    draft = status == "DRAFT" or any(_local(each) == "draft" and each.text == "yes" for each in element.iter())
    return _Item(element, kind, "draft" if draft else status.lower())


def _local(element: Any) -> str:
    """Return an element's name without namespace or prefix: some exports use `app:` without declaring it."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _entry(item: _Item, comments: dict[str, list[Comment]]) -> Entry:
    element = item.element
    key = _text(element, "a:id")
    losses = [] if item.status in _KNOWN else [f"it was {item.status}: it is a draft"]
    url = _alternate(element) or _text(element, "b:filename")
    return Entry(
        key=key,
        title=_text(element, "a:title"),
        body=_body(element) + _enclosures(element),
        form="html",
        kind=PAGE if item.kind == PAGE else POST,
        status="published" if item.status in _PUBLIC else "draft",
        date=moments.read(_text(element, "a:published") or _text(element, "b:created")),
        modified=moments.read(_text(element, "a:updated")),
        topics=tuple(
            each.get("term", "")
            for each in element.findall("a:category", _NAMES)
            if not each.get("scheme", "").startswith(_KIND)
        ),
        summary=_text(element, "b:metaDescription"),
        authors=tuple(filter(None, (_text(each, "a:name") for each in element.findall("a:author", _NAMES)))),
        slug=posixpath.splitext(posixpath.basename(addresses.parts(url).path))[0],
        url=url,
        id=key,
        losses=tuple(losses),
        comments=tuple(sorted(comments.get(key, ()), key=lambda each: each.id)),
    )


def _enclosures(element: Any) -> str:
    """Return the recordings of a podcast, as links."""
    found = [each.get("href", "") for each in element.findall("a:link", _NAMES) if each.get("rel") == "enclosure"]
    return "".join(
        f'\n\n<p><a href="{html.escape(each)}">{html.escape(posixpath.basename(each) or each)}</a></p>'
        for each in found
        if each
    )


def _alternate(element: Any) -> str:
    for link in element.findall("a:link", _NAMES):
        if link.get("rel") == "alternate":
            return str(link.get("href", ""))
    return ""


def _body(element: Any) -> str:
    """Return the HTML of an entry, with paragraphs made of Blogger's double `<br>` and blank lines."""
    from bylines.imports.formats.paragraphs import paragraphs

    skipped = SkippedText()
    text = without_controls(_with_figures(_text(element, "a:content")))
    text = replace(text, _PRE, _PRE_END, lambda found: skipped.keep(f"<pre{found.inner}</pre>"))
    return paragraphs(skipped.restore(_BREAKS.sub("\n\n", text)))


def _with_figures(text: str) -> str:
    """Turns the tables that Blogger uses for captions into `<figure>` elements."""
    if "tr-caption" not in text:
        return text
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "lxml")
    for table in soup.select("table.tr-caption-container"):
        image, caption = table.find("img"), table.select_one(".tr-caption")
        if image is not None and caption is not None:
            figure = soup.new_tag("figure")
            caption.name = "figcaption"
            figure.extend((image.extract(), caption.extract()))
            table.replace_with(figure)
    return "".join(map(str, soup.body.children)) if soup.body is not None else ""


def _comments(items: list[_Item], refused: Counter[str]) -> dict[str, list[Comment]]:
    """Return the shown comments by the id of their post; counts the others in `refused` by reason."""
    found: dict[str, list[Comment]] = defaultdict(list)
    for item in items:
        if item.kind != "comment":
            continue
        if item.status not in ("", "live"):
            refused["in the bin" if item.status == "trashed" else "that was not shown"] += 1
            continue
        element = item.element
        answers = element.find("thr:in-reply-to", _NAMES)
        post = answers.get("ref", "") if answers is not None else _text(element, "b:parent")
        related = [each.get("href", "") for each in element.findall("a:link", _NAMES) if each.get("rel") == "related"]
        own = _text(element, "a:id")
        comment = Comment(
            id=own,
            author=_text(element, "a:author/a:name"),
            url=_text(element, "a:author/a:uri"),
            date=moments.read(_text(element, "a:published")),
            parent=re.sub(r"(?<!\d)\d+$", related[0].rpartition("/")[2], own) if related else "",
            text=_body(element),
        )
        found[post].append(comment)
    return found
