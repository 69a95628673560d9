"""Keeps the table of people: a row for each profile, and for each folder of posts without one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import OldAddresses
from bylines.engine.weave import filing
from bylines.engine.weave.changes import Changes
from bylines.features.blogs.records import Group
from bylines.features.people import messages, namesakes, photos
from bylines.features.people.facts import BYLINE, EXISTENCE, PERSON
from bylines.features.people.records import PROFILE, Profile
from bylines.features.people.settings import PARTICLES
from bylines.personal_names import Name, index_name
from bylines.records import Record

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
"""The name of the catalogue of all blogs: those of people and those of groups."""


def is_profile(name: str) -> bool:
    """Return whether a source is a profile."""
    return PROFILE.matches(name)


def source_of(handle: str) -> str:
    """Return the source of a person's profile."""
    return PROFILE.source_of(handle)


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Update people, follows, namesakes and photos."""
    for change in changes.of(Profile):
        old, new = change.old, change.new
        if isinstance(new, Profile):
            name = index_name(new.name, new.sort_name, new.reading, new.languages, build.site.of(PARTICLES))
            _put(build, new.handle, name, new, dirty)
        elif isinstance(old, Profile):
            _remove(build, old.handle, dirty)
        _follow(build, old, new)
        _touch(old if isinstance(old, Profile) else None, new if isinstance(new, Profile) else None, dirty)
    namesakes.weave(build, changes, dirty)
    photos.weave(build, filter(photos.is_photo, changes), dirty)
    photos.check_strays(build, changes)
    _check_followed(build, changes)


def _check_followed(build: BuildContext, changes: Changes) -> None:
    """Report followed handles that nobody has, in profiles that changed and in profiles that follow a changed one."""
    handles = {name.removeprefix("authors/").removesuffix(".yaml") for name in changes if is_profile(name)}
    groups = {
        name.split("/")[2] for name in changes if name.startswith("content/blogs/") and name.endswith("/blog.yaml")
    }
    concerned = set(handles)
    for handle in handles | groups:
        concerned.update(build.store.column("SELECT handle FROM follow WHERE followed = ?", (handle,)))
    for handle in sorted(concerned):
        source = source_of(handle)
        unknown = build.store.column(_UNKNOWN_FOLLOWED, (handle,))
        problems = [messages.UNKNOWN_FOLLOWED.problem(build.shown(source), handle=other) for other in unknown]
        build.report(source, "follows", problems)


_UNKNOWN_FOLLOWED = """
SELECT followed FROM follow WHERE handle = ?
AND NOT EXISTS (SELECT 1 FROM source WHERE name = 'authors/' || followed || '.yaml' AND record IS NOT NULL)
AND NOT EXISTS (SELECT 1 FROM source WHERE name = 'content/blogs/' || followed || '/blog.yaml' AND record IS NOT NULL)
ORDER BY followed
"""


def _follow(build: BuildContext, old: Record | None, new: Record | None) -> None:
    if isinstance(old, Profile):
        build.store.run("DELETE FROM follow WHERE handle = ?", (old.handle,))
    if isinstance(new, Profile):
        rows = [(new.handle, followed) for followed in new.follows]
        build.store.many("INSERT OR IGNORE INTO follow VALUES (?, ?)", rows)


def _touch(old: Profile | None, new: Profile | None, dirty: Invalidations) -> None:
    """Invalidate a person whose profile changed."""
    handle = (new or old).handle  # type: ignore[union-attr]
    dirty.add(PERSON, handle)
    if old is None or new is None:
        dirty.add(EXISTENCE, handle)
    if old is new or _byline_facts(old) != _byline_facts(new):
        dirty.add(BYLINE, handle)


def _byline_facts(profile: Profile | None) -> object:
    """Return the values of a profile that other pages show."""
    return profile and (profile.name, profile.role, profile.team, profile.photo, profile.left, profile.disclaimer)


def _put(build: BuildContext, handle: str, name: Name, profile: Profile | None, dirty: Invalidations) -> None:
    photo = (profile.photo if profile else None) or ""
    shown = profile.name if profile else handle
    values = (handle, profile is not None, shown, name.title, name.family, photo, _left(build, profile))
    build.store.run("INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    filing.put(build, CATALOGUE, handle, name.sorted_by, dirty)
    build.place(f"@{handle}", f"blogs/{handle}/", dirty)


def _left(build: BuildContext, profile: Profile | None) -> int | None:
    """Return the midnight with which somebody's last day begins (seconds since 1970); None if they have not left."""
    if profile is None or profile.left is None:
        return None
    return int(dt.datetime.combine(profile.left, dt.time(), build.zone).timestamp())


def due(build: BuildContext, since: int) -> Iterable[str]:
    """Return the profiles of people whose last day has begun since the last build."""
    first, last = sorted((since, build.now))
    handles = build.store.column("SELECT handle FROM person WHERE left > ? AND left <= ?", (first, last))
    return [source_of(handle) for handle in handles]


def _remove(build: BuildContext, handle: str, dirty: Invalidations, *, filed: bool = True) -> None:
    if filed:
        filing.remove(build, CATALOGUE, handle, dirty)
    build.store.run("DELETE FROM person WHERE handle = ?", (handle,))
    build.place(f"@{handle}", None, dirty)


def stand_in(build: BuildContext, handle: str, dirty: Invalidations, *, needed: bool, group: bool = False) -> None:
    """Add a person without a profile while posts lie in their folder, and report the missing profile; else remove them.

    `needed` says whether a published post lies in the folder; `group` whether a group has the handle, which then keeps its
    place in the directory.
    """
    row = build.store.row("SELECT profile FROM person WHERE handle = ?", (handle,))
    folder = f"content/blogs/{handle}"
    if row is None and needed:
        _put(build, handle, Name(handle, "", handle), None, dirty)
        dirty.add(BYLINE, handle)
        dirty.add(PERSON, handle)
    elif row is not None and not row[0] and not needed:
        _remove(build, handle, dirty, filed=not group)
        dirty.add(BYLINE, handle)
        dirty.add(PERSON, handle)
    missing = needed and (row is None or not row[0])
    problem = messages.NO_PROFILE.problem(build.shown(folder), handle=handle, profile=build.shown(source_of(handle)))
    build.report(folder, "people", [problem] if missing else [])


def target(build: BuildContext, name: str, record: Profile | Group) -> str | None:
    """Return the address of a blog, or None if its profile or group file does not own it."""
    url = f"blogs/{record.handle}/"
    return url if build.owns(name, url) else None


def leads_below(alias: str) -> bool:
    """Return whether an old address was a blog's. Then every address below it also leads below the blog's new one."""
    return re.fullmatch(r"/blogs/[^/]+/?", alias) is not None


OLD_ADDRESSES = OldAddresses(
    record=Profile,
    target=target,
    leads_below=leads_below,
    occupied=lambda build, dirty: [f"blogs/{handle}/" for handle in dirty[BYLINE]],
)
