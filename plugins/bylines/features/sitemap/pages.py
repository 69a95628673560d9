"""Assembles the parts of the sitemap: posts by month; and contributed addresses, divided by a hash if there are many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from bylines.engine.context import BuildContext, Cache, Invalidations
from bylines.engine.contributions import SitemapUrls
from bylines.engine.facts import BODY
from bylines.engine.feature import PageInputs
from bylines.engine.weave import links
from bylines.engine.weave.listing import ROW

_SHELVES = Cache[str, dict[str, tuple[tuple[str, str], ...]]]("the addresses of a kind, by part")
_FEW = 10_000
_BUCKETS = 64
# A sitemap may have 50,000 addresses (sitemaps.org).
_MOST = 45_000


class PartInputs(msgspec.Struct, frozen=True):
    """The inputs of a part: (absolute address, day of the last change; empty if unknown)."""

    urls: tuple[tuple[str, str], ...]


class IndexInputs(msgspec.Struct, frozen=True):
    """The inputs of the index: the absolute addresses of the parts."""

    parts: tuple[str, ...]


class RobotsInputs(msgspec.Struct, frozen=True):
    """The inputs of robots.txt: the absolute address of the index; empty if there is none."""

    sitemap: str


def keys(build: BuildContext) -> Iterable[str]:
    """Return the names of all parts: 'posts-2026-05', 'blogs', 'topics', 'pages' …"""
    if not build.site.url:
        return []
    months = build.store.rows(
        "SELECT list, posts FROM list_count WHERE list >= 'month:' AND list < 'month;' ORDER BY list"
    )
    found = [f"posts-{name[6:]}{_number(n)}" for name, posts in months for n in range(1 + (posts - 1) // _MOST)]
    for part, contributed in _parts(build).items():
        entries = sum(each.count(build) for each in contributed)
        found += [part] if entries < _FEW else [f"{part}-{n:02}" for n in range(_BUCKETS)]
    return found


def _parts(build: BuildContext) -> dict[str, list[SitemapUrls]]:
    """Return what capabilities contribute to each part; posts are not among them."""
    found: dict[str, list[SitemapUrls]] = {}
    for each in build.contributions(SitemapUrls):
        found.setdefault(each.part, []).append(each)
    return found


def _number(index: int) -> str:
    """Return the suffix of a further part of a month; empty for the first."""
    return f"-{index + 1}" if index else ""


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the months with a post that changed, and the parts in which an address may have come or gone."""
    months = {row.list for row in dirty[ROW] if row.list.startswith("month:")}
    for name in dirty[BODY]:
        months.update(build.store.column(_MONTH_OF, (name,)))
    stems = [f"posts-{name[6:]}" for name in months]
    stems += [each.part for each in build.contributions(SitemapUrls) if each.is_affected(dirty)]
    there = {*keys(build), *build.store.column("SELECT key FROM page WHERE kind = 'sitemap-part'")} if stems else set()
    return {key for key in there if key.startswith(tuple(stems))}


_MONTH_OF = "SELECT list FROM listing WHERE post = ? AND list >= 'month:' AND list < 'month;'"


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of a part; None if there is no such part."""
    if not build.site.url:
        return None
    kind, _, rest = key.partition("-")
    urls = _posts(build, rest) if kind == "posts" else _shelves(build, kind).get(rest)
    return PageInputs(path=f"sitemaps/{key}.xml", view=PartInputs(urls)) if urls is not None else None


def _posts(build: BuildContext, rest: str) -> tuple[tuple[str, str], ...] | None:
    """Return the posts of a part ('2026-05', or '2026-05-2' for its second part); None if it has none."""
    month, number = rest[:7], int(rest[8:] or 1)
    rows = build.store.rows(_OF_MONTH, (f"month:{month}", _MOST, (number - 1) * _MOST))
    return tuple((links.absolute(build, url), day) for url, day in rows) or None


_OF_MONTH = """
SELECT url, changed FROM listing CROSS JOIN post ON post.name = listing.post
WHERE listing.list = ? ORDER BY listing.date, listing.post LIMIT ? OFFSET ?
"""


def _shelves(build: BuildContext, kind: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return all contributed addresses of a part by bucket ('00' …), or all under '' if they are few."""
    memo = build.cache(_SHELVES)
    contributed = _parts(build).get(kind, ())
    if not contributed:
        return {}
    if kind not in memo:
        urls = [links.absolute(build, url) for each in contributed for url in each.urls(build)]
        found: dict[str, list[tuple[str, str]]] = {f"{n:02}": [] for n in range(_BUCKETS)}
        for url in urls:
            found[f"{_hash(url):02}"].append((url, ""))
        few = {"": tuple((url, "") for url in urls)}
        memo[kind] = few if len(urls) < _FEW else {number: tuple(some) for number, some in found.items()}
    return memo[kind]


def _hash(url: str) -> int:
    """Return the bucket of an address."""
    return hashlib.sha1(url.encode(), usedforsecurity=False).digest()[0] % _BUCKETS


def index_keys(build: BuildContext) -> Iterable[str]:
    """Return the key of the only index."""
    return ("index",)


def index_affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the index if anything changed, since a part may have come or gone."""
    return ("index",) if dirty else ()


def index_inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the index; None without SITEURL."""
    if not build.site.url:
        return None
    return PageInputs(
        path="sitemap.xml", view=IndexInputs(tuple(f"{build.site.url}/sitemaps/{key}.xml" for key in keys(build)))
    )


def robots_inputs(build: BuildContext, key: str) -> PageInputs:
    """Return the inputs of robots.txt."""
    return PageInputs(path="robots.txt", view=RobotsInputs(f"{build.site.url}/sitemap.xml" if build.site.url else ""))
