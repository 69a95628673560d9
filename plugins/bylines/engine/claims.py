"""Who owns an address: sources claim URLs, and of several claimants of one the first by rank, then by name, has it.

Two addresses are one if they differ only in case, Unicode form or a closing slash: file systems and people mix them up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine.store import Store

SITE, OWNER, WRITTEN, ALIAS = range(4)
"""Ranks: the site's own addresses; a person's or group's blog; a post or page; an old address of one."""


class Claim(NamedTuple):
    """A source's claim to a URL (relative to the root, as a view writes it)."""

    url: str
    rank: int
    source: str


def fold(url: str) -> str:
    """The form under which two addresses are one (NFC, case folded, no closing slash)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", url).casefold()).strip("/")


def replace(store: Store, sources: Iterable[str], claims: Iterable[Claim]) -> set[str]:
    """Puts new claims in place of all that `sources` had; gives the folded addresses that this concerns."""
    sources = list(sources)
    concerned: set[str] = set()
    if not store.fresh:
        for source in sources:
            concerned.update(store.column("SELECT folded FROM claim WHERE source = ?", (source,)))
            store.run("DELETE FROM claim WHERE source = ?", (source,))
    rows = [(fold(claim.url), claim.rank, claim.source, claim.url) for claim in claims]
    store.many("INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?)", rows)
    concerned.update(row[0] for row in rows)
    return concerned


def contested(store: Store, concerned: Iterable[str]) -> dict[str, list[Claim]]:
    """The addresses among `concerned` with more than one claimant, each with its claimants, the owner first."""
    found: dict[str, list[Claim]] = {}
    if store.fresh:
        addresses = store.column("SELECT folded FROM claim GROUP BY folded HAVING count(DISTINCT source) > 1")
    else:
        addresses = sorted(concerned)
    for folded in addresses:
        rows = store.rows("SELECT url, rank, source FROM claim WHERE folded = ? ORDER BY rank, source", (folded,))
        if len({row[2] for row in rows}) > 1:
            found[folded] = [Claim(*row) for row in rows]
    return found


def owner(store: Store, url: str) -> str | None:
    """The source that has a URL."""
    row = store.row("SELECT source FROM claim WHERE folded = ? ORDER BY rank, source LIMIT 1", (fold(url),))
    return row[0] if row else None
