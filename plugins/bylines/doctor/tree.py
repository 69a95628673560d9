"""Examines the output: whether it is that of the last build, what is missing, and which files others put there."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bylines.doctor.finding import Finding, near, note, ok, problem
from bylines.engine import lock
from bylines.engine.paths import store_path
from bylines.engine.publish.output_tree import journal_of, stage_of
from bylines.engine.store import opened_to_read
from bylines.settings.declared import LOOK_AT

if TYPE_CHECKING:
    from bylines.settings import Site

_AREA = "output"
_NAMED = 3


def findings(sites: Sequence[Site]) -> Iterator[Finding]:
    """Yields the findings on the output folders of sites. Several settings files may share one folder."""
    for folder in dict.fromkeys(site.output for site in sites):
        if os.path.isdir(folder):
            yield from _of(folder, [site for site in sites if site.output == folder])
        elif os.path.lexists(folder):
            yield problem(_AREA, f"{near(folder)} is not a folder", "move it away")
        else:
            yield ok(_AREA, f"{near(folder)} is not there; the next build makes it")


def _of(folder: str, sites: Sequence[Site]) -> Iterator[Finding]:
    if os.path.isdir(stage_of(folder)) and lock.holder(folder) is None:
        yield note(_AREA, f"{near(stage_of(folder))} is left of a build that was broken off; the next one deletes it")
    written = _last_line(journal_of(folder)).removeprefix("=")
    for site in sites:
        with contextlib.suppress(sqlite3.Error), contextlib.closing(opened_to_read(store_path(site))) as db:
            token = db.execute("SELECT value FROM meta WHERE name = 'token'").fetchone()
            if token and token[0] == written:
                yield ok(_AREA, f"{near(folder)} is what the last build of {near(site.settings_file)} left")
                count = db.execute("SELECT count(*) FROM page").fetchone()[0]
                yield from _foreign(site, db) if count > site.of(LOOK_AT) else _all(site, db)
                return
    yield note(_AREA, f"{near(folder)} is not what a store remembers: the next build compares it with what it makes")


def _last_line(file: str) -> str:
    try:
        with open(file, "rb") as opened:
            opened.seek(max(0, os.fstat(opened.fileno()).st_size - 100))
            return opened.read().decode(errors="replace").rstrip("\n").rpartition("\n")[2]
    except OSError:
        return ""


def _all(site: Site, db: sqlite3.Connection) -> Iterator[Finding]:
    """Compares all files with all pages. Used for small outputs, which each build looks through as well."""
    pages = {path for (path,) in db.execute("SELECT path FROM page")}
    files = set(_files(site.output))
    if missing := sorted(pages - files):
        yield note(_AREA, f"{len(missing):,} pages are missing ({_some(missing)})", "the next build makes them")
    yield from _others(site, sorted(files - pages))


def _files(folder: str) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        below = os.path.relpath(parent, folder).replace(os.sep, "/")
        yield from (name if below == "." else f"{below}/{name}" for name in names)


def _foreign(site: Site, db: sqlite3.Connection) -> Iterator[Finding]:
    """Finds files that no build wrote, only in the top folder: walking through a large output takes minutes."""
    with os.scandir(site.output) as entries:
        names = sorted(entry.name for entry in entries)
    page = "SELECT 1 FROM page WHERE path = ?1 OR path > ?1 || '/' AND path < ?1 || '0' LIMIT 1"
    yield from _others(site, [name for name in names if not db.execute(page, (name,)).fetchone()])


def _others(site: Site, found: list[str]) -> Iterator[Finding]:
    if found and site.delete_foreign:
        kept = ", but for those of OUTPUT_RETENTION" * bool(site.retention)
        yield note(_AREA, f"{len(found):,} files that no build wrote go with the next one{kept} ({_some(found)})")
    elif found:
        yield ok(_AREA, f"{len(found):,} files that no build wrote stay ({_some(found)})")


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + " …" * (len(names) > _NAMED)
