"""The tables of facets: the people in each, and the teams, places, languages and years that there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine.context import BuildContext, Invalidations, month_before
from bylines.engine.weave import filing, listing
from bylines.engine.weave.changes import Changes
from bylines.engine.weave.listing import ROW
from bylines.features.blogs.facts import GROUP
from bylines.features.blogs.relations import is_group
from bylines.features.facets.facts import FACET_LABEL, FACET_MONTH, FACET_SIZE, FacetValue
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.people.records import Profile
from bylines.features.people.relations import CATALOGUE, source_of
from bylines.features.topics.relations import slug_of
from bylines.locale_format import digits, language_name

SCHEMA = """
CREATE TABLE facet_member (
    handle TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, spelling TEXT NOT NULL,
    PRIMARY KEY (handle, facet, value)
) WITHOUT ROWID;
CREATE INDEX facet_member_value ON facet_member (facet, value, spelling);
CREATE TABLE facet_value (
    facet TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (facet, value)
) WITHOUT ROWID;
"""
FOLDERS = {
    "team": "teams",
    "place": "places",
    "language": "languages",
    "joined": "joined",
    "new": "new",
    "groups": "groups",
    "alumni": "alumni",
    "active": "active",
    "quiet": "quiet",
}
"""The folder of each facet, below `directory/`."""

VALUED = ("team", "place", "language", "joined")
"""The facets that have values, with a page for each value."""

_ACTIVE_MONTHS, _QUIET_MONTHS = 3, 12
"""How long a blog is active after a post, and after how long without one it is quiet: in months, yesterday's included."""


class Bounds(NamedTuple):
    """The moments that decide which blogs are active or quiet, in seconds since 1970."""

    cut: int
    """The beginning of today. Later posts do not count yet."""
    active: int
    """A blog with a post since this moment is active."""
    quiet: int
    """A blog whose last post is older than this is quiet."""


def catalogue(spot: FacetValue) -> str:
    """Return the catalogue of a value's people or, without a value, of the facet's values (its people, if it has no values)."""
    return f"{spot.facet}:{spot.value}"


