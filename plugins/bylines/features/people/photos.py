"""Photos: the file that a profile names, or one beside it that bears the handle; published in the blog of its owner."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bylines import messages
from bylines.engine.changes import Changes
from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.features.files.pictures import Original, bytes_of
from bylines.features.people.facts import BYLINE, PERSON
from bylines.pictures import sizes
from bylines.pictures.endings import PHOTOS
from bylines.records import Profile

if TYPE_CHECKING:
    from bylines.settings import Site


def is_photo(name: str) -> bool:
    """Whether a source is a photo beside the profiles."""
    return name.startswith("authors/") and name.count("/") == 1 and name.lower().endswith(PHOTOS)


def weave(loom: Loom, names: Iterable[str], touched: Touched) -> None:
    """Notes whose photo came, went or changed; reports photos that a profile names and that are not there."""
    edited = touched[PERSON]
    handles = set(edited)
    for name in names:
        file = name.removeprefix("authors/")
        handles.update(loom.store.column("SELECT handle FROM person WHERE photo = ?", (file,)))
        handles.update(loom.store.column("SELECT handle FROM person WHERE handle = ?", (file.rpartition(".")[0],)))
    touched.add(BYLINE, *(handles - edited))
    touched.add(PERSON, *handles)
    named = "SELECT handle, photo FROM person WHERE photo <> ''"
    people = loom.store.rows(named) if loom.store.fresh else _named(loom, handles)
    for handle, photo in people:
        source = f"authors/{handle}.yaml"
        missing = photo and not _is_there(loom, f"authors/{photo}")
        problem = messages.NO_PHOTO.problem(loom.shown(source), photo=photo)
        loom.report(source, "photos", [problem] if missing else [])


def _named(loom: Loom, handles: Iterable[str]) -> list[tuple[str, str]]:
    """(handle, photo that the profile names, '' for none); also for those who are gone, of whom nothing is to be said."""
    sql = "SELECT photo FROM person WHERE handle = ?"
    return [(handle, row[0] if (row := loom.store.row(sql, (handle,))) else "") for handle in sorted(handles)]


def _can_be_shown(loom: Loom, name: str) -> bool:
    return loom.store.row("SELECT 1 FROM source WHERE name = ? AND record IS NOT NULL", (name,)) is not None


def _is_there(loom: Loom, name: str) -> bool:
    return loom.store.row("SELECT 1 FROM source WHERE name = ?", (name,)) is not None


def source_of_photo(loom: Loom, handle: str) -> str | None:
    """The source of a person's photo, None where there is none."""
    row = loom.store.row("SELECT photo, profile FROM person WHERE handle = ?", (handle,))
    if row is None or not row[1]:
        return None
    if row[0]:
        named = f"authors/{row[0]}"
        return named if _can_be_shown(loom, named) else None
    beside = loom.store.column(_BESIDE, (f"authors/{handle}.", f"authors/{handle}/"))
    return next((source for file in _by_handle(handle) if (source := f"authors/{file}") in beside), None)


_BESIDE = "SELECT name FROM source WHERE name > ? AND name < ? AND record IS NOT NULL"


def _by_handle(handle: str) -> list[str]:
    """The names that a person's photo may have without saying so; cameras write their endings in capitals."""
    return [handle + suffix for suffix in (*PHOTOS, *map(str.upper, PHOTOS))]


def check_strays(loom: Loom, changes: Changes) -> None:
    """Reports photos that are nobody's: of those that changed, and of those whose profile did."""
    files = {name.removeprefix("authors/") for name in changes if is_photo(name)}
    for change in () if loom.store.fresh else changes.of(Profile):
        for record in (change.old, change.new):
            if isinstance(record, Profile):
                files.update(_by_handle(record.handle), filter(None, [record.photo]))
    for file in sorted(files):
        source = f"authors/{file}"
        owners = (file.rpartition(".")[0], *loom.store.column("SELECT handle FROM person WHERE photo = ?", (file,)))
        stray = _can_be_shown(loom, source) and not any(source_of_photo(loom, owner) == source for owner in owners)
        loom.report(source, "strays", [messages.STRAY_PHOTO.problem(loom.shown(source))] if stray else [])


def photo_url(loom: Loom, handle: str) -> str | None:
    """The address of a person's photo."""
    source = source_of_photo(loom, handle)
    return f"blogs/{handle}/photo.webp" if source else None


def keys(loom: Loom) -> Iterable[str]:
    """Everybody who has a profile; who has no photo has no such page."""
    return loom.store.column("SELECT handle FROM person WHERE profile ORDER BY handle")


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Whose profile or photo changed."""
    return touched[PERSON]


def draft(loom: Loom, handle: str) -> Draft | None:
    """The photo of a person."""
    source, url = source_of_photo(loom, handle), photo_url(loom, handle)
    if source is None or url is None:
        return None
    digest = loom.store.row("SELECT digest FROM source WHERE name = ?", (source,))[0]  # type: ignore[index]
    return Draft(path=url, view=Original(source, digest))


def portrait(site: Site, view: Original, html_of: object) -> bytes:
    """The bytes of a photo: square, small and without metadata."""
    return sizes.portrait(bytes_of(site, view.source, view.digest))
