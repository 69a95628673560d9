"""The pages of facets: one for each facet, one for each value, and one for each of their letters if they are long."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable

import msgspec

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import ListHead, Section, feed_links
from bylines.engine.feature import PageInputs
from bylines.engine.views import View
from bylines.engine.weave import filing
from bylines.engine.weave.filing import FILED
from bylines.features.blogs.facts import GROUP, GROUP_TITLE
from bylines.features.directory.index import Index
from bylines.features.directory.pages import name_entry
from bylines.features.directory.views import Entry
from bylines.features.facets.facts import FACET_LABEL, FACET_MONTH, FACET_SIZE, FacetValue
from bylines.features.facets.relations import FOLDERS, VALUED, catalogue, label, months, spots_of
from bylines.features.facets.views import FacetLetterPage, FacetPage
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.posts.post_lists import TEAMS
from bylines.locale_format import month_in_words
from bylines.settings.declared import LETTERS_FROM

_KIND = "facet-letter"
_FEW = 40
"""Up to this number of entries, letters would take more room than they save."""


def _url(spot: FacetValue) -> str:
    return f"directory/{FOLDERS[spot.facet]}/{spot.value}{'/' if spot.value else ''}"


def _is_values(spot: FacetValue) -> bool:
    return spot.facet in VALUED and not spot.value


def _index(spot: FacetValue) -> Index:
    """Return the index of a facet or a value.

    The pages of values' letters are below '-', which is never the name of a value.
    """
    url, key = _url(spot), catalogue(spot)
    if _is_values(spot):
        return Index(key, url, f"{url}-/", _KIND, functools.partial(_value, facet=spot.facet), f"{key} ")
    return Index(key, url, url, _KIND, name_entry, f"{key} ")


def _spot(key: str) -> FacetValue:
    return FacetValue(*key.partition(" ")[0].split(":", 1))


def keys(build: BuildContext) -> Iterable[str]:
    """Return the keys of all facets ('team:', 'alumni:') and of all values ('team:software')."""
    values = build.store.rows("SELECT facet, value FROM facet_value ORDER BY facet, value")
    return [*(f"{facet}:" for facet in FOLDERS), *(catalogue(FacetValue(*row)) for row in values)]


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the facets that changed.

    That is, a member was added, removed or renamed, or the figure or spelling of a value changed.
    """
    found = {key for key, _ in dirty[FILED] if key.partition(":")[0] in FOLDERS}
    found |= {catalogue(spot) for spot in _entries(build, dirty)}
    found |= {catalogue(spot) for spot in dirty[FACET_LABEL]}
    return found | ({"active:", "quiet:"} if dirty.any(FACET_MONTH) else set())


def _entries(build: BuildContext, dirty: Invalidations) -> dict[FacetValue, set[str]]:
    """Return the entries that look different now, for each facet or value that shows them."""
    found: dict[FacetValue, set[str]] = {}
    changed = dirty[PERSON] | dirty[BYLINE] | dirty[GROUP] | dirty[GROUP_TITLE]
    for spot, handle in spots_of(build, changed):
        found.setdefault(spot, set()).add(handle)
    for spot in dirty[FACET_SIZE] | dirty[FACET_LABEL]:
        if spot.facet in VALUED:
            found.setdefault(FacetValue(spot.facet, ""), set()).add(spot.value)
    return found


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the page of a facet or a value; None if nobody has the value (any more)."""
    spot = _spot(key)
    called = label(build, spot) if spot.value else ""
    if called is None:
        return None
    total = filing.total(build, catalogue(spot))
    page = FacetPage(facet=spot.facet, label=called, values=_is_values(spot), letters=(), total=total)
    if spot.facet == "team" and spot.value:
        page = msgspec.structs.replace(page, feeds=feed_links(build, called, _url(spot)))
    if spot.facet == "joined" and not spot.value:
        years = build.store.column("SELECT value FROM facet_value WHERE facet = 'joined' ORDER BY value DESC")
        page = msgspec.structs.replace(page, entries=tuple(_value(build, year, facet="joined") for year in years))
    elif total <= min(_FEW, build.site.of(LETTERS_FROM) - 1):
        index = _index(spot)
        everybody = filing.everything(build, index.catalogue)
        page = msgspec.structs.replace(page, entries=tuple(index.entry(build, entry) for _, entry in everybody))
    else:
        page = msgspec.structs.replace(page, letters=_index(spot).page(build).letters)
    since = dict(zip(("active", "quiet"), months(build.day), strict=True)).get(spot.facet)
    if since:
        page = msgspec.structs.replace(page, since=month_in_words(since, build.site.lang))
    return PageInputs(path=f"{_url(spot)}index.html", view=page)


def _value(build: BuildContext, value: str, *, facet: str) -> Entry:
    """Return a value, such as a team or a place, as a line with the number of its people."""
    spot = FacetValue(facet, value)
    people = filing.total(build, catalogue(spot))
    return Entry(title=label(build, spot) or value, url=_url(spot), posts=0, people=people)


def letter_keys(build: BuildContext) -> Iterable[str]:
    """Yield the pages of letters, and of parts of letters, for facets and values that are long."""
    for key in keys(build):
        if _has_letters(_spot(key)):
            yield from _index(_spot(key)).keys(build)


def _has_letters(spot: FacetValue) -> bool:
    return spot != FacetValue("joined", "")


def letter_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the pages of letters whose members were added, removed or renamed; all of a value whose spelling changed."""
    entries = _entries(build, dirty)
    moved = {_spot(key) for key, _ in dirty[FILED] if key.partition(":")[0] in FOLDERS}
    found: set[str] = set()
    for spot in filter(_has_letters, moved | entries.keys()):
        found.update(_index(spot).affected(build, dirty, entries.get(spot, ())))
    for spot in dirty[FACET_LABEL]:
        found.update(_index(spot).every(build))
    return found


def letter_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of a letter of a facet, or of a part of it; None if there is no such page (any more)."""
    spot = _spot(key)
    called = label(build, spot) if spot.value else ""
    page = _index(spot).letter_page(build, key) if called is not None else None
    if page is None or called is None:
        return None
    parts = msgspec.structs.asdict(page)
    view = FacetLetterPage(**parts, facet=spot.facet, label=called, values=_is_values(spot), url=_url(spot))
    return PageInputs(path=f"{page.letter.url}index.html", view=view)


def _team(build: BuildContext, team: str) -> ListHead | None:
    head = TEAMS.head(build, team)
    return head._replace(url=head.folder) if head else None


TEAM_LISTS = dataclasses.replace(TEAMS, head=_team)
"""The lists of teams, which have pages in the directory where facets are on."""
DIRECTORY_WAYS = Section(
    host="directory",
    place="head",
    name="facets",
    template="facets/directory.html",
    view=View,
    inputs=lambda build, key: View(),
)
"""The links from the directory to its facets."""
