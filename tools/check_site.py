"""Checks a built site with nothing but Python: `python tools/check_site.py output`.

Every link and picture within the site leads to a file, every fragment to an id; ids stand once; a page has a title, a
language and one h1; every picture has an alt. Feeds in all formats, archives and OPML keep their rules (feed_rules.py).
`--sample BASE DIR` prints addresses of a few posts, for checkers that open pages.
"""

from __future__ import annotations

import sys
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import feed_rules

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
    ground = feed_rules.Ground(folder, base)
    for file in _feeds(folder):
        found += [f"{file.relative_to(folder)}: {fault}" for fault in feed_rules.faults(file, ground)]
    return found


def _feeds(folder: Path) -> Iterator[Path]:
    for ending in ("atom", "rss", "opml", "json"):
        files = sorted(folder.rglob(f"*.{ending}"))
        yield from filter(feed_rules.is_json_feed, files) if ending == "json" else files


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
