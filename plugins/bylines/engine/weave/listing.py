"""Lists of posts (of a blog, a topic, a month, the site), and the numbered pages of one.

Numbered pages count from the oldest and are always full; the newest page, which bears no number, holds the rest: at
least a page's worth where there are that many. So a new post changes the newest page and moves no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.facts import BODY, CARD, Fact
from bylines.settings.declared import PAGE_SIZE


class Row(NamedTuple):
    """A post's place in a list; rows are ordered by date (seconds), then by the post's name."""

    list: str
    date: int
    post: str


ROW = Fact[Row]("row", "The places in lists that posts came to, or that they left.")


def rows_of(build: BuildContext) -> set[Row]:
    """Return the rows of the selected posts."""
    return {
        Row(*row)
        for row in build.store.rows(
            "SELECT l.list, l.date, l.post FROM selection CROSS JOIN listing l ON l.post = selection.path"
        )
    }


def recount(build: BuildContext, moved: Iterable[Row]) -> None:
    """Recount the lists whose members changed, and find where their pages begin. In a new store, do so for all lists."""
    if build.store.fresh:
        build.store.run(
            "INSERT INTO list_count SELECT list, count(*), max(date) FROM listing GROUP BY list ORDER BY list"
        )
        build.store.run(
            f"{_BOUNDS.format(among='')} ORDER BY list, number", (build.site.of(PAGE_SIZE), 0, build.site.of(PAGE_SIZE))
        )
        return
    recount_moved(build, moved)


def recount_moved(build: BuildContext, moved: Iterable[Row]) -> None:
    """Recount only the lists in which rows moved. Works in a new store too, for lists built after the main ones, such as jams'."""
    first: dict[str, Row] = {}
    for row in moved:
        first[row.list] = min(first.get(row.list, row), row)
    for row in first.values():
        build.store.run("DELETE FROM list_count WHERE list = ?", (row.list,))
        build.store.run(
            "INSERT INTO list_count SELECT list, count(*), max(date) FROM listing WHERE list = ? GROUP BY list",
            (row.list,),
        )
        _rebound(build, row)


def _rebound(build: BuildContext, first: Row) -> None:
    """Find where pages begin, from the page of the first row that moved."""
    size = build.site.of(PAGE_SIZE)
    build.store.run("DELETE FROM page_start WHERE list = ? AND (date, post) >= (?, ?)", first)
    last = build.store.row(_LAST_BOUND, first)
    number, date, post = last or (1, -(1 << 60), "")
    among = "WHERE list = ? AND (date, post) >= (?, ?)"
    values = (size, number - 1, first.list, date, post, size)
    build.store.run(f"{_BOUNDS.format(among=among)} ON CONFLICT DO NOTHING", values)


# The first post of each page, counted from the oldest; pages that are not full have one too.
_BOUNDS = """
INSERT INTO page_start SELECT list, (nth - 1) / ? + 1 + ? AS number, date, post FROM (
    SELECT list, date, post, row_number() OVER (PARTITION BY list ORDER BY date, post) AS nth FROM listing {among}
) WHERE (nth - 1) % ? = 0
"""
_LAST_BOUND = """
SELECT number, date, post FROM page_start WHERE list = ? AND (date, post) <= (?, ?) ORDER BY date DESC, post DESC LIMIT 1
"""


def count(build: BuildContext, name: str) -> tuple[int, int]:
    """Return how many posts a list has, and when the newest is dated (seconds; 0 where there is none)."""
    row = build.store.row("SELECT posts, newest FROM list_count WHERE list = ?", (name,))
    return (row[0], row[1]) if row else (0, 0)


def names(build: BuildContext, prefix: str) -> list[str]:
    """Return the lists with this prefix (`topic:`) that hold a post."""
    return build.store.column(_THAT_BEGIN, _range(prefix))


def count_lists(build: BuildContext, prefix: str) -> int:
    """Return how many lists with this prefix hold a post."""
    return int(build.store.rows(_COUNT, _range(prefix))[0][0])


def _range(prefix: str) -> tuple[str, str]:
    """Between which two texts the names that begin with a prefix are."""
    return prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)


_THAT_BEGIN = "SELECT list FROM list_count WHERE list >= ? AND list < ? ORDER BY list"
_COUNT = "SELECT count(*) FROM list_count WHERE list >= ? AND list < ?"


def newest(build: BuildContext, name: str, count: int) -> list[str]:
    """Return the newest posts of a list, newest first."""
    return build.store.column(
        "SELECT post FROM listing WHERE list = ? ORDER BY date DESC, post DESC LIMIT ?", (name, count)
    )


def neighbours(build: BuildContext, row: Row) -> tuple[str | None, str | None]:
    """Return the next older and the next newer post beside a place in a list (whether or not a post stands there)."""
    older = build.store.row(_OLDER, row)
    newer = build.store.row(_NEWER, row)
    return older[0] if older else None, newer[0] if newer else None


