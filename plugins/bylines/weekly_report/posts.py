"""Counts what was written, and finds posts that need attention: old drafts, and posts that expire or appear soon."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext
from bylines.features.posts.records import Post
from bylines.weekly_report.people import AUTHORS
from bylines.weekly_report.week import Dated, Written

_DAY = 86_400


def written(build: BuildContext, since: int, until: int) -> Written:
    """Counts what was written between two times (seconds since 1970), and the posts in as many days before."""
    posts, blogs = build.store.rows(COUNT, (since, until))[0]
    before = build.store.rows(COUNT, (since - (until - since), since))[0][0]
    return Written(posts, len(build.store.column(AUTHORS, (since, until))), blogs, before)


COUNT = """
SELECT count(*), count(DISTINCT p.blog) FROM listing l CROSS JOIN post p ON p.name = l.post
WHERE l.list = 'site' AND l.date >= ? AND l.date < ?
"""


def old_drafts(build: BuildContext, days: int) -> tuple[Dated, ...]:
    """Drafts dated at least `days` ago, oldest first."""
    found = _dated(build, build.store.rows(NOWHERE, (-(1 << 60), build.now - days * _DAY)))
    return tuple(dated for dated, record in found if record.status == "draft")


def coming(build: BuildContext) -> tuple[Dated, ...]:
    """Posts dated in the future that are no drafts, soonest first."""
    found = _dated(build, build.store.rows(NOWHERE, (build.now, 1 << 60)))
    return tuple(dated for dated, record in found if record.status != "draft")


def expiring(build: BuildContext, days: int) -> tuple[Dated, ...]:
    """Posts that expire within `days`, soonest first."""
    return tuple(dated for dated, _ in _dated(build, build.store.rows(EXPIRING, (build.now, build.now + days * _DAY))))


NOWHERE = "SELECT name, date FROM post WHERE state = 0 AND date > ? AND date <= ? ORDER BY date"
"""Posts that are not published: drafts, future and expired posts."""
EXPIRING = "SELECT name, expires FROM post WHERE expires > ? AND expires <= ? ORDER BY expires"


def _dated(build: BuildContext, rows: Iterable[tuple[str, int]]) -> list[tuple[Dated, Post]]:
    found = []
    for name, moment in rows:
        record = build.record(name)
        if isinstance(record, Post):
            found.append((Dated(build.shown(name), record.title, build.moment(moment).date(), record.blog), record))
    return found
