"""The pages of the directory."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bylines.engine import filing, listing
from bylines.engine.feature import Draft
from bylines.engine.listing import ROW
from bylines.engine.loom import Loom, Touched
from bylines.features.blogs.facts import GROUP
from bylines.features.directory.index import Index
from bylines.features.people.bylines import byline
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.people.relations import CATALOGUE
from bylines.views import Entry, FeedLink, Letter
from bylines.words import day_in_words


def _entry(loom: Loom, handle: str) -> Entry:
    """A blog as a line of the directory."""
    posts, newest = listing.tally(loom, f"blog:{handle}")
    moment = loom.moment(newest) if posts else None
    return msgspec.structs.replace(
        name_entry(loom, handle),
        posts=posts,
        newest=moment,
        locale_newest=day_in_words(moment.date(), loom.site.lang) if moment else "",
    )


def name_entry(loom: Loom, handle: str) -> Entry:
    """A blog by its name alone, without what changes when its owner writes."""
    group = loom.store.row("SELECT title, '' FROM team WHERE handle = ?", (handle,))
    row = group or loom.store.row("SELECT title, family FROM person WHERE handle = ?", (handle,))
    title, family = row or (handle, "")
    return Entry(
        title=title,
        url=f"blogs/{handle}/",
        posts=0,
        byline=byline(loom, handle),
        group=group is not None,
        family=family,
    )


INDEX = Index(CATALOGUE, "blogs/", "directory/", "directory-letter", _entry)


def letters(loom: Loom) -> tuple[Letter, ...]:
    """The letters of the directory, without entries or counts, for other pages to lead to."""
    return tuple(msgspec.structs.replace(letter, count=0) for letter in INDEX.letters(loom))


def index_keys(loom: Loom) -> Iterable[str]:
    """The one directory."""
    return ("index",)


def index_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Whoever comes, goes or is renamed; while all stand on one page also whoever writes."""
    if filing.moved(touched, CATALOGUE) or (not INDEX.is_split(loom) and _shown(touched)):
        return ("index",)
    return ()


def _shown(touched: Touched) -> set[str]:
    """The handles of whom a line of the directory changed."""
    wrote = {row.list.removeprefix("blog:") for row in touched[ROW] if row.list.startswith("blog:")}
    return wrote | touched[PERSON] | touched[BYLINE] | touched[GROUP]


def index_draft(loom: Loom, key: str) -> Draft | None:
    """The directory's first page."""
    page = msgspec.structs.replace(INDEX.page(loom), feeds=(FeedLink(title=loom.site.name, url="feed.atom"),))
    return Draft(path="blogs/index.html", view=page)


def letter_keys(loom: Loom) -> Iterable[str]:
    """A page for each letter, and for parts of long ones, where people are many."""
    return INDEX.keys(loom)


def letter_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """The pages on which those stand who changed or wrote."""
    return INDEX.reach(loom, touched, _shown(touched))


def letter_draft(loom: Loom, key: str) -> Draft | None:
    """The page of a letter, or of a part of it."""
    view = INDEX.letter_page(loom, key)
    return Draft(path=f"{view.letter.url}index.html", view=view) if view else None
