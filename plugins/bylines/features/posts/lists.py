"""A page of a list of posts, for the blogs, the topics and whoever else has one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bylines.engine import listing
from bylines.engine.loom import Loom, Touched
from bylines.features.posts import cards
from bylines.settings.declared import PAGE_SIZE
from bylines.views import Listing, PageStep


def newest_page(loom: Loom, name: str, url: str) -> Listing:
    """The newest page of a list that stands at `url`."""
    total, _ = listing.tally(loom, name)
    pages = listing.numbered_pages(total, loom.site.of(PAGE_SIZE))
    older = PageStep(url=page_url(url, pages)) if pages else None
    return Listing(
        articles=cards.articles(loom, (post for post, _ in listing.page_posts(loom, name, None))),
        total=total,
        older=older,
        oldest=PageStep(url=page_url(url, 1)) if pages > 1 else None,
        years=_years(loom, name, url, pages),
    )


def numbered_page(loom: Loom, name: str, url: str, number: int) -> Listing | None:
    """A numbered page of a list; None where there is no such page."""
    pages = listing.numbered_pages(listing.tally(loom, name)[0], loom.site.of(PAGE_SIZE))
    if number > pages:
        return None
    newer = page_url(url, number + 1) if number < pages else url
    return Listing(
        articles=cards.articles(loom, (post for post, _ in listing.page_posts(loom, name, number))),
        number=number,
        newer=PageStep(url=newer),
        older=PageStep(url=page_url(url, number - 1)) if number > 1 else None,
        oldest=PageStep(url=page_url(url, 1)) if number > 2 else None,
    )


def page_url(url: str, number: int) -> str:
    """The address of a numbered page."""
    return f"{url}page/{number}/"


def archive_keys(loom: Loom, prefix: str) -> Iterable[str]:
    """The keys ('ada/3') of all numbered pages of the lists that begin with `prefix`."""
    for name, total in loom.store.rows(
        "SELECT list, posts FROM tally WHERE list >= ? AND list < ?", (prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1))
    ):
        for number in range(1, listing.numbered_pages(total, loom.site.of(PAGE_SIZE)) + 1):
            yield f"{name[len(prefix) :]}/{number}"


def archive_reach(loom: Loom, touched: Touched, prefix: str) -> Iterable[str]:
    """The keys of numbered pages that a change reaches."""
    return [f"{name}/{number}" for name, number in listing.reached(loom, touched, prefix) if number is not None]


def _years(loom: Loom, name: str, url: str, pages: int) -> tuple[tuple[int, str], ...]:
    """Each year with the page on which its newest post stands, newest first; nothing for a list of one page."""
    if not pages:
        return ()
    size = loom.site.of(PAGE_SIZE)
    found: list[tuple[int, str]] = []
    before = None
    while True:
        row = loom.store.row(_NEWEST_BEFORE, (name, before if before is not None else 1 << 60))
        if row is None:
            return tuple(found)
        year = loom.moment(row[0]).year
        before = int(dt.datetime(year, 1, 1, tzinfo=loom.zone).timestamp())
        number = listing.position(loom, name, *row) // size + 1
        place = page_url(url, number) if number <= pages else url
        found.append((year, f"{place}#site-{year}"))


_NEWEST_BEFORE = "SELECT date, post FROM listing WHERE list = ? AND date < ? ORDER BY date DESC, post DESC LIMIT 1"
