"""The views that the templates of facets get."""

from __future__ import annotations

from bylines.features.directory.views import Entry, IndexPage, LetterPage


class FacetPage(IndexPage, frozen=True, kw_only=True):
    """facets/facet.html: the people of a value, or the values of a facet. `entries` has them if they are few, else `letters`."""

    facet: str
    """team, place, language, joined, groups, alumni, new, active or quiet."""
    label: str = ""
    """The name of the team, place, language or year; empty on the page of a whole facet."""
    values: bool = False
    """Whether the entries are values, such as teams or places, rather than people."""
    entries: tuple[Entry, ...] = ()
    since: str = ""
    """A month in words, for active and quiet blogs: the first month that counts."""


class FacetLetterPage(LetterPage, frozen=True, kw_only=True):
    """facets/letter.html: a letter of a long facet or value."""

    facet: str
    label: str = ""
    values: bool = False
    url: str
    """The address of the page that it is a letter of."""
