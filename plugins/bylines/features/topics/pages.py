"""The pages of topics: each topic's newest page and the numbered ones before, and the index from A to Z."""

from __future__ import annotations

from collections.abc import Container, Iterable

from bylines import markup
from bylines.engine import filing, listing
from bylines.engine.feature import Draft
from bylines.engine.listing import ROW
from bylines.engine.loom import Loom, Touched, month_before
from bylines.engine.places import prefix_of
from bylines.features.directory.index import Index
from bylines.features.people.bylines import byline
from bylines.features.posts import lists
from bylines.features.topics.facts import TOPIC, TOPIC_LABEL
from bylines.features.topics.relations import label, link, links
from bylines.settings.declared import PAGE_SIZE
from bylines.views import ArchivePage, Entry, FeedLink, Html, TopicLink, TopicPage, Writer
from bylines.words import day_in_words, month_in_words

_PREFIX = "topic:"


def keys(loom: Loom) -> Iterable[str]:
    """Every topic that a post that is listed is about."""
    names = loom.store.column("SELECT list FROM tally WHERE list >= 'topic:' AND list < 'topic;'")
    return [name.removeprefix(_PREFIX) for name in names]


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Topics whose newest page changed, or of which the topics file says something else."""
    # An older post too can change who writes about a topic and what is related to it.
    found = {name for name, _ in listing.reached(loom, touched, _PREFIX)}
    changed = touched[TOPIC] | touched[TOPIC_LABEL]
    for topic in changed | {row.list.removeprefix(_PREFIX) for row in touched[ROW] if row.list.startswith(_PREFIX)}:
        found.update(loom.store.column("SELECT child FROM topic_parent WHERE parent = ?", (topic,)))
        found.update(loom.store.column("SELECT parent FROM topic_parent WHERE child = ?", (topic,)))
    return found | changed


def draft(loom: Loom, topic: str) -> Draft | None:
    """The newest page of a topic; None where nobody writes on it."""
    if not _is_written_about(loom, topic):
        return None
    own = link(loom, topic)
    row = loom.store.row("SELECT description, synonyms FROM topic WHERE slug = ?", (topic,))
    description, synonyms = row or ("", "")
    parents = _relatives(loom, "SELECT parent FROM topic_parent WHERE child = ? ORDER BY parent", topic)
    children = _relatives(loom, "SELECT child FROM topic_parent WHERE parent = ? ORDER BY child", topic)
    lately, until = _lately(loom, topic)
    view = TopicPage(
        topic=own,
        listing=lists.newest_page(loom, _PREFIX + topic, own.url),
        description=Html(markup.inline(description, prefix_of(loom.site, own.url))) if description else Html(),
        synonyms=tuple(synonyms.split("\n")) if synonyms else (),
        parents=parents,
        children=children,
        related=_related(loom, topic, {*parents, *children}),
        writers=_writers(loom, topic),
        lately=lately,
        until=until,
        feeds=(FeedLink(title=own.name, url=f"{own.url}feed.atom"),),
    )
    return Draft(path=f"{own.url}index.html", view=view)


def _is_written_about(loom: Loom, topic: str) -> bool:
    return listing.tally(loom, _PREFIX + topic)[0] > 0


def _relatives(loom: Loom, sql: str, topic: str) -> tuple[TopicLink, ...]:
    return tuple(link(loom, other) for other in loom.store.column(sql, (topic,)) if _is_written_about(loom, other))


_LOOKED_AT, _PEOPLE, _RELATED = 300, 12, 8


def _writers(loom: Loom, topic: str) -> tuple[Writer, ...]:
    """Who wrote the most of the newest posts of a topic."""
    rows = loom.store.rows(_WRITERS, (_PREFIX + topic, _LOOKED_AT, _PEOPLE))
    return tuple(Writer(byline=own, posts=posts) for handle, posts in rows if (own := byline(loom, handle)))


_WRITERS = f"""
SELECT a.handle, count(*) AS posts FROM {listing.NEWEST} CROSS JOIN post_author a ON a.post = newest.post AND a.known
GROUP BY a.handle ORDER BY posts DESC, max(newest.date) DESC, a.handle LIMIT ?
"""


def _related(loom: Loom, topic: str, named: Container[TopicLink]) -> tuple[TopicLink, ...]:
    """The topics that at least two of the newest posts of a topic are about too."""
    found = loom.store.column(_SHARED, (_PREFIX + topic, _LOOKED_AT, topic, _RELATED))
    return tuple(other for other in links(loom, found) if other not in named)


_SHARED = f"""
SELECT t.topic FROM {listing.NEWEST} CROSS JOIN post_topic t ON t.post = newest.post WHERE t.topic <> ?
GROUP BY t.topic HAVING count(*) > 1 ORDER BY count(*) DESC, t.topic LIMIT ?
"""


def _lately(loom: Loom, topic: str) -> tuple[int, str]:
    """How many posts a topic has in the twelve months up to that of its newest, and that month in words."""
    _, newest = listing.tally(loom, _PREFIX + topic)
    last = loom.moment(newest)
    row = loom.store.rows(_SINCE, (_PREFIX + topic, loom.midnight(month_before(last, 11))))[0]
    return row[0], month_in_words(last.date(), loom.site.lang)


_SINCE = "SELECT count(*) FROM listing WHERE list = ? AND date >= ?"


def archive_keys(loom: Loom) -> Iterable[str]:
    """Every numbered page of every topic."""
    return lists.archive_keys(loom, _PREFIX)


def archive_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """The numbered pages that moved or show what changed; all of a topic that is spelled otherwise."""
    found = set(lists.archive_reach(loom, touched, _PREFIX))
    for topic in touched[TOPIC_LABEL]:
        total, _ = listing.tally(loom, _PREFIX + topic)
        found.update(f"{topic}/{n}" for n in range(1, listing.numbered_pages(total, loom.site.of(PAGE_SIZE)) + 1))
    return found


def archive_draft(loom: Loom, key: str) -> Draft | None:
    """A numbered page of a topic."""
    topic, _, number = key.rpartition("/")
    own = link(loom, topic)
    shown = lists.numbered_page(loom, _PREFIX + topic, own.url, int(number))
    if shown is None:
        return None
    view = ArchivePage(title=own.name, url=own.url, listing=shown)
    return Draft(path=f"{lists.page_url(own.url, int(number))}index.html", view=view)


def _entry(loom: Loom, topic: str) -> Entry:
    """A topic as a line of the index."""
    posts, newest = listing.tally(loom, _PREFIX + topic)
    moment = loom.moment(newest) if posts else None
    day = day_in_words(moment.date(), loom.site.lang) if moment else ""
    return Entry(title=label(loom, topic), url=f"topics/{topic}/", posts=posts, newest=moment, locale_newest=day)


INDEX = Index("topics", "topics/", "topics/letter/", "topics-letter", _entry)


def index_keys(loom: Loom) -> Iterable[str]:
    """The one index."""
    return ("index",)


def index_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Topics that come, go or are spelled otherwise; while all stand on one page also those that are written on."""
    if filing.moved(touched, INDEX.catalogue) or (not INDEX.is_split(loom) and _written(touched)):
        return ("index",)
    return ()


def _written(touched: Touched) -> set[str]:
    """The topics of whom a line of the index changed."""
    return {row.list.removeprefix(_PREFIX) for row in touched[ROW] if row.list.startswith(_PREFIX)}


def index_draft(loom: Loom, key: str) -> Draft | None:
    """The index of topics."""
    return Draft(path="topics/index.html", view=INDEX.page(loom))


def letter_keys(loom: Loom) -> Iterable[str]:
    """A page for each letter, and for parts of long ones, where the topics are many."""
    return INDEX.keys(loom)


def letter_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """The pages on which topics stand that changed or were written on."""
    return INDEX.reach(loom, touched, _written(touched) | touched[TOPIC_LABEL])


def letter_draft(loom: Loom, key: str) -> Draft | None:
    """The page of a letter, or of a part of it."""
    view = INDEX.letter_page(loom, key)
    return Draft(path=f"{view.letter.url}index.html", view=view) if view else None
