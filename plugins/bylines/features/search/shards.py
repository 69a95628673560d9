"""Divides the posts into shards of one language and one period each, so that a new post changes only one of them.

Each post has a key: language, year, quarter, month and a hash of its address. A shard is a prefix of keys. If it would
have more than `MOST` posts, it is divided at the next of these parts. So full shards of the past never change, and
the shards depend only on the posts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.facts import BODY, CARD
from bylines.engine.weave.changes import Changes
from bylines.engine.weave.listing import ROW
from bylines.engine.workers.pool import batched
from bylines.features.search.facts import SEARCH_KEY, SEARCH_RESULT, SEARCH_SHARD

MOST = 1_000
"""The largest number of posts in a shard."""

SCHEMA = """
CREATE TABLE search_post (name TEXT PRIMARY KEY, key TEXT NOT NULL, url TEXT NOT NULL, read TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX search_post_key ON search_post (key, url);
CREATE TABLE search_shard (prefix TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_BITS = 24
_AT_ONCE = 1_000
_END = "\U0010ffff"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")
# The posts that lists show, and their translations; those in the sitemap are the same.
_POSTS = "SELECT name, url, date, lang, read FROM post WHERE state >= 2"
_POST = f"{_POSTS} AND name = ?"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM search_post WHERE key >= ? AND key < ? LIMIT ?)"


def key_of(build: BuildContext, url: str, date: int, lang: str) -> str:
    """Return a post's key: 'en 2026' + '2' (the quarter) + '05' + the bits of the hash."""
    moment = build.moment(date)
    found = _LANGUAGE.match(lang.lower())
    bits = int.from_bytes(hashlib.sha1(url.encode(), usedforsecurity=False).digest()[:4]) >> 32 - _BITS
    when = f"{moment.year:04}{(moment.month + 2) // 3}{moment.month:02}"
    return f"{found[0] if found else 'und'} {when}{bits:0{_BITS}b}"


def beginnings(key: str) -> Iterator[str]:
    """Yield the prefixes of a key that may be its shard, shortest first: language, year, quarter, month, bits."""
    lang = key.index(" ") + 1
    for length in (0, 4, 5, 7, *range(8, 8 + _BITS)):
        yield key[: lang + length]


def name_of(prefix: str) -> str:
    """Return a shard's name: 'en', 'en-2026', 'en-2026-q2', 'en-2026-05', 'en-2026-05-01'."""
    lang, _, rest = prefix.partition(" ")
    year, quarter, month, bits = rest[:4], rest[4:5], rest[5:7], rest[7:]
    return "-".join(filter(None, (lang, year, month or (quarter and f"q{quarter}"), bits)))


def bounds(prefix: str) -> tuple[str, str]:
    """Return the range of the keys with a prefix (start, end)."""
    return prefix, prefix + _END


def language_of(prefix: str) -> str:
    """Return the language of a shard."""
    return prefix.partition(" ")[0]


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Update posts and shards, and invalidate those that changed."""
    if build.store.fresh:
        _fill(build)
        return
    names = dirty[BODY] | dirty[CARD] | {row.post for row in dirty[ROW] if row.list.startswith("month:")}
    moved: set[str] = set()
    for name in sorted(names):
        moved |= _replace(build, name, dirty)
    _settle(build, moved, dirty)


def _fill(build: BuildContext) -> None:
    """Add all posts and shards in a first build."""
    found = (
        (name, key_of(build, url, date, lang), url, read) for name, url, date, lang, read in build.store.rows(_POSTS)
    )
    for some in batched(found, _AT_ONCE):
        build.store.many("INSERT INTO search_post VALUES (?, ?, ?, ?)", some)
    for lang in build.store.column("SELECT DISTINCT substr(key, 1, instr(key, ' ')) FROM search_post"):
        build.store.many("INSERT INTO search_shard VALUES (?)", ((prefix,) for prefix in _below(build, lang)))


def _replace(build: BuildContext, name: str, dirty: Invalidations) -> set[str]:
    """Update a post's row. Return the keys at which a post came or went."""
    before = build.store.row("SELECT key, url, read FROM search_post WHERE name = ?", (name,))
    row = build.store.row(_POST, (name,))
    now = (key_of(build, *row[1:4]), row[1], row[4]) if row else None
    dirty.add(SEARCH_RESULT, *(found[0] for found in (before, now) if found))
    if before == now:
        return set()
    build.store.run("DELETE FROM search_post WHERE name = ?", (name,))
    if now:
        build.store.run("INSERT INTO search_post VALUES (?, ?, ?, ?)", (name, *now))
    keys = {found[0] for found in (before, now) if found}
    dirty.add(SEARCH_KEY, *keys)
    return keys if (before is None or now is None or before[0] != now[0]) else set()


def _settle(build: BuildContext, keys: Iterable[str], dirty: Invalidations) -> None:
    """Divide and join the shards on the paths to keys at which posts came or went."""
    for key in sorted(keys):
        shard, many = _place(build, key)
        longer = [row for row in build.store.column(_WITHIN, bounds(shard)) if row != shard]
        shorter = [prefix for prefix in beginnings(key) if len(prefix) < len(shard) and _is_shard(build, prefix)]
        now = [*_below(build, shorter[0])] if shorter else [shard] if many else []
        before = {*longer, *shorter, *([shard] if _is_shard(build, shard) else [])}
        if before != set(now):
            build.store.many("DELETE FROM search_shard WHERE prefix = ?", ((prefix,) for prefix in before))
            build.store.many("INSERT INTO search_shard VALUES (?)", ((prefix,) for prefix in now))
            dirty.add(SEARCH_SHARD, *(before ^ set(now)))


_WITHIN = "SELECT prefix FROM search_shard WHERE prefix >= ? AND prefix < ?"


def _is_shard(build: BuildContext, prefix: str) -> bool:
    return build.store.row("SELECT 1 FROM search_shard WHERE prefix = ?", (prefix,)) is not None


def _count(build: BuildContext, prefix: str) -> int:
    """Return how many posts have a prefix, or `MOST + 1` if there are more than `MOST`."""
    return int(build.store.rows(_COUNT, (*bounds(prefix), MOST + 1))[0][0])


def _place(build: BuildContext, key: str) -> tuple[str, int]:
    """Return the shard that has, or would have, a key, and how many posts it has."""
    for prefix in beginnings(key):
        many = _count(build, prefix)
        if many <= MOST:
            break
    return prefix, many


def _below(build: BuildContext, prefix: str) -> Iterator[str]:
    """Yield the shards that the posts with a prefix need."""
    start, end = bounds(prefix)
    while row := build.store.row(_NEXT, (start, end)):
        shard, _ = _place(build, row[0])
        yield shard
        start = shard + _END


_NEXT = "SELECT key FROM search_post WHERE key >= ? AND key < ? ORDER BY key LIMIT 1"


def of_keys(build: BuildContext, keys: Iterable[str]) -> set[str]:
    """Return the shards of posts with these keys."""
    return {prefix for key in keys for prefix in beginnings(key) if _is_shard(build, prefix)}
