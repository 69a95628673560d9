"""Step 3: records become relations in the store, and what that touches is noted.

Whatever one source's change does to another (an address that two want, a link that waited, an hour that came) is found
by asking the store, so that the cost follows the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bylines import messages
from bylines.engine import claims, links
from bylines.engine.claims import Claim
from bylines.engine.feature import Feature
from bylines.engine.loom import Change, Loom, Touched
from bylines.problems import ContentProblem
from bylines.records import AnyRecord


def weave(loom: Loom, features: Sequence[Feature], read: Mapping[str, Change], removed: Iterable[str]) -> Touched:
    """Brings all relations up to date with what was read or removed, and with the time; gives what was touched.

    `read` holds each source whose record is new or changed, by name.
    """
    store = loom.store
    touched = Touched(everything=store.fresh)
    changes = dict(read)
    if store.fresh:
        _claim_for_the_site(loom, features)
    else:
        since = int(store.meta("now") or 0)
        due = (name for feature in features for name in feature.due(loom, since))
        changes.update(_unchanged(loom, set(due) - changes.keys()))
    concerned = claims.replace(store, changes, _claims(loom, features, changes.values()))
    changes.update(_unchanged(loom, _rivals(loom, concerned) - changes.keys()))
    _settle(loom, changes, concerned)
    for feature in features:
        feature.weave(loom, changes, touched)
    touched.add("removed", *removed)
    followed = links.follow(loom, touched, concerned)
    links.check(loom, changes if store.fresh else {*changes, *followed, *touched["revisited"]})
    store.remember("now", str(loom.now))
    return touched


def _unchanged(loom: Loom, names: Iterable[str]) -> dict[str, Change]:
    """Sources that are as they were, to be looked at again for what is around them."""
    found = {}
    for name in sorted(names):
        record = loom.record(name)
        found[name] = Change(name, record, record)
    return found


def _claim_for_the_site(loom: Loom, features: Sequence[Feature]) -> None:
    own = [Claim(url, claims.SITE, "") for feature in features for url in feature.addresses]
    claims.replace(loom.store, (), own)


def _claims(loom: Loom, features: Sequence[Feature], changes: Iterable[Change]) -> list[Claim]:
    wanted: list[Claim] = []
    for change in changes:
        if change.new is not None:
            for feature in features:
                wanted.extend(feature.claims(loom, change.name, change.new))
    return wanted


def _rivals(loom: Loom, concerned: Iterable[str]) -> set[str]:
    """All sources that claim one of these addresses."""
    if loom.store.fresh:
        return set()
    found: set[str] = set()
    for folded in concerned:
        found.update(loom.store.column("SELECT source FROM claim WHERE folded = ?", (folded,)))
    return found - {""}


def _settle(loom: Loom, changes: Mapping[str, Change], concerned: Iterable[str]) -> None:
    """Finds out who has each address, and tells those who do not get theirs."""
    addresses = set(concerned)
    if not loom.store.fresh:
        for name in changes:
            addresses.update(loom.store.column("SELECT folded FROM claim WHERE source = ?", (name,)))
    loom.contested = claims.contested(loom.store, addresses)
    lost: dict[str, list[ContentProblem]] = {name: [] for name in ([] if loom.store.fresh else changes)}
    for claimants in loom.contested.values():
        for claim in claimants[1:]:
            if claim.source != claimants[0].source and (loom.store.fresh or claim.source in changes):
                lost.setdefault(claim.source, []).append(_conflict(loom, claim, claimants[0]))
    for name, problems in lost.items():
        loom.report(name, "claims", problems)


def _conflict(loom: Loom, claim: Claim, owner: Claim) -> ContentProblem:
    holder = loom.shown(owner.source) if owner.source else "the site itself"
    message = messages.ALIAS_TAKEN if claim.rank == claims.ALIAS else messages.ADDRESS_TAKEN
    return message.problem(loom.shown(claim.source), url=f"/{claim.url}", holder=holder)


def record_kind(record: AnyRecord | None) -> str:
    """The name of a record's type, '' for none."""
    return type(record).__name__ if record is not None else ""
