"""Reads the posts of a blog from its files, with their places among the addresses, as weaving gives them, but without a store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine.paths import file_of
from bylines.engine.read.names import is_index
from bylines.engine.weave import naming
from bylines.engine.weave.claims import fold
from bylines.engine.weave.naming import Named, Place
from bylines.features.people.records import PROFILE, Profile
from bylines.features.people.relations import source_of
from bylines.features.posts.records import POST, Post
from bylines.features.posts.relations import is_post, scope_of
from bylines.renaming import search
from bylines.settings import Site
from bylines.settings.declared import LANGUAGES


class PlacedPost(NamedTuple):
    """A post and its place."""

    record: Post
    place: Place


def posts_of_blog(site: Site, handle: str) -> dict[str, PlacedPost]:
    """Return the posts of a blog by source."""
    declared = (site.lang, *site.of(LANGUAGES), *_languages(site, handle))
    records: dict[str, Post] = {}
    spots: dict[str, list[Named]] = {}
    for name in search.texts_below(site, f"content/blogs/{handle}/"):
        data = search.bytes_of(file_of(site, name)) if is_post(name) else None
        record = POST.read(name, data, site.read).record if data else None
        if isinstance(record, Post):
            records[name] = record
            named = _naming_inputs(name, record, declared)
            spots.setdefault(fold(named.slug), []).append(named)
    places = {name: place for some in spots.values() for name, place in naming.placed(some).items()}
    return {name: PlacedPost(record, places[name]) for name, record in records.items()}


def _naming_inputs(name: str, record: Post, declared: Iterable[str]) -> Named:
    own = (record.lang,) if record.lang_given else ()
    known = bool(record.ending) and naming.declared((*declared, *own), record.ending)
    original = bool(record.ending) and (record.translation_of is not None or is_index(record.path))
    return Named(name, scope_of(record.blog), record.slug, record.ending, record.dated, known, original)


def _languages(site: Site, handle: str) -> tuple[str, ...]:
    data = search.bytes_of(file_of(site, source_of(handle)))
    record = PROFILE.read(source_of(handle), data, site.read).record if data else None
    return record.languages if isinstance(record, Profile) else ()
