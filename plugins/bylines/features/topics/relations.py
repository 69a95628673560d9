"""Keeps the tables of topics: the topic that each spelling means, and the entries of the topics file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bylines.engine.context import BuildContext, Cache, Invalidations
from bylines.engine.digest import digest_of
from bylines.engine.read.names import LONGEST_FILE_NAME
from bylines.engine.weave import filing
from bylines.engine.weave.changes import Changes
from bylines.features.topics import messages
from bylines.features.topics.facts import TOPIC, TOPIC_LABEL, TOPIC_NAME
from bylines.features.topics.links import TopicLink
from bylines.features.topics.records import TOPICS, TopicEntry, Topics

_LINKS = Cache[str, TopicLink]("a topic as posts name it")
_HAVE_PAGES = Cache[str, bool]("whether a topic has a page")

SCHEMA = """
CREATE TABLE topic (
    slug TEXT PRIMARY KEY, label TEXT NOT NULL, description TEXT NOT NULL, synonyms TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE topic_name (spelling TEXT PRIMARY KEY, topic TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX topic_name_topic ON topic_name (topic);
CREATE TABLE topic_label (topic TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE topic_parent (
    child TEXT NOT NULL, parent TEXT NOT NULL, PRIMARY KEY (child, parent)
) WITHOUT ROWID;
CREATE INDEX topic_parent_of ON topic_parent (parent);
"""
SOURCE = TOPICS.source_of()
_VIRAMA = 9
_SIGNS = {"+": "-plus", "#": "-sharp", "&": "-and-"}


def slug_of(spelling: str) -> str:
    """Return the slug of a spelling. Spellings with the same slug are one topic; C, C++ and C# remain three.

    It consists of the letters, digits and marks of any script (NFC, case folded), with hyphens in place of all else.
    """
    text = unicodedata.normalize("NFKC", spelling).casefold().strip()
    if text.startswith(".") and text[1:2].isalnum():
        text = "dot" + text[1:]
    text = re.sub("[+#&]", lambda sign: _SIGNS[sign[0]], text)
    kept = "".join(c if _is_of_a_word(c, text[at - 1 : at]) else "-" for at, c in enumerate(text))
    slug = re.sub("-+", "-", kept).strip("-")
    return _shorten(unicodedata.normalize("NFC", slug) or "-".join(f"u{ord(c):x}" for c in text))


def _is_of_a_word(c: str, before: str) -> bool:
    """Return whether a character is a letter, a digit, a mark, or a joiner that a conjunct needs (after a virama)."""
    if c.isalnum() or unicodedata.category(c).startswith("M"):
        return True
    return c in "\u200c\u200d" and before != "" and unicodedata.combining(before) == _VIRAMA


def _shorten(slug: str) -> str:
    """Return a slug that is short enough for a file name. The end of a long one is replaced by a digest."""
    data = slug.encode()
    if len(data) <= LONGEST_FILE_NAME:
        return slug
    return f"{data[: LONGEST_FILE_NAME - 20].decode(errors='ignore')}-{digest_of(data)[:12]}"


def topic_of(build: BuildContext, spelling: str) -> str:
    """Return the slug of the topic that a spelling means."""
    slug = slug_of(spelling)
    row = build.store.row("SELECT topic FROM topic_name WHERE spelling = ?", (slug,))
    return row[0] if row else slug


def link(build: BuildContext, topic: str) -> TopicLink:
    """Return a link to a topic."""
    memo = build.cache(_LINKS)
    if topic not in memo:
        memo[topic] = TopicLink(name=label(build, topic), slug=topic, url=f"topics/{topic}/")
    return memo[topic]


def links(build: BuildContext, topics: Iterable[str]) -> tuple[TopicLink, ...]:
    """Return links to those of the topics that have a page. A topic without listed posts has none."""
    return tuple(link(build, topic) for topic in topics if _has_page(build, topic))


def _has_page(build: BuildContext, topic: str) -> bool:
    """Return whether a topic has a page."""
    memo = build.cache(_HAVE_PAGES)
    if topic not in memo:
        memo[topic] = build.store.row("SELECT 1 FROM topic_label WHERE topic = ?", (topic,)) is not None
    return memo[topic]


def label(build: BuildContext, topic: str) -> str:
    """Return the name of a topic: as in the topics file, else as in its oldest post. So a new post does not change it."""
    row = build.store.row("SELECT label FROM topic_label WHERE topic = ?", (topic,))
    return row[0] if row else topic


def relabel(build: BuildContext, topics: Iterable[str], dirty: Invalidations) -> None:
    """Update the names of topics, and invalidate TOPIC_LABEL of those that changed.

    Only topics of listed posts have a page and a name.
    """
    for topic in topics:
        oldest = build.store.row(_OLDEST, (topic, topic))
        file = build.store.row("SELECT label FROM topic WHERE slug = ?", (topic,)) if oldest else None
        now = file or oldest
        before = build.store.row("SELECT label FROM topic_label WHERE topic = ?", (topic,))
        if now != before:
            dirty.add(TOPIC_LABEL, topic)
            _spell(build, topic, now[0] if now else None, dirty)


def _spell(build: BuildContext, topic: str, spelling: str | None, dirty: Invalidations) -> None:
    """Store the name of a topic (None: it has no page any more), and its place in the index."""
    build.store.run("DELETE FROM topic_label WHERE topic = ?", (topic,))
    if spelling is None:
        filing.remove(build, "topics", topic, dirty)
        return
    build.store.run("INSERT INTO topic_label VALUES (?, ?)", (topic, spelling))
    filing.put(build, "topics", topic, spelling, dirty)


_OLDEST = """
SELECT t.spelling FROM listing l JOIN post_topic t ON t.post = l.post AND t.topic = ?
WHERE l.list = 'topic:' || ? ORDER BY l.date, l.post LIMIT 1
"""


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Update the tables with the entries of the topics file."""
    change = changes.get(SOURCE)
    if change is None:
        return
    before = _state(build)
    for table in ("topic", "topic_name", "topic_parent"):
        build.store.run(f"DELETE FROM {table}")
    entries = change.new.entries if isinstance(change.new, Topics) else ()
    _report_twice(build, entries)
    for entry in entries:
        _put(build, entry)
    after = _state(build)
    dirty.add(TOPIC, *{row[0] for row in before["topic"] ^ after["topic"]})
    dirty.add(TOPIC_NAME, *{slug for row in before["topic_name"] ^ after["topic_name"] for slug in row})


def _put(build: BuildContext, entry: TopicEntry) -> None:
    """Add an entry with its synonyms and parents."""
    slug = slug_of(entry.name)
    values = (slug, entry.name, entry.description, "\n".join(entry.synonyms))
    build.store.run("INSERT OR IGNORE INTO topic VALUES (?, ?, ?, ?)", values)
    names = {slug_of(synonym) for synonym in entry.synonyms} - {slug}
    build.store.many("INSERT OR IGNORE INTO topic_name VALUES (?, ?)", [(name, slug) for name in sorted(names)])
    parents = {slug_of(parent) for parent in entry.parents} - {slug}
    build.store.many("INSERT OR IGNORE INTO topic_parent VALUES (?, ?)", [(slug, parent) for parent in sorted(parents)])


def _report_twice(build: BuildContext, entries: tuple[TopicEntry, ...]) -> None:
    """Report spellings that two entries have."""
    taken: dict[str, str] = {}
    problems = []
    for entry in entries:
        for spelling in (entry.name, *entry.synonyms):
            other = taken.setdefault(slug_of(spelling), entry.name)
            if other != entry.name:
                problems.append(
                    messages.TOPIC_TWICE.problem(build.shown(SOURCE), spelling=spelling, topic=entry.name, other=other)
                )
    build.report(SOURCE, "topics", problems)


def _state(build: BuildContext) -> dict[str, set[tuple[str, ...]]]:
    """Return the rows by which topics and spellings are compared before and after a change."""
    parents = set(build.store.rows("SELECT child, parent FROM topic_parent"))
    rows = set(build.store.rows("SELECT slug, label, description, synonyms FROM topic"))
    rows |= {(name, "parent", other) for pair in parents for name, other in (pair, pair[::-1])}
    return {"topic": rows, "topic_name": set(build.store.rows("SELECT spelling, topic FROM topic_name"))}
