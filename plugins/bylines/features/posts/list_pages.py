"""Page kinds for lists of posts: the newest page with the numbered ones before it, alike for blogs, topics and all others."""

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
    """The page kinds of some lists: their `newest` page, which is also affected by its posts, and the numbered pages.

    A page is named by its list's key. `byline` says whose posts a list has, if they are one person's.
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
        # An old post, too, can change what the newest page says of all.
        return {*own(build, dirty), *(key for key, _ in listing.reached(build, dirty, posts.prefix))}

    return dataclasses.replace(newest, affected=affected), archives


def _archive_keys(build: BuildContext, prefix: str) -> Iterable[str]:
    """The keys ('ada/3') of all numbered pages of the lists that begin with `prefix`."""
    for name in listing.names(build, prefix):
        yield from _keys_of(build, prefix, name.removeprefix(prefix))


def _keys_of(build: BuildContext, prefix: str, key: str) -> Iterable[str]:
    total, _ = listing.count(build, prefix + key)
    return (f"{key}/{number}" for number in range(1, listing.numbered_pages(total, build.site.of(PAGE_SIZE)) + 1))


def _archives_affected(build: BuildContext, posts: PostList, dirty: Invalidations) -> Iterable[str]:
    """The numbered pages that moved or show what changed, and all of a list that is called otherwise."""
    shown = listing.reached(build, dirty, posts.prefix)
    found = {f"{key}/{number}" for key, number in shown if number is not None}
    return found.union(*(_keys_of(build, posts.prefix, key) for key in posts.affected(build, dirty)))


def _archive(
    build: BuildContext, posts: PostList, byline: Callable[[BuildContext, str], Byline | None], place: str
) -> PageInputs | None:
    """A numbered page; None where there is no such list or page (any more)."""
    key, _, number = place.rpartition("/")
    head = posts.head(build, key)
    shown = lists.numbered_page(build, posts.prefix + key, head.url, int(number)) if head else None
    if head is None or shown is None:
        return None
    view = ArchivePage(title=head.title, url=head.url, listing=shown, byline=byline(build, key))
    return PageInputs(path=f"{lists.page_url(head.url, int(number))}index.html", view=view)
