"""The pages of the directory."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import SitemapUrls, feed_links
from bylines.engine.feature import PageInputs
from bylines.engine.weave import filing, listing
from bylines.engine.weave.listing import ROW
from bylines.features.blogs.facts import GROUP
from bylines.features.directory.index import Index
from bylines.features.directory.views import Entry, Letter
from bylines.features.people.bylines import byline
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.people.relations import CATALOGUE
from bylines.locale_format import day_in_words


def _entry(build: BuildContext, handle: str) -> Entry:
    """Return a blog as a line of the directory."""
    posts, newest = listing.count(build, f"blog:{handle}")
    moment = build.moment(newest) if posts else None
    return msgspec.structs.replace(
        name_entry(build, handle),
        posts=posts,
        newest=moment,
        locale_newest=day_in_words(moment.date(), build.site.lang) if moment else "",
    )


def name_entry(build: BuildContext, handle: str) -> Entry:
    """Return a blog as a line with the name only, which stays the same when its owner writes a post."""
    group = build.store.row("SELECT title, '' FROM team WHERE handle = ?", (handle,))
    row = group or build.store.row("SELECT title, family FROM person WHERE handle = ?", (handle,))
    title, family = row or (handle, "")
    return Entry(
        title=title,
        url=f"blogs/{handle}/",
        posts=0,
        byline=byline(build, handle),
        group=group is not None,
        family=family,
    )


INDEX = Index(CATALOGUE, "blogs/", "directory/", "directory-letter", _entry)


def letters(build: BuildContext) -> tuple[Letter, ...]:
    """Return the directory's letters without entries or counts, for links on other pages."""
    return tuple(msgspec.structs.replace(letter, count=0) for letter in INDEX.letters(build))


def index_keys(build: BuildContext) -> Iterable[str]:
    """Return the one key: there is a single directory."""
    return ("index",)


def index_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the directory if a blog was added, removed or renamed; while it is on one page, also if a blog has a new post."""
    if filing.moved(dirty, CATALOGUE) or (not INDEX.is_split(build) and _shown(dirty)):
        return ("index",)
    return ()


def _shown(dirty: Invalidations) -> set[str]:
    """Return the handles whose line in the directory changed."""
    wrote = {row.list.removeprefix("blog:") for row in dirty[ROW] if row.list.startswith("blog:")}
    return wrote | dirty[PERSON] | dirty[BYLINE] | dirty[GROUP]


def index_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the directory's first page."""
    page = msgspec.structs.replace(INDEX.page(build), feeds=feed_links(build, build.site.name, ""))
    return PageInputs(path="blogs/index.html", view=page)


def letter_keys(build: BuildContext) -> Iterable[str]:
    """Return the pages of letters, and of parts of long ones; none while the directory is on one page."""
    return INDEX.keys(build)


def letter_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the pages of letters that show people who changed or wrote."""
    return INDEX.affected(build, dirty, _shown(dirty))


def letter_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the page of a letter, or of a part of it."""
    view = INDEX.letter_page(build, key)
    return PageInputs(path=f"{view.letter.url}index.html", view=view) if view else None


SITEMAP = SitemapUrls(
    part="blogs", urls=lambda build: ("blogs/",), count=lambda build: 1, is_affected=lambda dirty: False, order=-1
)
