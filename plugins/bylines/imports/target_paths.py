"""Chooses the path of each entry in the new blog: the one it has from an earlier import, or a new one from its slug."""

from __future__ import annotations

import os
import re
import urllib.parse
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bylines.collation import plain
from bylines.engine.kinds import kinds_of
from bylines.engine.read.document import Document
from bylines.engine.read.markers import FeedId
from bylines.engine.read.names import language_of, slug_of
from bylines.imports import writing
from bylines.imports.model import Entry, OldBlog
from bylines.settings import Site

_ID = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+", re.I)
_LONGEST = 80
# Names that no post may have: the site generates pages under them, or keeps other files in such folders.
_RESERVED = re.compile(r"(?:page|index|feed|photo|replies|notes|files|blog)")
_TEXTS = (".md", ".rst")


class Present(NamedTuple):
    """The posts that a blog already has."""

    by_id: Mapping[str, str]
    """Post ids to paths, relative to the blog's folder."""
    slugs: frozenset[str]
    """All slugs that are taken."""


class Place(NamedTuple):
    """The id of an entry, its path in the blog's folder, and whether that file already exists."""

    id: str
    path: str
    there: bool


def read_present(site: Site, handle: str) -> Present:
    """Reads the ids and slugs of the posts in a blog's folder."""
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
                for own in _ids(site, record):
                    by_id.setdefault(own, path)
    return Present(by_id, frozenset(slugs))


def _record(site: Site, name: str, file: str) -> Document | None:
    with open(file, "rb") as opened:
        record = kinds_of(site.features).read(name, opened.read(site.read.max_bytes + 1), site.read)
    return record if isinstance(record, Document) else None


def _ids(site: Site, record: Document) -> list[str]:
    """Return the id in feeds that a post says."""
    kind = kinds_of(site.features).of_record(record)
    return [own for key, _ in (kind.keyset.of(FeedId) if kind else ()) if (own := getattr(record, key))]


def place_entries(
    blog: OldBlog, there: Present, is_folder: Callable[[Entry], bool], default_lang: str, losses: dict[str, list[str]]
) -> dict[str, Place]:
    """Return the place of each entry, by its key. If two entries share an id, the second gets a new one; `losses` reports it.

    `there` has the posts of the blog; `is_folder` says whether an entry needs a folder for its files.
    """
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
    """Return whether an entry is in the site's language. Of several entries with one slug, this one gets it first."""
    return not lang or lang == default or lang.startswith(f"{default}-")


def _slug(
    entry: Entry, taken: set[str], langs: Mapping[str, set[str]], numbers: dict[str, int], default_lang: str
) -> tuple[str, str]:
    """Returns (free slug, '') or, for a translation of an entry with this slug, (that slug, language for the file's name).

    `numbers` holds the last number that was tried for each slug.
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
    """Return the slug that an entry gets if it is free: the end of its old address, or its title, in Latin letters."""
    for text in (urllib.parse.unquote(entry.slug), entry.title):
        slug = plain(text)[:_LONGEST].strip("-")
        if slug:
            return f"post-{slug}" if _RESERVED.fullmatch(slug) else slug
    return f"post-{uuid.uuid5(uuid.NAMESPACE_URL, entry.key).hex[:8]}"


def id_of(blog: OldBlog, entry: Entry) -> str:
    """Return the id of an entry in feeds: its old id if that is a valid URI, or else one derived from its key."""
    own = entry.id.strip()
    return own if _ID.fullmatch(own) and len(own) <= 300 else derive_id(blog, entry.key)


def derive_id(blog: OldBlog, key: str) -> str:
    """Derives an id from an entry's key. It is the same in every import."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"bylines:{blog.program}:{blog.base}:{key}").urn


def choose_title(entry: Entry, words: Sequence[str]) -> str:
    """Return the title of an entry; if it has none, its first ten words, its slug or its key."""
    texts = (entry.title, " ".join(words[:10]), entry.slug, entry.key)
    return next(filter(None, map(writing.fold, texts)), "Untitled")
