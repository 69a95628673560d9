"""The OPML lists of blogs: which there are, which a change affects, and the blogs in each, in the directory's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bylines.collation import letter_id
from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import FeedLinks
from bylines.engine.feature import PageInputs
from bylines.engine.weave import filing, links, listing
from bylines.engine.weave.listing import ROW
from bylines.features.blogs.facts import GROUP, GROUP_TITLE
from bylines.features.blogs.relations import blog_link, is_group
from bylines.features.exports.inputs import OpmlInputs
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.people.relations import CATALOGUE
from bylines.features.topics import relations as topics
from bylines.features.topics.facts import TOPIC_LABEL

_ALL = "blogs:"


def has_feeds(build: BuildContext) -> bool:
    """Return whether the site has feeds."""
    return bool(build.contributions(FeedLinks))


def keys(build: BuildContext) -> Iterable[str]:
    """Yield the keys of all lists: 'blogs:' for all blogs, then 'letter:S', 'topic:tides', 'group:crew'.

    Yields nothing if the site has no feeds, since the lists are lists of feeds.
    """
    if not has_feeds(build):
        return
    yield _ALL
    yield from (f"letter:{letter}" for letter, _ in filing.letters(build, CATALOGUE))
    yield from build.store.column("SELECT list FROM list_count WHERE list >= 'topic:' AND list < 'topic;'")
    yield from (f"group:{handle}" for handle in build.store.column("SELECT handle FROM team ORDER BY handle"))


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the lists whose blogs were added, removed or renamed, and the topics on which a blog has its first post."""
    moved = filing.moved(dirty, CATALOGUE)
    handles = dirty[BYLINE] | dirty[GROUP_TITLE] | (dirty[PERSON] if moved else set())
    letters = {*moved, *filter(None, (filing.letter_of(build, CATALOGUE, handle) for handle in handles))}
    found = {f"letter:{letter}" for letter in letters}
    if letters:
        found.add(_ALL)
    found.update(f"group:{handle}" for handle in dirty[GROUP])
    for handle in handles:
        found.update(f"group:{team}" for team in build.store.column(_GROUPS, (handle,)))
        found.update(build.store.column(_TOPICS, (f"blog:{handle}",)))
    found.update(f"topic:{topic}" for topic in dirty[TOPIC_LABEL])
    return found | _newly_written(build, dirty)


_GROUPS = "SELECT team FROM member WHERE handle = ?"
_TOPICS = """
SELECT DISTINCT t.list FROM listing b CROSS JOIN listing t ON t.post = b.post
WHERE b.list = ? AND t.list >= 'topic:' AND t.list < 'topic;'
"""


def _newly_written(build: BuildContext, dirty: Invalidations) -> set[str]:
    """Return the topics on which a blog may have got its first posts or lost its last."""
    rows: dict[str, set[str]] = {}
    for row in dirty[ROW]:
        rows.setdefault(row.post, set()).add(row.list)
    moved: Counter[tuple[str, str]] = Counter()
    for post, lists in rows.items():
        every = {*lists, *build.store.column("SELECT list FROM listing WHERE post = ?", (post,))}
        blogs = [name for name in every if name.startswith("blog:")]
        on = [name for name in every if name.startswith("topic:")]
        moved.update((topic, blog) for topic in on for blog in blogs if topic in lists or blog in lists)
    return {topic for (topic, blog), count in moved.items() if _posts(build, topic, blog) <= count}


def _posts(build: BuildContext, topic: str, blog: str) -> int:
    return int(build.store.rows(_COUNT, (blog, topic.removeprefix("topic:")))[0][0])


_COUNT = """
SELECT count(*) FROM listing b CROSS JOIN post_topic t ON t.post = b.post AND t.topic = ?2 WHERE b.list = ?1
"""


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of a list; None if there is no such letter, topic or group (any more)."""
    kind, _, name = key.partition(":")
    head = _HEADS[kind](build, name) if has_feeds(build) else None
    if head is None:
        return None
    title, path = head
    rows = build.store.rows(QUERIES[kind], (name,) if name else ())
    if kind == "letter" and not rows:
        return None
    below = links.absolute(build, "blogs/")  # handles need no quoting in an address
    blogs = tuple((called, f"{below}{handle}/") for called, handle in rows)
    return PageInputs(path=path, view=OpmlInputs(title, blogs))


def _whole(build: BuildContext, name: str) -> tuple[str, str] | None:
    return build.site.name, "blogs.opml"


def _letter(build: BuildContext, letter: str) -> tuple[str, str] | None:
    return f"{build.site.name} · {letter}", f"directory/{letter_id(letter)}/blogs.opml"


def _topic(build: BuildContext, topic: str) -> tuple[str, str] | None:
    if not listing.count(build, f"topic:{topic}")[0]:
        return None
    own = topics.link(build, topic)
    return f"{build.site.name} · {own.name}", f"{own.url}blogs.opml"


def _group(build: BuildContext, handle: str) -> tuple[str, str] | None:
    if not is_group(build, handle):
        return None
    own = blog_link(build, handle)
    return f"{build.site.name} · {own.title}", f"{own.url}members.opml"


_HEADS = {"blogs": _whole, "letter": _letter, "topic": _topic, "group": _group}

# Names in their usual order, not as the directory sorts them.
_NAMED = """
SELECT coalesce(team.title, person.name || coalesce(' (' || apart.words || ')', '')), index_entry.key FROM {among}
LEFT JOIN team ON team.handle = index_entry.key LEFT JOIN person ON person.handle = index_entry.key
LEFT JOIN apart ON apart.handle = index_entry.key
WHERE index_entry.catalogue = 'blogs' {where} ORDER BY index_entry.place, index_entry.letter, index_entry.sort_key, index_entry.key
"""
# Looks up the few members in the directory, rather than scanning the whole directory.
_OF_GROUP = "member CROSS JOIN index_entry ON index_entry.key = member.handle"
_ON_TOPIC = """
listing t CROSS JOIN listing b ON b.post = t.post AND b.list >= 'blog:' AND b.list < 'blog;'
CROSS JOIN index_entry ON index_entry.key = substr(b.list, 6)
"""
QUERIES = {
    "blogs": _NAMED.format(among="index_entry", where=""),
    "letter": _NAMED.format(among="index_entry INDEXED BY index_entry_place", where="AND index_entry.letter = ?"),
    "topic": _NAMED.format(among=_ON_TOPIC, where="AND t.list = 'topic:' || ? GROUP BY index_entry.key"),
    "group": _NAMED.format(among=_OF_GROUP, where="AND member.team = ? GROUP BY index_entry.key"),
}
