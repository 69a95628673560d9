"""A person, as the head of their blog shows them."""

from __future__ import annotations

import datetime as dt

from bylines import markup
from bylines.engine.context import BuildContext
from bylines.engine.paths import prefix_of
from bylines.engine.views import Html
from bylines.features.blogs.links import BlogLink
from bylines.features.blogs.views import Person
from bylines.features.people.bylines import byline, bylines
from bylines.features.people.records import Profile
from bylines.features.people.relations import source_of
from bylines.locale_format import day_in_words, language_name


def person(build: BuildContext, handle: str, groups: tuple[BlogLink, ...]) -> Person | None:
    """Return everything that the head of a person's blog shows; None if there is no such person."""
    own = byline(build, handle)
    if own is None:
        return None
    record = build.record(source_of(handle))
    if not isinstance(record, Profile):
        return Person(byline=own, groups=groups)
    return Person(
        byline=own,
        bio=Html(markup.inline(record.bio, prefix_of(build.site, own.url))) if record.bio else Html(),
        location=record.location,
        pronouns=record.pronouns,
        joined=_day(build, record.joined),
        left=_day(build, record.left),
        languages=tuple(language_name(lang, build.site.lang) for lang in record.languages),
        links=record.links,
        feeds=record.feeds,
        follows=bylines(build, record.follows),
        groups=groups,
    )


def _day(build: BuildContext, day: dt.date | None) -> str:
    return day_in_words(day, build.site.lang) if day else ""
