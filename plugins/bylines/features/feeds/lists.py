"""The lists of posts that have feeds: the site, each blog, each topic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine import listing
from bylines.engine.loom import Loom, Touched
from bylines.features.blogs.relations import blog_link
from bylines.features.people.bylines import byline
from bylines.features.topics import relations as topics

SITE = "site"
PREFIXES = {"blogs": "blog:", "topics": "topic:", "site": SITE}
"""How the names of lists of a kind begin."""


class Head(NamedTuple):
    """Whose posts a list has."""

    title: str
    url: str
    """Of the page that shows them, relative to the site's root; their feeds stand below it."""


def names(loom: Loom, kinds: Iterable[str] = tuple(PREFIXES)) -> list[str]:
    """The lists of these kinds that have a feed. A blog has one before its first post."""
    return [name for kind in kinds for name in _of_kind(loom, kind)]


def _of_kind(loom: Loom, kind: str) -> Iterable[str]:
    if kind == "site":
        return (SITE,)
    if kind == "blogs":
        blogs = loom.store.column("SELECT handle FROM person UNION SELECT handle FROM team ORDER BY handle")
        return (f"blog:{handle}" for handle in blogs)
    return loom.store.column("SELECT list FROM tally WHERE list >= 'topic:' AND list < 'topic;'")


def renamed(touched: Touched) -> set[str]:
    """The lists of those who may be called otherwise now."""
    blogs = touched["person"] | touched["group"] | touched["byline"]
    return {*(f"blog:{handle}" for handle in blogs), *(f"topic:{topic}" for topic in touched["topic_label"])}


def head(loom: Loom, name: str) -> Head | None:
    """Whose posts a list has; None where there is no such list (any more)."""
    kind, _, key = name.partition(":")
    if kind == "blog":
        blog = blog_link(loom, key)
        return Head(blog.title, blog.url) if byline(loom, key) else None
    if kind == "topic":
        topic = topics.link(loom, key)
        return Head(topic.name, topic.url) if listing.tally(loom, name)[0] else None
    return Head(loom.site.name, "")
