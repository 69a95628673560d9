"""The directory as JSON: a list of its letters, and for each letter a file of the blogs under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from bylines.collation import letter_id
from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import feed_formats
from bylines.engine.feature import Body, PageInputs
from bylines.engine.weave import filing, links
from bylines.features.blogs.facts import GROUP
from bylines.features.blogs.records import Group
from bylines.features.blogs.relations import is_group
from bylines.features.blogs.relations import source_of as source_of_group
from bylines.features.exports.inputs import BlogFacts, IndexInputs, LetterInputs
from bylines.features.people.bylines import bylines
from bylines.features.people.facts import BYLINE, EXISTENCE, PERSON
from bylines.features.people.photos import photo_url
from bylines.features.people.records import Profile
from bylines.features.people.relations import CATALOGUE, source_of

if TYPE_CHECKING:
    from bylines.settings import Site

_VERSION = 1
_ENCODER = msgspec.json.Encoder()


def index_keys(build: BuildContext) -> Iterable[str]:
    """Return the one key: there is a single index."""
    return ("index",)


def index_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the index if a letter may be new or gone."""
    return index_keys(build) if filing.moved(dirty, CATALOGUE) else ()


def index_inputs(build: BuildContext, key: str) -> PageInputs:
    """Return the inputs of the index: the letters and the addresses of their files."""
    labels = (label for label, _ in filing.letters(build, CATALOGUE))
    letters = tuple((label, links.absolute(build, _path(label))) for label in labels)
    return PageInputs(path="blogs.json", view=IndexInputs(build.site.name, f"{build.site.url}/", letters))


def letter_keys(build: BuildContext) -> Iterable[str]:
    """Return the letters of the directory."""
    return [label for label, _ in filing.letters(build, CATALOGUE)]


def letter_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the letters with blogs that were added, removed or changed."""
    handles = dirty[PERSON] | dirty[BYLINE] | dirty[GROUP]
    for member in dirty[BYLINE] | dirty[EXISTENCE]:
        handles |= {*build.store.column(_GROUPS, (member,))}
    letters = (filing.letter_of(build, CATALOGUE, handle) for handle in handles)
    return {*filter(None, letters), *filing.moved(dirty, CATALOGUE)}


def letter_inputs(build: BuildContext, letter: str) -> PageInputs | None:
    """Return the inputs of a letter's file; None if no blog is under it (any more)."""
    handles = build.store.column(_UNDER, (CATALOGUE, letter))
    blogs = tuple(_facts(build, handle) for handle in handles)
    return PageInputs(path=_path(letter), view=LetterInputs(letter, blogs)) if blogs else None


_GROUPS = "SELECT team FROM member WHERE handle = ?"
_UNDER = "SELECT key FROM index_entry WHERE catalogue = ? AND letter = ? ORDER BY sort_key, key"


def _path(letter: str) -> str:
    return f"directory/{letter_id(letter)}/blogs.json"


def _facts(build: BuildContext, handle: str) -> BlogFacts:
    url = links.absolute(build, f"blogs/{handle}/")
    feeds = {form: f"{url}feed.{form}" for form in feed_formats(build)}
    group = build.record(source_of_group(handle)) if is_group(build, handle) else None
    if isinstance(group, Group):
        return BlogFacts(
            handle=handle,
            name=group.title,
            filed_as=group.title,
            url=url,
            feeds=feeds,
            kind="group",
            members=tuple(member.handle for member in bylines(build, group.members)),
        )
    row = build.store.row("SELECT name, title FROM person WHERE handle = ?", (handle,))
    name, filed_as = row or (handle, handle)
    own = BlogFacts(handle=handle, name=name, filed_as=filed_as, url=url, feeds=feeds, kind="person")
    profile = build.record(source_of(handle))
    if not isinstance(profile, Profile):
        return own
    photo = photo_url(build, handle)
    return msgspec.structs.replace(
        own,
        role=profile.role,
        team=profile.team,
        location=profile.location,
        pronouns=profile.pronouns,
        joined=_day(profile.joined),
        left=_day(profile.left),
        languages=profile.languages,
        photo=links.absolute(build, photo) if photo else "",
        links=dict(profile.links),
    )


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def render_index(site: Site, inputs: IndexInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the index's bytes."""
    letters = [{"letter": letter, "url": url} for letter, url in inputs.letters]
    return _ENCODER.encode({"version": _VERSION, "name": inputs.name, "url": inputs.url, "letters": letters}) + b"\n"


def render_letter(site: Site, inputs: LetterInputs, bodies: Callable[[Body], str]) -> bytes:
    """Return the bytes of a letter's file, with a line for each blog."""
    blogs = b",\n".join(map(_ENCODER.encode, inputs.blogs))
    head = _ENCODER.encode({"version": _VERSION, "letter": inputs.letter})[:-1]
    return head + b',"blogs":[\n' + blogs + b"\n]}\n"
