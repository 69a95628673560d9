"""The pages of jams: the index, and for each jam its newest ideas, with numbered pages for the others."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import ListHead, PostList, SitemapUrls, feed_links
from bylines.engine.facts import BODY
from bylines.engine.feature import PageInputs, PageKind
from bylines.engine.paths import prefix_of
from bylines.engine.weave import listing
from bylines.features.jams.facts import JAM
from bylines.features.jams.records import Jam
from bylines.features.jams.relations import (
    LIST,
    ahead,
    is_jam,
    link,
    name_of,
    over,
    slug_of,
    source_of,
    urls,
)
from bylines.features.jams.views import JamPage, JamsPage
from bylines.features.people.bylines import bylines
from bylines.features.people.facts import BYLINE, EXISTENCE
from bylines.features.posts import cards, lists
from bylines.features.posts.list_pages import list_pages
from bylines.features.posts.relations import is_somebody


def index_keys(build: BuildContext) -> Iterable[str]:
    """Return the one key of the index; empty if no jam is listed."""
    return ("index",) if build.store.row("SELECT 1 FROM jam WHERE listed") else ()


def index_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the index if a jam was added, removed, edited, opened or closed. Ideas are counted only on their own jam's page."""
    return ("index",) if dirty[JAM] else ()


def index_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the index of all jams; None if there are none."""
    if not index_keys(build):
        return None
    coming = ahead(build)
    view = JamsPage(
        open=tuple(jam for jam in coming if jam.state == "open"),
        to_come=tuple(jam for jam in coming if jam.state == "to come"),
        closed=over(build),
    )
    return PageInputs(path="jams/index.html", view=view)


def keys(build: BuildContext) -> Iterable[str]:
    """Return the slug of every published jam."""
    return build.store.column("SELECT slug FROM jam ORDER BY slug")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the jams that changed, opened or closed, and those whose links or hosts changed."""
    found = {slug_of(name) for name in dirty[JAM] | dirty[BODY] if is_jam(name)}
    return found.union(keys(build)) if dirty.any(BYLINE, EXISTENCE) else found


def inputs(build: BuildContext, slug: str) -> PageInputs | None:
    """Return the inputs of a jam's page, with its newest ideas; None if it is not published."""
    name = source_of(slug)
    own = link(build, name)
    if own is None:
        return None
    record: Jam = build.record(name)
    body = cards.body(build, name, prefix_of(build.site, own.url))
    ideas = lists.newest_page(build, LIST + slug, own.url)
    view = JamPage(
        jam=own,
        slug=slug,
        listing=ideas,
        hosts=bylines(build, (handle for handle in record.hosts if is_somebody(build, handle))),
        modified=record.modified,
        locale_modified=cards.day(record.modified, build),
        image=cards.image(build, name, record),
        image_alt=record.image_alt,
        image_sizes=body.pictures.get(record.image or ""),
        hidden=record.status == "hidden",
        feeds=feed_links(build, own.title, own.url) if ideas.total else (),
    )
    return PageInputs(path=f"{own.url}index.html", view=view, body=body)


def _head(build: BuildContext, slug: str) -> ListHead | None:
    own = name_of(build, slug) if listing.count(build, LIST + slug)[0] else None
    return ListHead(own.title, own.url, own.url) if own else None


LISTS = PostList(
    kind="jams",
    order=40,
    prefix=LIST,
    names=lambda build: listing.names(build, LIST),
    head=_head,
    affected=lambda build, dirty: {slug_of(name) for name in dirty[JAM]},
)
SITEMAP = SitemapUrls(
    part="pages",
    urls=urls,
    count=lambda build: len(urls(build)),
    is_affected=lambda dirty: bool(dirty[JAM]),
    order=20,
)
PAGES = list_pages(LISTS, PageKind("jam", keys, inputs, affected, "jams/jam.html", JamPage))
