"""Where each entry lies in one's blog: by its slug, or where it lies already since it came over before."""

from __future__ import annotations

import os
import re
import urllib.parse
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bylines.commands.scaffold import plain
from bylines.engine.read import read_post
from bylines.engine.read.names import language_of, slug_of
from bylines.imports import writing
from bylines.imports.model import Entry, OldBlog
from bylines.records import Post
from bylines.settings import Site

_ID = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+", re.I)
_LONGEST = 80
# Names that a post's file or folder cannot have: what the site makes itself, and folders in which something else lies.
_RESERVED = re.compile(r"(?:page|index|feed|photo|replies|notes|files|blog)")
_TEXTS = (".md", ".rst")


class Present(NamedTuple):
    """What lies in a blog's folder now."""

    by_id: Mapping[str, str]
    """The paths of its posts (in the folder) by their ids."""
    slugs: frozenset[str]
    """All ends of addresses that are taken."""


class Place(NamedTuple):
    """An entry's place: the id by which it is known, its path in the blog's folder, and whether that was there before."""

    id: str
    path: str
    there: bool


def read_present(site: Site, handle: str) -> Present:
    """What lies in somebody's blog."""
    folder = os.path.join(site.content, "blogs", handle)
    by_id: dict[str, str] = {}
    slugs: set[str] = set()
    for root, _, files in os.walk(folder):
        for file in sorted(files):
            path = os.path.relpath(os.path.join(root, file), folder).replace(os.sep, "/")
            if not file.endswith(_TEXTS):
                continue
            slugs.add(slug_of(path))
            record = _record(site, f"content/blogs/{handle}/{path}", os.path.join(root, file))
            if record is not None:
                slugs.add(record.slug)
                if record.id:
                    by_id.setdefault(record.id, path)
    return Present(by_id, frozenset(slugs))


def _record(site: Site, name: str, file: str) -> Post | None:
    with open(file, "rb") as opened:
        record = read_post(name, opened.read(site.read.max_bytes + 1), site.read).record
    return record if isinstance(record, Post) else None


def place_entries(
    blog: OldBlog, there: Present, is_folder: Callable[[Entry], bool], default_lang: str, losses: dict[str, list[str]]
) -> dict[str, Place]:
    """The place of each entry by its key. An id that two entries have is kept by the first; `losses` says so."""
    found: dict[str, Place] = {}
    taken = set(there.slugs)
    ids: set[str] = set()
    langs: dict[str, set[str]] = {}
    numbers: dict[str, int] = {}
    for entry in sorted(blog.entries, key=lambda entry: not _is_in(entry.lang, default_lang)):
        own = id_of(blog, entry)
        if own in ids:
            losses.setdefault(entry.key, []).append(f"another entry has its id {own}: it has a new one")
            own = derive_id(blog, f"{entry.key}#2")
        ids.add(own)
        if own in there.by_id:
            found[entry.key] = Place(own, there.by_id[own], there=True)
            langs.setdefault(preferred_slug(entry), set()).add(entry.lang)
            continue
        slug, lang = _slug(entry, taken, langs, numbers, default_lang)
        taken.add(slug)
        langs.setdefault(slug, set()).add(entry.lang)
        ending = "rst" if entry.form == "rst" else "md"
        ending = f"{lang}.{ending}" if lang else ending
        found[entry.key] = Place(own, f"{slug}/index.{ending}" if is_folder(entry) else f"{slug}.{ending}", there=False)
    return found


def _is_in(lang: str, default: str) -> bool:
    """Whether an entry is in the site's language: of those with one slug, it has it alone."""
    return not lang or lang == default or lang.startswith(f"{default}-")


def _slug(
    entry: Entry, taken: set[str], langs: Mapping[str, set[str]], numbers: dict[str, int], default_lang: str
) -> tuple[str, str]:
    """A free slug; where another language of the same has it, the same one, and the language for the file's name.

    `numbers` are those that were tried last, by the slug to which they belong.
    """
    slug = preferred_slug(entry)
    other = langs.get(slug)
    names_one = (
        language_of(f"{slug}.{entry.lang}.md") == entry.lang
    )  # what an export calls a language may lead anywhere
    if other and entry.lang and names_one and entry.lang != default_lang and entry.lang not in other:
        return slug, entry.lang
    short, found = slug[: _LONGEST - 5], slug
    number = numbers.get(short, 1)
    while found in taken:
        number += 1
        found = f"{short}-{number}"
    numbers[short] = number
    return found, ""


def preferred_slug(entry: Entry) -> str:
    """The slug that an entry would like: the end of its old address, or its title, in Latin letters."""
    for text in (urllib.parse.unquote(entry.slug), entry.title):
        slug = plain(text)[:_LONGEST].strip("-")
        if slug:
            return f"post-{slug}" if _RESERVED.fullmatch(slug) else slug
    return f"post-{uuid.uuid5(uuid.NAMESPACE_URL, entry.key).hex[:8]}"


def id_of(blog: OldBlog, entry: Entry) -> str:
    """The id by which feed readers know an entry; one that follows from its key where the old one is no identifier."""
    own = entry.id.strip()
    return own if _ID.fullmatch(own) and len(own) <= 300 else derive_id(blog, entry.key)


def derive_id(blog: OldBlog, key: str) -> str:
    """An id that is the same in each import of the same entry."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"bylines:{blog.program}:{blog.base}:{key}").urn


def choose_title(entry: Entry, words: Sequence[str]) -> str:
    """An entry's title; its first words, or its slug, where it has none."""
    texts = (entry.title, " ".join(words[:10]), entry.slug, entry.key)
    return next(filter(None, map(writing.fold, texts)), "Untitled")
