"""Watches the dates of posts: which posts an hour changes, which come later, and which dates look mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from bylines.engine.context import BuildContext, seconds
from bylines.engine.read.document import Document
from bylines.features.posts import messages
from bylines.features.posts.records import Post
from bylines.problems import ContentProblem

_A_YEAR = 366 * 86_400
"""In seconds. Nobody schedules a post so far ahead, but `2062` is easily typed for `2026`."""
_NAMED = 3


def due(build: BuildContext, since: int) -> Iterable[str]:
    """Return the posts that the time since the last build has changed: they begin, expire, or are no longer far ahead."""
    first, last = sorted((since, build.now))
    return build.store.column(
        "SELECT name FROM post WHERE date > ?1 AND date <= ?2 "
        "UNION SELECT name FROM post WHERE expires > ?1 AND expires <= ?2 "
        "UNION SELECT name FROM post WHERE date > ?1 + ?3 AND date <= ?2 + ?3",
        (first, last, _A_YEAR),
    )


def far_ahead(build: BuildContext) -> Iterator[tuple[str, ContentProblem]]:
    """Yield (post, message) for each selected post whose dates keep it from being published within a year, or ever."""
    for name in build.store.column(_DOUBTFUL, (build.now + _A_YEAR,)):
        record = build.record(name)
        if not _waits(record):
            continue
        shown = build.shown(name)
        if record.expires is not None and record.expires <= record.date:
            expires, date = (f"{moment:%Y-%m-%d %H:%M}" for moment in (record.expires, record.date))
            yield name, messages.NEVER_SHOWN.problem(shown, expires=expires, date=date)
        else:
            yield name, messages.FAR_AHEAD.problem(shown, date=f"{record.date:%Y-%m-%d}")


_DOUBTFUL = "SELECT path FROM selection CROSS JOIN post ON post.name = path WHERE date > ? OR expires <= date"


def notes(build: BuildContext) -> Iterator[str]:
    """Yield a sentence for each of the next texts that will be published later, then one with the number of the others."""
    later = sorted(
        (at, name) for name in build.store.column(_LATER, (build.now,)) if (at := _opens(build, name)) > build.now
    )
    for at, name in later[:_NAMED]:
        yield f"{build.shown(name)} will be published by the first build after {build.moment(at):%Y-%m-%d %H:%M}"
    if len(later) > _NAMED:
        yield f"{len(later) - _NAMED:,} more posts will be published later"


_LATER = "SELECT name FROM post WHERE state = 0 AND date > ?1 UNION SELECT name FROM moment WHERE at > ?1"


def _opens(build: BuildContext, name: str) -> int:
    """Return the moment from which a text is published (seconds since 1970); 0 if it is a draft or no text."""
    record = build.record(name)
    if not isinstance(record, Document) or record.status == "draft":
        return 0
    dates = (record.not_before, record.date if isinstance(record, Post) else None)
    return max((seconds(date) for date in dates if date), default=0)


def _waits(record: object) -> TypeGuard[Post]:
    """Return whether a record is a post that its author wants to publish."""
    return isinstance(record, Post) and record.status != "draft"
