"""Measures the output, and the files that people put beside their posts."""

from __future__ import annotations

from collections import Counter

from bylines.engine.context import BuildContext
from bylines.weekly_report.faults import owner
from bylines.weekly_report.week import Sized


def of_output(build: BuildContext) -> int:
    """Return the bytes of all pages in the output."""
    return int(build.store.rows(TOTAL)[0][0])


TOTAL = "SELECT total(size) FROM page WHERE size > 0"
"""The only query that reads all rows of a table. A stored sum would have to be updated by every build."""


def largest(build: BuildContext, most: int) -> tuple[tuple[Sized, ...], tuple[Sized, ...]]:
    """Return the `most` largest files and pictures, and the `most` handles whose files are largest in total; largest first."""
    rows = [row for kind in ("file", "picture") for row in build.store.rows(OF_KIND, (kind,))]
    rows = [row for row in rows if not row[0].startswith("theme/")]
    people: Counter[str] = Counter()
    for name, size in rows:
        if handle := owner(name):
            people[handle] += size
    first = sorted(rows, key=lambda row: (-row[1], row[0]))[:most]
    return (
        tuple(Sized(build.shown(name), size) for name, size in first),
        tuple(
            Sized(handle, size) for handle, size in sorted(people.items(), key=lambda item: (-item[1], item[0]))[:most]
        ),
    )


OF_KIND = "SELECT key, size FROM page WHERE kind = ? AND size > 0"
