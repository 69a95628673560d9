"""Which other sources a change speaks of: the people whom it names, what it links to, and who may want the same address.

Their files are looked for by name; none is opened. What lies elsewhere (an address that is somebody's alias) is asked of git,
which searches the texts, and only where nothing that bears the name is there.
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
    """The names of sources that are needed to judge one."""
    yield _TOPICS
    for handle in _handles(site, name, record):
        yield from of_person(handle)
    yield from same_address(site, name)
    if is_of_people(name):
        yield from owners(site, name)
    if isinstance(record, Document | Profile | Group):
        for alias in record.aliases:
            yield from at_address(site, alias.strip("/"))
    if isinstance(record, Document):
        for target in (*record.targets, *([record.image] if record.image else ())):
            yield from meant(site, name, target)
        if record.translation_of and isinstance(record, Post):
            path = record.translation_of if "/" in record.translation_of else f"{record.blog}/{record.translation_of}"
            yield from at_address(site, f"blogs/{path}")
    if isinstance(record, Post) and (jam := Idea.of(record).jam):
        yield jams.source_of(jam)


def of_person(handle: str) -> Iterator[str]:
    """Where a person or a group is described, and the photo."""
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
        yield from filter(None, (_meant_by(site, handle) for handle in record.mentions))
    if isinstance(record, Profile):
        yield from record.follows
    if isinstance(record, Group):
        yield from record.members
    if isinstance(record, Jam):
        yield from record.hosts


def _meant_by(site: Site, handle: str) -> str:
    """The handle that a mention of nobody is most like; empty if it is somebody's, or like none."""
    if any(os.path.exists(file_of(site, name)) for name in itertools.islice(of_person(handle), 2)):
        return ""
    alike: set[str] = set()
    for folder in ("authors", "content/blogs"):
        with contextlib.suppress(OSError):
            alike |= {name.partition(".")[0] for name in os.listdir(file_of(site, folder)) if name[:1] == handle[:1]}
    return links.nearest(handle, alike)


def meant(site: Site, source: str, target: str) -> Iterator[str]:
    """The sources that a link may mean."""
    for candidate in links.candidates(source, target):
        if candidate.startswith("/"):
            yield from at_address(site, candidate.strip("/"))
        elif not candidate.startswith("outside/"):
            yield from dict.fromkeys((candidate, unicodedata.normalize("NFD", candidate)))


def at_address(site: Site, url: str) -> Iterator[str]:
    """The sources that may be published at an address, by the names of their files."""
    parts = url.strip("/").split("/")
    if parts[0] == "blogs" and len(parts) > 1:
        yield from of_person(parts[1])
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
    """The texts to which a file may belong: those called `index.md` and the like in its folder and above."""
    texts_of_folders = contributions_of(load(site.features), FolderText)
    folder = posixpath.dirname(name)
    while folder.count("/") > 1:
        try:
            beside = sorted(os.listdir(file_of(site, folder)))
        except OSError:
            beside = []
        yield from (f"{folder}/{file}" for file in beside if is_owner(texts_of_folders, f"{folder}/{file}"))
        folder = posixpath.dirname(folder)


def of_files(site: Site, names: Iterable[str], *, git: bool) -> list[str]:
    """The texts that may link to some files: those in which their names stand, or without git all of their blogs."""
    files = [name for name in names if is_of_people(name)]
    if git:
        called = {posixpath.basename(name) for name in files}
        return files_mentioning(site, sorted(called | {urllib.parse.quote(file) for file in called} | _videos(called)))
    folders = {"/".join(name.split("/")[: 3 if name.startswith("content/blogs/") else 2]) for name in files}
    return [text for folder in sorted(folders) for text in texts(site, folder)]


def _videos(files: Iterable[str]) -> set[str]:
    """What a text links to where one of these pictures stands for a video."""
    stems = {posixpath.splitext(file)[0] for file in files if is_picture(file)}
    return {stem + ending for stem in stems for ending in VIDEOS}


def same_address(site: Site, name: str) -> Iterator[str]:
    """The texts of a folder that may want the address of one of them: their names differ in case, form, date or ending alone."""
    if not name.endswith(_TEXTS):
        return
    parts = name.split("/")
    folder = "/".join(parts[:3] if parts[1] == "blogs" else parts[:2])
    slug = _slug(name)
    yield from (other for other in texts(site, folder) if _slug(other) == slug)


def texts(site: Site, folder: str) -> Iterator[str]:
    """All texts below a folder of the content."""
    place = file_of(site, folder)
    for parent, folders, files in os.walk(place):
        folders[:] = [found for found in folders if not found.startswith(".")]
        inside = os.path.relpath(parent, place).replace(os.sep, "/")
        prefix = folder if inside == "." else f"{folder}/{inside}"
        yield from (f"{prefix}/{file}" for file in files if file.endswith(_TEXTS))


def _slug(name: str) -> str:
    """What is last in the address of a text by its name: without date, language and ending."""
    from bylines.engine.read import slug_of

    if jams.is_jam(name):
        return _folded(jams.slug_of(name))
    return _folded(slug_of(name.removeprefix("content/")))


def _may_be(name: str, ends: Iterable[str]) -> bool:
    """Whether a text, or one that shares its name, may have an address that ends with one of some slugs."""
    wanted = {_folded(end) for end in ends}
    return _slug(name) in wanted or any(_folded(form) in wanted for form in forms_of(name.removeprefix("content/")))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def files_mentioning(site: Site, texts: Iterable[str]) -> list[str]:
    """The sources in which one of some texts stands (git looks for it in what is tracked, and in what is not)."""
    wanted = [part for text in texts for part in ("-e", text)]
    if not wanted:
        return []
    found = Git(site.content).tried(
        "grep", "--untracked", "-l", "-z", "-F", "-i", *wanted, "--", "*.md", "*.rst", "*.yaml"
    )
    return [f"content/{name}" for name in os.fsdecode(found.stdout).split("\0")[:-1]]


def namesakes(site: Site, records: Iterable[Record | None]) -> list[str]:
    """The profiles in which the name of one of some people stands."""
    wanted = [part for record in records if isinstance(record, Profile) for part in ("-e", record.name)]
    if not wanted:
        return []
    found = Git(site.authors).tried("grep", "--untracked", "-l", "-z", "-F", "-i", *wanted, "--", "*.yaml")
    return [f"authors/{name}" for name in os.fsdecode(found.stdout).split("\0")[:-1]]
