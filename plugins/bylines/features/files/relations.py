"""Where each file is published."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from bylines.engine.claims import fold
from bylines.engine.feature import Draft
from bylines.engine.loom import Change, Loom, Touched
from bylines.features.people.bylines import PHOTO_TYPES
from bylines.features.people.relations import source_of
from bylines.records import Profile

if TYPE_CHECKING:
    from bylines.settings import Site

SCHEMA = """
CREATE TABLE asset (name TEXT PRIMARY KEY, folder TEXT NOT NULL, url TEXT) WITHOUT ROWID;
CREATE INDEX asset_folder ON asset (folder);
"""
_TEXTS = (".md", ".rst")
_KEPT_FOR_FEATURES = (".yaml", ".yml")


class Copy(msgspec.Struct, frozen=True):
    """What a copied file follows from."""

    source: str
    digest: str


def is_file(name: str) -> bool:
    """Whether a source is a file to publish as it is (or not to publish: a photo that no profile names)."""
    root, _, rest = name.partition("/")
    if root == "theme":
        return True
    if root == "authors":
        return "/" not in rest and rest.lower().endswith(PHOTO_TYPES)
    parts = rest.split("/")
    if parts[0] == "blogs":
        in_post_folder = len(parts) > 3
        return len(parts) > 2 and not rest.endswith(_TEXTS) and (in_post_folder or not rest.endswith(_KEPT_FOR_FEATURES))
    return parts[0] == "pages" and not rest.endswith(_TEXTS)


def weave(loom: Loom, changes: Mapping[str, Change], touched: Touched) -> None:
    """Brings the files up to date: those that came or went, and those of posts and people that moved."""
    names = {name for name in changes if _is_asset(loom, name)}
    if not loom.store.fresh:
        for name in touched["address"]:
            if posixpath.basename(name).startswith("index."):
                folder = posixpath.dirname(name)
                names.update(
                    loom.store.column(
                        "SELECT name FROM asset WHERE folder = ?1 OR folder > ?1 || '/' AND folder < ?1 || '0'", (folder,)
                    )
                )
        for handle in touched["person"] | touched["byline"]:
            names.update(loom.store.column("SELECT name FROM asset WHERE folder = 'authors' AND name LIKE ?", (f"authors/{handle}.%",)))
            profile = loom.record(source_of(handle))
            if isinstance(profile, Profile) and profile.photo:
                names.add(f"authors/{profile.photo}")
    for name in sorted(names):
        _put(loom, name, touched)


def _is_asset(loom: Loom, name: str) -> bool:
    return is_file(name) or _static_place(loom, name) is not None


def _put(loom: Loom, name: str, touched: Touched) -> None:
    there = loom.store.row("SELECT 1 FROM source WHERE name = ?", (name,))
    url = _url(loom, name) if there else None
    if url is not None and loom.store.row("SELECT 1 FROM claim WHERE folded = ?", (fold(url.removesuffix("index.html")),)):
        url = None
    loom.store.run("DELETE FROM asset WHERE name = ?", (name,))
    if there:
        loom.store.run("INSERT INTO asset VALUES (?, ?, ?)", (name, posixpath.dirname(name), url))
    loom.place(name, url, touched)
    touched.add("asset", name)
    if name.startswith("authors/"):
        _touch_portrait(loom, name, touched)


def _touch_portrait(loom: Loom, name: str, touched: Touched) -> None:
    handle = posixpath.basename(name).rpartition(".")[0]
    touched.add("portrait", handle)


def _url(loom: Loom, name: str) -> str | None:
    root, _, rest = name.partition("/")
    if root == "theme":
        return f"{loom.site.theme_static}/{rest}"
    if root == "authors":
        return _photo_url(loom, rest)
    static = _static_place(loom, name)
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


def _photo_url(loom: Loom, file: str) -> str | None:
    """A photo stands in the blog of whose profile it is."""
    stem, suffix = os.path.splitext(file)
    for handle in (stem, *loom.store.column("SELECT handle FROM portrait WHERE file = ?", (file,))):
        profile = loom.record(source_of(handle))
        if isinstance(profile, Profile) and (profile.photo or file) == file:
            return f"blogs/{handle}/photo{suffix.lower()}"
    return None


def _static_place(loom: Loom, name: str) -> str | None:
    if not name.startswith("content/"):
        return None
    rest = name.removeprefix("content/")
    for path in loom.site.static_paths:
        if rest == path or rest.startswith(f"{path}/"):
            return dict(loom.site.static_places).get(rest, rest)
    return None


def keys(loom: Loom) -> Iterable[str]:
    """Every file that is published."""
    return loom.store.column("SELECT name FROM asset WHERE url IS NOT NULL ORDER BY name")


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """The files that changed or moved."""
    return touched["asset"] | touched["removed"]


def draft(loom: Loom, name: str) -> Draft | None:
    """A file to publish."""
    row = loom.store.row("SELECT url, digest FROM asset JOIN source USING (name) WHERE name = ?", (name,))
    if row is None or row[0] is None:
        return None
    return Draft(path=row[0], view=Copy(name, row[1]))


def copied(site: Site, view: Copy) -> str:
    """The path of the file to copy."""
    root, _, rest = view.source.partition("/")
    return os.path.join({"content": site.content, "authors": site.authors, "theme": site.theme}[root], rest)
