"""The store: one SQLite file of records and relations. A cache, and nothing but: it can be deleted at any time.

It is believed only if it is whole (its seal fits) and was written by this code, for these settings (its identity fits).
"""

from __future__ import annotations

import contextlib
import enum
import errno
import os
import sqlite3
import urllib.parse
from collections.abc import Iterable, Sequence
from typing import Any, Self

import msgspec

from bylines.engine.digest import digest_of_file
from bylines.engine.workflow import in_workflow

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL, digest TEXT NOT NULL, record BLOB
) WITHOUT ROWID;
CREATE TABLE problem (
    source TEXT NOT NULL, origin TEXT NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL,
    message TEXT NOT NULL, mend TEXT NOT NULL, level TEXT NOT NULL, code TEXT NOT NULL,
    target TEXT NOT NULL, PRIMARY KEY (source, origin, path, line, message)
) WITHOUT ROWID;
CREATE TABLE claim (
    folded TEXT NOT NULL, rank INTEGER NOT NULL, source TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (folded, rank, source, url)
) WITHOUT ROWID;
CREATE TABLE naming (
    source TEXT PRIMARY KEY, spot TEXT NOT NULL, scope TEXT NOT NULL, slug TEXT NOT NULL, ending TEXT NOT NULL,
    dated TEXT NOT NULL, known INTEGER NOT NULL, original INTEGER NOT NULL, place TEXT NOT NULL, lang TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE address (name TEXT PRIMARY KEY, url TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE link (
    source TEXT NOT NULL, written TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (source, written, target)
) WITHOUT ROWID;
CREATE TABLE moment (name TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (name, at)) WITHOUT ROWID;
CREATE INDEX moment_at ON moment (at);
CREATE TABLE listing (
    list TEXT NOT NULL, date INTEGER NOT NULL, post TEXT NOT NULL, PRIMARY KEY (list, date, post)
) WITHOUT ROWID;
CREATE TABLE page_start (
    list TEXT NOT NULL, number INTEGER NOT NULL, date INTEGER NOT NULL, post TEXT NOT NULL, PRIMARY KEY (list, number)
) WITHOUT ROWID;
CREATE INDEX page_start_place ON page_start (list, date, post);
CREATE TABLE list_count (list TEXT PRIMARY KEY, posts INTEGER NOT NULL, newest INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE index_entry (
    catalogue TEXT NOT NULL, letter TEXT NOT NULL, folded TEXT NOT NULL, sort_key BLOB NOT NULL, key TEXT NOT NULL,
    place INTEGER NOT NULL, PRIMARY KEY (catalogue, key)
) WITHOUT ROWID;
CREATE INDEX index_entry_place ON index_entry (catalogue, letter, folded, sort_key);
CREATE TABLE page (
    kind TEXT NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL,
    output TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX page_path ON page (path);
CREATE TABLE waiting (path TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE INDEX waiting_path ON waiting (path);
"""
# Made when a new store has been filled: an index that grows in the order of its rows is ten times as fast.
_INDEXES = """
CREATE INDEX claim_source ON claim (source);
CREATE INDEX link_target ON link (target);
CREATE INDEX listing_post ON listing (post);
CREATE INDEX index_entry_order ON index_entry (catalogue, place, letter, sort_key, key);
"""
# What lives as long as a build: sets of sources that queries join, where texts lie in the spool,
# and how posts look in lists.
_TEMPORARY = """
CREATE TEMP TABLE selection (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE spool (
    name TEXT PRIMARY KEY, file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TEMP TABLE card (name TEXT PRIMARY KEY, card BLOB NOT NULL) WITHOUT ROWID;
"""


# Bytes up to which a store is hashed after each build.
_SMALL = 64_000_000


class Seal(msgspec.Struct, frozen=True):
    """What lies beside the store: what it was written for, and how the file looked when it was closed."""

    identity: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    digest: str


class Store:
    """An open store. One writer at a time (the build's lock sees to it); a build is one transaction."""

    def __init__(self, path: str, db: sqlite3.Connection, identity: str, *, fresh: bool) -> None:
        self.path = path
        self.db = db
        self.identity = identity
        self.fresh = fresh
        self._late = ""

    @classmethod
    def open(cls, path: str, identity: str, schemas: Sequence[str], indexes: Sequence[str]) -> Self:
        """Opens the store at `path`, or begins a new one where there is none that can be believed.

        `identity` names code and configuration; `schemas` are the tables of the capabilities, `indexes` what is made
        when a new store has been filled (`index`).
        """
        if _sealed(path, identity):
            with contextlib.suppress(sqlite3.DatabaseError):
                db = _connect(path)
                _make(db, _TEMPORARY)
                db.execute("BEGIN IMMEDIATE")
                return cls(path, db, identity, fresh=False)
        return cls._begin(path, identity, schemas, indexes)

    @classmethod
    def _begin(cls, path: str, identity: str, schemas: Sequence[str], indexes: Sequence[str]) -> Self:
        discard(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        db = _connect(path)
        db.execute("PRAGMA journal_mode = OFF")  # a new store that is not finished is thrown away
        _make(db, _TEMPORARY)
        db.execute("BEGIN IMMEDIATE")
        _make(db, "".join([_SCHEMA, *schemas]))
        found = cls(path, db, identity, fresh=True)
        found._late = "".join([_INDEXES, *indexes])
        return found

    def index(self) -> None:
        """Makes the indexes that a new store was filled without."""
        _make(self.db, self._late)
        self._late = ""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return all rows of a query."""
        return self.db.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any | None:
        """Return the first row of a query, or None."""
        return self.db.execute(sql, values).fetchone()

    def column(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the first column of a query."""
        return [row[0] for row in self.db.execute(sql, values)]

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Runs one statement."""
        self.db.execute(sql, values)

    def many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Runs one statement for each row of values."""
        self.db.executemany(sql, values)

    def meta(self, name: str) -> str | None:
        """Return a remembered value."""
        row = self.row("SELECT value FROM meta WHERE name = ?", (name,))
        return row[0] if row else None

    def remember(self, name: str, value: str) -> None:
        """Remembers a value."""
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def select(self, paths: Iterable[str]) -> None:
        """Fill the temporary table `selection`, which queries about a set of sources join."""
        self.run("DELETE FROM selection")
        self.many("INSERT OR IGNORE INTO selection VALUES (?)", ((path,) for path in paths))

    def close(self, *, keep: bool) -> None:
        """Ends the build's transaction: kept and sealed, or as if nothing had been."""
        changed = self.db.total_changes > 0
        if keep:
            self.db.commit()
        else:
            self.db.rollback()
        self.db.close()
        if keep and (changed or self.fresh):
            _seal(self.path, self.identity)
        elif not keep and self.fresh:
            discard(self.path)


def discard(path: str) -> None:
    """Remove a store with its journals and its seal."""
    for suffix in ("", "-journal", "-wal", "-shm", ".seal"):
        with contextlib.suppress(FileNotFoundError):
            os.remove(path + suffix)


def can_be_kept(path: str) -> bool:
    """Return whether a store can be written at `path`. Raises OSError where its folder cannot be had for another reason."""
    probe = f"{path}.probe"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT, 0o666))
        os.remove(probe)
    except OSError as error:
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return False
        raise
    return True


def _connect(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    # No fsync: after a power cut the seal does not fit, and the store is made anew from the sources.
    for pragma in ("synchronous = OFF", "cache_size = -65536", "temp_store = FILE"):
        db.execute(f"PRAGMA {pragma}")
    return db


def _make(db: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)


class Fit(enum.Enum):
    """The ways in which a store can match its seal, or fail to. `fit_of` returns one."""

    WHOLE = "it is what was sealed, for this identity"
    OTHER = "it is what was sealed, for another identity"
    MOVED = "it has another stamp, and its seal no digest to compare"
    DAMAGED = "its bytes are not those that were sealed"
    UNSEALED = "there is no seal that can be read"
    UNREADABLE = "the file cannot be read"


def fit_of(path: str, identity: str) -> Fit:
    """How a store stands beside its seal; nothing is changed, and where the seal has a digest all bytes are looked at."""
    try:
        with open(path + ".seal", "rb") as file:
            seal = msgspec.json.decode(file.read(), type=Seal)
    except (OSError, ValueError, msgspec.MsgspecError):
        return Fit.UNSEALED
    try:
        status = os.stat(path)
        digest = digest_of_file(path) if seal.digest else ""
    except OSError:
        return Fit.UNREADABLE
    if seal.size != status.st_size or digest != seal.digest:
        return Fit.DAMAGED
    if not digest and (seal.mtime_ns, seal.ctime_ns, seal.inode) != (
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino,
    ):
        return Fit.MOVED
    return Fit.WHOLE if seal.identity == identity else Fit.OTHER


def opened_to_read(path: str) -> sqlite3.Connection:
    """Return a store as it lies there, to be read and never written. Raises sqlite3.Error."""
    return sqlite3.connect(f"file:{urllib.parse.quote(path)}?mode=ro", uri=True, isolation_level=None)


def _sealed(path: str, identity: str) -> bool:
    """Return whether the store at `path` is what was closed last, for this identity.

    A stamp that fits is believed; where it differs (a copy, a restored cache, a damaged file) the bytes are hashed. The
    seal of a large store has no digest, since it would cost more than most builds; but in CI, where stores are copied.
    A journal left behind tells of a build that was killed: SQLite goes back by it to the state that was sealed.
    """
    try:
        if os.path.exists(path + "-journal"):
            _roll_back(path)
        with open(path + ".seal", "rb") as file:
            seal = msgspec.json.decode(file.read(), type=Seal)
        status = os.stat(path)
    except (OSError, ValueError, msgspec.MsgspecError, sqlite3.DatabaseError):
        return False
    if seal.identity != identity or seal.size != status.st_size:
        return False
    if (seal.mtime_ns, seal.ctime_ns, seal.inode) == (status.st_mtime_ns, status.st_ctime_ns, status.st_ino):
        return True
    return bool(seal.digest) and digest_of_file(path) == seal.digest


def _roll_back(path: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _seal(path: str, identity: str) -> None:
    status = os.stat(path)
    whole = status.st_size <= _SMALL or in_workflow(os.environ)
    digest = digest_of_file(path) if whole else ""
    seal = Seal(identity, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, digest)
    with open(path + ".seal.new", "wb") as file:
        file.write(msgspec.json.encode(seal))
    os.replace(path + ".seal.new", path + ".seal")
