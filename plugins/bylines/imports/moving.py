"""An old blog to the files of a new one. Pure, but that it looks at what lies there already; nothing is written here."""

from __future__ import annotations

import os
import posixpath
import re
import urllib.parse
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from bylines.control_characters import without_controls
from bylines.engine.read.nearest import is_alias
from bylines.engine.weave.naming import declared
from bylines.imports import addresses, places, writing
from bylines.imports.export import Export
from bylines.imports.linking import Index, Linker
from bylines.imports.old import PAGE, Entry, OldBlog
from bylines.imports.places import Place, Present
from bylines.imports.relinked import relinked
from bylines.languages import tag_of as language_tag
from bylines.settings import Site
from bylines.settings.declared import LANGUAGES

COMMENTS = "comments.yaml"
_OF_THE_SITE = re.compile(
    r"/(?:blogs|topics|directory|sitemaps|pictures|covers|search|pulse|subscribe|theme|people|teams|authors)(?:/.*)?|/|/index\.html"
    r"|/feed\..*|/page(?:/.*)?",
    re.I,
)
_BEGINNING = 2_000
"""Characters in which the first words of a text stand."""


class RenameMap(NamedTuple):
    """One entry as it lies in the new blog."""

    entry: Entry
    title: str
    path: str
    """In the blog's folder."""
    text: bytes
    there: bool
    """Whether a post with its id was there before."""
    files: tuple[tuple[str, str], ...]
    """(its name in the export, its path in the blog's folder)."""
    comments: bytes
    losses: tuple[str, ...]
    pictures: int
    """How many different ones it shows."""


class Wanted(NamedTuple):
    """Whose blog it becomes, and who the authors of the old one are here."""

    handle: str
    authors: Mapping[str, str]
    """A handle by the name that somebody has in the old blog."""


def by_names(blog: OldBlog, wanted: Wanted) -> Wanted:
    """The same, where some of the old names are logins: by the names that entries have."""
    called = {login.casefold(): name for login, name in blog.called}
    names = {name for entry in blog.entries for name in entry.authors}
    return Wanted(
        wanted.handle,
        {
            name if name in names else called.get(name.casefold(), name): handle
            for name, handle in wanted.authors.items()
        },
    )


def moved(blog: OldBlog, export: Export, site: Site, wanted: Wanted, there: Present) -> list[RenameMap]:
    """Each entry as it will lie in the blog."""
    index = Index(blog, export.names)
    losses: dict[str, list[str]] = {}
    folders = {entry.key for entry in blog.entries if _needs_folder(entry, index)}
    found = places.placed(blog, there, lambda entry: entry.key in folders, site.read.default_lang, losses)
    paths = {key: place.path for key, place in found.items()}
    taken: set[str] = set()
    return [
        _moved(entry, found[entry.key], Linker(index, entry, paths), site, wanted, taken, losses.get(entry.key, []))
        for entry in blog.entries
    ]


def _needs_folder(entry: Entry, index: Index) -> bool:
    if entry.comments or not index.has_files:
        return bool(entry.comments)
    linker = Linker(index, entry, {})
    body(entry, linker, [])
    _image(entry, linker, [])
    return bool(linker.files)


def body(entry: Entry, linker: Linker, losses: list[str]) -> str:
    """An entry's text as it will stand below its header."""
    if entry.form == "html":
        from bylines.imports.markdown import from_html

        return from_html(entry.body, linker, losses)
    return relinked(entry.body, entry.form, linker).strip("\n") + "\n"


def _moved(
    entry: Entry, place: Place, linker: Linker, site: Site, wanted: Wanted, taken: set[str], losses: list[str]
) -> RenameMap:
    losses = [*entry.losses, *losses]
    text = without_controls(body(entry, linker, losses))
    image = _image(entry, linker, losses)
    title = writing.title(places.shown_title(entry, _words(text[:_BEGINNING])), losses)
    if not writing.folded(entry.title):
        losses.append("it has no title: its first words stand for it")
    facts: dict[str, str | tuple[str, ...]] = {
        "title": title,
        "date": entry.date or _no_date(entry, losses),
        "modified": entry.modified if entry.modified != entry.date else "",
        "expires": entry.expires,
        "topics": writing.topics(entry.topics, losses),
        "summary": writing.summary(entry.summary, losses),
        "lang": _lang(entry, place.path, site, losses),
        "authors": _authors(entry, wanted),
        "status": _status(entry),
        "image": image,
        "image_alt": writing.folded(entry.image_alt) if image else "",
        "aliases": _aliases(entry, wanted.handle, taken, losses),
        "id": place.id,
    }
    folder = posixpath.dirname(place.path)
    comments = _comments(entry, losses)
    files = tuple((name, posixpath.join(folder, own)) for name, own in linker.files.items())
    losses += linker.losses
    data = (writing.header(facts) + ("\n" + text if text.strip() else "")).encode()
    return RenameMap(
        entry, title, place.path, data, place.there, files, comments, tuple(dict.fromkeys(losses)), len(linker.pictures)
    )


