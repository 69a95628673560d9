"""Says which kinds have old addresses, and where those of a record lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bylines.engine.context import BuildContext
from bylines.engine.contributions import OldAddresses
from bylines.engine.read.kind import Kind
from bylines.engine.read.markers import Aliases
from bylines.engine.weave.claims import IMPLIED


def kinds(build: BuildContext) -> list[Kind]:
    """Return the kinds that have a key for old addresses."""
    return [kind for kind in build.kinds.kinds if kind.keyset.of(Aliases)]


def aliases(build: BuildContext, record: Any) -> list[str]:
    """Return the old addresses that a record lists."""
    kind = build.kinds.of_record(record)
    return [alias for key, _ in kind.keyset.of(Aliases) for alias in getattr(record, key)] if kind else []


def implied(build: BuildContext) -> Callable[[str], list[str]]:
    """Return a function that gives the old addresses that a source's name implies (`engine/weave/naming.py`).

    A first build has no index of claims by source yet, so it reads them all at once.
    """
    if not build.store.fresh:
        return lambda name: [f"/{url}" for url in build.store.column(_IMPLIED, (name, IMPLIED))]
    found: dict[str, list[str]] = {}
    for name, url in build.store.rows("SELECT source, url FROM claim WHERE rank = ? ORDER BY source, url", (IMPLIED,)):
        found.setdefault(name, []).append(f"/{url}")
    return lambda name: found.get(name, [])


def title(build: BuildContext, record: Any) -> str:
    """Return what a record is called."""
    kind = build.kinds.of_record(record)
    return kind.called(record) if kind else ""


def target(build: BuildContext, name: str, record: Any) -> str | None:
    """Return where a source with its record is published, relative to the root; None if it is not."""
    kind = build.kinds.of_record(record)
    if kind is None or not kind.keyset.of(Aliases):
        return None
    own = _contribution(build, record)
    return own.target(build, name, record) if own else build.address(name)


def leads_below(build: BuildContext, record: Any, alias: str) -> bool:
    """Return whether every address below an alias leads to the same place below the new address."""
    own = _contribution(build, record)
    return own is not None and own.leads_below(alias)


def _contribution(build: BuildContext, record: Any) -> OldAddresses | None:
    return next((each for each in build.contributions(OldAddresses) if isinstance(record, each.record)), None)


_IMPLIED = "SELECT url FROM claim WHERE source = ? AND rank = ? ORDER BY url"
