"""The page of search, and the list of shards that its script begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from bylines.engine.feature import Body, Draft
from bylines.engine.loom import Loom, Touched
from bylines.features.search import index, shards
from bylines.features.search.facts import SEARCH_KEY, SEARCH_SHARD
from bylines.features.search.pagefind import VERSION
from bylines.views import View

if TYPE_CHECKING:
    from bylines.settings import Site


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """A shard: its name, its language, and the years of its posts, the newest first."""

    name: str
    lang: str
    years: tuple[int, ...]


class ListInputs(msgspec.Struct, frozen=True):
    """All shards, the newest first; `version` is Pagefind's."""

    version: str
    shards: tuple[Listed, ...]


def keys(loom: Loom) -> Iterable[str]:
    """There is one."""
    return ("search",)


def draft(loom: Loom, key: str) -> Draft:
    """The page."""
    return Draft(path="search/index.html", view=View())


def list_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """A shard that came or went, or a post that did: perhaps it is the first of its year."""
    return keys(loom) if touched.any(SEARCH_SHARD, SEARCH_KEY) else ()


def list_draft(loom: Loom, key: str) -> Draft:
    """The list. It has no counts, so that a new post leaves it as it is."""
    found = [
        Listed(shards.name_of(prefix), shards.language_of(prefix), _years(loom, prefix)) for prefix in index.keys(loom)
    ]
    found.sort(key=lambda shard: (*(-year for year in shard.years[:1]), _newer_first(shard.name)))
    return Draft(path="search/-list.json", view=ListInputs(VERSION, tuple(found)))


def _newer_first(name: str) -> list[int]:
    return [-ord(character) for character in name.partition("-")[2]]


def _years(loom: Loom, prefix: str) -> tuple[int, ...]:
    rest = prefix.partition(" ")[2]
    if rest:
        return (int(rest[:4]),)
    begin = len(prefix) + 1
    rows = loom.store.column(_YEARS, (begin, *shards.bounds(prefix)))
    return tuple(int(year) for year in rows)


_YEARS = "SELECT DISTINCT substr(key, ?, 4) AS year FROM search_post WHERE key >= ? AND key < ? ORDER BY year DESC"


def listed(site: Site, inputs: ListInputs, html_of: Callable[[Body], str]) -> bytes:
    """The file."""
    return msgspec.json.encode(inputs) + b"\n"
