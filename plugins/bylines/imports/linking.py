"""Finds the new target of an old link: another imported post, a file of the export, or an address on the old site."""

from __future__ import annotations

import posixpath
import re
import urllib.parse
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bylines.imports import addresses
from bylines.imports.model import Entry, OldBlog

SOURCE = "source:"
"""The prefix of a target that names an entry by its file in the export."""
_PELICAN = re.compile(r"(?:\{(?:static|filename|attach|photo)\}|\|(?:static|filename|attach)\|)(/?)", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_SIZED = re.compile(r"(?:-\d+x\d+|-scaled)(?=\.\w+$)")
_UPLOADS = ("wp-content/uploads/", "content/images/", "content/media/", "content/files/")
_TEXTS = (
    ".md",
    ".markdown",
    ".rst",
    ".html",
    ".htm",
    ".php",
    ".xml",
    ".xhtml",
    ".svgz",
    ".mdown",
    ".mkd",
    ".asp",
    ".aspx",
)
_BY_NAME_ALONE = ("Blogger", "Medium")


class Index:
    """Looks up the entries and files of one export by address."""

    def __init__(self, blog: OldBlog, names: Iterable[str]) -> None:
        self.blog = blog
        self.names = frozenset(names)
        self.has_files = any(not name.lower().endswith((*_TEXTS, ".json", ".atom")) for name in self.names)
        """Whether the export holds anything that could go with a post."""
        self._host = _host(blog.base)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.names):
            self._by_name[posixpath.basename(name)].append(name)
        self._entries: dict[str, Entry] = {}
        for entry in blog.entries:
            for url in (entry.url, *entry.others):
                if url:
                    self._entries.setdefault(self._normal(url), entry)
            if entry.source:
                self._entries.setdefault(SOURCE + entry.source, entry)

    def entry(self, of: Entry, target: str) -> Entry | None:
        """Return the entry that a link in another entry leads to; None if there is none."""
        if target.startswith(SOURCE):
            return self._entries.get(target)
        if _PELICAN.match(target) or target.partition("#")[0].endswith(_TEXTS[:3]):
            for name in self._places(of, target):
                if SOURCE + name in self._entries:
                    return self._entries[SOURCE + name]
        if _is_absolute(target) and _host(target) != self._host:
            return None
        return self._entries.get(self._normal(addresses.join(of.url or "/", target)))

    def _normal(self, url: str) -> str:
        parts = addresses.parts(url)
        path = urllib.parse.unquote(parts.path)
        path = path[: -len("index.html")] if path.endswith("/index.html") else path
        query = f"?{parts.query}" if re.match(r"(?:p|page_id)=\d+$", parts.query) else ""
        return (path.rstrip("/") or "/") + query

    def file(self, of: Entry, target: str) -> str:
        """Return the file of the export that a link in an entry leads to; empty if there is none."""
        places = self._places(of, target)
        if not places or places[0].lower().endswith(_TEXTS):
            return ""
        for name in (*places, *(_SIZED.sub("", place) for place in places)):
            if name in self.names:
                return name
        return self._by_end(places[0]) if _is_absolute(target) or target.startswith("/") else ""

    def _places(self, of: Entry, target: str) -> list[str]:
        marked = _PELICAN.match(target)
        path = target[marked.end(1) - len(marked[1]) :] if marked else target
        path = urllib.parse.unquote(addresses.parts(path).path)
        if not path or path.endswith("/") or "\0" in path:
            return []
        found = []
        if not path.startswith("/") and not _is_absolute(target):
            found.append(posixpath.join(of.folder, path))
            path = addresses.join(addresses.parts(of.url).path or "/", path)
        found += [root + path.lstrip("/") for root in self.blog.roots]
        for mark in _UPLOADS:
            if mark in path:
                found += [f"{mark}{path.partition(mark)[2]}", path.partition(mark)[2]]
        return [name for each in found if not (name := posixpath.normpath(each)).startswith("../")]

    def _by_end(self, path: str) -> str:
        """The only file with the same name and parent folder as an address; the name is enough for Blogger and Medium."""
        for name in dict.fromkeys((posixpath.basename(path), _SIZED.sub("", posixpath.basename(path)))):
            candidates = self._by_name.get(name, [])
            folder = posixpath.basename(posixpath.dirname(path))
            closer = [each for each in candidates if folder and posixpath.basename(posixpath.dirname(each)) == folder]
            if len(closer) == 1:
                return closer[0]
            if len(candidates) == 1 and self.blog.program in _BY_NAME_ALONE and len(name) > 8:
                return candidates[0]
        return ""

    def at_home(self, of: Entry, target: str) -> str:
        """Return a target as an address of the old site; '' where nobody knows where that is."""
        target = _PELICAN.sub(r"\1", target)
        if target.startswith("//"):
            return f"https:{target}"
        if not self.blog.base:
            return ""
        return addresses.join(addresses.join(f"{self.blog.base}/", of.url), target)


