"""Checks a built site with nothing but Python: `python tools/check_site.py output`.

Every link and picture within the site leads to a file, every fragment to an id; ids stand once; a page has a title, a
language and one h1; every picture has an alt. Feeds can be parsed, with ids and absolute addresses. `--sample BASE DIR`
prints addresses of a few posts, for checkers that open pages.
"""

from __future__ import annotations

import sys
import urllib.parse
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

_ATOM = "{http://www.w3.org/2005/Atom}"
_VOID_SCHEMES = ("mailto", "tel")


class Page(HTMLParser):
    """What a page links to, and what it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: Counter[str] = Counter()
        self.faults: list[str] = []
        self.canonical = ""
        self._drawings = 0  # that are open
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag."""
        given = {name: value or "" for name, value in attrs}
        self._drawings += tag == "svg"
        self.tags["title of a drawing" if tag == "title" and self._drawings else tag] += 1
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]
        self.links += [given[name] for name in ("href", "src") if name in given]
        if tag == "img" and "alt" not in given:
            self.faults.append(f"a picture without alt: {given.get('src')}")
        if tag == "html" and not given.get("lang"):
            self.faults.append("no language")

    def handle_endtag(self, tag: str) -> None:
        """Notes where a drawing ends."""
        self._drawings -= tag == "svg"


def check(folder: Path) -> list[str]:
    """Everything that is wrong in a built site."""
    pages = {str(file.relative_to(folder)): Page(file.read_text()) for file in sorted(folder.rglob("*.html"))}
    base = _base(pages)
    found = [
        f"{path}: {fault}" for path, page in pages.items() for fault in _page_faults(folder, pages, base, path, page)
    ]
    for file in sorted(folder.rglob("*.atom")):
        found += [f"{file.relative_to(folder)}: {fault}" for fault in _feed_faults(file, base)]
    return found


def _base(pages: dict[str, Page]) -> str:
    """SITEURL, by what the home page says of itself."""
    return pages["index.html"].canonical.rstrip("/") if "index.html" in pages else ""


def _page_faults(folder: Path, pages: dict[str, Page], base: str, path: str, page: Page) -> Iterator[str]:
    yield from page.faults
    yield from (f"the id {name!r} stands {count} times" for name, count in Counter(page.ids).items() if count > 1)
    for tag in ("title", "h1", "main"):
        if page.tags[tag] != 1:
            yield f"{page.tags[tag]} {tag} elements"
    for link in dict.fromkeys(page.links):
        fault = _link_fault(folder, pages, base, path, link)
        if fault:
            yield fault


def _link_fault(folder: Path, pages: dict[str, Page], base: str, path: str, link: str) -> str | None:
    if base and link.startswith(base):
        link = link[len(base) :] or "/"
    parts = urllib.parse.urlsplit(link)
    if parts.scheme or parts.netloc:
        return None if parts.scheme in ("http", "https", *_VOID_SCHEMES) else f"{link} has an odd scheme"
    target = urllib.parse.unquote(urllib.parse.urljoin("/" + path, parts.path))[1:]
    if target.endswith("/") or not target:
        target += "index.html"
    if not (folder / target).is_file():
        return f"{link} leads nowhere"
    fragment = urllib.parse.unquote(parts.fragment)
    if fragment and target in pages and fragment not in pages[target].ids:
        return f"{link}: there is no such id"
    return None


def _feed_faults(file: Path, base: str) -> Iterator[str]:
    try:
        root = ET.parse(file).getroot()
    except ET.ParseError as error:
        yield f"is not well-formed ({error})"
        return
    ids = [entry.findtext(f"{_ATOM}id") for entry in root.iter(f"{_ATOM}entry")]
    if None in ids or len(ids) != len(set(ids)):
        yield "entries without ids of their own"
    for element in root.iter(f"{_ATOM}link"):
        if base and not urllib.parse.urlsplit(element.get("href", "")).scheme:
            yield f"{element.get('href')} is not absolute"
    for name in ("id", "title", "updated"):
        if not root.findtext(f"{_ATOM}{name}"):
            yield f"no {name}"


def sample(folder: Path, base: str) -> list[str]:
    """Addresses of some posts with what a theme can get wrong: tables, code, formulas, alerts, other scripts."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("blogs/*/*/index.html")):
        text = file.read_text()
        for sign in (
            "<table",
            'class="highlight"',
            "<math",
            'class="alert',
            "<figure",
            'dir="rtl"',
            'lang="zh',
            "footnotes",
            '"toc"',
        ):
            if sign in text:
                found.setdefault(sign, f"{base}/{file.parent.relative_to(folder)}/")
    return sorted(set(found.values()))


def main(arguments: list[str]) -> int:
    """Runs the command line; gives the exit code."""
    if arguments[:1] == ["--sample"]:
        print("\n".join(sample(Path(arguments[2]), arguments[1])))
        return 0
    folder = Path(arguments[0])
    faults = check(folder)
    print("\n".join(faults) or f"{folder}: every link, id and feed is in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
