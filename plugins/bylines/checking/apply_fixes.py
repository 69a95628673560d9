"""Applies `check --fix` to files: reads each changed file, mends it with `fixes`, and writes it if that made a difference."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator

from bylines.checking import fixes
from bylines.checking.changed import Changed, renames
from bylines.checking.files import LARGEST, MOST, bytes_of, replace_file
from bylines.checking.renamed_targets import current_target
from bylines.engine.feed_ids import id_of
from bylines.engine.kinds import kinds_of
from bylines.engine.paths import file_of, shown
from bylines.engine.read.kind import PROFILE, Kind
from bylines.engine.read.markers import FeedId
from bylines.features.topics.records import TOPICS
from bylines.personal_names.scripts import identity_key
from bylines.pictures.endings import is_picture
from bylines.settings import Site
from bylines.settings.declared import TAG

_TOPICS = "content/topics.yaml"
_TEXTS = (".md", ".rst", ".yaml")


def mend_changes(site: Site, found: Changed) -> list[str]:
    """Mend the files that changed. Return a line for each fix."""
    before = renames(site, found)
    return _write(site, found.there, lambda name: _post_id(site, name, before.get(name, name)))


def mend_site(site: Site) -> list[str]:
    """Mend the texts of the whole site. Return a line for each fix. Posts get no id, since a post without one is not wrong."""
    return _write(site, sorted((*_texts("content", site.content), *_texts("authors", site.authors))), lambda name: "")


def _texts(root: str, folder: str) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(place, folder).replace(os.sep, "/")
        for file in files:
            if file.endswith(_TEXTS) and not os.path.islink(os.path.join(place, file)):
                yield f"{root}/{file}" if below == "." else f"{root}/{below}/{file}"


def _post_id(site: Site, name: str, before: str) -> str:
    """Return the id by which feeds know a post; empty for other sources. `before` is its name before a rename, which its id is
    made of.
    """
    kind = kinds_of(site.features).of_source(name)
    has_id = isinstance(kind, Kind) and kind.keyset.of(FeedId)
    return id_of(site.of(TAG), before.removeprefix("content/")) if has_id else ""


def _write(site: Site, names: Iterable[str], own: Callable[[str], str]) -> list[str]:
    topics = TOPICS.read(_TOPICS, bytes_of(file_of(site, _TOPICS)), site.read).record
    spellings = fixes.spellings(getattr(topics, "entries", ()))
    people = functools.cache(lambda: _people(site))
    said: list[str] = []
    for name in names:
        data = bytes_of(file := file_of(site, name), LARGEST if is_picture(name) else MOST)
        made = _mend(site, name, data, spellings, own(name), people) if data else None
        if made is not None and made.data != data:
            replace_file(file, made.data)
            said += [f"{shown(site, name)}: {done}" for done in made.done]
    return said


def _people(site: Site) -> dict[str, str]:
    """Return the handle of each person by the key of their name; empty for a name that several people have."""
    found: dict[str, str] = {}
    profiles = [kind for kind in kinds_of(site.features).authors if kind.owner == PROFILE]
    for file in sorted(os.listdir(site.authors)) if os.path.isdir(site.authors) else ():
        name = f"authors/{file}"
        for kind in profiles:
            handles = kind.at.parse(name)
            record = kind.read(name, bytes_of(file_of(site, name)), site.read).record if handles else None
            if handles and record is not None and (called := kind.called(record)):
                found[identity_key(called)] = "" if identity_key(called) in found else next(iter(handles.values()))
    return found


def _mend(
    site: Site, name: str, data: bytes, spellings: dict[str, str], own: str, people: Callable[[], dict[str, str]]
) -> fixes.MendedFile | None:
    """Return a file's mended content; None if files of its kind are not mended. `own` is a post's id."""
    if is_picture(name):
        return fixes.mend_picture(data, site.read.max_picture) if len(data) > site.read.max_picture else None
    if not name.endswith(_TEXTS):
        return None
    moved = functools.partial(current_target, site, name)
    kind = kinds_of(site.features).of_source(name)
    declared = kind if isinstance(kind, Kind) else None
    return fixes.mend_text(name, data, fixes.Facts(spellings, own, moved, site.read.markup, people, declared))
