"""Assembles the pages of topics: the newest page of each, the numbered ones before it, and the index from A to Z."""

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
    """Return the topics of all listed posts."""
    return [name.removeprefix(_PREFIX) for name in listing.names(build, _PREFIX)]


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the topics whose entry or name changed, and those above or below a topic that changed or has other posts."""
    found: set[str] = set()
    changed = dirty[TOPIC] | dirty[TOPIC_LABEL]
    for topic in changed | {row.list.removeprefix(_PREFIX) for row in dirty[ROW] if row.list.startswith(_PREFIX)}:
        found.update(build.store.column("SELECT child FROM topic_parent WHERE parent = ?", (topic,)))
        found.update(build.store.column("SELECT parent FROM topic_parent WHERE child = ?", (topic,)))
    return found | changed


def inputs(build: BuildContext, topic: str) -> PageInputs | None:
    """Return the inputs of the newest page of a topic; None if no listed post has the topic."""
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
    """Return whether a listed post has the topic."""
    return listing.count(build, _PREFIX + topic)[0] > 0


def _relatives(build: BuildContext, sql: str, topic: str) -> tuple[TopicLink, ...]:
    """Return links to the topics that a query finds, if listed posts have them."""
    return tuple(link(build, other) for other in build.store.column(sql, (topic,)) if _is_written_about(build, other))


_LOOKED_AT, _PEOPLE, _RELATED = 300, 12, 8


def _writers(build: BuildContext, topic: str) -> tuple[Writer, ...]:
    """Return the people who wrote the most of a topic's newest posts."""
    rows = build.store.rows(_WRITERS, (_PREFIX + topic, _LOOKED_AT, _PEOPLE))
    return tuple(Writer(byline=own, posts=posts) for handle, posts in rows if (own := byline(build, handle)))


_WRITERS = f"""
SELECT a.handle, count(*) AS posts FROM {listing.NEWEST} CROSS JOIN post_author a ON a.post = newest.post AND a.known
GROUP BY a.handle ORDER BY posts DESC, max(newest.date) DESC, a.handle LIMIT ?
"""


def _related(build: BuildContext, topic: str, named: Container[TopicLink]) -> tuple[TopicLink, ...]:
    """Return the topics that at least two of a topic's newest posts have, too, without those in `named`."""
    found = build.store.column(_SHARED, (_PREFIX + topic, _LOOKED_AT, topic, _RELATED))
    return tuple(other for other in links(build, found) if other not in named)


_SHARED = f"""
SELECT t.topic FROM {listing.NEWEST} CROSS JOIN post_topic t ON t.post = newest.post WHERE t.topic <> ?
GROUP BY t.topic HAVING count(*) > 1 ORDER BY count(*) DESC, t.topic LIMIT ?
"""


def _lately(build: BuildContext, topic: str) -> tuple[int, str]:
    """Return a topic's number of posts in the twelve months up to its newest one, and the last month in words."""
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


def _target(build: BuildContext, spelling: str) -> Target | None:
    """Return the page of the topic that a synonym means; None if that has no page."""
    row = build.store.row(_LABELLED, (spelling,))
    own = link(build, row[0]) if row else None
    return Target(own.name, own.url) if own else None


def _synonyms_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the synonyms that mean another topic now, and those of topics that came, went or have another name."""
    found = set(dirty[TOPIC_NAME])
    for topic in dirty[TOPIC_LABEL] | dirty[TOPIC]:
        found.update(build.store.column("SELECT spelling FROM topic_name WHERE topic = ?", (topic,)))
    return found


_LABELLED = "SELECT topic FROM topic_name JOIN topic_label USING (topic) WHERE spelling = ?"
_ALL_LABELLED = "SELECT spelling, topic FROM topic_name JOIN topic_label USING (topic) ORDER BY spelling"
SYNONYMS = Synonyms(
    folder="topics/",
    names=lambda build: [spelling for spelling, _ in build.store.rows(_ALL_LABELLED)],
    target=_target,
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
    """Return a topic as an entry of the index."""
    posts, newest = listing.count(build, _PREFIX + topic)
    moment = build.moment(newest) if posts else None
    day = day_in_words(moment.date(), build.site.lang) if moment else ""
    return Entry(title=label(build, topic), url=f"topics/{topic}/", posts=posts, newest=moment, locale_newest=day)


INDEX = Index("topics", "topics/", "topics/letter/", "topics-letter", _entry)


def index_keys(build: BuildContext) -> Iterable[str]:
    """Return the key of the only index."""
    return ("index",)


def index_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the index if a topic came, went or moved in it. While it shows all entries, moved posts affect it, too."""
    if filing.moved(dirty, INDEX.catalogue) or (not INDEX.is_split(build) and _topics_of_moved_posts(dirty)):
        return ("index",)
    return ()


def _topics_of_moved_posts(dirty: Invalidations) -> set[str]:
    """Return the topics whose lists of posts changed."""
    return {row.list.removeprefix(_PREFIX) for row in dirty[ROW] if row.list.startswith(_PREFIX)}


def index_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the index of topics."""
    return PageInputs(path="topics/index.html", view=INDEX.page(build))


def letter_keys(build: BuildContext) -> Iterable[str]:
    """Return a page for each letter, and for parts of long ones; none if all topics are on the index."""
    return INDEX.keys(build)


def letter_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the pages of topics that changed or whose posts did."""
    return INDEX.affected(build, dirty, _topics_of_moved_posts(dirty) | dirty[TOPIC_LABEL])


def letter_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the page of a letter or of a part of it; None if there is no such page."""
    view = INDEX.letter_page(build, key)
    return PageInputs(path=f"{view.letter.url}index.html", view=view) if view else None
