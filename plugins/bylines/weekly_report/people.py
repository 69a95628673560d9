"""Finds people who are new, quiet or gone."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Iterable

from bylines.engine.context import BuildContext, month_before
from bylines.weekly_report.week import Person

_PATIENCE = 20.0
_ENV = {**{key: value for key, value in os.environ.items() if not key.startswith("GIT_")}, "LC_ALL": "C"}


def named(build: BuildContext, handles: Iterable[str]) -> tuple[Person, ...]:
    """Return the people and groups with these handles, sorted by name."""
    return tuple(sorted(Person(name_of(build, handle), handle) for handle in set(handles)))


def name_of(build: BuildContext, handle: str) -> str:
    """Return the name of a person or the title of a group; the handle itself if it is unknown."""
    row = build.store.row(NAME, (handle,)) or build.store.row(TITLE, (handle,))
    return row[0] if row else handle


NAME = "SELECT name FROM person WHERE handle = ?"
TITLE = "SELECT title FROM team WHERE handle = ?"


def new(build: BuildContext, since: int, until: int) -> tuple[Person, ...]:
    """People whose first post is dated between two times (seconds since 1970)."""
    wrote = build.store.column(AUTHORS, (since, until))
    first = {handle: build.store.row(FIRST, (f"blog:{handle}",)) for handle in wrote}
    return named(build, [handle for handle, row in first.items() if row is None or row[0] >= since])


AUTHORS = """
SELECT DISTINCT a.handle FROM listing l CROSS JOIN post_author a ON a.post = l.post
WHERE l.list = 'site' AND l.date >= ? AND l.date < ?
"""
FIRST = "SELECT date FROM listing WHERE list = ? ORDER BY date LIMIT 1"


def quiet(build: BuildContext, since: int, until: int, months: int) -> tuple[tuple[Person, ...], int]:
    """People who became quiet between two times (seconds since 1970), and the number of all quiet people.

    A blog is quiet if it has posts, but none in the last `months`. People who have left do not count.
    """
    now, then = (_months_before(build, moment, months) for moment in (until, since))
    newest = {name.removeprefix("blog:"): date for name, date in build.store.rows(QUIET, (now,))}
    gone = set(build.store.column(LEFT, (-(1 << 60), until)))
    still = {handle: date for handle, date in newest.items() if handle not in gone}
    return named(build, [handle for handle, date in still.items() if date >= then]), len(still)


QUIET = "SELECT list, newest FROM list_count WHERE list >= 'blog:' AND list < 'blog;' AND newest < ?"
LEFT = "SELECT handle FROM person WHERE left > ? AND left <= ?"


def _months_before(build: BuildContext, moment: int, months: int) -> int:
    day = build.moment(moment).date()
    first = month_before(day, months)
    return build.midnight(first + dt.timedelta(days=day.day - 1))


def left(build: BuildContext, since: int, until: int) -> tuple[Person, ...]:
    """People whose last day is between two times (seconds since 1970)."""
    return named(build, build.store.column(LEFT, (since, until)))


def came_and_went(authors: str, since: dt.datetime) -> tuple[list[str], list[str]]:
    """The handles whose profiles were added, and those deleted, since a time, according to git. Both are empty if git fails.

    A renamed profile counts as neither.
    """
    try:
        log = subprocess.run(
            ["git", "-c", "core.quotepath=off", "log", f"--since={since.isoformat()}", *_LOG],
            cwd=authors, env=_ENV, capture_output=True, timeout=_PATIENCE, check=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return [], []
    parts = iter(os.fsdecode(log).replace("\n", "").split("\0"))
    found: dict[str, set[str]] = {"A": set(), "D": set()}
    for status, name in zip(parts, parts, strict=False):
        if status in found and "/" not in name and name.endswith((".yaml", ".yml")):
            found[status].add(name.rpartition(".")[0])
    there = {handle for handle in found["A"] | found["D"] if os.path.exists(os.path.join(authors, f"{handle}.yaml"))}
    return sorted(found["A"] & there), sorted(found["D"] - there)


_LOG = ("--format=", "--name-status", "-z", "--find-renames", "--diff-filter=AD", "--relative", "--", ".")
