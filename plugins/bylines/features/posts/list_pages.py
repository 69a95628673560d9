"""Declares the page kinds of any list of posts: its newest page, and the numbered pages before it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import PostList
from bylines.engine.feature import PageInputs, PageKind
from bylines.engine.weave import listing
from bylines.features.people.views import Byline
from bylines.features.posts import lists
from bylines.features.posts.views import ArchivePage
from bylines.settings.declared import PAGE_SIZE

_ARCHIVE = "posts/archive.html"


def _nobody(build: BuildContext, key: str) -> Byline | None:
    return None


def list_pages(
    posts: PostList, newest: PageKind, byline: Callable[[BuildContext, str], Byline | None] = _nobody
) -> tuple[PageKind, PageKind]:
    """Return the page kinds of some lists: `newest`, which changes of its posts also affect, and the numbered pages.

    The key of a newest page is its list's key. `byline` returns the person whose posts a list has, or None.
    """
    archives = PageKind(
        f"{newest.name}-archive",
        lambda build: _archive_keys(build, posts.prefix),
        lambda build, key: _archive(build, posts, byline, key),
        lambda build, dirty: _archives_affected(build, posts, dirty),
        _ARCHIVE,
        ArchivePage,
    )
    own = newest.affected

    def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
        # An old post, too, can change the newest page, which shows the number of all posts and their years.
        return {*own(build, dirty), *(key for key, _ in listing.reached(build, dirty, posts.prefix))}

    return dataclasses.replace(newest, affected=affected), archives


def _archive_keys(build: BuildContext, prefix: str) -> Iterable[str]:
    """Yield the keys ('ada/3') of all numbered pages of the lists that begin with `prefix`."""
    for name in listing.names(build, prefix):
        yield from _keys_of(build, prefix, name.removeprefix(prefix))


def _keys_of(build: BuildContext, prefix: str, key: str) -> Iterable[str]:
    """Return the keys ('ada/3') of all numbered pages of one list."""
    total, _ = listing.count(build, prefix + key)
    return (f"{key}/{number}" for number in range(1, listing.numbered_pages(total, build.site.of(PAGE_SIZE)) + 1))


def _archives_affected(build: BuildContext, posts: PostList, dirty: Invalidations) -> Iterable[str]:
    """Return the numbered pages whose posts changed or moved, and all numbered pages of lists whose head changed."""
    shown = listing.reached(build, dirty, posts.prefix)
    found = {f"{key}/{number}" for key, number in shown if number is not None}
    return found.union(*(_keys_of(build, posts.prefix, key) for key in posts.affected(build, dirty)))


def _archive(
    build: BuildContext, posts: PostList, byline: Callable[[BuildContext, str], Byline | None], place: str
) -> PageInputs | None:
    """Return the inputs of the numbered page with the key `place`; None if there is no such list or page."""
    key, _, number = place.rpartition("/")
    head = posts.head(build, key)
    shown = lists.numbered_page(build, posts.prefix + key, head.url, int(number)) if head else None
    if head is None or shown is None:
        return None
    view = ArchivePage(title=head.title, url=head.url, listing=shown, byline=byline(build, key))
    return PageInputs(path=f"{lists.page_url(head.url, int(number))}index.html", view=view)
