"""The pages of topics: each topic's newest page and the numbered ones before, and the index from A to Z."""

from __future__ import annotations

from collections.abc import Container, Iterable

from bylines import markup
from bylines.engine.context import BuildContext, Invalidations, month_before
from bylines.engine.feature import PageInputs
from bylines.engine.paths import prefix_of
from bylines.engine.weave import filing, listing
from bylines.engine.weave.listing import ROW
from bylines.features.directory.index import Index
from bylines.features.people.bylines import byline
from bylines.features.posts import lists
from bylines.features.topics.facts import TOPIC, TOPIC_LABEL
from bylines.features.topics.relations import label, link, links
from bylines.locale_format import day_in_words, month_in_words
from bylines.settings.declared import PAGE_SIZE
from bylines.views import ArchivePage, Entry, FeedLink, Html, TopicLink, TopicPage, Writer

_PREFIX = "topic:"


def keys(build: BuildContext) -> Iterable[str]:
    """Every topic that a post that is listed is about."""
    names = build.store.column("SELECT list FROM list_count WHERE list >= 'topic:' AND list < 'topic;'")
    return [name.removeprefix(_PREFIX) for name in names]


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Topics whose newest page changed, or of which the topics file says something else."""
    # An older post too can change who writes about a topic and what is related to it.
    found = {name for name, _ in listing.reached(build, dirty, _PREFIX)}
    changed = dirty[TOPIC] | dirty[TOPIC_LABEL]
    for topic in changed | {row.list.removeprefix(_PREFIX) for row in dirty[ROW] if row.list.startswith(_PREFIX)}:
        found.update(build.store.column("SELECT child FROM topic_parent WHERE parent = ?", (topic,)))
        found.update(build.store.column("SELECT parent FROM topic_parent WHERE child = ?", (topic,)))
    return found | changed


def inputs(build: BuildContext, topic: str) -> PageInputs | None:
    """The newest page of a topic; None where nobody writes on it."""
    if not _is_written_about(build, topic):
        return None
    own = link(build, topic)
    row = build.store.row("SELECT description, synonyms FROM topic WHERE slug = ?", (topic,))
    description, synonyms = row or ("", "")
    parents = _relatives(build, "SELECT parent FROM topic_parent WHERE child = ? ORDER BY parent", topic)
    children = _relatives(build, "SELECT child FROM topic_parent WHERE parent = ? ORDER BY child", topic)
    lately, until = _lately(build, topic)
    view = TopicPage(
        topic=own,
        listing=lists.newest_page(build, _PREFIX + topic, own.url),
        description=Html(markup.inline(description, prefix_of(build.site, own.url))) if description else Html(),
        synonyms=tuple(synonyms.split("\n")) if synonyms else (),
        parents=parents,
        children=children,
        related=_related(build, topic, {*parents, *children}),
        writers=_writers(build, topic),
        lately=lately,
        until=until,
        feeds=(FeedLink(title=own.name, url=f"{own.url}feed.atom"),),
    )
    return PageInputs(path=f"{own.url}index.html", view=view)


def _is_written_about(build: BuildContext, topic: str) -> bool:
    return listing.count(build, _PREFIX + topic)[0] > 0


def _relatives(build: BuildContext, sql: str, topic: str) -> tuple[TopicLink, ...]:
    return tuple(link(build, other) for other in build.store.column(sql, (topic,)) if _is_written_about(build, other))


_LOOKED_AT, _PEOPLE, _RELATED = 300, 12, 8


def _writers(build: BuildContext, topic: str) -> tuple[Writer, ...]:
    """Who wrote the most of the newest posts of a topic."""
    rows = build.store.rows(_WRITERS, (_PREFIX + topic, _LOOKED_AT, _PEOPLE))
    return tuple(Writer(byline=own, posts=posts) for handle, posts in rows if (own := byline(build, handle)))


_WRITERS = f"""
SELECT a.handle, count(*) AS posts FROM {listing.NEWEST} CROSS JOIN post_author a ON a.post = newest.post AND a.known
GROUP BY a.handle ORDER BY posts DESC, max(newest.date) DESC, a.handle LIMIT ?
"""


def _related(build: BuildContext, topic: str, named: Container[TopicLink]) -> tuple[TopicLink, ...]:
    """The topics that at least two of the newest posts of a topic are about too."""
    found = build.store.column(_SHARED, (_PREFIX + topic, _LOOKED_AT, topic, _RELATED))
    return tuple(other for other in links(build, found) if other not in named)


_SHARED = f"""
SELECT t.topic FROM {listing.NEWEST} CROSS JOIN post_topic t ON t.post = newest.post WHERE t.topic <> ?
GROUP BY t.topic HAVING count(*) > 1 ORDER BY count(*) DESC, t.topic LIMIT ?
"""


def _lately(build: BuildContext, topic: str) -> tuple[int, str]:
    """How many posts a topic has in the twelve months up to that of its newest, and that month in words."""
    _, newest = listing.count(build, _PREFIX + topic)
    last = build.moment(newest)
    row = build.store.rows(_SINCE, (_PREFIX + topic, build.midnight(month_before(last, 11))))[0]
    return row[0], month_in_words(last.date(), build.site.lang)


_SINCE = "SELECT count(*) FROM listing WHERE list = ? AND date >= ?"


def archive_keys(build: BuildContext) -> Iterable[str]:
    """Every numbered page of every topic."""
    return lists.archive_keys(build, _PREFIX)


def archive_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The numbered pages that moved or show what changed; all of a topic that is spelled otherwise."""
    found = set(lists.archive_affected(build, dirty, _PREFIX))
    for topic in dirty[TOPIC_LABEL]:
        total, _ = listing.count(build, _PREFIX + topic)
        found.update(f"{topic}/{n}" for n in range(1, listing.numbered_pages(total, build.site.of(PAGE_SIZE)) + 1))
    return found


