"""Who owns an address: sources claim URLs, and of several claimants of one the first by rank, then by name, has it.

Two addresses are one if they differ only in case, Unicode form or a closing slash: file systems and people mix them up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine.store import Store

SITE, OWNER, WRITTEN, ALIAS, IMPLIED, IDENTITY = range(6)
"""Ranks: the site's own addresses; a person's or group's blog; a post or page; an old address of one; one that nobody wrote
down and that leads on if it is free; a feed entry's id."""


class Claim(NamedTuple):
    """A source's claim to a URL (relative to the root, as a view writes it)."""

    url: str
    rank: int
    source: str


def aliases(source: str, urls: Iterable[str]) -> list[Claim]:
    """Return a source's claims to its old addresses, as it writes them (with a leading slash)."""
    return [Claim(url.lstrip("/"), ALIAS, source) for url in urls]


def fold(url: str) -> str:
    """Return the form under which two addresses are one (NFC, case folded, no closing slash)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", url).casefold()).strip("/")


def put(store: Store, claims: Iterable[Claim]) -> None:
    """Adds claims."""
    rows = ((fold(claim.url), claim.rank, claim.source, claim.url) for claim in claims)
    store.many("INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?)", rows)


def replace(store: Store, sources: Iterable[str], claims: Iterable[Claim]) -> set[str]:
    """Replace all claims of `sources`. Return the folded addresses of the old and the new claims."""
    concerned: set[str] = set()
    for source in sources:
        concerned.update(_claimed_by(store, source))
        store.run("DELETE FROM claim WHERE source = ?", (source,))
    wanted = list(claims)
    put(store, wanted)
    return concerned | {fold(claim.url) for claim in wanted}


def _claimed_by(store: Store, source: str) -> list[str]:
    return store.column("SELECT folded FROM claim WHERE source = ?", (source,))


def claimants(store: Store, concerned: Iterable[str]) -> set[str]:
    """Return all sources that claim one of these folded addresses."""
    found: set[str] = set()
    for folded in concerned:
        found.update(store.column("SELECT source FROM claim WHERE folded = ?", (folded,)))
    return found - {""}


def contested(store: Store) -> dict[str, list[Claim]]:
    """Return all folded addresses with more than one claimant, each with its claimants, the owner first."""
    several = "SELECT folded FROM claim GROUP BY folded HAVING count(DISTINCT source) > 1"
    return _ranked(store, store.column(several))


def contested_of(store: Store, concerned: Iterable[str], sources: Iterable[str]) -> dict[str, list[Claim]]:
    """Return the addresses with several claimants, among some folded ones and all that some sources claim.

    Each comes with its claimants, the owner first.
    """
    addresses = set(concerned)
    for source in sources:
        addresses.update(_claimed_by(store, source))
    return _ranked(store, sorted(addresses))


def _ranked(store: Store, addresses: Iterable[str]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for folded in addresses:
        rows = store.rows("SELECT url, rank, source FROM claim WHERE folded = ? ORDER BY rank, source", (folded,))
        if len({row[2] for row in rows}) > 1:
            found[folded] = [Claim(*row) for row in rows]
    return found


def owner(store: Store, url: str) -> str | None:
    """Return the source that owns a URL; None if nobody claims it."""
    row = store.row("SELECT source FROM claim WHERE folded = ? ORDER BY rank, source LIMIT 1", (fold(url),))
    return row[0] if row else None
