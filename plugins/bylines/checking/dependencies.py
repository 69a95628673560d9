"""Finds the other sources that a changed source depends on: people that it names, link targets, rivals for its address.

They are found by their file names, without opening any. What no file name tells (an address that is somebody's alias) is searched
for with `git grep`, and only if no file has the name.
"""

from __future__ import annotations

import contextlib
import os
import posixpath
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator

from bylines.engine.folder_texts import is_folder_text
from bylines.engine.kinds import Kinds, kinds_of
from bylines.engine.paths import file_of
from bylines.engine.read.document import Document
from bylines.engine.read.kind import PROFILE, Kind
from bylines.engine.read.markers import PhotoBeside, Target
from bylines.engine.read.names import forms_of, slug_of
from bylines.engine.weave import links
from bylines.git import Git
from bylines.markup.posters import VIDEOS
from bylines.pictures.endings import PHOTOS, is_picture
from bylines.records import Record
from bylines.settings import Site

_TEXTS = (".md", ".rst")


def dependencies_of(site: Site, name: str, record: Record | None) -> Iterator[str]:
    """Yield the names of the sources that are needed to check one."""
    kinds = kinds_of(site.features)
    yield from (kind.source_of() for kind in kinds.kinds if not kind.at.names)
    for handle in _handles_in(kinds, name):
        yield from author_sources(site, handle)
    yield from same_address(site, name)
    if _is_file(kinds, name):
        yield from owners(site, name)
    if isinstance(record, Document):
        for handle in (*record.mentions, *filter(None, (_nearest_handle(site, each) for each in record.mentions))):
            yield from author_sources(site, handle)
        for written in record.targets:
            yield from link_sources(site, name, written)
    kind = kinds.of_record(record) if record is not None else None
    for _, target in kind.targets(record) if kind and record is not None else ():
        yield from _named(site, name, target)


def _named(site: Site, source: str, target: Target) -> Iterator[str]:
    """Yield the sources that a value in a source may name."""
    if target.kind == "person":
        yield from author_sources(site, target.name)
    elif target.kind == "address":
        yield from at_address(site, target.name)
    elif target.kind == "file":
        yield from link_sources(site, source, target.name)
    elif target.kind == "beside":
        yield f"{posixpath.dirname(source)}/{target.name}"
    elif kind := kinds_of(site.features).named(target.kind):
        yield kind.source_of(target.name)


def author_sources(site: Site, handle: str) -> Iterator[str]:
    """Yield the sources that may describe a person or a group, and the photo."""
    kinds = kinds_of(site.features).authors
    yield from (kind.source_of(handle) for kind in kinds)
    for folder in (posixpath.dirname(kind.source_of(handle)) for kind in kinds if kind.keyset.of(PhotoBeside)):
        yield from (f"{folder}/{handle}{ending}" for ending in PHOTOS)


def _handles_in(kinds: Kinds, name: str) -> Iterator[str]:
    """Yield the handle of the person or group to whom a source belongs by its name."""
    for kind in kinds.authors:
        if name.startswith(kind.at.beginning) and (handle := _HANDLE.match(name, len(kind.at.beginning))):
            yield handle[0]


_HANDLE = re.compile(r"[^/.]+(?=[/.])")


def _nearest_handle(site: Site, handle: str) -> str:
    """Return the handle nearest to a mention of nobody; empty if somebody has the handle, or none is near."""
    kinds = kinds_of(site.features).authors
    if any(os.path.exists(file_of(site, kind.source_of(handle))) for kind in kinds):
        return ""
    alike: set[str] = set()
    for kind in kinds:
        with contextlib.suppress(OSError):
            found = os.listdir(file_of(site, kind.at.beginning.rstrip("/")))
            alike |= {name.partition(".")[0] for name in found if name[:1] == handle[:1]}
    return links.nearest(handle, alike)


def link_sources(site: Site, source: str, target: str) -> Iterator[str]:
    """Yield the sources that a link may lead to."""
    for candidate in links.candidates(source, target):
        if candidate.startswith("/"):
            yield from at_address(site, candidate.strip("/"))
        elif not candidate.startswith("outside/"):
            yield from dict.fromkeys((candidate, unicodedata.normalize("NFD", candidate)))


def at_address(site: Site, url: str) -> Iterator[str]:
    """Yield the sources that may be published at an address, judging by their file names."""
    url = url.strip("/")
    yield f"content/{url}"
    kinds = kinds_of(site.features).kinds
    above = [(kind, names) for kind in kinds if (names := kind.names_at(url)) is not None]
    for kind, names in above:
        yield from author_sources(site, *names) if kind.is_author else (kind.source_of(*names),)
    for folder, ends in filter(None, (_folder_at(kind, url, is_free=not above) for kind in kinds)):
        found = list(texts(site, folder))
        slugs = {_slug(site, name) for name in found if _may_be(site, name, ends)}
        yield from (name for name in found if _slug(site, name) in slugs)


def _folder_at(kind: Kind, url: str, *, is_free: bool) -> tuple[str, list[str]] | None:
    """Return the folder in which the texts of a kind lie that may have an address, and what of it may be their slugs.

    Where no names lead to the folder, any address may be theirs that `is_free`.
    """
    if kind.url or not issubclass(kind.record, Document):
        return None
    root, *folders = kind.at.folder.split("/")
    if "{" not in kind.at.folder:
        return (kind.at.folder, url.split("/")) if is_free else None
    parts = url.split("/")
    fit = len(parts) > len(folders) and all("{" in one or one == two for one, two in zip(folders, parts, strict=False))
    return ("/".join((root, *parts[: len(folders)])), parts[len(folders) :]) if fit else None


