"""Publishes photos of people, each below the blog of its owner.

A photo is the file that the profile names, or else one beside the profile that is named after the handle.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import PageInputs
from bylines.engine.weave.changes import Changes
from bylines.features.files.pictures import Original, bytes_of
from bylines.features.people import messages
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.people.records import Profile
from bylines.pictures import sizes
from bylines.pictures.endings import PHOTOS

if TYPE_CHECKING:
    from bylines.settings import Site


def is_photo(name: str) -> bool:
    """Return whether a source is a photo in the folder of the profiles."""
    return name.startswith("authors/") and name.count("/") == 1 and name.lower().endswith(PHOTOS)


def weave(build: BuildContext, names: Iterable[str], dirty: Invalidations) -> None:
    """Invalidate people whose photo came, went or changed. Report photos that a profile names but that do not exist."""
    edited = dirty[PERSON]
    handles = set(edited)
    for name in names:
        file = name.removeprefix("authors/")
        handles.update(build.store.column("SELECT handle FROM person WHERE photo = ?", (file,)))
        handles.update(build.store.column("SELECT handle FROM person WHERE handle = ?", (file.rpartition(".")[0],)))
    dirty.add(BYLINE, *(handles - edited))
    dirty.add(PERSON, *handles)
    named = "SELECT handle, photo FROM person WHERE photo <> ''"
    people = build.store.rows(named) if build.store.fresh else _named_photos(build, handles)
    for handle, photo in people:
        source = f"authors/{handle}.yaml"
        missing = photo and not _is_there(build, f"authors/{photo}")
        problem = messages.NO_PHOTO.problem(build.shown(source), photo=photo)
        build.report(source, "photos", [problem] if missing else [])


def _named_photos(build: BuildContext, handles: Iterable[str]) -> list[tuple[str, str]]:
    """Return (handle, photo named by the profile); the photo is empty if none is named or the person is gone."""
    sql = "SELECT photo FROM person WHERE handle = ?"
    return [(handle, row[0] if (row := build.store.row(sql, (handle,))) else "") for handle in sorted(handles)]


def _can_be_shown(build: BuildContext, name: str) -> bool:
    return build.store.row("SELECT 1 FROM source WHERE name = ? AND record IS NOT NULL", (name,)) is not None


def _is_there(build: BuildContext, name: str) -> bool:
    return build.store.row("SELECT 1 FROM source WHERE name = ?", (name,)) is not None


def source_of_photo(build: BuildContext, handle: str) -> str | None:
    """Return the source of a person's photo; None if there is none."""
    row = build.store.row("SELECT photo, profile FROM person WHERE handle = ?", (handle,))
    if row is None or not row[1]:
        return None
    if row[0]:
        named = f"authors/{row[0]}"
        return named if _can_be_shown(build, named) else None
    beside = build.store.column(_BESIDE, (f"authors/{handle}.", f"authors/{handle}/"))
    return next((source for file in _by_handle(handle) if (source := f"authors/{file}") in beside), None)


_BESIDE = "SELECT name FROM source WHERE name > ? AND name < ? AND record IS NOT NULL"


def _by_handle(handle: str) -> list[str]:
    """Return the names of a photo that is found by the handle, also with endings in capitals, as cameras write them."""
    return [handle + suffix for suffix in (*PHOTOS, *map(str.upper, PHOTOS))]


def check_strays(build: BuildContext, changes: Changes) -> None:
    """Report photos that are nobody's, among those that changed and those of profiles that changed."""
    files = {name.removeprefix("authors/") for name in changes if is_photo(name)}
    for change in () if build.store.fresh else changes.of(Profile):
        for record in (change.old, change.new):
            if isinstance(record, Profile):
                files.update(_by_handle(record.handle), filter(None, [record.photo]))
    for file in sorted(files):
        source = f"authors/{file}"
        owners = (file.rpartition(".")[0], *build.store.column("SELECT handle FROM person WHERE photo = ?", (file,)))
        stray = _can_be_shown(build, source) and not any(source_of_photo(build, owner) == source for owner in owners)
        build.report(source, "strays", [messages.STRAY_PHOTO.problem(build.shown(source))] if stray else [])


def photo_url(build: BuildContext, handle: str) -> str | None:
    """Return the address of a person's photo; None if there is none."""
    source = source_of_photo(build, handle)
    return f"blogs/{handle}/photo.webp" if source else None


def keys(build: BuildContext) -> Iterable[str]:
    """Return the handles of all people with a profile. For those without a photo, `inputs` returns None."""
    return build.store.column("SELECT handle FROM person WHERE profile ORDER BY handle")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the handles of people whose profile or photo changed."""
    return dirty[PERSON]


def inputs(build: BuildContext, handle: str) -> PageInputs | None:
    """Return the inputs of a person's photo; None if there is none."""
    source, url = source_of_photo(build, handle), photo_url(build, handle)
    if source is None or url is None:
        return None
    digest = build.store.row("SELECT digest FROM source WHERE name = ?", (source,))[0]  # type: ignore[index]
    return PageInputs(path=url, view=Original(source, digest))


def portrait(site: Site, view: Original, html_of: object) -> bytes:
    """Return the published bytes of a photo: a small square, without metadata."""
    return sizes.portrait(bytes_of(site, view.source, view.digest))
