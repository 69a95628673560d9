"""Posts and time: which posts a passing hour changes, what will be published later, and dates that look mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from bylines import messages
from bylines.engine.loom import Loom, seconds
from bylines.problems import ContentProblem
from bylines.records import Post

_A_YEAR = 366 * 86_400
"""Seconds. Nobody schedules a post so far ahead, but `2062` for `2026` is soon typed."""
_NAMED = 3


def due(loom: Loom, since: int) -> Iterable[str]:
    """Return the posts that time alone has changed since: their hour has come, or their date is no longer far ahead."""
    first, last = sorted((since, loom.now))
    return loom.store.column(
        "SELECT name FROM post WHERE date > ?1 AND date <= ?2 "
        "UNION SELECT name FROM post WHERE expires > ?1 AND expires <= ?2 "
        "UNION SELECT name FROM post WHERE date > ?1 + ?3 AND date <= ?2 + ?3",
        (first, last, _A_YEAR),
    )


def far_ahead(loom: Loom) -> Iterator[tuple[str, ContentProblem]]:
    """Yield a message for each seeded post whose dates keep it from being published soon, or ever."""
    for name in loom.store.column(_DOUBTFUL, (loom.now + _A_YEAR,)):
        record = loom.record(name)
        if not _waits(record):
            continue
        shown = loom.shown(name)
        if record.expires is not None and record.expires <= record.date:
            expires, date = (f"{moment:%Y-%m-%d %H:%M}" for moment in (record.expires, record.date))
            yield name, messages.NEVER_SHOWN.problem(shown, expires=expires, date=date)
        else:
            yield name, messages.FAR_AHEAD.problem(shown, date=f"{record.date:%Y-%m-%d}")


_DOUBTFUL = "SELECT path FROM seed CROSS JOIN post ON post.name = path WHERE date > ? OR expires <= date"


def notes(loom: Loom) -> Iterator[str]:
    """Yield a sentence for each of the next posts that will be published later, and how many more there are."""
    names = [name for name in loom.store.column(_LATER, (loom.now,)) if _waits(loom.record(name))]
    for name in names[:_NAMED]:
        moment = loom.moment(seconds(loom.record(name).date))
        yield f"{loom.shown(name)} will be published by the first build after {moment:%Y-%m-%d %H:%M}"
    if len(names) > _NAMED:
        yield f"{len(names) - _NAMED:,} more posts will be published later"


_LATER = "SELECT name FROM post WHERE state = 0 AND date > ? ORDER BY date, name"


def _waits(record: object) -> TypeGuard[Post]:
    """Whether a record is that of a post that its writer means to be published."""
    return isinstance(record, Post) and record.status != "draft"
