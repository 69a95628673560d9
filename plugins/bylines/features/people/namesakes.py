"""Tells apart people with the same name: by their team, else by their place, else by their handle.

Weaves `namesake` and `apart`; invalidates BYLINE of the people whose words in `apart` changed.
"""

from __future__ import annotations

from collections import Counter

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.weave.changes import Changes
from bylines.features.people import messages
from bylines.features.people.facts import BYLINE
from bylines.features.people.records import Profile
from bylines.personal_names.scripts import identity_key

SCHEMA = """
CREATE TABLE namesake (folded TEXT NOT NULL, handle TEXT NOT NULL, PRIMARY KEY (folded, handle)) WITHOUT ROWID;
CREATE TABLE apart (handle TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;
"""


def apart(build: BuildContext, handle: str) -> str:
    """Return the words that tell somebody apart from others of the same name; empty if there are none."""
    row = build.store.row("SELECT words FROM apart WHERE handle = ?", (handle,))
    return row[0] if row else ""


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Update the tables of namesakes after profiles changed."""
    concerned: set[str] = set()
    rows = []
    for change in changes.of(Profile):
        if isinstance(change.old, Profile):
            concerned.add(identity_key(change.old.name))
            row = (identity_key(change.old.name), change.old.handle)
            build.store.run("DELETE FROM namesake WHERE folded = ? AND handle = ?", row)
        if isinstance(change.new, Profile):
            concerned.add(identity_key(change.new.name))
            rows.append((identity_key(change.new.name), change.new.handle))
    build.store.many("INSERT OR REPLACE INTO namesake VALUES (?, ?)", rows)
    if build.store.fresh:
        concerned = set(build.store.column("SELECT folded FROM namesake GROUP BY folded HAVING count(*) > 1"))
    gone = {change.old.handle for change in changes.of(Profile) if isinstance(change.old, Profile)}
    now: dict[str, str] = {}
    for name in sorted(concerned):
        now |= _tell_apart(build, name)
    for handle in sorted(gone | now.keys()):
        _put(build, handle, now.get(handle, ""), dirty)


def _put(build: BuildContext, handle: str, words: str, dirty: Invalidations) -> None:
    """Store the words that tell somebody apart (empty: none), and invalidate the byline if they changed."""
    row = build.store.row("SELECT words FROM apart WHERE handle = ?", (handle,))
    if (row[0] if row else "") == words:
        return
    build.store.run("DELETE FROM apart WHERE handle = ?", (handle,))
    if words:
        build.store.run("INSERT INTO apart VALUES (?, ?)", (handle, words))
    dirty.add(BYLINE, handle)


def _tell_apart(build: BuildContext, name: str) -> dict[str, str]:
    """Return by handle the words for all people with a name. Report the name to all of them but the first."""
    handles = build.store.column("SELECT handle FROM namesake WHERE folded = ? ORDER BY handle", (name,))
    records = {handle: build.record(_source_of(handle)) for handle in handles}
    found = {handle: record for handle, record in records.items() if isinstance(record, Profile)}
    teams = Counter(identity_key(profile.team) for profile in found.values())
    places = Counter(identity_key(profile.location) for profile in found.values())
    said: dict[str, str] = {}
    for handle, profile in found.items():
        if len(found) == 1:
            said[handle] = ""
        elif profile.team and teams[identity_key(profile.team)] == 1:
            said[handle] = profile.team
        elif profile.location and places[identity_key(profile.location)] == 1:
            said[handle] = profile.location
        else:
            said[handle] = handle
    first = build.shown(_source_of(min(found))) if found else ""
    for number, handle in enumerate(found):
        source, own = _source_of(handle), found[handle].name
        problem = messages.NAMESAKE.problem(build.shown(source), name=own, apart=said[handle], holder=first)
        build.report(source, "namesakes", [problem] if number else [])
    return said


def _source_of(handle: str) -> str:
    return f"authors/{handle}.yaml"
