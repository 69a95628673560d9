"""The pages of jams: the index, and each jam with its ideas, newest first, in numbered pages when they are many."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine import listing
from bylines.engine.facts import BODY
from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.engine.places import prefix_of
from bylines.features.jams.facts import JAM
from bylines.features.jams.relations import LIST, ahead, is_jam, link, over, slug_of, source_of, url_of
from bylines.features.jams.views import JamPage, JamsPage
from bylines.features.people.bylines import bylines
from bylines.features.people.facts import BYLINE, EXISTENCE
from bylines.features.posts import cards, lists
from bylines.features.posts.relations import is_somebody
from bylines.records import Jam
from bylines.views import ArchivePage, FeedLink


def index_keys(loom: Loom) -> Iterable[str]:
    """There is one where there is a jam."""
    return ("index",) if loom.store.row("SELECT 1 FROM jam WHERE listed") else ()


def index_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Jams that come, go, are edited, open or close. Ideas are counted on their own jam's page alone."""
    return ("index",) if touched[JAM] else ()


def index_draft(loom: Loom, key: str) -> Draft | None:
    """All jams; None where there are none."""
    if not index_keys(loom):
        return None
    coming = ahead(loom)
    view = JamsPage(
        open=tuple(jam for jam in coming if jam.state == "open"),
        to_come=tuple(jam for jam in coming if jam.state == "to come"),
        closed=over(loom),
    )
    return Draft(path="jams/index.html", view=view)


def keys(loom: Loom) -> Iterable[str]:
    """Every jam that is published."""
    return loom.store.column("SELECT slug FROM jam ORDER BY slug")


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Jams that changed, opened or closed, whose links lead elsewhere, whose hosts are others, or that have other ideas."""
    found = {name for name, number in listing.reached(loom, touched, LIST) if number is None}
    found.update(slug_of(name) for name in touched[JAM] | touched[BODY] if is_jam(name))
    return found.union(keys(loom)) if touched.any(BYLINE, EXISTENCE) else found


def draft(loom: Loom, slug: str) -> Draft | None:
    """A jam with the newest of its ideas."""
    name = source_of(slug)
    own = link(loom, name)
    if own is None:
        return None
    record: Jam = loom.record(name)
    body = cards.body(loom, name, prefix_of(loom.site, own.url))
    ideas = lists.newest_page(loom, LIST + slug, own.url)
    view = JamPage(
        jam=own,
        slug=slug,
        listing=ideas,
        hosts=bylines(loom, (handle for handle in record.hosts if is_somebody(loom, handle))),
        modified=record.modified,
        locale_modified=cards.day(record.modified, loom),
        image=cards.image(loom, name, record),
        image_alt=record.image_alt,
        image_sizes=body.pictures.get(record.image or ""),
        hidden=record.status == "hidden",
        feeds=(FeedLink(title=own.title, url=f"{own.url}feed.atom"),) if ideas.total else (),
    )
    return Draft(path=f"{own.url}index.html", view=view, body=body)


def archive_keys(loom: Loom) -> Iterable[str]:
    """Every numbered page of every jam."""
    return lists.archive_keys(loom, LIST)


def archive_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """The numbered pages that moved or show what changed; all of a jam that was edited."""
    found = set(lists.archive_reach(loom, touched, LIST))
    edited = {slug_of(name) for name in touched[JAM]}
    return found | {key for key in archive_keys(loom) if key.partition("/")[0] in edited} if edited else found


def archive_draft(loom: Loom, key: str) -> Draft | None:
    """A numbered page of a jam's ideas."""
    slug, _, number = key.rpartition("/")
    own = link(loom, source_of(slug))
    shown = lists.numbered_page(loom, LIST + slug, url_of(slug), int(number)) if own else None
    if own is None or shown is None:
        return None
    return Draft(
        path=f"{lists.page_url(own.url, int(number))}index.html",
        view=ArchivePage(title=own.title, url=own.url, listing=shown),
    )
