"""Assembles the pages of a list of posts: the newest one, and the full, numbered ones before it."""

from __future__ import annotations

import datetime as dt

from bylines.engine.context import BuildContext
from bylines.engine.weave import listing
from bylines.features.posts import cards
from bylines.features.posts.views import Listing, PageStep
from bylines.settings.declared import PAGE_SIZE


def newest_page(build: BuildContext, name: str, url: str) -> Listing:
    """Return the newest page of a list whose address is `url`."""
    total, _ = listing.count(build, name)
    pages = listing.numbered_pages(total, build.site.of(PAGE_SIZE))
    older = PageStep(url=page_url(url, pages)) if pages else None
    return Listing(
        articles=cards.articles(build, (post for post, _ in listing.page_posts(build, name, None))),
        total=total,
        older=older,
        oldest=PageStep(url=page_url(url, 1)) if pages > 1 else None,
        years=_years(build, name, url, pages),
    )


def numbered_page(build: BuildContext, name: str, url: str, number: int) -> Listing | None:
    """Return a numbered page of a list; None if there is no such page."""
    pages = listing.numbered_pages(listing.count(build, name)[0], build.site.of(PAGE_SIZE))
    if number > pages:
        return None
    newer = page_url(url, number + 1) if number < pages else url
    return Listing(
        articles=cards.articles(build, (post for post, _ in listing.page_posts(build, name, number))),
        number=number,
        newer=PageStep(url=newer),
        older=PageStep(url=page_url(url, number - 1)) if number > 1 else None,
        oldest=PageStep(url=page_url(url, 1)) if number > 2 else None,
    )


def page_url(url: str, number: int) -> str:
    """Return the address of a numbered page of the list at `url`."""
    return f"{url}page/{number}/"


def _years(build: BuildContext, name: str, url: str, pages: int) -> tuple[tuple[int, str], ...]:
    """Return (year, address of its newest post in the list), newest first; empty if the list has one page only."""
    if not pages:
        return ()
    size = build.site.of(PAGE_SIZE)
    found: list[tuple[int, str]] = []
    before = None
    while True:
        row = build.store.row(_NEWEST_BEFORE, (name, before if before is not None else 1 << 60))
        if row is None:
            return tuple(found)
        year = build.moment(row[0]).year
        before = int(dt.datetime(year, 1, 1, tzinfo=build.zone).timestamp())
        number = listing.position(build, name, *row) // size + 1
        place = page_url(url, number) if number <= pages else url
        found.append((year, f"{place}#site-{year}"))


_NEWEST_BEFORE = "SELECT date, post FROM listing WHERE list = ? AND date < ? ORDER BY date DESC, post DESC LIMIT 1"
