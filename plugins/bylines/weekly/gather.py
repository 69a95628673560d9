"""A week put together from a store that was opened to be read."""

from __future__ import annotations

import datetime as dt
import os

from bylines.engine.loom import Loom
from bylines.weekly import faults, people, posts, sizes, topics
from bylines.weekly.week import Week

QUIET_MONTHS = 12
"""As the directory's `quiet/` has it."""
_DRAFT_DAYS, _EXPIRY_DAYS = 30, 14
_LARGEST = 20


def gathered(loom: Loom, since: dt.date | None = None, months: int = QUIET_MONTHS) -> Week:
    """What there is to say of the days since a day (a week ago) up to the loom's now."""
    until = loom.now
    day = since or loom.day - dt.timedelta(days=7)
    start = loom.midnight(day)
    quiet, quiet_in_all = people.quiet(loom, start, until, months)
    added, deleted = people.came_and_went(loom.site.authors, loom.moment(start))
    largest_files, largest_people = sizes.largest(loom, _LARGEST)
    return Week(
        site=loom.site.name,
        since=day,
        until=loom.day,
        built=loom.moment(int(loom.store.meta("now") or 0)),
        written=posts.written(loom, start, until),
        new_people=people.new(loom, start, until),
        new_profiles=people.named(loom, added),
        quiet=quiet,
        quiet_in_all=quiet_in_all,
        quiet_months=months,
        left=people.left(loom, start, until),
        deleted=tuple(deleted),
        faults=faults.by_owner(loom),
        broken_links=faults.broken_links(loom),
        output_bytes=sizes.of_output(loom),
        store_bytes=os.path.getsize(loom.store.path),
        largest_files=largest_files,
        largest_people=largest_people,
        twins=topics.twins(loom),
        old_drafts=posts.old_drafts(loom, _DRAFT_DAYS),
        expiring=posts.expiring(loom, _EXPIRY_DAYS),
        coming=posts.coming(loom),
    )
