"""A page of a list of posts, for the blogs, the topics and whoever else has one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.weave import listing
from bylines.features.posts import cards
from bylines.settings.declared import PAGE_SIZE
from bylines.views import Listing, PageStep


def newest_page(build: BuildContext, name: str, url: str) -> Listing:
    """The newest page of a list that stands at `url`."""
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
    """A numbered page of a list; None where there is no such page."""
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
    """The address of a numbered page."""
    return f"{url}page/{number}/"


def archive_keys(build: BuildContext, prefix: str) -> Iterable[str]:
    """The keys ('ada/3') of all numbered pages of the lists that begin with `prefix`."""
    for name, total in build.store.rows(
        "SELECT list, posts FROM list_count WHERE list >= ? AND list < ?",
        (prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)),
    ):
        for number in range(1, listing.numbered_pages(total, build.site.of(PAGE_SIZE)) + 1):
            yield f"{name[len(prefix) :]}/{number}"


def archive_affected(build: BuildContext, dirty: Invalidations, prefix: str) -> Iterable[str]:
    """The keys of numbered pages that a change reaches."""
    return [f"{name}/{number}" for name, number in listing.reached(build, dirty, prefix) if number is not None]


def _years(build: BuildContext, name: str, url: str, pages: int) -> tuple[tuple[int, str], ...]:
    """Each year with the page on which its newest post stands, newest first; nothing for a list of one page."""
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
