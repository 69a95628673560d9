"""Checks the pages and feeds of a built site.

Every link and picture leads to a file, and every fragment to an id. Ids are unique. A page has a title, a language and one h1,
and every picture an alt. Feeds, archives and OPML keep their rules.
"""

from __future__ import annotations

import os
import urllib.parse
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from bylines.verifying import feed_rules

_SCHEMES = ("http", "https", "mailto", "tel")


class Page(HTMLParser):
    """The links, ids and tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: Counter[str] = Counter()
        self.faults: list[str] = []
        self.canonical = ""
        self._drawings = 0  # open svg elements
        try:
            self.feed(text)
        except AssertionError:  # the parser raises this for an invalid declaration
            self.faults.append("a declaration that cannot be read")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record a start tag."""
        given = {name: value or "" for name, value in attrs}
        self._drawings += tag == "svg"
        self.tags["title of a drawing" if tag == "title" and self._drawings else tag] += 1
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given.get("href", "")
        self.links += [given[name] for name in ("href", "src") if name in given]
        if tag == "img" and "alt" not in given:
            self.faults.append(f"a picture without alt: {given.get('src')}")
        if tag == "html" and not given.get("lang"):
            self.faults.append("no language")

    def handle_endtag(self, tag: str) -> None:
        """Record the end of a drawing."""
        self._drawings -= tag == "svg"


class SiteChecker:
    """Checks the files of a site in a folder."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self.base = _base(self.folder)
        self._ids: dict[str, frozenset[str]] = {}

    def faults(self, path: str) -> Iterator[str]:
        """Yield everything that is wrong with one file."""
        file = self.folder / path
        if path.endswith(".html"):
            yield from self._of_page(path, Page(file.read_text(errors="replace")))
        elif path.endswith((".atom", ".rss", ".opml")) or feed_rules.is_json_feed(file):
            yield from feed_rules.faults(file, feed_rules.BuiltSite(self.folder, self.base))

    def _of_page(self, path: str, page: Page) -> Iterator[str]:
        yield from page.faults
        yield from (f"the id {name!r} stands {count} times" for name, count in Counter(page.ids).items() if count > 1)
        for tag in ("title", "h1", "main"):
            if page.tags[tag] != 1:
                yield f"{page.tags[tag]} {tag} elements"
        own = frozenset(page.ids)
        for link in dict.fromkeys(page.links):
            fault = self._of_link(path, link, own)
            if fault:
                yield fault

    def _of_link(self, path: str, link: str, own: frozenset[str]) -> str | None:
        if self.base and link.startswith(self.base):
            link = link[len(self.base) :] or "/"
        try:
            parts = urllib.parse.urlsplit(link)
        except ValueError:
            return f"{link} is no address"
        if parts.scheme or parts.netloc:
            return None if parts.scheme in _SCHEMES else f"{link} has an odd scheme"
        target = urllib.parse.unquote(urllib.parse.urljoin("/" + path, parts.path))[1:]
        if target.endswith("/") or not target:
            target += "index.html"
        if not os.path.isfile(self.folder / target):  # this is also false for a name that is too long
            return f"{link} leads nowhere"
        fragment = urllib.parse.unquote(parts.fragment)
        if fragment and target.endswith(".html") and fragment not in (own if target == path else self._ids_of(target)):
            return f"{link}: there is no such id"
        return None

    def _ids_of(self, path: str) -> frozenset[str]:
        """Return the ids of a page. They are cached, since few pages are linked into."""
        if path not in self._ids:
            self._ids[path] = frozenset(Page((self.folder / path).read_text(errors="replace")).ids)
        return self._ids[path]


def check(folder: str | Path, paths: Iterable[str] | None = None) -> list[str]:
    """Return everything that is wrong with a site in a folder, or with some of its files, as lines `path: fault`."""
    ground = SiteChecker(str(folder))
    return [
        f"{path}: {fault}" for path in (files_of(folder) if paths is None else paths) for fault in ground.faults(path)
    ]


def _base(folder: Path) -> str:
    """Return the site's address without its last slash, as the home page says it, or the directory where there is no home page."""
    for below in ("", "blogs/"):
        page = folder / below / "index.html"
        if page.is_file():
            return Page(page.read_text(errors="replace")).canonical.removesuffix(below).rstrip("/")
    return ""


def files_of(folder: str | Path) -> list[str]:
    """Return the paths of the files below a folder, without those that begin with a dot."""
    found: list[str] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = os.path.relpath(parent, folder).replace(os.sep, "/")
        found += [name if inside == "." else f"{inside}/{name}" for name in sorted(files) if not name.startswith(".")]
    return found