def owners(site: Site, name: str) -> Iterator[str]:
    """Yield the texts to which a file may belong: `index.md` and the like, in its folder and those above."""
    kinds = kinds_of(site.features)
    folder = posixpath.dirname(name)
    while folder.count("/") > 1:
        try:
            beside = sorted(os.listdir(file_of(site, folder)))
        except OSError:
            beside = []
        yield from (f"{folder}/{file}" for file in beside if is_folder_text(kinds, f"{folder}/{file}"))
        folder = posixpath.dirname(folder)


def _is_file(kinds: Kinds, name: str) -> bool:
    """Return whether a source is a file that texts may show or link to."""
    return name.startswith("content/") and not name.endswith(_TEXTS) and not isinstance(kinds.of_source(name), Kind)


def texts_linking_to(site: Site, names: Iterable[str], *, git: bool) -> list[str]:
    """Return the texts that may link to some files: those that contain the files' names; without git, all texts of their blogs."""
    kinds = kinds_of(site.features)
    files = [name for name in names if _is_file(kinds, name)]
    if git:
        called = {posixpath.basename(name) for name in files}
        return files_mentioning(site, sorted(called | {urllib.parse.quote(file) for file in called} | _videos(called)))
    folders = {"/".join(name.split("/")[: 3 if name.startswith("content/blogs/") else 2]) for name in files}
    return [text for folder in sorted(folders) for text in texts(site, folder)]


def _videos(files: Iterable[str]) -> set[str]:
    """Return the names of the videos that may have one of these pictures as a poster."""
    stems = {posixpath.splitext(file)[0] for file in files if is_picture(file)}
    return {stem + ending for stem in stems for ending in VIDEOS}


def same_address(site: Site, name: str) -> Iterator[str]:
    """Yield the texts of a folder that may want the same address: their names differ only in case, Unicode form, date or ending."""
    kind = kinds_of(site.features).of_source(name)
    if not name.endswith(_TEXTS) or not isinstance(kind, Kind):
        return
    parts = name.split("/")
    folder = kind.at.beginning.rstrip("/") if kind.url else "/".join(parts[: kind.at.folder.count("/") + 1])
    slug = _slug(site, name)
    yield from (other for other in texts(site, folder) if _slug(site, other) == slug)


def texts(site: Site, folder: str) -> Iterator[str]:
    """Yield all texts below a folder of the content."""
    place = file_of(site, folder)
    for parent, folders, files in os.walk(place):
        folders[:] = [found for found in folders if not found.startswith(".")]
        inside = os.path.relpath(parent, place).replace(os.sep, "/")
        prefix = folder if inside == "." else f"{folder}/{inside}"
        yield from (f"{prefix}/{file}" for file in files if file.endswith(_TEXTS))


def _slug(site: Site, name: str) -> str:
    """Return the end of a text's address, as its file name gives it: without date, language and ending."""
    kind = kinds_of(site.features).of_source(name)
    if isinstance(kind, Kind) and kind.url and (names := kind.at.parse(name)):
        return _fold(names[kind.at.names[-1]])
    return _fold(slug_of(name.removeprefix("content/")))


def _may_be(site: Site, name: str, ends: Iterable[str]) -> bool:
    """Return whether the address of a text, or of one that shares its name, may end with one of some slugs."""
    wanted = {_fold(end) for end in ends}
    return _slug(site, name) in wanted or any(_fold(form) in wanted for form in forms_of(name.removeprefix("content/")))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def files_mentioning(site: Site, texts: Iterable[str]) -> list[str]:
    """Return the sources that contain one of some texts. Git searches tracked and untracked files."""
    wanted = [part for text in texts for part in ("-e", text)]
    if not wanted:
        return []
    found = Git(site.content).try_run(
        "grep", "--untracked", "-l", "-z", "-F", "-i", *wanted, "--", "*.md", "*.rst", "*.yaml"
    )
    return [f"content/{name}" for name in os.fsdecode(found.stdout).split("\0")[:-1]]


def namesakes(site: Site, records: Iterable[Record | None]) -> list[str]:
    """Return the profiles that contain the name of one of some people."""
    wanted = [part for record in records for name in _names_in(site, record) for part in ("-e", name)]
    if not wanted:
        return []
    found = Git(site.authors).try_run("grep", "--untracked", "-l", "-z", "-F", "-i", *wanted, "--", "*.yaml")
    return [f"authors/{name}" for name in os.fsdecode(found.stdout).split("\0")[:-1]]


def _names_in(site: Site, record: Record | None) -> Iterator[str]:
    """Yield what a profile says that its person is called."""
    kind = kinds_of(site.features).of_record(record) if record is not None else None
    if kind and record is not None and kind.owner == PROFILE:
        yield kind.called(record)


def words_of(site: Site, name: str) -> Iterator[str]:
    """Yield the names by which texts name a source, where they have to be checked again because it changed."""
    kinds = kinds_of(site.features)
    kind = kinds.of_source(name)
    if isinstance(kind, Kind) and kinds.is_followed(kind) and (names := kind.at.parse(name)):
        yield from names.values()


def last_part(site: Site, name: str) -> str:
    """Return what every link to a source contains: the end of its address, or of its file's name."""
    kind = kinds_of(site.features).of_source(name)
    names = kind.at.parse(name) if isinstance(kind, Kind) and kind.url else None
    return list(names.values())[-1] if names else posixpath.splitext(name)[0].removesuffix("/index").rpartition("/")[2]
