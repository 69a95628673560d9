"""Archives of feeds (RFC 5005, section 4): documents of a fixed size with the posts that are too old for the feed.

They are numbered from the oldest and always full, so a new post changes none of them. An archive does not name the next one,
so it does not change when the next one is full. Only the feed links to the newest archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from bylines.engine.context import BuildContext, Cache, Invalidations
from bylines.engine.contributions import PostList
from bylines.engine.facts import BODY
from bylines.engine.feature import PageInputs
from bylines.engine.weave import links, listing
from bylines.engine.weave.listing import ROW
from bylines.features.feeds import entries, lists
from bylines.features.feeds.inputs import FeedInputs
from bylines.features.feeds.settings import FEED_ARCHIVE_FORMATS, FEED_SIZE

_ARCHIVES = Cache[str, tuple[str, FeedInputs, tuple[str, ...]] | None]("an archive, before it has a format")


def keys(build: BuildContext) -> Iterable[str]:
    """Yield the key of every archive in every format, as 'blog:ada/3 atom'."""
    if not build.site.of(FEED_ARCHIVE_FORMATS):
        return
    for kind in lists.archived(build):
        for name in kind.names(build):
            yield from _in_formats(build, name, range(1, count(build, name) + 1))


def _in_formats(build: BuildContext, name: str, numbers: Iterable[int]) -> list[str]:
    """Return the keys of archives, with the formats of each archive together, so that its inputs are made only once."""
    return [f"{name}/{number} {form}" for number in numbers for form in build.site.of(FEED_ARCHIVE_FORMATS)]


def count(build: BuildContext, name: str) -> int:
    """Return the number of archives of a list. Every post that is not in its feed is in an archive."""
    return _of_so_many(build, listing.count(build, name)[0])


def _of_so_many(build: BuildContext, posts: int) -> int:
    return max(0, posts - 1) // build.site.of(FEED_SIZE)


def may_differ(build: BuildContext, name: str, rows: int) -> bool:
    """Return whether a list may have had another number of archives before `rows` of its posts were added or removed."""
    total = listing.count(build, name)[0]
    return _of_so_many(build, total - rows) != _of_so_many(build, total + rows)


def newest(build: BuildContext, name: str, folder: str, form: str) -> str:
    """Return the address of the archive to which a feed links; empty if there is none."""
    if form not in build.site.of(FEED_ARCHIVE_FORMATS) or not _has_archives(build, name):
        return ""
    number = count(build, name)
    return links.absolute(build, _path(folder, number, form)) if number else ""


def _has_archives(build: BuildContext, name: str) -> bool:
    return any(name.startswith(kind.prefix) for kind in lists.archived(build))


def _path(folder: str, number: int, form: str) -> str:
    return f"{folder}feed/{number}.{form}"


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the archives of changed posts, all from the first in which posts moved, and all of a list whose head may differ."""
    if not build.site.of(FEED_ARCHIVE_FORMATS):
        return ()
    found: set[str] = set()
    for kind in lists.archived(build):
        for name, numbers in _reached(build, dirty, kind).items():
            found.update(_in_formats(build, name, numbers))
    return found


def _reached(build: BuildContext, dirty: Invalidations, kind: PostList) -> dict[str, set[int]]:
    size, prefix = build.site.of(FEED_SIZE), kind.prefix
    found: defaultdict[str, set[int]] = defaultdict(set)
    for row in listing.places(build, dirty[BODY], prefix):
        found[row.list].add(listing.position(build, *row) // size + 1)
    moved: defaultdict[str, list[int]] = defaultdict(list)
    for row in dirty[ROW]:
        if row.list.startswith(prefix):
            moved[row.list].append(listing.position(build, *row))
    for name, positions in moved.items():
        total = listing.count(build, name)[0]
        first = min(min(positions) // size, _of_so_many(build, total - len(positions)))
        found[name].update(range(first + 1, _of_so_many(build, total + len(positions)) + 1))
    for name in lists.affected(build, dirty, (kind,)):
        found[name].update(range(1, count(build, name) + 1))
    return found


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of an archive in one format; None if it is not full, or has no such format."""
    place, _, form = key.rpartition(" ")
    name, _, number = place.rpartition("/")
    if form not in build.site.of(FEED_ARCHIVE_FORMATS) or not _has_archives(build, name):
        return None
    memo = build.cache(_ARCHIVES)
    if place not in memo:
        memo.clear()
        memo[place] = _made(build, name, int(number))
    made = memo[place]
    if made is None:
        return None
    folder, inputs, posts = made
    own = entries.in_format(inputs, form)
    before = links.absolute(build, _path(folder, int(number) - 1, form)) if int(number) > 1 else ""
    path = _path(folder, int(number), form)
    own = msgspec.structs.replace(own, current=own.feed, feed=links.absolute(build, path), previous=before)
    return PageInputs(path=path, view=own, texts=posts)


def _made(build: BuildContext, name: str, number: int) -> tuple[str, FeedInputs, tuple[str, ...]] | None:
    """Return the folder of a list, the inputs of one of its archives in Atom, and the posts in it; None if it is not full."""
    head = lists.head(build, name)
    if head is None or number > count(build, name):
        return None
    posts = tuple(listing.stretch(build, name, (number - 1) * build.site.of(FEED_SIZE), build.site.of(FEED_SIZE)))
    return head.folder, entries.inputs(build, name, head, posts), posts
