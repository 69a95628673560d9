"""Which feeds there are, what reaches them, and what goes into each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from bylines.engine import listing
from bylines.engine.feature import Draft
from bylines.engine.listing import ROW
from bylines.engine.loom import Cache, Loom, Touched
from bylines.features.feeds import archives, entries, lists
from bylines.features.feeds.inputs import FeedInputs
from bylines.features.feeds.settings import FEED_FORMATS, FEED_SIZE

_LISTS = Cache[str, tuple[str, FeedInputs, tuple[str, ...]] | None]("the feed of a list, before it has a format")


def keys(loom: Loom) -> Iterable[str]:
    """Every list that has a feed, in every format."""
    return _in_formats(loom, lists.names(loom))


def _in_formats(loom: Loom, names: Iterable[str]) -> list[str]:
    """The formats of a list stand together, so that its inputs are put together once."""
    return [f"{name} {form}" for name in names for form in loom.site.of(FEED_FORMATS)]


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Feeds whose newest posts are others or have changed, and those of whoever is called otherwise."""
    if not touched:
        return ()
    found = {f"{prefix}{name}" for prefix in lists.PREFIXES.values() for name in _newest(loom, touched, prefix)}
    return _in_formats(loom, found | lists.renamed(touched) | lists.languages_moved(loom, touched) | {lists.SITE})


def _newest(loom: Loom, touched: Touched, prefix: str) -> set[str]:
    moved = Counter(row.list for row in touched[ROW] if row.list.startswith(prefix))
    # An old post may be no part of a feed, and yet end its being whole, or fill an archive.
    filled = {name[len(prefix) :] for name, rows in moved.items() if archives.may_differ(loom, name, rows)}
    return filled | listing.reached_newest(loom, touched, prefix, loom.site.of(FEED_SIZE))


def draft(loom: Loom, key: str) -> Draft | None:
    """The feed of a list in one format; None where there is no such list."""
    name, _, form = key.rpartition(" ")
    if form not in loom.site.of(FEED_FORMATS):
        return None
    memo = loom.memo(_LISTS)
    if name not in memo:
        memo.clear()
        memo[name] = _made(loom, name)
    made = memo[name]
    if made is None:
        return None
    folder, inputs, posts = made
    own = msgspec.structs.replace(entries.in_format(inputs, form), previous=archives.newest(loom, name, folder, form))
    return Draft(path=f"{folder}feed.{form}", view=own, texts=posts)


def _made(loom: Loom, name: str) -> tuple[str, FeedInputs, tuple[str, ...]] | None:
    """The folder of a list, what its feeds hold (said of Atom's) and the posts that stand in them."""
    head = lists.head(loom, name)
    if head is None:
        return None
    size = loom.site.of(FEED_SIZE)
    posts = tuple(listing.newest(loom, name, size))
    inputs = entries.inputs(loom, name, head, posts)
    return head.folder, msgspec.structs.replace(inputs, whole=listing.tally(loom, name)[0] <= size), posts
