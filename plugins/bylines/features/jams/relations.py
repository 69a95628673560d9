"""The table of jams, and the posts that are their ideas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bylines.engine.context import BuildContext, Invalidations, seconds
from bylines.engine.facts import BODY, REVISITED
from bylines.engine.weave import links, listing
from bylines.engine.weave.changes import Changes
from bylines.engine.weave.listing import ROW
from bylines.engine.weave.opening import is_open
from bylines.features.jams import messages, records
from bylines.features.jams.facts import IDEA, JAM
from bylines.features.jams.records import Jam
from bylines.features.jams.views import JamLink, JamName
from bylines.features.people.facts import EXISTENCE
from bylines.features.posts.records import Post
from bylines.features.posts.relations import LISTED, NOWHERE, is_somebody
from bylines.locale_format import day_in_words, direction
from bylines.problems import ContentProblem
from bylines.records import Record

LIST = "jam:"
"""The prefix of the names of lists of ideas."""

SCHEMA = """
CREATE TABLE jam (
    name TEXT PRIMARY KEY, slug TEXT NOT NULL, opens INTEGER NOT NULL, closes INTEGER NOT NULL, listed INTEGER NOT NULL
) WITHOUT ROWID;
"""


def is_jam(name: str) -> bool:
    """Return whether a source is a jam."""
    return records.JAM.matches(name)


def source_of(slug: str) -> str:
    """Return the name of a jam's source."""
    return records.JAM.source_of(slug)


def slug_of(name: str) -> str:
    """Return the slug in the name of a jam's source."""
    return name.split("/")[2]


def url_of(slug: str) -> str:
    """Return the address of a jam."""
    return records.JAM.url.format(slug=slug)


def due(build: BuildContext, since: int) -> Iterable[str]:
    """Return the jams that opened or closed between two builds."""
    first, last = sorted((since, build.now))
    return build.store.column(
        "SELECT name FROM jam WHERE opens > ?1 AND opens <= ?2 OR closes > ?1 AND closes <= ?2", (first, last)
    )


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Updates jams, and then their ideas: the posts of changed jams, and changed posts."""
    concerned: set[str] = set()
    for change in changes.of(Jam):
        _put(build, change.name, change.new, dirty)
        if not build.store.fresh:
            posts = build.store.column(_POSTS_OF, (change.name,))
            concerned.update(posts)
            # A jam that has only opened or closed looks the same on the posts that name it.
            dirty.add(IDEA, *(posts if change.old is not change.new else ()))
    if build.store.fresh:
        _fill(build)
        return
    for name in build.store.column("SELECT name FROM jam") if dirty[EXISTENCE] else ():
        _report_hosts(build, name, build.record(name).hosts)
    concerned.update(change.name for change in changes.of(Post))
    _choose_ideas(build, concerned | dirty[REVISITED], dirty)


_POSTS_OF = "SELECT source FROM link WHERE target = ? AND written >= 'jam: ' AND written < 'jam:!'"


def _put(build: BuildContext, name: str, record: Record | None, dirty: Invalidations) -> None:
    build.store.run("DELETE FROM jam WHERE name = ?", (name,))
    url = None
    if isinstance(record, Jam) and is_open(build, record) and build.owns(name, url_of(record.slug)):
        url = url_of(record.slug)
        values = (name, record.slug, seconds(record.opens), seconds(record.closes), record.status != "hidden")
        build.store.run("INSERT INTO jam VALUES (?, ?, ?, ?, ?)", values)
    _report_hosts(build, name, record.hosts if isinstance(record, Jam) and url else ())
    build.place(name, url, dirty)
    links.forget(build, (name,))
    links.put(build, [(name, record)] if isinstance(record, Jam) else [])
    dirty.add(JAM, name)
    dirty.add(BODY, name)


def _report_hosts(build: BuildContext, name: str, hosts: Iterable[str]) -> None:
    """Reports the hosts of a published jam who are unknown."""
    unknown = (handle for handle in hosts if not is_somebody(build, handle))
    build.report(name, "hosts", [messages.UNKNOWN_HOST.problem(build.shown(name), handle=handle) for handle in unknown])


class _Named(NamedTuple):
    """A published post that names a jam, and the jam's time in seconds."""

    post: str
    date: int
    state: int
    slug: str
    opens: int
    closes: int

    def is_in_time(self) -> bool:
        return self.opens <= self.date < self.closes


def _fill(build: BuildContext) -> None:
    if build.store.row("SELECT 1 FROM jam") is not None:
        rows = _put_ideas(build, build.store.rows(_ALL_NAMED))
        listing.recount_moved(build, rows)


