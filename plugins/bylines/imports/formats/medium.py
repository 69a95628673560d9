"""Reads Medium's zip from Settings → Download your information, in which each post is an HTML page in `posts/`.

It contains no topics, no comments by others and no pictures; those are at cdn-images-1.medium.com.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from bylines.imports import moments
from bylines.imports.export import Export
from bylines.imports.markdown import MOST_TAGS
from bylines.imports.model import Entry, OldBlog
from bylines.problems import ExportError

_ID = re.compile(r"https://medium\.com/p/([0-9a-f]{6,16})")
_FILE = re.compile(r"(?:(?P<day>\d{4}-\d{2}-\d{2})_|(?P<draft>draft)_)?(?P<slug>.*?)-{1,3}(?P<id>[0-9a-f]{6,16})")


def read(export: Export) -> OldBlog:
    """Reads all posts in the export. Raises ExportError."""
    found: list[Entry] = []
    losses: list[str] = []
    replies: list[str] = []
    for name in export.names:
        if not name.endswith(".html"):
            continue
        text = export.text(name)
        if text.count("<") > MOST_TAGS:
            losses.append(f"{name} has more than {MOST_TAGS:,} tags: not taken")
        elif "h-entry" in text and "p-name" in text:
            entry = _entry(name, text, replies)
            found += [entry] if entry is not None else []
        elif "/posts/" in f"/{name}":
            losses.append(f"{name} is no post as Medium writes it: not taken")
    if not found and not replies:
        raise ExportError(f"{export.name} holds no posts as Medium writes them (posts/….html)")
    losses += [f"{name} is a reply to somebody's post, as it has no title of its own: not taken" for name in replies]
    losses.append("Medium exports no topics, and no comments of others")
    return OldBlog(program="Medium", entries=tuple(found), base="https://medium.com", losses=tuple(losses))


def _entry(name: str, text: str, replies: list[str]) -> Entry | None:
    """Reads the post of a page. Returns None if it is a reply, and adds its name to `replies`."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "lxml")
    stem = posixpath.splitext(posixpath.basename(name))[0]
    in_name = _FILE.fullmatch(stem)
    original = _ID.search(" ".join(str(each["href"]) for each in soup.select("footer a[href]")))
    when = soup.select_one("time.dt-published")
    canonical = soup.select_one("a.p-canonical[href]")
    author = soup.select_one("a.p-author")
    title = _words(soup.select_one("h1.p-name"))
    summary = _words(soup.select_one('[data-field="subtitle"]'))
    day = in_name["day"] if in_name and in_name["day"] else ""
    is_draft = stem.startswith("draft_") or when is None
    body = soup.select_one('[data-field="body"]')
    if not is_draft and _is_reply(soup, body, title):
        replies.append(name)
        return None
    why = _why_not_public(soup)
    return Entry(
        key=original[1] if original else name,
        title=title,
        body=_body(body, title, summary),
        form="html",
        status="draft" if is_draft or why else "published",
        date=moments.read(str(when["datetime"])) if when is not None and when.get("datetime") else day,
        summary=summary,
        authors=(_words(author),) if author is not None else (),
        slug=re.sub(r"-?[0-9a-f]{8,16}$", "", posixpath.basename(str(canonical["href"])))
        if canonical is not None
        else "",
        url=str(canonical["href"]) if canonical is not None and "/medium.com/" not in str(canonical["href"]) else "",
        id=original[0] if original else "",
        folder=posixpath.dirname(name),
        source=name,
        losses=(f"{why}: it is a draft",) if why else (),
    )


def _is_reply(soup: Any, body: Any, title: str) -> bool:
    """Return whether a page is a reply to a post: it is marked as one, or its title is only the start of its text."""
    if soup.select_one('.u-in-reply-to, [rel~="in-reply-to"], .p-in-reply-to, [data-field="inResponseTo"]') is not None:
        return True
    if body is None or body.select_one(".graf--title, h1, h2, h3, h4") is not None:
        return False
    start = re.sub(r"\W+", " ", title).strip().lower()
    words = re.sub(r"\W+", " ", _words(body)).strip().lower()
    return bool(words) and words.startswith(start)


def _why_not_public(soup: Any) -> str:
    """Why a page was not public; empty if nothing says so."""
    marks = soup.select_one(
        '.p-visibility, .p-status, [data-visibility], [data-field="visibility"], meta[name="visibility"]'
    )
    said = ""
    if marks is not None:
        said = str(marks.get("content") or marks.get("data-visibility") or "") or _words(marks)
    return f"it was {said.lower()}" if said and said.lower() not in ("public", "published") else ""


def _words(element: Any) -> str:
    return " ".join(element.get_text().split()) if element is not None else ""


def _body(body: Any, title: str, summary: str) -> str:
    """Return the HTML of a post, without the repeated title and subtitle, the first divider and empty placeholders."""
    if body is None:
        return ""
    for number, rule in enumerate(body.select("div.section-divider")):
        if number == 0:
            rule.extract()
    for selector, words in ((".graf--title", title), (".graf--subtitle", summary)):
        first = body.select_one(selector)
        if first is not None and (selector == ".graf--title" or _words(first) == words):
            first.extract()
    for each in body.select("div.aspectRatioPlaceholder-fill"):
        each.extract()
    for each in body.select("a.markup--user, div.graf--mixtapeEmbed a.js-mixtapeImage, a.js-mixtapeImage"):
        if not each.get_text().strip():
            each.extract()
    return "".join(str(each) for each in body.children)
