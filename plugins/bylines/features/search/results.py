"""Writes the facts that search shows beside each result, and filters by: date, authors and topics.

They are in files apart from the index, so that a new name of a person does not change the index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import Body, PageInputs
from bylines.features.people.bylines import byline
from bylines.features.people.bylines import called as name_of
from bylines.features.search import index, shards
from bylines.features.search.facts import SEARCH_RESULT, SEARCH_SHARD
from bylines.features.topics import relations as topics

if TYPE_CHECKING:
    from bylines.settings import Site


class Result(msgspec.Struct, frozen=True, array_like=True):
    """A post: its address, the day of its date, its authors' handles, its topics' slugs."""

    url: str
    day: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]


class ResultsInputs(msgspec.Struct, frozen=True):
    """The inputs of a shard's file: its posts, and the names of their authors and topics."""

    posts: tuple[Result, ...]
    people: dict[str, str]
    topics: dict[str, str]


keys = index.keys


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the shards that came or went, and those with a post whose results may show something else."""
    return dirty[SEARCH_SHARD] | shards.of_keys(build, dirty[SEARCH_RESULT])


def inputs(build: BuildContext, prefix: str) -> PageInputs | None:
    """Return the inputs of a shard's file; None if there is no such shard."""
    if not build.store.row("SELECT 1 FROM search_shard WHERE prefix = ?", (prefix,)):
        return None
    bounds = shards.bounds(prefix)
    authors, about = _group(build, _AUTHORS, bounds), _group(build, _TOPICS, bounds)
    people = {handle: name_of(found) for handle in _all(authors) if (found := byline(build, handle))}
    called = {link.slug: link.name for link in topics.links(build, _all(about))}
    posts = tuple(
        Result(
            url=url,
            day=build.moment(date).date().isoformat(),
            authors=tuple(handle for handle in authors[name] if handle in people),
            topics=tuple(topic for topic in about[name] if topic in called),
        )
        for name, url, date in build.store.rows(_POSTS, bounds)
    )
    return PageInputs(path=f"search/facts/{shards.name_of(prefix)}.json", view=ResultsInputs(posts, people, called))


def _group(build: BuildContext, sql: str, bounds: tuple[str, str]) -> dict[str, list[str]]:
    """Return the values of the shard's posts, by post."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in build.store.rows(sql, bounds):
        found[name].append(value)
    return found


def _all(found: dict[str, list[str]]) -> list[str]:
    """Return all values, each once, in order."""
    return sorted({value for values in found.values() for value in values})


_OF = "SELECT {} FROM search_post AS s CROSS JOIN {} WHERE s.key >= ? AND s.key < ? ORDER BY {}"
_POSTS = _OF.format("s.name, s.url, post.date", "post ON post.name = s.name", "s.url")
_AUTHORS = _OF.format(
    "s.name, coalesce(a.handle, post.blog)",
    "post ON post.name = s.name LEFT JOIN post_author AS a ON a.post = s.name AND a.known",
    "s.name, a.position",
)
_TOPICS = _OF.format("s.name, t.topic", "post_topic AS t ON t.post = s.name", "s.name, t.position")


def render(site: Site, inputs: ResultsInputs, html_of: Callable[[Body], str]) -> bytes:
    """Return the file's bytes: people and topics, then one line for each post, which refers to them by number."""
    people, called = ({key: number for number, key in enumerate(names)} for names in (inputs.people, inputs.topics))
    posts = (
        (post.url, post.day, [people[handle] for handle in post.authors], [called[topic] for topic in post.topics])
        for post in inputs.posts
    )
    names = (msgspec.json.encode(list(found.items())) for found in (inputs.people, inputs.topics))
    return b'{"people":%s,\n"topics":%s,\n"posts":[\n%s\n]}\n' % (*names, b",\n".join(map(msgspec.json.encode, posts)))
