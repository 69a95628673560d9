"""Finds the other sources that a changed source depends on: people that it names, link targets, rivals for its address.

They are found by their file names, without opening any. What no file name tells (an address that is somebody's alias) is searched
for with `git grep`, and only if no file has the name.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import posixpath
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator

from bylines.engine.contributions import FolderText, contributions_of
from bylines.engine.feature import load
from bylines.engine.paths import file_of
from bylines.engine.read.document import Document
from bylines.engine.read.names import forms_of
from bylines.engine.weave import links
from bylines.features.blogs.records import Group
from bylines.features.files.relations import is_of_people, is_owner
from bylines.features.jams import relations as jams
from bylines.features.jams.records import Idea, Jam
from bylines.features.people.records import Profile
from bylines.features.posts.records import Post
from bylines.git import Git
from bylines.markup.posters import VIDEOS
from bylines.pictures.endings import PHOTOS, is_picture
from bylines.records import Record
from bylines.settings import Site

_TEXTS = (".md", ".rst")
_TOPICS = "content/topics.yaml"


def dependencies_of(site: Site, name: str, record: Record | None) -> Iterator[str]:
    """Yield the names of the sources that are needed to check one."""
    yield _TOPICS
    for handle in _handles(site, name, record):
        yield from person_sources(handle)
    yield from same_address(site, name)
    if is_of_people(name):
        yield from owners(site, name)
    if isinstance(record, Document | Profile | Group):
        for alias in record.aliases:
            yield from at_address(site, alias.strip("/"))
    if isinstance(record, Document):
        for target in (*record.targets, *([record.image] if record.image else ())):
            yield from link_sources(site, name, target)
        if record.translation_of and isinstance(record, Post):
            path = record.translation_of if "/" in record.translation_of else f"{record.blog}/{record.translation_of}"
            yield from at_address(site, f"blogs/{path}")
    if isinstance(record, Post) and (jam := Idea.of(record).jam):
        yield jams.source_of(jam)


def person_sources(handle: str) -> Iterator[str]:
    """Yield the sources that may describe a person or a group, and the photo."""
    yield f"authors/{handle}.yaml"
    yield f"content/blogs/{handle}/blog.yaml"
    yield from (f"authors/{handle}{ending}" for ending in PHOTOS)


def _handles(site: Site, name: str, record: Record | None) -> Iterator[str]:
    root, _, path = name.partition("/")
    if root == "authors":
        yield posixpath.splitext(path)[0]
    elif path.startswith("blogs/") and path.count("/") > 1:
        yield path.split("/")[1]
    if isinstance(record, Post):
        yield from record.authors
    if isinstance(record, Document):
        yield from record.mentions
        yield from filter(None, (_nearest_handle(site, handle) for handle in record.mentions))
    if isinstance(record, Profile):
        yield from record.follows
    if isinstance(record, Group):
        yield from record.members
    if isinstance(record, Jam):
        yield from record.hosts


def _nearest_handle(site: Site, handle: str) -> str:
    """Return the handle nearest to a mention of nobody; empty if somebody has the handle, or none is near."""
    if any(os.path.exists(file_of(site, name)) for name in itertools.islice(person_sources(handle), 2)):
        return ""
    alike: set[str] = set()
    for folder in ("authors", "content/blogs"):
        with contextlib.suppress(OSError):
            alike |= {name.partition(".")[0] for name in os.listdir(file_of(site, folder)) if name[:1] == handle[:1]}
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
    parts = url.strip("/").split("/")
    if parts[0] == "blogs" and len(parts) > 1:
        yield from person_sources(parts[1])
        if len(parts) > 2:
            found = list(texts(site, f"content/blogs/{parts[1]}"))
            spots = {_slug(name) for name in found if _may_be(name, parts[2:])}
            yield from (name for name in found if _slug(name) in spots)
    elif parts[0] == "jams" and len(parts) > 1:
        yield f"content/{url}"
        yield jams.source_of(parts[1])
    else:
        yield f"content/{url}"
        found = list(texts(site, "content/pages"))
        spots = {_slug(name) for name in found if _may_be(name, parts)}
        yield from (name for name in found if _slug(name) in spots)


def owners(site: Site, name: str) -> Iterator[str]:
    """Yield the texts to which a file may belong: `index.md` and the like, in its folder and those above."""
    texts_of_folders = contributions_of(load(site.features), FolderText)
    folder = posixpath.dirname(name)
    while folder.count("/") > 1:
        try:
            beside = sorted(os.listdir(file_of(site, folder)))
        except OSError:
            beside = []
        yield from (f"{folder}/{file}" for file in beside if is_owner(texts_of_folders, f"{folder}/{file}"))
        folder = posixpath.dirname(folder)


def texts_linking_to(site: Site, names: Iterable[str], *, git: bool) -> list[str]:
    """Return the texts that may link to some files: those that contain the files' names; without git, all texts of their blogs."""
    files = [name for name in names if is_of_people(name)]
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
    if not name.endswith(_TEXTS):
        return
    parts = name.split("/")
    folder = "/".join(parts[:3] if parts[1] == "blogs" else parts[:2])
    slug = _slug(name)
    yield from (other for other in texts(site, folder) if _slug(other) == slug)


def texts(site: Site, folder: str) -> Iterator[str]:
    """Yield all texts below a folder of the content."""
    place = file_of(site, folder)
    for parent, folders, files in os.walk(place):
        folders[:] = [found for found in folders if not found.startswith(".")]
        inside = os.path.relpath(parent, place).replace(os.sep, "/")
        prefix = folder if inside == "." else f"{folder}/{inside}"
        yield from (f"{prefix}/{file}" for file in files if file.endswith(_TEXTS))


def _slug(name: str) -> str:
    """Return the end of a text's address, as its file name gives it: without date, language and ending."""
    from bylines.engine.read import slug_of

    if jams.is_jam(name):
        return _fold(jams.slug_of(name))
    return _fold(slug_of(name.removeprefix("content/")))


def _may_be(name: str, ends: Iterable[str]) -> bool:
    """Return whether the address of a text, or of one that shares its name, may end with one of some slugs."""
    wanted = {_fold(end) for end in ends}
    return _slug(name) in wanted or any(_fold(form) in wanted for form in forms_of(name.removeprefix("content/")))


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
    wanted = [part for record in records if isinstance(record, Profile) for part in ("-e", record.name)]
    if not wanted:
        return []
    found = Git(site.authors).try_run("grep", "--untracked", "-l", "-z", "-F", "-i", *wanted, "--", "*.yaml")
    return [f"authors/{name}" for name in os.fsdecode(found.stdout).split("\0")[:-1]]
