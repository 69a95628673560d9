"""Who is of which team. A team is one by case and spacing, as a topic is, and spelled as the first of its spellings."""

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
    """Puts changed teams in place.

    Touches TEAM (whose is another), TEAM_SAID (who says another, be it in its spelling), TEAM_LABEL (which are
    spelled otherwise).
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
    """Every team that somebody is of."""
    return build.store.column("SELECT DISTINCT team FROM person_team ORDER BY team")


def folder(team: str) -> str:
    """Where the feeds of a team stand, and its page in the directory."""
    return f"directory/teams/{team}/"


def label(build: BuildContext, team: str) -> str | None:
    """How a team is spelled; None where nobody is of it."""
    found: str | None = build.store.rows("SELECT min(spelling) FROM person_team WHERE team = ?", (team,))[0][0]
    return found
