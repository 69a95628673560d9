"""Step 3: records become relations in the store, and what that touches is noted.

Whatever one source's change does to another (an address that two want, a link that waited, an hour that came) is found
by asking the store, so that the cost follows the change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bylines import messages
from bylines.engine import claims, links, naming, opening
from bylines.engine.changes import Change, Changes
from bylines.engine.claims import Claim
from bylines.engine.facts import REMOVED, REVISITED
from bylines.engine.feature import Feature
from bylines.engine.loom import Loom, Touched
from bylines.problems import ContentProblem
from bylines.records import Record


def weave(
    loom: Loom,
    features: Sequence[Feature],
    changes: Changes,
    removed: Iterable[str],
    done: Callable[[int], None] = lambda count: None,
) -> Touched:
    """Brings all relations up to date with what was read or removed, and with the time; gives what was touched.

    `done` is told of each capability that is woven.
    """
    touched = Touched(everything=loom.store.fresh)
    if loom.store.fresh:
        _claim_first(loom, features, changes)
    else:
        concerned = _claim(loom, features, changes)
    for feature in features:
        feature.weave(loom, changes, touched)
        done(1)
    if loom.store.fresh:
        loom.store.index()
        links.check(loom, changes)
    else:
        touched.add(REMOVED, *removed)
        followed = links.follow(loom, touched, concerned)
        links.check(loom, {*changes, *followed, *touched[REVISITED], *links.reanchored(loom, changes)})
    loom.store.remember("now", str(loom.now))
    return touched


def forget(loom: Loom, changes: Changes, names: Iterable[str]) -> None:
    """Takes sources that are gone out of the store, and notes what they were."""
    for name in names:
        changes.put(Change(name, loom.stored(name), None))
        loom.store.run("DELETE FROM source WHERE name = ?", (name,))
        loom.store.run("DELETE FROM problem WHERE source = ?", (name,))


def _claim_first(loom: Loom, features: Sequence[Feature], changes: Changes) -> None:
    own = (Claim(url, claims.SITE, "") for feature in features for url in feature.addresses)
    claims.put(loom.store, own)
    claims.put(loom.store, _claims(loom, features, naming.put_first(loom, changes, _namer(loom, features))))
    loom.contested = claims.contested(loom.store)
    for source, problems in _lost(loom).items():
        loom.report(source, "claims", problems)


def _claim(loom: Loom, features: Sequence[Feature], changes: Changes) -> set[str]:
    """Brings the claims up to date; gives the folded addresses whose claimants changed."""
    since = int(loom.store.meta("now") or 0)
    changes.look_again(name for feature in features for name in feature.due(loom, since))
    changes.look_again((*opening.due(loom, since), *opening.of_blogs(loom, changes)))
    changes.look_again(name for feature in features for name in feature.renamed(loom, changes))
    naming.replace(loom, changes, _namer(loom, features))
    concerned = claims.replace(loom.store, changes, _claims(loom, features, changes.of(Record)))
    changes.look_again(claims.claimants(loom.store, concerned))
    loom.contested = claims.contested_of(loom.store, concerned, changes)
    lost = _lost(loom)
    for name in changes:
        loom.report(name, "claims", lost.get(name, ()))
    return concerned


def _namer(loom: Loom, features: Sequence[Feature]) -> naming.Namer:
    hooks = [feature.named for feature in features if feature.named is not None]
    return lambda name, record: next(filter(None, (hook(loom, name, record) for hook in hooks)), None)


def _claims(loom: Loom, features: Sequence[Feature], changes: Iterable[Change]) -> Iterator[Claim]:
    for change in changes:
        opening.keep(loom, change)
        if change.new is not None:
            for feature in features:
                yield from feature.claims(loom, change.name, change.new)


def _lost(loom: Loom) -> dict[str, list[ContentProblem]]:
    """What to tell the sources that do not get an address that they ask for."""
    found: dict[str, list[ContentProblem]] = {}
    for claimants in loom.contested.values():
        for claim in claimants[1:]:
            if claim.source != claimants[0].source and claim.rank != claims.IMPLIED:
                found.setdefault(claim.source, []).append(_conflict(loom, claim, claimants[0]))
    return found


def _conflict(loom: Loom, claim: Claim, owner: Claim) -> ContentProblem:
    holder = loom.shown(owner.source) if owner.source else "the site itself"
    if claim.rank == claims.IDENTITY:
        return messages.SAME_ID.problem(loom.shown(claim.source), url=claim.url, holder=holder)
    message = messages.ALIAS_TAKEN if claim.rank == claims.ALIAS else messages.ADDRESS_TAKEN
    return message.problem(loom.shown(claim.source), url=f"/{claim.url}", holder=holder)
