"""Assembles the search page, and the list of shards that its script loads first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import Body, PageInputs
from bylines.engine.views import View
from bylines.features.search import index, shards
from bylines.features.search.facts import SEARCH_KEY, SEARCH_SHARD
from bylines.features.search.pagefind import VERSION

if TYPE_CHECKING:
    from bylines.settings import Site


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """A shard: its name, its language, and the years of its posts, the newest first."""

    name: str
    lang: str
    years: tuple[int, ...]


class ListInputs(msgspec.Struct, frozen=True):
    """The inputs of the list: all shards, newest first. `version` is Pagefind's."""

    version: str
    shards: tuple[Listed, ...]


def keys(build: BuildContext) -> Iterable[str]:
    """Return the key of the only page."""
    return ("search",)


def inputs(build: BuildContext, key: str) -> PageInputs:
    """Return the inputs of the page."""
    return PageInputs(path="search/index.html", view=View())


def list_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the list if a shard or a post came or went, since the post may be the only one of its year."""
    return keys(build) if dirty.any(SEARCH_SHARD, SEARCH_KEY) else ()


def list_inputs(build: BuildContext, key: str) -> PageInputs:
    """Return the inputs of the list. They have no counts, so a new post rarely changes them."""
    found = [
        Listed(shards.name_of(prefix), shards.language_of(prefix), _years(build, prefix))
        for prefix in index.keys(build)
    ]
    found.sort(key=lambda shard: (*(-year for year in shard.years[:1]), _newer_first(shard.name)))
    return PageInputs(path="search/-list.json", view=ListInputs(VERSION, tuple(found)))


def _newer_first(name: str) -> list[int]:
    """Return a sort key that puts names with later dates first."""
    return [-ord(character) for character in name.partition("-")[2]]


def _years(build: BuildContext, prefix: str) -> tuple[int, ...]:
    """Return the years of a shard's posts, newest first."""
    rest = prefix.partition(" ")[2]
    if rest:
        return (int(rest[:4]),)
    begin = len(prefix) + 1
    rows = build.store.column(_YEARS, (begin, *shards.bounds(prefix)))
    return tuple(int(year) for year in rows)


_YEARS = "SELECT DISTINCT substr(key, ?, 4) AS year FROM search_post WHERE key >= ? AND key < ? ORDER BY year DESC"


def listed(site: Site, inputs: ListInputs, html_of: Callable[[Body], str]) -> bytes:
    """Return the bytes of the list."""
    return msgspec.json.encode(inputs) + b"\n"
