"""Pictures beside posts. Each is published without metadata, and in smaller sizes that all files with the same digest share."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.digest import digest_of
from bylines.engine.facts import ADDRESS, REMOVED
from bylines.engine.feature import PageInputs
from bylines.engine.paths import file_of
from bylines.engine.read.messages import UNREAD
from bylines.engine.views import Sizes
from bylines.engine.weave import links
from bylines.engine.weave.changes import Changes
from bylines.engine.weave.claims import fold
from bylines.features.files.facts import ASSET, PICTURE
from bylines.features.files.recordings import is_recording
from bylines.features.files.relations import hear, is_asset
from bylines.markup.posters import VIDEOS
from bylines.pictures import endings, metadata, sizes
from bylines.pictures.decode import Picture
from bylines.problems import BuildError

if TYPE_CHECKING:
    from bylines.settings import Site

SCHEMA = """
CREATE TABLE picture (name TEXT PRIMARY KEY, digest TEXT NOT NULL, widths TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX picture_digest ON picture (digest);
"""
_MIDDLE = 960


class Original(msgspec.Struct, frozen=True):
    """The inputs of a published picture: its source and digest."""

    source: str
    digest: str


class Size(msgspec.Struct, frozen=True):
    """The inputs of a picture in one width."""

    source: str
    digest: str
    width: int


def is_picture(name: str) -> bool:
    """Return whether a source is a picture in the content folder."""
    return name.startswith("content/") and endings.is_picture(name)


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Updates the table of published pictures, and invalidates the texts that show a changed one."""
    if build.store.fresh:
        names = {change.name for change in changes.of(Picture)}
    else:
        names = {name for name in {*changes, *dirty[ASSET]} if is_picture(name)}
    for name in sorted(names):
        _put(build, name, dirty)
    for name in changes:
        if (is_picture(name) or is_recording(name)) and not is_asset(build, name):
            there = build.store.row("SELECT 1 FROM source WHERE name = ?", (name,))
            build.report(name, "pictures", [UNREAD.problem(build.shown(name))] if there else [])


def _put(build: BuildContext, name: str, dirty: Invalidations) -> None:
    before = None if build.store.fresh else build.store.row(_ROW, (name,))
    row = build.store.row(_PUBLISHED, (name,))
    record = build.kinds.decode(row[2]) if row else None
    now = (row[1], ",".join(map(str, sizes.widths_of(record)))) if row and isinstance(record, Picture) else None
    if before == now:
        return
    build.store.run("DELETE FROM picture WHERE name = ?", (name,))
    if now:
        build.store.run("INSERT INTO picture VALUES (?, ?, ?)", (name, *now))
    for digest, widths in filter(None, (before, now)):
        dirty.add(PICTURE, *(f"{digest}-{width}" for width in widths.split(",") if width))
    dirty.add(ADDRESS, name, *([f"/{fold(row[0])}"] if row else []))  # the texts that show it show other sizes
    stem = posixpath.splitext(name)[0]
    dirty.add(ADDRESS, *(stem + ending for ending in VIDEOS))  # the videos for which it is the still picture


_ROW = "SELECT digest, widths FROM picture WHERE name = ?"
_PUBLISHED = "SELECT url, digest, record FROM asset JOIN source USING (name) WHERE name = ? AND url IS NOT NULL"


def keys(build: BuildContext) -> Iterable[str]:
    """Return the names of all published pictures."""
    return build.store.column("SELECT name FROM picture ORDER BY name")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the pictures that changed or moved."""
    return {name for name in dirty[ASSET] | dirty[REMOVED] if is_picture(name)}


def inputs(build: BuildContext, name: str) -> PageInputs | None:
    """Return the inputs of a picture; None if it is not published (any more)."""
    row = build.store.row("SELECT url, digest FROM picture JOIN asset USING (name) WHERE name = ?", (name,))
    if row is None:
        return None
    hear(build, name)
    return PageInputs(path=row[0], view=Original(name, row[1]), source=name)


def size_keys(build: BuildContext) -> Iterable[str]:
    """Return the keys of all sizes, each with the picture's digest and the width."""
    rows = build.store.rows("SELECT DISTINCT digest, widths FROM picture WHERE widths <> '' ORDER BY digest")
    return [f"{digest}-{width}" for digest, widths in rows for width in widths.split(",")]


def size_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the sizes of pictures that were added or removed."""
    return dirty[PICTURE]


def size_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of one size, made from the first picture by name with the digest; None if no picture has it any more."""
    digest, _, width = key.partition("-")
    row = build.store.row("SELECT name FROM picture WHERE digest = ? ORDER BY name LIMIT 1", (digest,))
    return PageInputs(path=_path(digest, width), view=Size(row[0], digest, int(width)), source=row[0]) if row else None


def _path(digest: str, width: str | int) -> str:
    return f"pictures/{digest[:2]}/{digest[2:22]}-{width}.webp"


def bare(site: Site, view: Original, html_of: object) -> bytes:
    """Return the bytes of a picture, without its metadata."""
    return metadata.strip_metadata(bytes_of(site, view.source, view.digest))


def sized(site: Site, view: Size, html_of: object) -> bytes:
    """Return the bytes of a picture in one width."""
    return sizes.resize(bytes_of(site, view.source, view.digest), view.width)


def bytes_of(site: Site, source: str, digest: str) -> bytes:
    """Return the bytes of a source. Raises BuildError if they changed since the source was read."""
    try:
        with open(file_of(site, source), "rb") as file:
            data = file.read()
    except FileNotFoundError as error:
        raise BuildError(f"{source} went away while the site was built; build again") from error
    if digest_of(data) != digest:
        raise BuildError(f"{source} changed while the site was built; build again")
    return data


def shows_some(targets: Iterable[str]) -> bool:
    """Return whether any of a text's targets is a picture, or a video, which may have a still picture."""
    return any(endings.is_picture(target) or target.endswith(VIDEOS) for target in targets)


def shown_in(build: BuildContext, source: str, targets: Iterable[str], prefix: str) -> dict[str, Sizes]:
    """Return the sizes of the pictures that a text shows, by their targets as written. Addresses begin with `prefix`.

    For a video it is the picture beside it that bears its name, if there is one.
    """
    return _linked(build, source, prefix) | {
        written: _sizes(build, prefix, *row)
        for written in targets
        if written.endswith(VIDEOS) and (row := _still(build, source, written))
    }


def _still(build: BuildContext, source: str, video: str) -> Any:
    stem = posixpath.splitext(links.candidates(source, video)[0])[0]
    stems = dict.fromkeys((stem, unicodedata.normalize("NFD", stem)))
    rows = (build.store.row(_PICTURE, (each + ending,)) for each in stems for ending in endings.ENDINGS)
    return next(filter(None, rows), None)


_PICTURE = """
SELECT url, digest, record FROM picture JOIN asset USING (name) JOIN source USING (name, digest) WHERE name = ?
"""


def _linked(build: BuildContext, source: str, prefix: str) -> dict[str, Sizes]:
    return {
        written: _sizes(build, prefix, url, digest, record) for written, url, digest, record in _rows(build, source)
    }


def _rows(build: BuildContext, source: str) -> list[Any]:
    found: list[Any] = build.store.rows(_SHOWN, (source,))
    return found


_SHOWN = """
SELECT link.written, asset.url, source.digest, source.record FROM link
JOIN address ON address.name = link.target JOIN asset ON asset.url = address.url
JOIN picture ON picture.name = asset.name JOIN source ON source.name = asset.name
WHERE link.source = ? ORDER BY link.written, link.target DESC
"""


def _sizes(build: BuildContext, prefix: str, url: str, digest: str, record: bytes) -> Sizes:
    picture: Picture = build.kinds.decode(record)
    widths = sizes.widths_of(picture)
    if not widths:
        return Sizes(width=picture.width, height=picture.height, src=prefix + links.quoted(url))
    several = ", ".join(f"{prefix}/{_path(digest, width)} {width}w" for width in widths)
    middle = max((width for width in widths if width <= _MIDDLE), default=widths[0])
    return Sizes(width=picture.width, height=picture.height, src=f"{prefix}/{_path(digest, middle)}", srcset=several)
