"""Decide whether a text is published at the build's now, and note the moments at which that changes.

A record keeps what the header says. This module compares it with the clock. Nothing of a closed blog is published.
"""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Cache, seconds
from bylines.engine.read.document import Document
from bylines.engine.weave.changes import Change, Changes
from bylines.records import Closed, Record
from bylines.settings.declared import DRAFTS

_CLOSED = Cache[str, bool]("whether a blog is not public")


def is_open(build: BuildContext, record: Document) -> bool:
    """Return whether a text is published now. Drafts and what is to come are shown where the site says so."""
    if build.site.of(DRAFTS):
        return True
    if record.status == "draft" or (record.blog and is_closed(build, record.blog)):
        return False
    begins, ends = record.begins(), record.expires
    return (begins is None or seconds(begins) <= build.now) and (ends is None or seconds(ends) > build.now)


def is_closed(build: BuildContext, blog: str) -> bool:
    """Return whether a blog's profile or `blog.yaml` says that it is not public."""
    memo = build.cache(_CLOSED)
    if blog not in memo:
        names = (f"content/blogs/{blog}/blog.yaml", f"authors/{blog}.yaml")
        memo[blog] = any(isinstance(build.stored(name), Closed) for name in names)
    return memo[blog]


def keep(build: BuildContext, change: Change) -> None:
    """Store the moments at which a text's publication begins or ends, but not a post's date, which the table of posts has."""
    if not build.store.fresh:
        build.store.run("DELETE FROM moment WHERE name = ?", (change.name,))
    build.store.many("INSERT OR IGNORE INTO moment VALUES (?, ?)", [(change.name, at) for at in _moments(change.new)])


def _moments(record: Record | None) -> list[int]:
    if not isinstance(record, Document):
        return []
    return [seconds(moment) for moment in record.moments() if moment]


def due(build: BuildContext, since: int) -> list[str]:
    """Return the texts of which one of these moments lies between two builds (seconds, the last build's now)."""
    first, last = sorted((since, build.now))
    return build.store.column("SELECT DISTINCT name FROM moment WHERE at > ? AND at <= ?", (first, last))


def of_blogs(build: BuildContext, changes: Changes) -> Iterable[str]:
    """Return the sources in blogs that are closed now, or were until now."""
    for change in changes.of(Closed):
        if isinstance(change.old, Closed) != isinstance(change.new, Closed):
            blog = next(record.handle for record in (change.old, change.new) if isinstance(record, Closed))
            below = f"content/blogs/{blog}/"
            yield from build.store.column(
                "SELECT name FROM source WHERE name > ? AND name < ?", (below, below[:-1] + "0")
            )
