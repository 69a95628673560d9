"""Step 3: records become relations in the store, and the facts that change are noted.

Whatever one source's change does to another (an address that two want, a link that waited, an hour that came) is found
by asking the store, so that the cost follows the change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.facts import REMOVED, REVISITED
from bylines.engine.feature import Feature
from bylines.engine.read.document import Document
from bylines.engine.read.markers import Aliases
from bylines.engine.weave import claims, links, messages, naming, opening
from bylines.engine.weave.changes import Change, Changes
from bylines.engine.weave.claims import Claim
from bylines.problems import ContentProblem
from bylines.records import Record


def weave(
    build: BuildContext,
    features: Sequence[Feature],
    changes: Changes,
    removed: Iterable[str],
    done: Callable[[int], None] = lambda count: None,
) -> Invalidations:
    """Update all relations to what was read or removed, and to the time. Return what is dirty.

    `done` is called after each capability, with 1.
    """
    dirty = Invalidations(everything=build.store.fresh)
    if build.store.fresh:
        _claim_first(build, features, changes)
    else:
        concerned = _claim(build, features, changes)
    for feature in features:
        feature.weave(build, changes, dirty)
        done(1)
    folders = links.own_folders(features)
    if build.store.fresh:
        build.store.index()
        links.check(build, changes, folders)
    else:
        dirty.add(REMOVED, *removed)
        followed = links.follow(build, dirty, concerned)
        links.check(build, {*changes, *followed, *dirty[REVISITED], *links.reanchored(build, changes)}, folders)
    build.store.remember("now", str(build.now))
    return dirty


def forget(build: BuildContext, changes: Changes, names: Iterable[str]) -> None:
    """Remove deleted sources from the store, and note them as changes."""
    for name in names:
        changes.put(Change(name, build.stored(name), None))
        build.store.run("DELETE FROM source WHERE name = ?", (name,))
        build.store.run("DELETE FROM problem WHERE source = ?", (name,))


def _claim_first(build: BuildContext, features: Sequence[Feature], changes: Changes) -> None:
    own = (Claim(url, claims.SITE, "") for feature in features for url in feature.addresses)
    claims.put(build.store, own)
    claims.put(build.store, _claims(build, features, naming.put_first(build, changes, _namer(build, features))))
    build.contested = claims.contested(build.store)
    for source, problems in _lost(build).items():
        build.report(source, "claims", problems)


def _claim(build: BuildContext, features: Sequence[Feature], changes: Changes) -> set[str]:
    """Update the claims. Return the folded addresses whose claimants changed."""
    since = int(build.store.meta("now") or 0)
    changes.look_again(name for feature in features for name in feature.due(build, since))
    changes.look_again((*opening.due(build, since), *opening.of_blogs(build, changes)))
    changes.look_again(name for feature in features for name in feature.renamed(build, changes))
    naming.replace(build, changes, _namer(build, features))
    concerned = claims.replace(build.store, changes, _claims(build, features, changes.of(Record)))
    changes.look_again(claims.claimants(build.store, concerned))
    build.contested = claims.contested_of(build.store, concerned, changes)
    lost = _lost(build)
    for name in changes:
        build.report(name, "claims", lost.get(name, ()))
    return concerned


def _namer(build: BuildContext, features: Sequence[Feature]) -> naming.Namer:
    hooks = [feature.named for feature in features if feature.named is not None]
    return lambda name, record: next(filter(None, (hook(build, name, record) for hook in hooks)), None)


def _claims(build: BuildContext, features: Sequence[Feature], changes: Iterable[Change]) -> Iterator[Claim]:
    hooks = [feature.claims for feature in features if feature.claims is not None]
    for change in changes:
        opening.keep(build, change)
        if change.new is not None:
            yield from _declared_claims(build, change.name, change.new)
            for hook in hooks:
                yield from hook(build, change.name, change.new)


def _declared_claims(build: BuildContext, name: str, record: Record) -> Iterator[Claim]:
    """Yield what a record asks for whose kind says its address: that, and its old ones, while it is published."""
    kind = build.kinds.of_record(record)
    if kind is None or not kind.url or (isinstance(record, Document) and not opening.is_open(build, record)):
        return
    yield Claim(kind.url_of(record), claims.OWNER if kind.is_author else claims.WRITTEN, name)
    for key, _ in kind.keyset.of(Aliases):
        yield from claims.aliases(name, getattr(record, key))


def _lost(build: BuildContext) -> dict[str, list[ContentProblem]]:
    """Return what to tell the sources that do not get an address that they ask for."""
    found: dict[str, list[ContentProblem]] = {}
    for claimants in build.contested.values():
        for claim in claimants[1:]:
            if claim.source != claimants[0].source and claim.rank != claims.IMPLIED:
                found.setdefault(claim.source, []).append(_conflict(build, claim, claimants[0]))
    return found


def _conflict(build: BuildContext, claim: Claim, owner: Claim) -> ContentProblem:
    holder = build.shown(owner.source) if owner.source else "the site itself"
    if claim.rank == claims.IDENTITY:
        return messages.SAME_ID.problem(build.shown(claim.source), url=claim.url, holder=holder)
    message = messages.ALIAS_TAKEN if claim.rank == claims.ALIAS else messages.ADDRESS_TAKEN
    return message.problem(build.shown(claim.source), url=f"/{claim.url}", holder=holder)