_OLDER = "SELECT post FROM listing WHERE list = ? AND (date, post) < (?, ?) ORDER BY date DESC, post DESC LIMIT 1"
_NEWER = "SELECT post FROM listing WHERE list = ? AND (date, post) > (?, ?) ORDER BY date, post LIMIT 1"


def numbered_pages(total: int, size: int) -> int:
    """Return how many full, numbered pages a list of `total` posts has, with `size` posts on each."""
    return max(0, total // size - 1)


def page_posts(build: BuildContext, name: str, number: int | None) -> list[tuple[str, int]]:
    """Return the (post, date) pairs of a page, newest first; number None is the newest page."""
    size = build.site.of(PAGE_SIZE)
    if number is None:
        total, _ = count(build, name)
        rest = total - numbered_pages(total, size) * size
        sql, values = "ORDER BY date DESC, post DESC LIMIT ?", (rest,)
        return build.store.rows(f"SELECT post, date FROM listing WHERE list = ? {sql}", (name, *values))
    bound = build.store.row("SELECT date, post FROM page_start WHERE list = ? AND number = ?", (name, number))
    return build.store.rows(_FROM, (name, *bound, size))[::-1] if bound else []


NEWEST = "(SELECT date, post FROM listing WHERE list = ? ORDER BY date DESC, post DESC LIMIT ?) newest"
"""The newest posts of a list, for a query that goes on from them: its name and how many are asked for."""
_FROM = "SELECT post, date FROM listing WHERE list = ? AND (date, post) >= (?, ?) ORDER BY date, post LIMIT ?"


def stretch(build: BuildContext, name: str, start: int, count: int) -> list[str]:
    """`count` posts of a list, newest first, of which the oldest has `start` posts before it."""
    number, within = divmod(start, build.site.of(PAGE_SIZE))
    bound = build.store.row("SELECT date, post FROM page_start WHERE list = ? AND number = ?", (name, number + 1))
    if bound is None:
        return []
    rows = build.store.rows(f"{_FROM} OFFSET ?", (name, *bound, count, within))
    return [post for post, _ in reversed(rows)]


def reached(build: BuildContext, dirty: Invalidations, prefix: str) -> set[tuple[str, int | None]]:
    """Return the pages (list's name without `prefix`, number) of lists that changed places or dirty cards reach."""
    size = build.site.of(PAGE_SIZE)
    moved: dict[str, list[int]] = {}
    found: set[tuple[str, int | None]] = set()
    for row in dirty[ROW]:
        if row.list.startswith(prefix):
            moved.setdefault(row.list, []).append(position(build, *row))
    for name, positions in moved.items():
        pages = numbered_pages(count(build, name)[0], size)
        came = -(-len(positions) // size)  # pages by which there may be more, or fewer, than before
        # The page before the first that moved points on to it; so does the one that was the last.
        first = max(1, min(min(positions) // size, pages - came))
        found.add((name[len(prefix) :], None))
        found.update((name[len(prefix) :], number) for number in range(first, pages + came + 2))
    for row in places(build, dirty[CARD], prefix):
        number = position(build, *row) // size + 1
        last = numbered_pages(count(build, row.list)[0], size)
        found.add((row.list[len(prefix) :], number if number <= last else None))
    return found


def position(build: BuildContext, name: str, date: int, post: str) -> int:
    """Return how many posts of a list stand before a place in it."""
    number, *bound = build.store.row(_LAST_BOUND, (name, date, post)) or (1, -(1 << 60), "")
    between = build.store.rows(_BETWEEN, (name, *bound, date, post))
    return (number - 1) * build.site.of(PAGE_SIZE) + int(between[0][0])


_BETWEEN = "SELECT count(*) FROM listing WHERE list = ? AND (date, post) >= (?, ?) AND (date, post) < (?, ?)"


def places(build: BuildContext, posts: Iterable[str], prefix: str) -> list[Row]:
    """Return the places of posts in the lists that begin with `prefix`."""
    found: list[Row] = []
    for post in posts:
        rows = build.store.rows("SELECT list, date, post FROM listing WHERE post = ?", (post,))
        found.extend(Row(*row) for row in rows if row[0].startswith(prefix))
    return found


def reached_newest(build: BuildContext, dirty: Invalidations, prefix: str, count: int) -> set[str]:
    """Return the lists (without `prefix`) whose `count` newest posts are others, or changed."""
    found: set[str] = set()
    cuts: dict[str, int] = {}
    for row in [*dirty[ROW], *places(build, dirty[BODY], prefix)]:
        if not row.list.startswith(prefix):
            continue
        if row.list not in cuts:
            cuts[row.list] = _cut(build, row.list, count)
        if row.date >= cuts[row.list]:
            found.add(row.list[len(prefix) :])
    return found


def _cut(build: BuildContext, name: str, count: int) -> int:
    """Return the date of the last of the `count` newest posts; before all dates where there are fewer."""
    row = build.store.row(
        "SELECT date FROM listing WHERE list = ? ORDER BY date DESC, post DESC LIMIT 1 OFFSET ?", (name, count - 1)
    )
    return int(row[0]) if row else -(1 << 60)