class Linker:
    """Turns the links of one entry; notes the files that go with it, and what is lost."""

    def __init__(self, index: Index, entry: Entry, paths: Mapping[str, str]) -> None:
        self._index = index
        self._entry = entry
        self._paths = paths
        """Where each entry lies in the blog's folder, by its key."""
        self._taken: dict[str, int] = {}
        self.files: dict[str, str] = {}
        """The names in the post's folder, by the names in the export."""
        self.losses: list[str] = []
        self.pictures: set[str] = set()
        """The addresses of all pictures."""

    def __call__(self, target: str, picture: bool = False) -> str:
        """The new address of a link or picture; empty if a picture cannot be found."""
        target = target.strip()
        if picture:
            self.pictures.add(target)
        if "{{" in target or "{%" in target:
            return target  # what stands in it is named where it stays as text
        if target.startswith(("#", "?")) or (
            _SCHEME.match(target) and not target.startswith(("http:", "https:", SOURCE))
        ):
            return (
                target
                if not picture
                else self._note_loss(f"picture {target} is not in the export: its words stand alone")
            )
        other = None if picture else self._index.entry(self._entry, target)
        if other is not None:
            return self._relative_path(other, target)
        name = self._index.file(self._entry, target)
        if name:
            return urllib.parse.quote(self.file(name))
        return self._outside_address(target, picture)

    def file(self, name: str) -> str:
        """Return the name that a file of the export gets in the post's folder."""
        if name not in self.files:
            self.files[name] = _free_name(posixpath.basename(name), self._taken)
        return self.files[name]

    def _relative_path(self, other: Entry, target: str) -> str:
        fragment = addresses.parts(target).fragment if not target.startswith(SOURCE) else ""
        own = posixpath.dirname(self._paths.get(self._entry.key, ""))
        if other.status == "draft" and self._entry.status != "draft":
            self._note_loss(f"link to the draft {other.title} leads nowhere until that is published")
        path = posixpath.relpath(self._paths.get(other.key, "x.md"), own or ".")
        return path + (f"#{fragment}" if fragment else "")

    def _outside_address(self, target: str, picture: bool) -> str:
        if _is_absolute(target) and not target.startswith("//"):
            if picture:
                self._note_loss(f"picture {target} is not in the export: a link stands for it")
            return target
        home = self._index.at_home(self._entry, target) if not target.startswith(SOURCE) else ""
        what = "picture" if picture else "link"
        shown = target.removeprefix(SOURCE)
        if home:
            self._note_loss(f"{what} {shown} is not in the export: a link to {home} stands for it")
            return home
        if picture:
            return self._note_loss(f"picture {shown} is not in the export: its words stand alone")
        self._note_loss(f"link {shown} leads nowhere: mend it by hand")
        return shown

    def _note_loss(self, what: str) -> str:
        self.losses.append(what)
        return ""


def _free_name(name: str, taken: dict[str, int]) -> str:
    """A free, safe name for a file in a post's folder. `taken` maps used names, in lower case, to the last number tried."""
    stem, ending = posixpath.splitext(re.sub(r"[^\w.-]+", "-", name).lstrip(".-") or "file")
    if stem.lower() in ("index", "comments"):
        stem = f"{stem}-file"
    stem = stem[:80]
    found = wished = f"{stem}{ending}"
    number = taken.get(wished.lower(), 1)
    while found.lower() in taken:
        number += 1
        found = f"{stem}-{number}{ending}"
    taken[wished.lower()] = number
    taken.setdefault(found.lower(), 1)
    return found


def _is_absolute(target: str) -> bool:
    return target.startswith(("http://", "https://", "//"))


def _host(url: str) -> str:
    return addresses.parts(url).netloc.lower().removeprefix("www.")
