"""Converts the entries of an old blog to the files of a new one. Writes nothing."""

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
from bylines.imports import addresses, target_paths, writing
from bylines.imports.export import Export
from bylines.imports.linking import Index, Linker
from bylines.imports.model import PAGE, Entry, OldBlog
from bylines.imports.relink import relink
from bylines.imports.target_paths import Place, Present
from bylines.languages import tag_of as language_tag
from bylines.settings import Site
from bylines.settings.declared import LANGUAGES

COMMENTS = "comments.yaml"
_OWN_ADDRESSES = re.compile(
    r"/(?:blogs|topics|directory|sitemaps|pictures|covers|search|pulse|subscribe|theme|people|teams|authors)(?:/.*)?|/|/index\.html"
    r"|/feed\..*|/page(?:/.*)?",
    re.I,
)
_BEGINNING = 2_000
"""The number of characters that are searched for the first words of a text."""


class ConvertedEntry(NamedTuple):
    """One entry as it will be in the new blog."""

    entry: Entry
    title: str
    path: str
    """Relative to the blog's folder."""
    text: bytes
    there: bool
    """Whether the blog already has a post with its id."""
    files: tuple[tuple[str, str], ...]
    """Pairs of (name in the export, path in the blog's folder)."""
    comments: bytes
    losses: tuple[str, ...]
    pictures: int
    """The number of different pictures in it."""


class ImportTarget(NamedTuple):
    """The blog to import to, and the handles of the old blog's authors."""

    handle: str
    authors: Mapping[str, str]
    """Old names, or logins, to handles."""


def resolve_logins(blog: OldBlog, wanted: ImportTarget) -> ImportTarget:
    """Replaces logins among the old author names by the display names that the entries use."""
    called = {login.casefold(): name for login, name in blog.logins}
    names = {name for entry in blog.entries for name in entry.authors}
    return ImportTarget(
        wanted.handle,
        {
            name if name in names else called.get(name.casefold(), name): handle
            for name, handle in wanted.authors.items()
        },
    )


def convert_blog(
    blog: OldBlog, export: Export, site: Site, wanted: ImportTarget, there: Present
) -> list[ConvertedEntry]:
    """Converts all entries of a blog, in their order. `there` says what the new blog already has."""
    index = Index(blog, export.names)
    losses: dict[str, list[str]] = {}
    folders = {entry.key for entry in blog.entries if _needs_folder(entry, index)}
    found = target_paths.place_entries(blog, there, lambda entry: entry.key in folders, site.read.default_lang, losses)
    paths = {key: place.path for key, place in found.items()}
    taken: set[str] = set()
    return [
        _convert_entry(
            entry, found[entry.key], Linker(index, entry, paths), site, wanted, taken, losses.get(entry.key, [])
        )
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
    """Return the text of an entry below its front matter, as Markdown or reStructuredText. Adds to `losses`."""
    if entry.form == "html":
        from bylines.imports.markdown import from_html

        return from_html(entry.body, linker, losses)
    return relink(entry.body, entry.form, linker).strip("\n") + "\n"


def _convert_entry(
    entry: Entry, place: Place, linker: Linker, site: Site, wanted: ImportTarget, taken: set[str], losses: list[str]
) -> ConvertedEntry:
    losses = [*entry.losses, *losses]
    text = without_controls(body(entry, linker, losses))
    image = _image(entry, linker, losses)
    title = writing.title(target_paths.choose_title(entry, _words(text[:_BEGINNING])), losses)
    if not writing.fold(entry.title):
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
        "image_alt": writing.fold(entry.image_alt) if image else "",
        "aliases": _aliases(entry, wanted.handle, taken, losses),
        "id": place.id,
    }
    folder = posixpath.dirname(place.path)
    comments = _comments(entry, losses)
    files = tuple((name, posixpath.join(folder, own)) for name, own in linker.files.items())
    losses += linker.losses
    data = (writing.header(facts) + ("\n" + text if text.strip() else "")).encode()
    return ConvertedEntry(
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
    """Return the value of `lang`; empty if it is the site's default, or if the file's name already states it."""
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


def _authors(entry: Entry, wanted: ImportTarget) -> tuple[str, ...]:
    handles = tuple(dict.fromkeys(wanted.authors.get(name, wanted.handle) for name in entry.authors))
    return handles if handles and handles != (wanted.handle,) else ()


def _status(entry: Entry) -> str:
    if entry.kind == PAGE and entry.status == "published":
        return "hidden"
    return "" if entry.status == "published" else entry.status


def _image(entry: Entry, linker: Linker, losses: list[str]) -> str:
    """Return the file of the picture above the text; empty if it has none or it is not in the export."""
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
    """The old paths of an entry that can redirect to it. `taken` holds the paths of earlier entries, so each is used once."""
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
    """Returns (path, '') for an old address that can redirect, ('', reason) if it cannot, ('', '') if it need not."""
    parts = addresses.parts(url)
    path = urllib.parse.unquote(parts.path) or "/"
    path = path if path.startswith("/") else f"/{path}"
    if parts.query:
        return "", f"its old address {url} has a question mark: nothing leads on from it"
    if path == "/" or path.startswith(f"/blogs/{handle}/"):
        return "", ""
    if _OWN_ADDRESSES.fullmatch(path):
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


def count_unmapped_authors(blog: OldBlog, wanted: ImportTarget) -> dict[str, int]:
    """Counts the entries of each author without a handle; empty if the blog has a single author."""
    names = Counter(name for entry in blog.entries for name in entry.authors)
    return {name: names[name] for name in sorted(names) if name not in wanted.authors} if len(names) > 1 else {}


def count_unused_files(export: Export, blog: OldBlog, entries: list[ConvertedEntry]) -> int:
    """Counts the pictures, recordings and documents of the export that no entry uses."""
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
    """Return the path of the blog's folder."""
    return os.path.join(site.content, "blogs", handle)
