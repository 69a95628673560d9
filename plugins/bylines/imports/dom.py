"""Prepares the HTML of an old blog for Markdown: removes scripts, rewrites links, extracts footnotes, replaces frames."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag

from bylines.imports import addresses
from bylines.markup import posters

Link = Callable[[str, bool], str]
"""Maps an old address to its new one; the second argument is true for a picture's. Empty if a picture cannot be found."""

_RUNS = (
    "script",
    "style",
    "object",
    "embed",
    "applet",
    "form",
    "noscript",
    "svg",
    "template",
    "canvas",
    "link",
    "meta",
)
_GIST = re.compile(r"https://gist\.github\.com/[\w/-]+")
_DEEPEST = 100


def prepare(soup: BeautifulSoup, link: Link, losses: list[str]) -> list[tuple[str, Tag]]:
    """Prepares a document in place. Returns its footnotes as (new name, element); `losses` gets what was removed."""
    for found in soup.find_all(string=lambda text: isinstance(text, Comment)):
        found.extract()
    for each in soup.find_all("br"):
        code = each.find_parent("pre") or each.find_parent("code")
        if code is not None:
            code.name = "pre"
            each.name, each.string = "span", "\n"  # much faster than `replace_with`, which searches the siblings
    notes = _footnotes(soup)
    roots: list[Any] = [soup, *(element for _, element in notes)]
    for root in roots:
        _frames(root, soup, losses)
        _media(root, soup, link)
        _scripts(root, soup, losses)
        _links(root, soup, link)
    return notes


def is_too_deep(soup: BeautifulSoup) -> bool:
    """Return whether elements are nested more than 100 deep: conversion takes time in proportion to the square of the depth."""
    depths = {id(soup): 0}
    for element in soup.find_all(True):
        depths[id(element)] = depth = depths[id(element.parent)] + 1
        if depth > _DEEPEST:
            return True
    return False


def raw(soup: BeautifulSoup, text: str, *, block: bool = False) -> Tag:
    """Return a placeholder element; the converter writes its text as raw Markdown."""
    made = soup.new_tag("bylines-raw")
    made["data-text"] = text
    if block:
        made["data-block"] = "1"
    return made


def address(target: str) -> str:
    """An address, escaped for a Markdown link. Empty for schemes that run code or embed their content (`javascript:`, `data:`)."""
    target = target.strip()
    if re.match(r"(?:javascript|data|vbscript|about|blob|file):", target, re.I):
        return ""
    return urllib.parse.quote(target, safe="/:?#@!$&'*+,;=%~-._[]|{}") if re.search(r"[\s()<>\\\"]", target) else target


def picture(element: Tag, caption: str = "") -> str:
    """Return a picture as Markdown, or a link to it if the picture is not in the export (marked by `data-link`)."""
    alt = " ".join(str(element.get("alt") or "").split())
    words = re.sub(r"([\\\[\]`*_<])", r"\\\1", alt)
    target = address(str(element.get("src") or ""))
    if not target:
        return words
    said = caption.replace("\\", "").replace('"', '\\"')
    if element.get("data-link"):
        name = words or caption or urllib.parse.unquote(target.rstrip("/").rpartition("/")[2]) or target
        below = f"\n*{caption}*" if caption and caption != name and "*" not in caption else ""
        return f"[{name}]({target})" + below
    return f"![{words}]({target}" + (f' "{said}")' if said else ")")


def _footnotes(soup: BeautifulSoup) -> list[tuple[str, Tag]]:
    """Replaces references to footnotes by `[^1]` and takes the notes out of the document.

    Knows the HTML of kramdown, Python-Markdown and WordPress. A reference without a note stays a link.
    """
    found: list[tuple[str, Tag]] = []
    names: dict[str, str] = {}
    placed: dict[int, tuple[Tag, Any]] = {}  # keeps the marks alive, so that no id() is reused
    holders: dict[int, Any] = {}
    backs: set[str] = set()
    by_id = {str(each["id"]): each for each in soup.find_all(("li", "aside", "dd"), id=True)}
    for anchor in soup.find_all("a", href=re.compile("^#.")):
        target = str(anchor["href"])[1:]
        mark = anchor.find_parent("sup") or (anchor if "footnote-ref" in (anchor.get("class") or ()) else None)
        if target not in by_id or (mark is None and anchor.find("sup") is None):
            continue
        if by_id[target].find_parent(("sup",)) is not None or any(each is by_id[target] for each in anchor.parents):
            continue
        place = mark if mark is not None else anchor
        if target not in names:
            names[target] = str(len(names) + 1)
            found.append((names[target], by_id[target]))
        backs |= {str(each["id"]) for each in (anchor, place) if each.get("id")}
        reference = raw(soup, f"[^{names[target]}]")
        if id(place) in placed:  # several in one mark
            placed[id(place)][1].insert_after(reference)
        elif place.parent is not None:
            place.replace_with(reference)
        placed[id(place)] = place, reference
    for _, note in found:
        for back in note.find_all("a", href=re.compile("^#")):
            if str(back["href"])[1:] in backs or "footnote-backref" in (back.get("class") or ()):
                back.extract()
        holders[id(note.parent)] = note.parent
        note.extract()
        note.name = "div"
    for holder in holders.values():
        _drop_empty(holder)
    return found


