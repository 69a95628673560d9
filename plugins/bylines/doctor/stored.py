"""Examines the store: whether it exists and can be trusted, its size, and who is using it. Never writes to it."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bylines.doctor.finding import Finding, near, note, ok, problem, size
from bylines.engine import feature, lock
from bylines.engine.build import identity
from bylines.engine.paths import store_path
from bylines.engine.store import Fit, fit_of, opened_to_read

if TYPE_CHECKING:
    from bylines.settings import Site

_AREA = "store"
_AGAIN = "the next build is a clean one"


def findings(site: Site) -> Iterator[Finding]:
    """Yields the findings on a site's store."""
    path = store_path(site)
    who = lock.holder(site.output)
    if who is not None:
        yield note(_AREA, f"a build is at work in {near(site.output)}{who}", "look again when it is done")
        return
    if os.path.lexists(site.cache) and not os.path.isdir(site.cache):
        yield problem(_AREA, f"{near(site.cache)} is not a folder, where the store is due", "move it away")
        return
    if not os.path.exists(path):
        yield ok(_AREA, f"{near(path)} is not there: {_AGAIN}")
        return
    if os.path.exists(f"{path}-journal"):
        yield note(_AREA, f"the last build of {near(path)} was broken off; the next one goes back to the one before")
    fit = fit_of(path, identity(site, feature.load(site.features)))
    yield from _doubts(path, fit)
    if fit in (Fit.WHOLE, Fit.OTHER):
        yield from _about(path)


def _doubts(path: str, fit: Fit) -> Iterator[Finding]:
    if fit is Fit.UNREADABLE:
        yield problem(_AREA, f"{near(path)} cannot be read", "see to its permissions, or delete it")
    elif fit is Fit.UNSEALED:
        yield note(_AREA, f"{near(path)} has no seal that can be read: {_AGAIN}")
    elif fit is Fit.OTHER:
        yield note(_AREA, f"{near(path)} was written by another version or for other settings: {_AGAIN}")
    elif fit is Fit.MOVED:
        yield note(
            _AREA, f"{near(path)} is a copy, or was restored: {_AGAIN}", "in CI set CI, so that its seal has a digest"
        )
    elif fit is Fit.DAMAGED:
        yield problem(
            _AREA, f"{near(path)} is not what was sealed: {_AGAIN}", "see to the disk if you did not change it"
        )


def _about(path: str) -> Iterator[Finding]:
    """Yields the size of a store, its number of posts, its date, and very large files."""
    try:
        with contextlib.closing(opened_to_read(path)) as db:
            posts = db.execute("SELECT count(*) FROM post").fetchone()[0] if db.execute(_HAS_POSTS).fetchone() else 0
            now = int(db.execute("SELECT value FROM meta WHERE name = 'now'").fetchone()[0])
            files = db.execute("SELECT count(*) FROM source").fetchone()[0]
            large = db.execute(_LARGE, (_MUCH,)).fetchall()
    except (sqlite3.DatabaseError, TypeError, ValueError) as error:
        yield problem(_AREA, f"{near(path)} cannot be read ({error}): {_AGAIN}", "see to the disk if this comes again")
        return
    bytes_ = os.path.getsize(path)
    each = f", {size(bytes_ / posts)} a post" if posts else ""
    built = dt.datetime.fromtimestamp(now, dt.UTC)
    yield ok(
        _AREA,
        f"{near(path)}: {size(bytes_)}, {posts:,} posts of {files:,} files{each}, built {built:%Y-%m-%d %H:%M} UTC",
    )
    if large:
        named = ", ".join(f"{name} ({size(bytes_)})" for name, bytes_ in large[:_NAMED])
        said = f"{len(large):,} files are larger than {size(_MUCH)}: {named}"
        yield note(_AREA, said, "git keeps each of their versions for good; put films where films are kept")
    if built > dt.datetime.now(dt.UTC) + dt.timedelta(hours=1):
        yield note(_AREA, f"its last build was at {built:%Y-%m-%d %H:%M} UTC, which is to come", "see to the clock")


_MUCH, _NAMED = 20_000_000, 3
_HAS_POSTS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'post'"
_LARGE = "SELECT name, size FROM source WHERE size > ? ORDER BY size DESC"


def bytes_of_store(site: Site) -> int:
    """Return the bytes of the store; 0 if there is none."""
    with contextlib.suppress(OSError):
        return os.path.getsize(store_path(site))
    return 0


def bytes_of_output(site: Site) -> int:
    """Return the bytes of all pages, according to the store; 0 if it cannot be read."""
    try:
        with contextlib.closing(opened_to_read(store_path(site))) as db:
            return int(db.execute("SELECT total(size) FROM page WHERE size > 0").fetchone()[0])
    except sqlite3.Error:
        return 0
