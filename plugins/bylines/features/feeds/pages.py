"""The feeds of the site: which there are, which a change affects, and the inputs of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from bylines.engine.context import BuildContext, Cache, Invalidations
from bylines.engine.feature import PageInputs
from bylines.engine.weave import listing
from bylines.engine.weave.listing import ROW
from bylines.features.feeds import archives, entries, lists
from bylines.features.feeds.inputs import FeedInputs
from bylines.features.feeds.settings import FEED_FORMATS, FEED_SIZE

_LISTS = Cache[str, tuple[str, FeedInputs, tuple[str, ...]] | None]("the feed of a list, before it has a format")


def keys(build: BuildContext) -> Iterable[str]:
    """Return the keys of every list's feed in every format."""
    return _in_formats(build, (name for kind in lists.every(build) for name in kind.names(build)))


def _in_formats(build: BuildContext, names: Iterable[str]) -> list[str]:
    """Return the keys of lists' feeds, with the formats of each list together, so that its inputs are made only once."""
    return [f"{name} {form}" for name in names for form in build.site.of(FEED_FORMATS)]


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the feeds with new, removed or changed posts among their newest, and those whose title or addresses may have changed."""
    if not dirty:
        return ()
    kinds = lists.every(build)
    found = {f"{kind.prefix}{name}" for kind in kinds for name in _newest(build, dirty, kind.prefix)}
    return _in_formats(build, found | lists.affected(build, dirty, kinds))


def _newest(build: BuildContext, dirty: Invalidations, prefix: str) -> set[str]:
    moved = Counter(row.list for row in dirty[ROW] if row.list.startswith(prefix))
    # Even a post too old for the feed can make it incomplete, or fill an archive.
    filled = {name[len(prefix) :] for name, rows in moved.items() if archives.may_differ(build, name, rows)}
    return filled | listing.reached_newest(build, dirty, prefix, build.site.of(FEED_SIZE))


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of a list's feed in one format; None if there is no such list or format."""
    name, _, form = key.rpartition(" ")
    if form not in build.site.of(FEED_FORMATS):
        return None
    memo = build.cache(_LISTS)
    if name not in memo:
        memo.clear()
        memo[name] = _made(build, name)
    made = memo[name]
    if made is None:
        return None
    folder, inputs, posts = made
    own = msgspec.structs.replace(entries.in_format(inputs, form), previous=archives.newest(build, name, folder, form))
    return PageInputs(path=f"{folder}feed.{form}", view=own, texts=posts)


def _made(build: BuildContext, name: str) -> tuple[str, FeedInputs, tuple[str, ...]] | None:
    """Return the folder of a list, the inputs of its feed in Atom, and the posts in it; None if there is no such list."""
    head = lists.head(build, name)
    if head is None:
        return None
    size = build.site.of(FEED_SIZE)
    posts = tuple(listing.newest(build, name, size))
    inputs = entries.inputs(build, name, head, posts)
    return head.folder, msgspec.structs.replace(inputs, whole=listing.count(build, name)[0] <= size), posts