def _words(text: str) -> list[str]:
    return re.sub(r"[\\*_`#>\[\]!]|\([^)]*\)|<[^>]*>", " ", text).split()


def _no_date(entry: Entry, losses: list[str]) -> str:
    losses.append(
        "it has no date: 1970-01-01 stands for it"
        if not entry.modified
        else "it has no date: that of its last change stands for it"
    )
    return entry.modified or "1970-01-01"


def _lang(entry: Entry, path: str, site: Site, losses: list[str]) -> str:
    """Its language, where that is not the site's anyway, and its file's name does not say it in a way that counts."""
    if not entry.lang:
        return ""
    tag = language_tag(entry.lang)
    if tag is None:
        losses.append(f"its language {entry.lang} is none that is known")
        return ""
    default = site.read.default_lang
    base = default.partition("-")[0]
    is_said = f".{tag}." in path and declared(site.of(LANGUAGES), tag)
    if tag == default or (tag.partition("-")[0] == base and "-" not in default) or is_said:
        return ""
    return tag


def _authors(entry: Entry, wanted: Wanted) -> tuple[str, ...]:
    handles = tuple(dict.fromkeys(wanted.authors.get(name, wanted.handle) for name in entry.authors))
    return handles if handles and handles != (wanted.handle,) else ()


def _status(entry: Entry) -> str:
    if entry.kind == PAGE and entry.status == "published":
        return "hidden"
    return "" if entry.status == "published" else entry.status


def _image(entry: Entry, linker: Linker, losses: list[str]) -> str:
    """The picture above the text, if it lies in the export."""
    if not entry.image:
        return ""
    quiet = list(linker.losses)
    found = linker(entry.image, True)
    linker.losses[:] = quiet
    if found and "://" not in found:
        return urllib.parse.unquote(found)
    losses.append(f"picture {entry.image} is not in the export: none stands above the text")
    return ""


def _aliases(entry: Entry, handle: str, taken: set[str], losses: list[str]) -> tuple[str, ...]:
    """The paths of its old addresses that can lead on from here; each once in all of the import."""
    found: dict[str, None] = {}
    for url in filter(None, (entry.url, *entry.others)):
        path, fault = _alias(url, handle)
        if fault and entry.status != "draft":
            losses.append(fault)
        if path and path.casefold().rstrip("/") not in taken:
            taken.add(path.casefold().rstrip("/"))
            found[path] = None
    return tuple(found)


def _alias(url: str, handle: str) -> tuple[str, str]:
    """The path of an old address, or why nothing can lead on from it."""
    parts = addresses.parts(url)
    path = urllib.parse.unquote(parts.path) or "/"
    path = path if path.startswith("/") else f"/{path}"
    if parts.query:
        return "", f"its old address {url} has a question mark: nothing leads on from it"
    if path == "/" or path.startswith(f"/blogs/{handle}/"):
        return "", ""
    if _OF_THE_SITE.fullmatch(path):
        return "", f"its old address {path} is one of the site's own: nothing leads on from it"
    if not is_alias(path):
        return "", f"its old address {path} cannot be one here: nothing leads on from it"
    return path, ""


def _comments(entry: Entry, losses: list[str]) -> bytes:
    if not entry.comments:
        return b""
    from bylines.imports.markdown import from_html

    lost: list[str] = []
    made = writing.comments(entry.comments, lambda text: from_html(text, _as_it_is, lost)).encode()
    losses += [f"in a comment, {each}" for each in lost]
    return made


def _as_it_is(target: str, picture: bool) -> str:
    return target


def other_authors(blog: OldBlog, wanted: Wanted) -> dict[str, int]:
    """How many entries each author has who has no handle here, where the blog has several."""
    names = Counter(name for entry in blog.entries for name in entry.authors)
    return {name: names[name] for name in sorted(names) if name not in wanted.authors} if len(names) > 1 else {}


def unused(export: Export, blog: OldBlog, entries: list[RenameMap]) -> int:
    """How many pictures and files of the export no entry uses."""
    used = {name for each in entries for name, _ in each.files}
    endings = (
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".avif",
        ".svg",
        ".pdf",
        ".mp4",
        ".mp3",
        ".m4a",
        ".webm",
        ".ogg",
    )
    return sum(1 for name in export.names if name.lower().endswith(endings) and name not in used)


def folder_of(site: Site, handle: str) -> str:
    """The folder of somebody's blog."""
    return os.path.join(site.content, "blogs", handle)
