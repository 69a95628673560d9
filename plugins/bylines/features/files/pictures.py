"""Pictures beside posts: each is published without metadata, and in smaller sizes, which all files with one digest share."""

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
    """The inputs of a picture that is published: the source and its digest."""

    source: str
    digest: str


class Size(msgspec.Struct, frozen=True):
    """The inputs of a picture at a width."""

    source: str
    digest: str
    width: int


def is_picture(name: str) -> bool:
    """Whether a source is a picture in the content folder."""
    return name.startswith("content/") and endings.is_picture(name)


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Brings the table of pictures that are published up to date, and says who shows another picture than before."""
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
    dirty.add(ADDRESS, name, *([f"/{fold(row[0])}"] if row else []))  # whoever shows it shows other sizes
    stem = posixpath.splitext(name)[0]
    dirty.add(ADDRESS, *(stem + ending for ending in VIDEOS))  # a video that it stands for


_ROW = "SELECT digest, widths FROM picture WHERE name = ?"
_PUBLISHED = "SELECT url, digest, record FROM asset JOIN source USING (name) WHERE name = ? AND url IS NOT NULL"


def keys(build: BuildContext) -> Iterable[str]:
    """Every picture that is published."""
    return build.store.column("SELECT name FROM picture ORDER BY name")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The pictures that changed or moved."""
    return {name for name in dirty[ASSET] | dirty[REMOVED] if is_picture(name)}


def inputs(build: BuildContext, name: str) -> PageInputs | None:
    """A picture as its owner put it there, but for the metadata."""
    row = build.store.row("SELECT url, digest FROM picture JOIN asset USING (name) WHERE name = ?", (name,))
    if row is None:
        return None
    hear(build, name)
    return PageInputs(path=row[0], view=Original(name, row[1]), source=name)


def size_keys(build: BuildContext) -> Iterable[str]:
    """Digest and width of each size."""
    rows = build.store.rows("SELECT DISTINCT digest, widths FROM picture WHERE widths <> '' ORDER BY digest")
    return [f"{digest}-{width}" for digest, widths in rows for width in widths.split(",")]


def size_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The sizes of pictures that came or went."""
    return dirty[PICTURE]


def size_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """A size of all pictures with one digest, made of the first by name; None where there is none any more."""
    digest, _, width = key.partition("-")
    row = build.store.row("SELECT name FROM picture WHERE digest = ? ORDER BY name LIMIT 1", (digest,))
    return PageInputs(path=_path(digest, width), view=Size(row[0], digest, int(width)), source=row[0]) if row else None


def _path(digest: str, width: str | int) -> str:
    return f"pictures/{digest[:2]}/{digest[2:22]}-{width}.webp"


def bare(site: Site, view: Original, html_of: object) -> bytes:
    """The bytes of a picture without metadata."""
    return metadata.strip_metadata(bytes_of(site, view.source, view.digest))


def sized(site: Site, view: Size, html_of: object) -> bytes:
    """The bytes of a size."""
    return sizes.resize(bytes_of(site, view.source, view.digest), view.width)


def bytes_of(site: Site, source: str, digest: str) -> bytes:
    """The bytes of a source. Raises BuildError where they are not those that were read."""
    try:
        with open(file_of(site, source), "rb") as file:
            data = file.read()
    except FileNotFoundError as error:
        raise BuildError(f"{source} went away while the site was built; build again") from error
    if digest_of(data) != digest:
        raise BuildError(f"{source} changed while the site was built; build again")
    return data


def shows_some(targets: Iterable[str]) -> bool:
    """Whether any of a text's targets is a picture, or a video for which one may stand."""
    return any(endings.is_picture(target) or target.endswith(VIDEOS) for target in targets)


def shown_in(build: BuildContext, source: str, targets: Iterable[str], prefix: str) -> dict[str, Sizes]:
    """The pictures that a text shows: as written → sizes, whose addresses begin with `prefix`.

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
