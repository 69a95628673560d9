"""Reads the posts of a blog from its files, with their places among the addresses, as weaving gives them, but without a store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine.kinds import kinds_of
from bylines.engine.paths import file_of
from bylines.engine.read.document import Document
from bylines.engine.read.kind import PROFILE
from bylines.engine.read.markers import Languages
from bylines.engine.read.names import is_index
from bylines.engine.weave import naming
from bylines.engine.weave.claims import fold
from bylines.engine.weave.naming import Named, Place
from bylines.renaming import search
from bylines.settings import Site
from bylines.settings.declared import LANGUAGES


class PlacedPost(NamedTuple):
    """A post and its place."""

    record: Document
    place: Place


def posts_of_blog(site: Site, handle: str) -> dict[str, PlacedPost]:
    """Return the posts of a blog by source."""
    declared = (site.lang, *site.of(LANGUAGES), *_languages(site, handle))
    records: dict[str, Document] = {}
    spots: dict[str, list[Named]] = {}
    for name in search.texts_below(site, f"content/blogs/{handle}/"):
        data = search.bytes_of(file_of(site, name))
        record = kinds_of(site.features).read(name, data, site.read) if data else None
        if isinstance(record, Document):
            records[name] = record
            named = _naming_inputs(name, record, declared)
            spots.setdefault(fold(named.slug), []).append(named)
    places = {name: place for some in spots.values() for name, place in naming.placed(some).items()}
    return {name: PlacedPost(record, places[name]) for name, record in records.items()}


def _naming_inputs(name: str, record: Document, declared: Iterable[str]) -> Named:
    own = (record.lang,) if record.lang_given else ()
    known = bool(record.ending) and naming.declared((*declared, *own), record.ending)
    original = bool(record.ending) and (record.translation_of is not None or is_index(record.path))
    return Named(name, scope_of(record.blog), record.slug, record.ending, record.dated, known, original)


def scope_of(blog: str) -> str:
    """Return what the addresses of a blog's posts begin with."""
    return f"blogs/{blog}/"


def _languages(site: Site, handle: str) -> tuple[str, ...]:
    """Return the languages that the person with a handle writes in, by the profile."""
    found: list[str] = []
    for kind in kinds_of(site.features).authors:
        data = search.bytes_of(file_of(site, kind.source_of(handle))) if kind.owner == PROFILE else None
        record = kind.read(kind.source_of(handle), data, site.read).record if data else None
        found += [lang for key, _ in kind.keyset.of(Languages) for lang in getattr(record, key, ())]
    return tuple(found)