def months(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first day of the months in which a post makes a blog active, and that of the months without one for a quiet blog."""
    yesterday = day - dt.timedelta(days=1)
    return month_before(yesterday, _ACTIVE_MONTHS - 1), month_before(yesterday, _QUIET_MONTHS - 1)


def _bounds(build: BuildContext) -> Bounds:
    return Bounds(*(build.midnight(day) for day in (build.day, *months(build.day))))


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Updates the facets of people who changed, who wrote before today, or whose activity changed with the date."""
    bounds = _bounds(build)
    if build.store.fresh:
        _fill(build, bounds, dirty)
        return
    handles = dirty[PERSON] | dirty[BYLINE] | dirty[GROUP]
    handles |= {
        row.list.removeprefix("blog:") for row in dirty[ROW] if row.list.startswith("blog:") and row.date < bounds.cut
    }
    handles |= _by_time(build, bounds, dirty)
    spelled: set[FacetValue] = set()
    for handle in sorted(handles):
        spelled |= _replace(build, handle, bounds, dirty)
    for spot in sorted(spelled):
        _relabel(build, spot, dirty)


def _fill(build: BuildContext, bounds: Bounds, dirty: Invalidations) -> None:
    for handle in build.store.column("SELECT key FROM index_entry WHERE catalogue = ? ORDER BY key", (CATALOGUE,)):
        rows = [(handle, *spot, spelling) for spot, spelling in _spots(build, handle, bounds).items()]
        build.store.many("INSERT INTO facet_member VALUES (?, ?, ?, ?)", rows)
    build.store.run(_FILE, (CATALOGUE,))
    for facet in VALUED:
        for value in build.store.column("SELECT DISTINCT value FROM facet_member WHERE facet = ?", (facet,)):
            _relabel(build, FacetValue(facet, value), dirty)


_FILE = """
INSERT INTO index_entry SELECT m.facet || ':' || m.value, f.letter, f.folded, f.sort_key, f.key, f.place
FROM facet_member m CROSS JOIN index_entry f ON f.catalogue = ? AND f.key = m.handle ORDER BY m.facet, m.value, m.handle
"""


def _by_time(build: BuildContext, bounds: Bounds, dirty: Invalidations) -> set[str]:
    """Return the people whose facets change with the date. Invalidates FACET_MONTH if a new month has begun."""
    before = build.store.meta("now")
    last = build.moment(int(before)).date() if before else None
    if last == build.day:
        return set()
    if last is None or months(last) != months(build.day):
        dirty.add(FACET_MONTH, "month")
    stood = dict(build.store.rows(_BY_ACTIVITY))
    left = set(build.store.column("SELECT handle FROM person WHERE left <= ?", (build.now,)))
    wrote = build.store.rows("SELECT list, newest FROM list_count WHERE list >= 'blog:' AND list < 'blog;'")
    found = {handle for handle in stood if not listing.count(build, f"blog:{handle}")[0]}
    for name, newest in wrote:
        handle = name.removeprefix("blog:")
        now = _activity(build, name, newest, bounds, left=handle in left)
        if stood.get(handle, "") != now:
            found.add(handle)
    years = {str(day.year) for day in (last, build.day) if day}
    if len(years) > 1 or last is None:
        for year in years:
            found.update(build.store.column(_JOINED, (year,)))
    return found


_JOINED = "SELECT handle FROM facet_member WHERE facet = 'joined' AND value = ?"


def _replace(build: BuildContext, handle: str, bounds: Bounds, dirty: Invalidations) -> set[FacetValue]:
    """Replaces a person's facets with the current ones. Returns the values whose spelling may have changed."""
    rows = build.store.rows(_STOOD, (handle,))
    before = {FacetValue(facet, value): spelling for facet, value, spelling in rows}
    now = _spots(build, handle, bounds)
    for spot in sorted(before.keys() - now.keys()):
        build.store.run("DELETE FROM facet_member WHERE handle = ? AND facet = ? AND value = ?", (handle, *spot))
        filing.remove(build, catalogue(spot), handle, dirty)
    for spot, spelling in now.items():
        if before.get(spot) != spelling:
            build.store.run("INSERT OR REPLACE INTO facet_member VALUES (?, ?, ?, ?)", (handle, *spot, spelling))
        filing.put_as(build, catalogue(spot), handle, CATALOGUE, dirty)
    dirty.add(FACET_SIZE, *(before.keys() ^ now.keys()))
    differ = {spot for spot in before.keys() | now.keys() if before.get(spot) != now.get(spot)}
    return {spot for spot in differ if spot.facet in VALUED}


def _spots(build: BuildContext, handle: str, bounds: Bounds) -> dict[FacetValue, str]:
    """Return the facets and values of a person or a group, each with their own spelling of it."""
    if filing.letter_of(build, CATALOGUE, handle) is None:
        return {}
    profile = build.record(source_of(handle))
    if is_group(build, handle):
        found = {FacetValue("groups", ""): ""}
    elif isinstance(profile, Profile):
        found = _said(build, profile)
    else:
        found = {}
    name = f"blog:{handle}"
    posts, newest = listing.count(build, name)
    activity = _activity(build, name, newest, bounds, left=FacetValue("alumni", "") in found) if posts else ""
    if activity:
        found[FacetValue(activity, "")] = ""
    return found


def _said(build: BuildContext, profile: Profile) -> dict[FacetValue, str]:
    """Return the facets and values that a profile names, each with its spelling."""
    texts = [("team", profile.team), ("place", profile.location)]
    found = {FacetValue(facet, slug_of(text)): text for facet, text in texts if text}
    for tag in profile.languages:
        found[FacetValue("language", slug_of(tag))] = language_name(tag, build.site.lang)
    if profile.joined:
        year = str(profile.joined.year)
        found[FacetValue("joined", year)] = digits(profile.joined.year, build.site.lang)
        if profile.joined.year == build.day.year:
            found[FacetValue("new", "")] = ""
    if profile.left and profile.left <= build.day:
        found[FacetValue("alumni", "")] = ""
    return found


def _activity(build: BuildContext, name: str, newest: int, bounds: Bounds, *, left: bool) -> str:
    """Return 'active' or 'quiet', judged by a blog's posts before today; empty if neither. Nobody who has left is quiet."""
    if newest >= bounds.cut:
        newest = build.store.rows(_BEFORE, (name, bounds.cut))[0][0]
    if newest is None:
        return ""
    if newest >= bounds.active:
        return "active"
    return "quiet" if newest < bounds.quiet and not left else ""


_BEFORE = "SELECT max(date) FROM listing WHERE list = ? AND date < ?"


def _relabel(build: BuildContext, spot: FacetValue, dirty: Invalidations) -> None:
    """Chooses the spelling of a value again: the alphabetically first of its people's spellings."""
    now = build.store.rows(_FIRST_SPELLING, spot)[0][0]
    if now == label(build, spot):
        return
    dirty.add(FACET_LABEL, spot)
    build.store.run("DELETE FROM facet_value WHERE facet = ? AND value = ?", spot)
    values = catalogue(FacetValue(spot.facet, ""))
    if now is None:
        filing.remove(build, values, spot.value, dirty)
        return
    build.store.run("INSERT INTO facet_value VALUES (?, ?, ?)", (*spot, now))
    filing.put(build, values, spot.value, now, dirty)


def label(build: BuildContext, spot: FacetValue) -> str | None:
    """Return the spelling of a value; None if nobody has it."""
    row = build.store.row("SELECT label FROM facet_value WHERE facet = ? AND value = ?", spot)
    return row[0] if row else None


def spots_of(build: BuildContext, handles: Iterable[str]) -> Iterable[tuple[FacetValue, str]]:
    """Yield each facet and value of these people, with the person's handle."""
    for handle in handles:
        rows = build.store.rows("SELECT facet, value FROM facet_member WHERE handle = ?", (handle,))
        yield from ((FacetValue(facet, value), handle) for facet, value in rows)


_STOOD = "SELECT facet, value, spelling FROM facet_member WHERE handle = ?"
_BY_ACTIVITY = "SELECT handle, facet FROM facet_member WHERE facet IN ('active', 'quiet')"
_FIRST_SPELLING = "SELECT min(spelling) FROM facet_member WHERE facet = ? AND value = ?"
QUERIES = {
    "joined": _JOINED,
    "stood": _STOOD,
    "by activity": _BY_ACTIVITY,
    "first spelling": _FIRST_SPELLING,
    "before": _BEFORE,
}
