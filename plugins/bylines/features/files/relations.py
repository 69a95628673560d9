"""Where each file is published."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from bylines.engine.changes import Changes
from bylines.engine.claims import fold
from bylines.engine.feature import Copy, Draft
from bylines.engine.loom import Loom, Touched, nfc
from bylines.engine.places import static_place
from bylines.features.files import kinds
from bylines.features.files.recordings import is_recording
from bylines.features.look.pages import is_style
from bylines.pictures import endings
from bylines.records import Picture

SCHEMA = """
CREATE TABLE asset (name TEXT PRIMARY KEY, folder TEXT NOT NULL, url TEXT) WITHOUT ROWID;
CREATE INDEX asset_folder ON asset (folder);
CREATE INDEX asset_url ON asset (url);
"""
_TEXTS = (".md", ".rst")
_KEPT_FOR_FEATURES = (".yaml", ".yml")


def is_file(name: str) -> bool:
    """Whether a source is a file to publish as it is."""
    root, _, rest = name.partition("/")
    if root == "theme":
        return not is_style(name)
    if root == "authors":
        return False
    parts = rest.split("/")
    if parts[0] == "blogs":
        in_post_folder = len(parts) > 3
        return (
            not is_comments(name)
            and len(parts) > 2
            and not rest.endswith(_TEXTS)
            and (in_post_folder or not rest.endswith(_KEPT_FOR_FEATURES))
        )
    in_jam_folder = parts[0] == "jams" and len(parts) > 2
    return (parts[0] == "pages" or in_jam_folder) and not rest.endswith(_TEXTS)


def is_comments(name: str) -> bool:
    """Whether a source is a post's old comments, which an import keeps beside it and nobody publishes."""
    return name.startswith("content/blogs/") and name.count("/") > 3 and name.endswith("/comments.yaml")


def is_drawing(name: str) -> bool:
    """Whether a source is an SVG drawing of a contributor's."""
    return is_of_people(name) and name.lower().endswith(".svg")


def is_refused(name: str) -> bool:
    """Whether a source lies where files are published, but is of a kind that is not."""
    return is_of_people(name) and kinds.is_refused(name)


def is_of_people(name: str) -> bool:
    """Whether a source is a file that somebody put beside a post or a page; the theme's are the keepers'."""
    return is_file(name) and not name.startswith("theme/")


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Brings the files up to date: those that came or went, and those of posts and people that moved."""
    names = {name for name in changes if is_asset(loom, name)}
    if not loom.store.fresh:
        for name in {*touched["address"], *changes}:
            if posixpath.basename(name).startswith("index."):
                folder = posixpath.dirname(name)
                names.update(
                    loom.store.column(
                        "SELECT name FROM asset WHERE folder = ?1 OR folder > ?1 || '/' AND folder < ?1 || '0'",
                        (folder,),
                    )
                )
    for name in sorted(names):
        _put(loom, name, touched)


def is_asset(loom: Loom, name: str) -> bool:
    """Whether a source is a file to publish: beside a post, the theme's, or in a folder of STATIC_PATHS."""
    return (is_file(name) and not is_refused(name)) or static_place(loom.site, name) is not None


def _put(loom: Loom, name: str, touched: Touched) -> None:
    there = loom.store.row(_SOUND, (name,))
    url = _published_at(loom, name) if there else None
    url = nfc(url) if url else None
    before = None if loom.store.fresh else loom.store.row("SELECT url FROM asset WHERE name = ?", (name,))
    loom.store.run("DELETE FROM asset WHERE name = ?", (name,))
    if there:
        loom.store.run("INSERT INTO asset VALUES (?, ?, ?)", (name, posixpath.dirname(name), url))
    loom.place(name, url, touched)
    for address in filter(None, {before[0] if before else None, url}):
        still = loom.store.row("SELECT 1 FROM asset WHERE url = ?", (address,))
        for written in (address, *_also_written(name, address)):
            loom.place(f"/{fold(written)}", address if still else None, touched)
    touched.add("asset", name)


# A file against which something was said when it was read (a drawing that runs scripts) is not published; unless it has a
# record all the same (a picture with another ending).
_SOUND = """
SELECT 1 FROM source WHERE name = ?1 AND (record IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM problem WHERE source = ?1 AND origin = 'read'
))
"""


def _published_at(loom: Loom, name: str) -> str | None:
    url = _url(loom, name)
    record = loom.record(name) if url and endings.is_picture(name) and not name.startswith("theme/") else None
    return endings.address_of(url, record.format) if url and isinstance(record, Picture) else url


def _also_written(name: str, url: str) -> Iterator[str]:
    """What else people write for the address of a file: where another ending was put behind its name, the name alone."""
    own, added = posixpath.splitext(name)[1], posixpath.splitext(url)
    if own and added[1] != own and added[0].endswith(own):
        yield added[0]


def _url(loom: Loom, name: str) -> str | None:
    root, _, rest = name.partition("/")
    if root == "theme":
        return f"{loom.site.theme_static}/{_below_static(loom, rest)}"
    static = static_place(loom.site, name)
    if static is not None:
        return static
    folder = posixpath.dirname(name)
    while folder.count("/") > 2:
        post = loom.store.row(_POST_OF_FOLDER, (f"{folder}/index.", f"{folder}/index/"))
        if post:
            return post[0] + name[len(folder) + 1 :] if post[1] else None
        folder = posixpath.dirname(folder)
    return rest


_POST_OF_FOLDER = "SELECT url, state FROM post WHERE name > ? AND name < ? ORDER BY state = 0, rank, name LIMIT 1"


def _below_static(loom: Loom, rest: str) -> str:
    for path in loom.site.theme_static_paths:
        if rest.startswith(f"{path.strip('/')}/"):
            return rest[len(path.strip("/")) + 1 :]
    return rest


def keys(loom: Loom) -> Iterable[str]:
    """Every file that is published as it is; pictures have pages of their own."""
    return loom.store.column(
        "SELECT name FROM asset LEFT JOIN picture USING (name) WHERE url IS NOT NULL AND digest IS NULL ORDER BY name"
    )


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """The files that changed or moved."""
    return touched["asset"] | touched["removed"]


def draft(loom: Loom, name: str) -> Draft | None:
    """A file to publish."""
    row = loom.store.row(_FILE, (name,))
    if row is None or row[0] is None:
        return None
    return Draft(path=row[0], view=Copy(name, row[1], _PATCHES if is_recording(name) else ""), source=name)


_PATCHES = "bylines.features.files.recordings:patches"
_FILE = """
SELECT url, digest FROM asset JOIN source USING (name)
WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM picture WHERE picture.name = ?1)
"""