def _choose_ideas(build: BuildContext, posts: Iterable[str], dirty: Invalidations) -> None:
    """Moves posts into the lists of the jams that they name."""
    build.store.select(posts)
    before = {row for row in listing.rows_of(build) if row.list.startswith(LIST)}
    build.store.many("DELETE FROM listing WHERE list = ? AND date = ? AND post = ?", before)
    build.store.run("DELETE FROM problem WHERE origin = 'jams' AND source IN (SELECT path FROM selection)")
    moved = before ^ _put_ideas(build, build.store.rows(_NAMED))
    listing.recount_moved(build, moved)
    dirty.add(ROW, *moved)


def _put_ideas(build: BuildContext, rows: Iterable[Sequence[Any]]) -> set[listing.Row]:
    """Adds posts that are dated within a jam's time to its list, and reports the others. Returns the added rows."""
    found: set[listing.Row] = set()
    for named in (_Named(*row) for row in rows):
        if not named.is_in_time():
            build.report(named.post, "jams", [_outside(build, named)])
        elif named.state == LISTED:
            found.add(listing.Row(LIST + named.slug, named.date, named.post))
    build.store.many("INSERT INTO listing VALUES (?, ?, ?)", sorted(found))
    return found


def _outside(build: BuildContext, named: _Named) -> ContentProblem:
    date, opens, closes = (build.moment(at).date() for at in (named.date, named.opens, named.closes - 1))
    return messages.JAM_OUTSIDE.problem(build.shown(named.post), jam=named.slug, date=date, opens=opens, closes=closes)


_NAMED_IN = f"""
SELECT p.name, p.date, p.state, j.slug, j.opens, j.closes
FROM {{links}} CROSS JOIN jam j ON j.name = l.target CROSS JOIN post p ON p.name = l.source AND p.state > {NOWHERE}
WHERE l.written >= 'jam: ' AND l.written < 'jam:!' ORDER BY p.name
"""
_NAMED = _NAMED_IN.format(links="selection CROSS JOIN link l ON l.source = selection.path")
# In a first build, the index of link targets is not yet there, so all links are scanned once.
_ALL_NAMED = _NAMED_IN.format(links="link l")


def is_idea(build: BuildContext, slug: str, post: str) -> bool:
    """Return whether a post that names a jam is among its ideas."""
    return build.store.row("SELECT 1 FROM listing WHERE post = ? AND list = ?", (post, LIST + slug)) is not None


def name_of(build: BuildContext, slug: str) -> JamName | None:
    """Return the jam as its ideas show it; None if it is not published."""
    if not _row(build, source_of(slug)):
        return None
    record: Jam = build.record(source_of(slug))
    return JamName(title=record.title, url=url_of(slug), lang=record.lang, dir=direction(record.lang))


def link(build: BuildContext, name: str) -> JamLink | None:
    """Return the link to a jam with its time; None if it is not published."""
    row = _row(build, name)
    if row is None:
        return None
    record: Jam = build.record(name)
    opens, closes = row
    return JamLink(
        title=record.title,
        url=url_of(record.slug),
        lang=record.lang,
        dir=direction(record.lang),
        summary=record.summary or record.excerpt,
        state="to come" if build.now < opens else "open" if build.now < closes else "closed",
        opens=record.opens,
        closes=record.closes,
        locale_opens=day_in_words(build.moment(opens).date(), build.site.lang),
        locale_closes=day_in_words(build.moment(closes - 1).date(), build.site.lang),
    )


def _row(build: BuildContext, name: str) -> tuple[int, int] | None:
    return build.store.row("SELECT opens, closes FROM jam WHERE name = ?", (name,))


def ahead(build: BuildContext) -> tuple[JamLink, ...]:
    """Return the open jams, the first to close first; then those to come, the first to open first."""
    return (*_links(build, _OPEN), *_links(build, _TO_COME))


def over(build: BuildContext) -> tuple[JamLink, ...]:
    """Return the closed jams, the last to close first."""
    return _links(build, _CLOSED)


def _links(build: BuildContext, sql: str) -> tuple[JamLink, ...]:
    found = (link(build, name) for name in build.store.column(sql, (build.now,)))
    return tuple(jam for jam in found if jam)


_OPEN = "SELECT name FROM jam WHERE listed AND opens <= ?1 AND closes > ?1 ORDER BY closes, name"
_TO_COME = "SELECT name FROM jam WHERE listed AND opens > ? ORDER BY opens, name"
_CLOSED = "SELECT name FROM jam WHERE listed AND closes <= ? ORDER BY closes DESC, name"


def urls(build: BuildContext) -> list[str]:
    """Return the addresses of the index and of each listed jam; empty if no jam is listed."""
    slugs = build.store.column("SELECT slug FROM jam WHERE listed ORDER BY slug")
    return ["jams/", *(url_of(slug) for slug in slugs)] if slugs else []
