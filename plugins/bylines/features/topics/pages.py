"""The pages of topics: each topic's newest page and the numbered ones before, and the index from A to Z."""

from __future__ import annotations

from collections.abc import Container, Iterable

from bylines import markup
from bylines.engine.context import BuildContext, Invalidations, month_before
from bylines.engine.contributions import ListHead, PostList, SitemapUrls, Synonyms, Target, feed_links
from bylines.engine.feature import PageInputs, PageKind
from bylines.engine.paths import prefix_of
from bylines.engine.views import Html
from bylines.engine.weave import filing, listing
from bylines.engine.weave.listing import ROW
from bylines.features.directory.index import Index
from bylines.features.directory.views import Entry
from bylines.features.people.bylines import byline
from bylines.features.posts import lists
from bylines.features.posts.list_pages import list_pages
from bylines.features.topics.facts import TOPIC, TOPIC_LABEL, TOPIC_NAME
from bylines.features.topics.links import TopicLink
from bylines.features.topics.relations import label, link, links
from bylines.features.topics.views import TopicPage, Writer
from bylines.locale_format import day_in_words, month_in_words

_PREFIX = "topic:"


def keys(build: BuildContext) -> Iterable[str]:
    """Every topic that a post that is listed is about."""
    return [name.removeprefix(_PREFIX) for name in listing.names(build, _PREFIX)]


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Topics whose newest page changed, or of which the topics file says something else."""
    found: set[str] = set()
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
        feeds=feed_links(build, own.name, own.url),
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


def _head(build: BuildContext, topic: str) -> ListHead | None:
    own = link(build, topic)
    return ListHead(own.name, own.url, own.url) if _is_written_about(build, topic) else None


LISTS = PostList(
    kind="topics",
    order=20,
    prefix=_PREFIX,
    names=lambda build: listing.names(build, _PREFIX),
    head=_head,
    affected=lambda build, dirty: dirty[TOPIC_LABEL],
)


def _meant(build: BuildContext, spelling: str) -> Target | None:
    """The topic that a synonym means, if anybody writes on it."""
    row = build.store.row(_LABELLED, (spelling,))
    own = link(build, row[0]) if row else None
    return Target(own.name, own.url) if own else None


def _synonyms_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """The synonyms that mean something else now, and those of topics that came, went or are spelled otherwise."""
    found = set(dirty[TOPIC_NAME])
    for topic in dirty[TOPIC_LABEL] | dirty[TOPIC]:
        found.update(build.store.column("SELECT spelling FROM topic_name WHERE topic = ?", (topic,)))
    return found


_LABELLED = "SELECT topic FROM topic_name JOIN topic_label USING (topic) WHERE spelling = ?"
_ALL_LABELLED = "SELECT spelling, topic FROM topic_name JOIN topic_label USING (topic) ORDER BY spelling"
SYNONYMS = Synonyms(
    folder="topics/",
    names=lambda build: [spelling for spelling, _ in build.store.rows(_ALL_LABELLED)],
    target=_meant,
    affected=_synonyms_affected,
)
SITEMAP = SitemapUrls(
    part="topics",
    urls=lambda build: ["topics/", *(f"topics/{topic}/" for topic in keys(build))],
    count=lambda build: 1 + listing.count_lists(build, _PREFIX),
    is_affected=lambda dirty: any(row.list.startswith(_PREFIX) for row in dirty[ROW]),
)
PAGES = list_pages(
    LISTS, PageKind("topic", keys, inputs, affected, "topics/topic.html", TopicPage, places=("writers", "foot"))
)


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
