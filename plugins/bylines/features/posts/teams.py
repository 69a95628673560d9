"""Keeps the table of who is in which team.

Spellings that differ only in case and spacing are one team, as with topics. Pages show the first of its spellings.
"""

from __future__ import annotations

from collections.abc import Iterator

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.weave.changes import Changes
from bylines.features.people.records import Profile
from bylines.features.posts.facts import TEAM, TEAM_LABEL, TEAM_SAID
from bylines.features.topics.relations import slug_of

SCHEMA = """
CREATE TABLE person_team (handle TEXT PRIMARY KEY, team TEXT NOT NULL, spelling TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX person_team_team ON person_team (team, spelling);
"""


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Update the teams of people whose profiles changed.

    Invalidates TEAM (people whose team changed), TEAM_SAID (people whose team or its spelling changed) and TEAM_LABEL (teams
    whose spelling on pages changed).
    """
    before: dict[str, str | None] = {}
    for handle, profile in _profiles(changes):
        text = profile.team if profile else ""
        old = build.store.row("SELECT team, spelling FROM person_team WHERE handle = ?", (handle,))
        new = (slug_of(text), text) if text else None
        if old == new:
            continue
        if not build.store.fresh:
            before.update((row[0], label(build, row[0])) for row in (old, new) if row and row[0] not in before)
        build.store.run("DELETE FROM person_team WHERE handle = ?", (handle,))
        if new:
            build.store.run("INSERT INTO person_team VALUES (?, ?, ?)", (handle, *new))
        dirty.add(TEAM_SAID, handle)
        if old is None or new is None or old[0] != new[0]:
            dirty.add(TEAM, handle)
    dirty.add(TEAM_LABEL, *(team for team, spelling in before.items() if label(build, team) != spelling))


def _profiles(changes: Changes) -> Iterator[tuple[str, Profile | None]]:
    for change in changes.of(Profile):
        if isinstance(change.new, Profile):
            yield change.new.handle, change.new
        elif isinstance(change.old, Profile):
            yield change.old.handle, None


def every(build: BuildContext) -> list[str]:
    """Return every team that somebody is in."""
    return build.store.column("SELECT DISTINCT team FROM person_team ORDER BY team")


def folder(team: str) -> str:
    """Return the folder of a team's feeds, which is also that of its page in the directory."""
    return f"directory/teams/{team}/"


def label(build: BuildContext, team: str) -> str | None:
    """Return the spelling of a team that pages show; None if nobody is in it."""
    found: str | None = build.store.rows("SELECT min(spelling) FROM person_team WHERE team = ?", (team,))[0][0]
    return found