def archive_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """A numbered page of a topic."""
    topic, _, number = key.rpartition("/")
    own = link(build, topic)
    shown = lists.numbered_page(build, _PREFIX + topic, own.url, int(number))
    if shown is None:
        return None
    view = ArchivePage(title=own.name, url=own.url, listing=shown)
    return PageInputs(path=f"{lists.page_url(own.url, int(number))}index.html", view=view)


def _entry(build: BuildContext, topic: str) -> Entry:
    """A topic as a line of the index."""
    posts, newest = listing.count(build, _PREFIX + topic)
    moment = build.moment(newest) if posts else None
    day = day_in_words(moment.date(), build.site.lang) if moment else ""
    return Entry(title=label(build, topic), url=f"topics/{topic}/", posts=posts, newest=moment, locale_newest=day)


INDEX = Index("topics", "topics/", "topics/letter/", "topics-letter", _entry)


def index_keys(build: BuildContext) -> Iterable[str]:
    """The one index."""
    return ("index",)


def index_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Topics that come, go or are spelled otherwise; while all stand on one page also those that are written on."""
    if filing.moved(dirty, INDEX.catalogue) or (not INDEX.is_split(build) and _written(dirty)):
        return ("index",)
    return ()


def _written(dirty: Invalidations) -> set[str]:
    """The topics of whom a line of the index changed."""
    return {row.list.removeprefix(_PREFIX) for row in dirty[ROW] if row.list.startswith(_PREFIX)}


def index_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """The index of topics."""
    return PageInputs(path="topics/index.html", view=INDEX.page(build))


def letter_keys(build: BuildContext) -> Iterable[str]:
    """A page for each letter, and for parts of long ones, where the topics are many."""
    return INDEX.keys(build)


def letter_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The pages on which topics stand that changed or were written on."""
    return INDEX.affected(build, dirty, _written(dirty) | dirty[TOPIC_LABEL])


def letter_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """The page of a letter, or of a part of it."""
    view = INDEX.letter_page(build, key)
    return PageInputs(path=f"{view.letter.url}index.html", view=view) if view else None