def _drop_empty(element: Any) -> None:
    while isinstance(element, Tag) and element.name in ("ol", "ul", "div", "section", "footer"):
        rest = [each for each in element.find_all(True) if each.name != "hr"]
        if rest or element.get_text().strip():
            return
        parent = element.parent
        element.extract()
        element = parent


def _frames(root: Any, soup: BeautifulSoup, losses: list[str]) -> None:
    for frame in root.find_all("iframe"):
        source = str(frame.get("src") or frame.get("data-src") or "")
        source = f"https:{source}" if source.startswith("//") else source
        if not source.startswith(("http://", "https://")):
            losses.append("a frame without an address is gone")
            frame.extract()
            continue
        if posters.embed_place(source, ()):
            shown, title = _page_address(source), str(frame.get("title") or "") or "The video"
        else:
            losses.append(f"frame {source} is a link now")
            shown, title = source, str(frame.get("title") or "") or source.partition("://")[2]
        title = re.sub(r"[\[\]\\]", "", title)
        frame.replace_with(raw(soup, f"[{title}]({address(shown)})", block=True))


def _page_address(source: str) -> str:
    """Return the address of the page that shows an embedded video (YouTube, Vimeo)."""
    parts = addresses.parts(source)
    embedded = re.fullmatch(r"/embed/([\w-]{11})", parts.path)
    if "youtube" in parts.netloc and embedded:
        start = urllib.parse.parse_qs(parts.query).get("start", [""])[0]
        return f"https://www.youtube.com/watch?v={embedded[1]}" + (f"&t={start}" if start.isdigit() else "")
    vimeo = re.fullmatch(r"/video/(\d+)", parts.path)
    return f"https://vimeo.com/{vimeo[1]}" if parts.netloc == "player.vimeo.com" and vimeo else source


def _media(root: Any, soup: BeautifulSoup, link: Link) -> None:
    """Replaces each `<video>` and `<audio>` by a link in a paragraph of its own, which the site shows as a player."""
    for medium in root.find_all(("video", "audio")):
        source = medium.find("source")
        target = str(medium.get("src") or (source.get("src") if source is not None else "") or "")
        if not target:
            medium.extract()
            continue
        new = link(target, False)
        name = urllib.parse.unquote(target.rpartition("/")[2]) or medium.name
        name = re.sub(r"[\[\]\\]", "", name)
        medium.replace_with(raw(soup, f"[{name}]({address(new)})", block=True))


def _scripts(root: Any, soup: BeautifulSoup, losses: list[str]) -> None:
    for element in root.find_all(_RUNS):
        if element.name == "script" and (gist := _GIST.match(str(element.get("src") or ""))):
            losses.append(f"gist {gist[0]} is a link now")
            element.replace_with(raw(soup, f"<{gist[0]}>", block=True))
            continue
        if element.name not in ("style", "noscript", "link", "meta") and element.parent is not None:
            source = str(element.get("src") or element.get("data") or element.get("action") or "")
            losses.append(f"<{element.name}> is gone" + (f" ({source})" if source else ""))
        element.extract()


def _links(root: Any, soup: BeautifulSoup, link: Link) -> None:
    for image in root.find_all("img"):
        _image(image, link)
    pictures: dict[int, Tag] = {}
    for image in root.find_all("img"):
        pictures.setdefault(id(image.find_parent("a")), image)
    for anchor in root.find_all("a", href=True):
        target = str(anchor["href"]).strip()
        inner = pictures.get(id(anchor))
        if inner is not None and not anchor.get_text().strip() and _is_picture(target):
            anchor.unwrap()  # the picture itself, larger: the site shows it in sizes
        elif inner is not None and inner.get("data-link") and not anchor.get_text().strip():
            inner.replace_with(str(inner.get("alt") or "") or str(inner["src"]).rpartition("/")[2])
            anchor["href"] = link(target, False)
        elif target:
            anchor["href"] = link(target, False)
    for source in root.find_all("source"):
        source.extract()


def _image(image: Tag, link: Link) -> None:
    written = str(image.get("data-src") or image.get("data-lazy-src") or image.get("src") or "").strip()
    image.attrs = {name: value for name, value in image.attrs.items() if name in ("alt", "width", "height")}
    if not written or written.startswith("data:"):
        link(written[:40] or "(no address)", True)
        image.replace_with(str(image.get("alt") or ""))
        return
    target = link(written, True)
    if not target:
        image.replace_with(str(image.get("alt") or "") or written)
        return
    image["src"] = target
    if target.startswith(("http://", "https://", "//")):
        image["data-link"] = "1"


def _is_picture(target: str) -> bool:
    return addresses.parts(target).path.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp"))
