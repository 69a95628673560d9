"""Reads and writes the store's table of sources: scanning compares with it, and reading updates it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bylines.engine.context import BuildContext
from bylines.engine.read.batch import Done
from bylines.engine.scan import Known, Stamp
from bylines.engine.store import Store
from bylines.engine.weave.changes import Change, Changes


class SourceTable:
    """The sources that the store holds, for scan to compare with."""

    def __init__(self, opened: Store) -> None:
        self._store = opened

    def get(self, name: str) -> Known | None:
        """Return the stamp and digest of a source; None if the store does not have it."""
        row = self._store.row(f"SELECT {_KNOWN} FROM source WHERE name = ?", (name,))
        return Known(Stamp(*row[:4]), row[4]) if row else None

    def below(self, root: str) -> dict[str, Known]:
        """Return all known sources below a root, by name."""
        range_of = (f"{root}/", f"{root}0")
        rows = self._store.rows(f"SELECT name, {_KNOWN} FROM source WHERE name >= ? AND name < ?", range_of)
        return {name: Known(Stamp(*stamp), digest) for name, *stamp, digest in rows}


_KNOWN = "size, mtime_ns, ctime_ns, inode, digest"


def git_states(opened: Store) -> dict[str, str]:
    """Return git's state at the last build, by root."""
    found: dict[str, str] = msgspec.json.decode(opened.meta("git") or "{}")
    return found


def keep(build: BuildContext, read: Sequence[Done], changes: Changes) -> None:
    """Store the sources that were read, and add each to `changes` with its old record."""
    for done in read:
        name = done.found.name
        if build.store.fresh:
            changes.put_first(name, done.kind)
        else:
            old, new = build.stored(name), build.kinds.decode(done.record) if done.record else None
            if type(old) is not type(new):  # whoever had something to say of what it was looks at it no more
                build.store.run("DELETE FROM problem WHERE source = ?", (name,))
            changes.put(Change(name, old, new))
        build.report(name, "read", done.problems)
    rows = [(done.found.name, *done.found.stamp, done.digest, done.record) for done in read]
    build.store.many("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    texts = [(done.found.name, *done.text) for done in read if done.text]
    build.store.many("INSERT INTO spool VALUES (?, ?, ?, ?)", texts)
