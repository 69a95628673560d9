"""Who is of which team, and whether a change reaches a figure of the pulse."""

from __future__ import annotations

import datetime as dt

from bylines.engine.changes import Changes
from bylines.engine.loom import Loom, Touched
from bylines.records import Post, Profile

SCHEMA = """
CREATE TABLE pulse_team (handle TEXT PRIMARY KEY, team TEXT NOT NULL) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX pulse_post ON post (lang, date, state) WHERE state >= 2;
"""


def midnight(loom: Loom, day: dt.date) -> int:
    """When a day begins where the site is (seconds)."""
    return int(dt.datetime.combine(day, dt.time(), loom.zone).timestamp())


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Brings the teams up to date; touches 'pulse' where a figure up to yesterday may be another than in the last build.

    What a person or a group does to it is nothing while nothing of theirs is older than today.
    """
    moved = {handle for handle in _replace_teams(loom, changes) if _wrote(loom, f"blog:{handle}")}
    if loom.store.fresh:
        return
    touched.add("pulse", *moved)
    cut = midnight(loom, loom.day)
    before = loom.store.meta("now")
    if before is None or loom.moment(int(before)).date() != loom.day:
        touched.add("pulse", "day")
    if any(row.date < cut for row in touched["row"]) or _is_in_another_language(changes):
        touched.add("pulse", "posts")
    for handle in touched["group"] | touched["existence"]:
        if _wrote(loom, f"blog:{handle}"):
            touched.add("pulse", handle)
    for topic in touched["topic_label"]:
        if _wrote(loom, f"topic:{topic}"):
            touched.add("pulse", topic)


def _replace_teams(loom: Loom, changes: Changes) -> set[str]:
    """Puts the teams of changed profiles in place; gives the handles of whose team is another."""
    moved = set()
    for change in changes.of(Profile):
        old = change.old if isinstance(change.old, Profile) else None
        new = change.new if isinstance(change.new, Profile) else None
        profile = new or old
        if profile is None or (old and new and old.team == new.team):
            continue
        moved.add(profile.handle)
        loom.store.run("DELETE FROM pulse_team WHERE handle = ?", (profile.handle,))
        if new and new.team:
            loom.store.run("INSERT INTO pulse_team VALUES (?, ?)", (new.handle, new.team))
    return moved


def _wrote(loom: Loom, name: str) -> bool:
    """Whether a list has a post that is older than today."""
    sql = "SELECT 1 FROM listing WHERE list = ? AND date < ? LIMIT 1"
    return loom.store.row(sql, (name, midnight(loom, loom.day))) is not None


def _is_in_another_language(changes: Changes) -> bool:
    return any(
        isinstance(change.old, Post) and isinstance(change.new, Post) and change.old.lang != change.new.lang
        for change in changes.of(Post)
    )
