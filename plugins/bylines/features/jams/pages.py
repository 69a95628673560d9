"""The pages of jams: the index, and each jam with its ideas, newest first, in numbered pages when they are many."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.facts import BODY
from bylines.engine.feature import PageInputs
from bylines.engine.paths import prefix_of
from bylines.engine.weave import listing
from bylines.features.jams.facts import JAM
from bylines.features.jams.relations import LIST, ahead, is_jam, link, over, slug_of, source_of, url_of
from bylines.features.jams.views import JamPage, JamsPage
from bylines.features.people.bylines import bylines
from bylines.features.people.facts import BYLINE, EXISTENCE
from bylines.features.posts import cards, lists
from bylines.features.posts.relations import is_somebody
from bylines.records import Jam
from bylines.views import ArchivePage, FeedLink


def index_keys(build: BuildContext) -> Iterable[str]:
    """There is one where there is a jam."""
    return ("index",) if build.store.row("SELECT 1 FROM jam WHERE listed") else ()


def index_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Jams that come, go, are edited, open or close. Ideas are counted on their own jam's page alone."""
    return ("index",) if dirty[JAM] else ()


def index_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """All jams; None where there are none."""
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
    """Every jam that is published."""
    return build.store.column("SELECT slug FROM jam ORDER BY slug")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Jams that changed, opened or closed, whose links lead elsewhere, whose hosts are others, or that have other ideas."""
    found = {name for name, number in listing.reached(build, dirty, LIST) if number is None}
    found.update(slug_of(name) for name in dirty[JAM] | dirty[BODY] if is_jam(name))
    return found.union(keys(build)) if dirty.any(BYLINE, EXISTENCE) else found


def inputs(build: BuildContext, slug: str) -> PageInputs | None:
    """A jam with the newest of its ideas."""
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
        feeds=(FeedLink(title=own.title, url=f"{own.url}feed.atom"),) if ideas.total else (),
    )
    return PageInputs(path=f"{own.url}index.html", view=view, body=body)


def archive_keys(build: BuildContext) -> Iterable[str]:
    """Every numbered page of every jam."""
    return lists.archive_keys(build, LIST)


def archive_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The numbered pages that moved or show what changed; all of a jam that was edited."""
    found = set(lists.archive_affected(build, dirty, LIST))
    edited = {slug_of(name) for name in dirty[JAM]}
    return found | {key for key in archive_keys(build) if key.partition("/")[0] in edited} if edited else found


def archive_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """A numbered page of a jam's ideas."""
    slug, _, number = key.rpartition("/")
    own = link(build, source_of(slug))
    shown = lists.numbered_page(build, LIST + slug, url_of(slug), int(number)) if own else None
    if own is None or shown is None:
        return None
    return PageInputs(
        path=f"{lists.page_url(own.url, int(number))}index.html",
        view=ArchivePage(title=own.title, url=own.url, listing=shown),
    )
