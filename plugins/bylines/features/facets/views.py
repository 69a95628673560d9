"""What the pages of facets show."""

from __future__ import annotations

from bylines.features.directory.views import Entry, IndexPage, LetterPage


class FacetPage(IndexPage, frozen=True, kw_only=True):
    """facets/facet.html: the people of a team, place …, or all teams, places …: as `entries` while they are few."""

    facet: str
    """team, place, language, joined, groups, alumni, new, active or quiet."""
    label: str = ""
    """Of which team, place, language or year; '' for all of them, and where a facet has no values."""
    values: bool = False
    """Whether its entries are teams, places … and not people."""
    entries: tuple[Entry, ...] = ()
    since: str = ""
    """A month in words, for who is active and who is quiet."""


class FacetLetterPage(LetterPage, frozen=True, kw_only=True):
    """facets/letter.html: a letter of such a page that is long."""

    facet: str
    label: str = ""
    values: bool = False
    url: str
    """The page that it is a letter of."""
