"""Which lists of blogs there are as OPML, what reaches them, and whose blogs stand in each, in the directory's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bylines.engine import filing, links, listing
from bylines.engine.feature import Draft
from bylines.engine.listing import ROW
from bylines.engine.loom import Loom, Touched
from bylines.features.blogs.facts import GROUP, GROUP_TITLE
from bylines.features.blogs.relations import blog_link, is_group
from bylines.features.exports.inputs import OpmlInputs
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.people.relations import CATALOGUE
from bylines.features.topics import relations as topics
from bylines.features.topics.facts import TOPIC_LABEL
from bylines.letters import letter_id

_ALL = "blogs:"


def keys(loom: Loom) -> Iterable[str]:
    """All blogs, and those of each letter, topic and group: 'blogs:', 'letter:S', 'topic:tides', 'group:crew'."""
    yield _ALL
    yield from (f"letter:{letter}" for letter, _ in filing.letters(loom, CATALOGUE))
    yield from loom.store.column("SELECT list FROM tally WHERE list >= 'topic:' AND list < 'topic;'")
    yield from (f"group:{handle}" for handle in loom.store.column("SELECT handle FROM team ORDER BY handle"))


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """The lists of those who come, go or are called otherwise; topics on which somebody writes for the first time."""
    moved = filing.moved(touched, CATALOGUE)
    handles = touched[BYLINE] | touched[GROUP_TITLE] | (touched[PERSON] if moved else set())
    letters = {*moved, *filter(None, (filing.letter_of(loom, CATALOGUE, handle) for handle in handles))}
    found = {f"letter:{letter}" for letter in letters}
    if letters:
        found.add(_ALL)
    found.update(f"group:{handle}" for handle in touched[GROUP])
    for handle in handles:
        found.update(f"group:{team}" for team in loom.store.column(_GROUPS, (handle,)))
        found.update(loom.store.column(_TOPICS, (f"blog:{handle}",)))
    found.update(f"topic:{topic}" for topic in touched[TOPIC_LABEL])
    return found | _newly_written(loom, touched)


_GROUPS = "SELECT team FROM member WHERE handle = ?"
_TOPICS = """
SELECT DISTINCT t.list FROM listing b CROSS JOIN listing t ON t.post = b.post
WHERE b.list = ? AND t.list >= 'topic:' AND t.list < 'topic;'
"""


def _newly_written(loom: Loom, touched: Touched) -> set[str]:
    """The topics on which a blog may have its first posts, or none any more."""
    rows: dict[str, set[str]] = {}
    for row in touched[ROW]:
        rows.setdefault(row.post, set()).add(row.list)
    moved: Counter[tuple[str, str]] = Counter()
    for post, lists in rows.items():
        every = {*lists, *loom.store.column("SELECT list FROM listing WHERE post = ?", (post,))}
        blogs = [name for name in every if name.startswith("blog:")]
        on = [name for name in every if name.startswith("topic:")]
        moved.update((topic, blog) for topic in on for blog in blogs if topic in lists or blog in lists)
    return {topic for (topic, blog), count in moved.items() if _posts(loom, topic, blog) <= count}


def _posts(loom: Loom, topic: str, blog: str) -> int:
    return int(loom.store.rows(_COUNT, (blog, topic.removeprefix("topic:")))[0][0])


_COUNT = """
SELECT count(*) FROM listing b CROSS JOIN post_topic t ON t.post = b.post AND t.topic = ?2 WHERE b.list = ?1
"""


def draft(loom: Loom, key: str) -> Draft | None:
    """A list; None where there is no such letter, topic or group (any more)."""
    kind, _, name = key.partition(":")
    head = _HEADS[kind](loom, name)
    if head is None:
        return None
    title, path = head
    rows = loom.store.rows(QUERIES[kind], (name,) if name else ())
    if kind == "letter" and not rows:
        return None
    below = links.absolute(loom, "blogs/")  # a handle stands in an address as it is
    blogs = tuple((called, f"{below}{handle}/") for called, handle in rows)
    return Draft(path=path, view=OpmlInputs(title, blogs))


def _whole(loom: Loom, name: str) -> tuple[str, str] | None:
    return loom.site.name, "blogs.opml"


def _letter(loom: Loom, letter: str) -> tuple[str, str] | None:
    return f"{loom.site.name} · {letter}", f"directory/{letter_id(letter)}/blogs.opml"


def _topic(loom: Loom, topic: str) -> tuple[str, str] | None:
    if not listing.tally(loom, f"topic:{topic}")[0]:
        return None
    own = topics.link(loom, topic)
    return f"{loom.site.name} · {own.name}", f"{own.url}blogs.opml"


def _group(loom: Loom, handle: str) -> tuple[str, str] | None:
    if not is_group(loom, handle):
        return None
    own = blog_link(loom, handle)
    return f"{loom.site.name} · {own.title}", f"{own.url}members.opml"


_HEADS = {"blogs": _whole, "letter": _letter, "topic": _topic, "group": _group}

# Names as people say them, not as they are filed.
_NAMED = """
SELECT coalesce(team.title, person.name || coalesce(' (' || apart.words || ')', '')), filed.key FROM {among}
LEFT JOIN team ON team.handle = filed.key LEFT JOIN person ON person.handle = filed.key
LEFT JOIN apart ON apart.handle = filed.key
WHERE filed.catalogue = 'blogs' {where} ORDER BY filed.place, filed.letter, filed.sort_key, filed.key
"""
# The few are looked for in the directory, not the directory gone through.
_OF_GROUP = "member CROSS JOIN filed ON filed.key = member.handle"
_ON_TOPIC = """
listing t CROSS JOIN listing b ON b.post = t.post AND b.list >= 'blog:' AND b.list < 'blog;'
CROSS JOIN filed ON filed.key = substr(b.list, 6)
"""
QUERIES = {
    "blogs": _NAMED.format(among="filed", where=""),
    "letter": _NAMED.format(among="filed INDEXED BY filed_place", where="AND filed.letter = ?"),
    "topic": _NAMED.format(among=_ON_TOPIC, where="AND t.list = 'topic:' || ? GROUP BY filed.key"),
    "group": _NAMED.format(among=_OF_GROUP, where="AND member.team = ? GROUP BY filed.key"),
}
