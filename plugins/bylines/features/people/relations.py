"""The table of people: one row for each profile, and for each folder of posts that has none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from bylines import messages
from bylines.engine import filing
from bylines.engine.changes import Changes
from bylines.engine.claims import OWNER, Claim, aliases
from bylines.engine.loom import Loom, Touched
from bylines.features.people import namesakes, photos
from bylines.features.people.facts import BYLINE, EXISTENCE, PERSON
from bylines.features.people.settings import PARTICLES
from bylines.names import Name, file_name
from bylines.records import AnyRecord, Profile

SCHEMA = """
CREATE TABLE person (
    handle TEXT PRIMARY KEY, profile INTEGER NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, family TEXT NOT NULL,
    photo TEXT NOT NULL, left INTEGER
) WITHOUT ROWID;
CREATE TABLE follow (handle TEXT NOT NULL, followed TEXT NOT NULL, PRIMARY KEY (handle, followed)) WITHOUT ROWID;
CREATE INDEX follow_followed ON follow (followed);
CREATE INDEX person_left ON person (left) WHERE left IS NOT NULL;
CREATE INDEX person_photo ON person (photo) WHERE photo <> '';
"""


CATALOGUE = "blogs"
"""The catalogue of all blogs, of people and of groups."""


def is_profile(name: str) -> bool:
    """Whether a source is a profile."""
    return name.startswith("authors/") and name.count("/") == 1 and name.endswith((".yaml", ".yml"))


def source_of(handle: str) -> str:
    """The name of a person's profile."""
    return f"authors/{handle}.yaml"


def claims_of(loom: Loom, name: str, record: AnyRecord) -> Sequence[Claim]:
    """A profile asks for the address of its owner's blog, and for its old ones."""
    if not isinstance(record, Profile):
        return ()
    return (Claim(f"blogs/{record.handle}/", OWNER, name), *aliases(name, record.aliases))


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Brings the people up to date with changed profiles."""
    for change in changes.of(Profile):
        old, new = change.old, change.new
        if isinstance(new, Profile):
            name = file_name(new.name, new.sort_name, new.reading, new.languages, loom.site.of(PARTICLES))
            _put(loom, new.handle, name, new, touched)
        elif isinstance(old, Profile):
            _remove(loom, old.handle, touched)
        _follow(loom, old, new)
        _touch(old if isinstance(old, Profile) else None, new if isinstance(new, Profile) else None, touched)
    namesakes.weave(loom, changes, touched)
    photos.weave(loom, filter(photos.is_photo, changes), touched)
    photos.check_strays(loom, changes)
    _check_followed(loom, changes)


def _check_followed(loom: Loom, changes: Changes) -> None:
    """Reports whom nobody knows among those who are followed, for whoever changed and whoever follows one who did."""
    handles = {name.removeprefix("authors/").removesuffix(".yaml") for name in changes if is_profile(name)}
    groups = {
        name.split("/")[2] for name in changes if name.startswith("content/blogs/") and name.endswith("/blog.yaml")
    }
    concerned = set(handles)
    for handle in handles | groups:
        concerned.update(loom.store.column("SELECT handle FROM follow WHERE followed = ?", (handle,)))
    for handle in sorted(concerned):
        source = source_of(handle)
        unknown = loom.store.column(_UNKNOWN_FOLLOWED, (handle,))
        problems = [messages.UNKNOWN_FOLLOWED.problem(loom.shown(source), handle=other) for other in unknown]
        loom.report(source, "follows", problems)


_UNKNOWN_FOLLOWED = """
SELECT followed FROM follow WHERE handle = ?
AND NOT EXISTS (SELECT 1 FROM source WHERE name = 'authors/' || followed || '.yaml' AND record IS NOT NULL)
AND NOT EXISTS (SELECT 1 FROM source WHERE name = 'content/blogs/' || followed || '/blog.yaml' AND record IS NOT NULL)
ORDER BY followed
"""


def _follow(loom: Loom, old: AnyRecord | None, new: AnyRecord | None) -> None:
    if isinstance(old, Profile):
        loom.store.run("DELETE FROM follow WHERE handle = ?", (old.handle,))
    if isinstance(new, Profile):
        rows = [(new.handle, followed) for followed in new.follows]
        loom.store.many("INSERT OR IGNORE INTO follow VALUES (?, ?)", rows)


def _touch(old: Profile | None, new: Profile | None, touched: Touched) -> None:
    handle = (new or old).handle  # type: ignore[union-attr]
    touched.add(PERSON, handle)
    if old is None or new is None:
        touched.add(EXISTENCE, handle)
    if old is new or _byline_facts(old) != _byline_facts(new):
        touched.add(BYLINE, handle)


def _byline_facts(profile: Profile | None) -> object:
    return profile and (profile.name, profile.role, profile.team, profile.photo, profile.left, profile.disclaimer)


def _put(loom: Loom, handle: str, name: Name, profile: Profile | None, touched: Touched) -> None:
    photo = (profile.photo if profile else None) or ""
    shown = profile.name if profile else handle
    values = (handle, profile is not None, shown, name.title, name.family, photo, _left(loom, profile))
    loom.store.run("INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    filing.put(loom, CATALOGUE, handle, name.sorted_by, touched)
    loom.place(f"@{handle}", f"blogs/{handle}/", touched)


def _left(loom: Loom, profile: Profile | None) -> int | None:
    if profile is None or profile.left is None:
        return None
    return int(dt.datetime.combine(profile.left, dt.time(), loom.zone).timestamp())


def due(loom: Loom, since: int) -> Iterable[str]:
    """The profiles of those whose last day lies between two builds."""
    first, last = sorted((since, loom.now))
    handles = loom.store.column("SELECT handle FROM person WHERE left > ? AND left <= ?", (first, last))
    return [source_of(handle) for handle in handles]


def _remove(loom: Loom, handle: str, touched: Touched, *, filed: bool = True) -> None:
    if filed:
        filing.remove(loom, CATALOGUE, handle, touched)
    loom.store.run("DELETE FROM person WHERE handle = ?", (handle,))
    loom.place(f"@{handle}", None, touched)


def stand_in(loom: Loom, handle: str, touched: Touched, *, needed: bool, group: bool = False) -> None:
    """Lets a folder without a profile stand under its handle while posts lie in it; says that the profile is missing.

    `needed` says whether any post that is shown lies in the folder; `group` that a group has the handle, and with it the
    handle's place in the directory.
    """
    row = loom.store.row("SELECT profile FROM person WHERE handle = ?", (handle,))
    folder = f"content/blogs/{handle}"
    if row is None and needed:
        _put(loom, handle, Name(handle, "", handle), None, touched)
        touched.add(BYLINE, handle)
        touched.add(PERSON, handle)
    elif row is not None and not row[0] and not needed:
        _remove(loom, handle, touched, filed=not group)
        touched.add(BYLINE, handle)
        touched.add(PERSON, handle)
    missing = needed and (row is None or not row[0])
    problem = messages.NO_PROFILE.problem(loom.shown(folder), handle=handle, profile=loom.shown(source_of(handle)))
    loom.report(folder, "people", [problem] if missing else [])
