"""Collects the figures of the weekly report from a store that is open for reading."""

from __future__ import annotations

import datetime as dt
import os

from bylines.engine.context import BuildContext
from bylines.weekly_report import faults, people, posts, sizes, topics
from bylines.weekly_report.week import Week

QUIET_MONTHS = 12
"""The months without a post after which a blog counts as quiet, as in the directory's `quiet/`."""
_DRAFT_DAYS, _EXPIRY_DAYS = 30, 14
_LARGEST = 20


def collect_week(build: BuildContext, since: dt.date | None = None, months: int = QUIET_MONTHS) -> Week:
    """Collects the figures from `since` (by default a week ago) until the build's now.

    A blog counts as quiet after `months` without a post.
    """
    until = build.now
    day = since or build.day - dt.timedelta(days=7)
    start = build.midnight(day)
    quiet, quiet_in_all = people.quiet(build, start, until, months)
    added, deleted = people.came_and_went(build.site.authors, build.moment(start))
    largest_files, largest_people = sizes.largest(build, _LARGEST)
    return Week(
        site=build.site.name,
        since=day,
        until=build.day,
        built=build.moment(int(build.store.meta("now") or 0)),
        written=posts.written(build, start, until),
        new_people=people.new(build, start, until),
        new_profiles=people.named(build, added),
        quiet=quiet,
        quiet_in_all=quiet_in_all,
        quiet_months=months,
        left=people.left(build, start, until),
        deleted=tuple(deleted),
        faults=faults.by_owner(build),
        broken_links=faults.broken_links(build),
        output_bytes=sizes.of_output(build),
        store_bytes=os.path.getsize(build.store.path),
        largest_files=largest_files,
        largest_people=largest_people,
        twins=topics.twins(build),
        old_drafts=posts.old_drafts(build, _DRAFT_DAYS),
        expiring=posts.expiring(build, _EXPIRY_DAYS),
        coming=posts.coming(build),
    )
