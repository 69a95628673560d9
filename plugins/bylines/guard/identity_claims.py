"""Refuses texts that claim another's identity: their authors, old addresses (aliases) and feed ids.

Only new claims are checked. A claim that already stood in a file of the same blog may stay, or move within the blog, whoever made
it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bylines.engine.read import header, text
from bylines.engine.read.document import Document
from bylines.engine.read.entries import Entries, items_of, mapping_of
from bylines.engine.read.fields import Fields
from bylines.engine.read.header import HeaderError, Node
from bylines.engine.read.kind import Kind
from bylines.engine.read.markers import Where
from bylines.engine.read.pelican_keys import renamed
from bylines.engine.weave.claims import fold
from bylines.engine.weave.messages import SAME_ID
from bylines.guard import messages
from bylines.guard.change_set import ChangeSet, FileChange
from bylines.guard.declared_kinds import ClaimKeys, claim_keys, own_kinds
from bylines.guard.ownership import Place, folder_of, place_of, sources_of
from bylines.guard.rules import Rules
from bylines.guard.trees import Entry, is_file
from bylines.guard.writers import Writer
from bylines.problems import ContentProblem
from bylines.settings.reading import ReadOptions

_LARGEST = 10_000_000
"""Bytes of a text that are read at most; more than BYLINES_MAX_BYTES allows."""
_TEXTS = (".md", ".rst")
_OPTIONS = ReadOptions()


class IdentityClaims(NamedTuple):
    """The claims of one text, read as a build would read it."""

    signed: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
    """Keys that sign, each with a list of handles. There are several if Pelican's reader and ours would read different ones; the
    site's settings decide which is used.
    """
    aliases: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    """Case-folded, like the addresses in aliases."""


def claims_of(path: str, data: bytes, rules: Rules) -> IdentityClaims:
    """Return the claims of a source; none if it cannot be read, since it is not published then."""
    decoded = text.decode(path, data, _LARGEST).text
    if decoded is None:
        return IdentityClaims()
    company = rules.declared.company_kinds(sources_of(path, rules))
    every = [rules.declared.all_keys, *(keys for kind in company for keys in claim_keys(kind))]
    found = [_claimed(path, root, keys) for root in _roots(path, decoded, company) for keys in every]
    return IdentityClaims(*map(frozenset[Any].union, *found)) if found else IdentityClaims()


def _claimed(path: str, root: Node, keys: ClaimKeys) -> IdentityClaims:
    """Return the claims of one mapping of keys, repaired as reading repairs it."""
    fields = Fields(path, root, keys.keyset)
    where = Where(path, path, path, _OPTIONS)
    signed = (
        (key, tuple(target.name for target in marker.targets(marker.read(fields, key, where) or (), None)))
        for key, marker in keys.signing
    )
    return IdentityClaims(
        frozenset((key, names) for key, names in signed if names),
        frozenset(alias for key, marker in keys.aliases for alias in marker.read(fields, key, where)),
        # An id that has not the form of one claims it too: whoever reads it need not be as strict.
        frozenset(fold(found) for key, marker in keys.ids if (found := fields.text(key, marker.most))),
    )


def _roots(path: str, whole: str, company: Iterable[Kind]) -> Iterator[Node]:
    """Yield every mapping of keys that a source may be read as. A company's files are lists too, and need not end in `.yaml`."""
    with contextlib.suppress(HeaderError):
        yield from _headers(path, whole)
    for kind in company:
        if issubclass(kind.record, Document):
            continue
        lists = kind.keyset.of(Entries)
        with contextlib.suppress(HeaderError):
            root = header.parse_yaml(whole, 1, largest=_LARGEST, all_texts=bool(lists))
            yield root
            for _, marker in lists if isinstance(root.value, list | tuple) else ():
                yield from (mapping_of(marker, name, value) for name, value in items_of(root))


def _headers(path: str, whole: str) -> Iterator[Node]:
    if path.endswith(".yaml"):
        yield header.parse_yaml(whole, 1)
        return
    parts = text.split(whole, text.kind_of(path))
    if parts.form in ("fields", "rst"):
        yield renamed(header.parse_fields(parts.header, 1))
    elif parts.form == "yaml":
        found = header.parse_yaml(parts.header, 1)
        yield from (found, renamed(found)) if isinstance(found.value, tuple) else ()


class Before(NamedTuple):
    """The earlier content of those files of a blog that a change has edited, moved or deleted."""

    entries: frozenset[Entry]
    claims: IdentityClaims


def refused_claims(
    case: ChangeSet, final: Iterable[FileChange], theirs: Mapping[str, Collection[Writer]]
) -> Iterator[ContentProblem]:
    """Yield the problems of new claims.

    `theirs` maps each path that not only keepers have written to its writers.
    """
    rules = case.people.rules
    placed = [(step, place_of(step.path, rules)) for step in final]
    before: dict[tuple[str, bool], Before] = {}
    ids: list[tuple[FileChange, Place, str]] = []
    for step, place in placed:
        if step.path not in theirs or not _is_read(step.path, step.change.after, place, rules):
            continue
        is_company = _is_company(step.path, rules)
        whose = place.handle or step.path
        if (whose, is_company) not in before:
            beside = [(each, at) for each, at in placed if (at.handle or each.path) == whose]
            # What stood in a file that was not looked at counts for no file of a company's kind.
            known = (each for each, at in beside if not is_company or _is_looked_at(each.path, at, rules))
            before[whose, is_company] = _before(case, known)
        stood = before[whose, is_company].claims
        if step.change.after in before[whose, is_company].entries:
            continue
        said = _read_claims(case, step.path, step.change.after)
        yield from _names(case, step, place, said.signed - stood.signed, theirs[step.path])
        yield from _aliases(case, step, place, said.aliases - stood.aliases, theirs[step.path])
        ids += ((step, place, id_) for id_ in sorted(said.ids - stood.ids) if place.kind == "folder" or is_company)
    yield from _ids(case, ids, theirs)


def _is_company(path: str, rules: Rules) -> bool:
    """Return whether a file is of a company's own kind."""
    return bool(rules.declared.company_kinds(sources_of(path, rules)))


def _is_read(path: str, entry: Entry | None, place: Place, rules: Rules) -> bool:
    return entry is not None and is_file(entry) and _is_looked_at(path, place, rules)


def _is_looked_at(path: str, place: Place, rules: Rules) -> bool:
    return place.kind != "site" and (path.endswith(_TEXTS) or place.is_rule or _is_company(path, rules))


def _read_claims(case: ChangeSet, path: str, entry: Entry | None) -> IdentityClaims:
    return claims_of(path, case.objects.data(entry, _LARGEST), case.people.rules) if entry else IdentityClaims()


def _before(case: ChangeSet, steps: Iterable[FileChange]) -> Before:
    """Return the earlier content of some files, as far as this clone has it: a partial clone may lack old files."""
    texts = [(step.path, step.change.before) for step in steps if _may_claim(step.path, case.people.rules)]
    wanted = [(path, entry) for path, entry in texts if entry]
    found = [
        _read_claims(case, path, entry) for path, entry in wanted if case.objects.git.kind(entry[1].hex()) != "missing"
    ]
    claims = (
        IdentityClaims(*(frozenset().union(*parts) for parts in zip(*found, strict=True)))
        if found
        else IdentityClaims()
    )
    return Before(frozenset(entry for _, entry in wanted), claims)


def _may_claim(path: str, rules: Rules) -> bool:
    return path.endswith((*_TEXTS, ".yaml")) or _is_company(path, rules)


def _names(
    case: ChangeSet,
    step: FileChange,
    place: Place,
    signed: Iterable[tuple[str, tuple[str, ...]]],
    writers: Collection[Writer],
) -> Iterator[ContentProblem]:
    rules = case.people.rules
    if place.kind != "folder" and not _is_company(step.path, rules):
        own = {key for key, _ in own_kinds().all_keys.signing}
        signed = [(key, named) for key, named in signed if key not in own]
    for key, named in sorted(signed):
        if place.handle:
            yield from _not_of_the_blog(case, step, place, key, named)
            continue
        for writer in sorted(writer for writer in writers if not _speaks_for(case, writer, named)):
            yield messages.SIGNED_FOR_ANOTHER.problem(step.path, key=key, named=", ".join(named), writer=writer.shown)


def _not_of_the_blog(
    case: ChangeSet, step: FileChange, place: Place, key: str, named: tuple[str, ...]
) -> Iterator[ContentProblem]:
    people = case.people
    new = case.newcomer if case.newcomer and case.newcomer.handle == place.handle else None
    is_group = not new.is_person if new else people.base.is_group(place.handle, people.rules)
    wanted = (
        people.base.members(place.handle, people.rules) | (new.members if new else set())
        if is_group
        else {place.handle}
    )
    if not wanted.intersection(named):
        owner, mend = place.handle, place.handle
        if is_group:
            owner, mend = f"the group {place.handle}", f"a member of {place.handle}"
        yield messages.IN_ANOTHERS_NAME.problem(step.path, key=key, named=", ".join(named), owner=owner, nearest=mend)


def _speaks_for(case: ChangeSet, writer: Writer, named: Iterable[str]) -> bool:
    """Return whether a writer is a keeper, one of some people, or a member of one of some groups."""
    people, rules = case.people, case.people.rules
    groups = (handle for handle in named if people.base.is_group(handle, rules))
    members = {member for group in groups for member in people.base.members(group, rules)}
    return people.is_keeper(writer) or people.is_one_of(writer, {*named, *members})


def _aliases(
    case: ChangeSet, step: FileChange, place: Place, aliases: Iterable[str], writers: Iterable[Writer]
) -> Iterator[ContentProblem]:
    for alias in sorted(aliases):
        owner = _owner_of(case, fold(alias), place, writers)
        if owner:
            yield messages.ALIAS_OF_ANOTHER.problem(step.path, url=alias, holder=owner)


def _owner_of(case: ChangeSet, folded: str, place: Place, writers: Iterable[Writer]) -> str:
    """Return the owner of the blog in which an address lies; empty if nobody owns it, or all the writers may write there."""
    people, parts = case.people, folded.split("/")
    handle = parts[1] if parts[0] == "blogs" and len(parts) > 1 else ""
    other = Place("folder", handle)
    base = people.base
    if not handle or handle == place.handle or all(people.may_write(writer, other) for writer in writers):
        return ""
    is_there = base.is_person(handle, people.rules) or base.has_folder(handle, people.rules)
    return people.owner(other) if is_there else ""


def _ids(
    case: ChangeSet, ids: list[tuple[FileChange, Place, str]], theirs: Mapping[str, Collection[Writer]]
) -> Iterator[ContentProblem]:
    """Yield the problems of ids that posts of other blogs have, whether declared or derived from their path
    (`tag:…:blogs/ada/x`).
    """
    for step, place, id_ in ids:
        if owner := _owner_of(case, id_.rpartition(":")[2], place, theirs[step.path]):
            yield SAME_ID.problem(step.path, url=id_, holder=f"a post of {owner}")
    holders = _holders(case, {id_ for _, _, id_ in ids})
    for step, place, id_ in ids:
        for path, handle in holders.get(id_, ()):
            if handle != place.handle:
                yield SAME_ID.problem(step.path, url=id_, holder=path)


def _holders(case: ChangeSet, ids: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Return, by id, the files of the base that declare it, each with its handle; empty in a partial clone, which cannot be
    searched.
    """
    base, rules, found = case.people.base, case.people.rules, dict[str, list[tuple[str, str]]]()
    blogs = folder_of("", rules).rstrip("/")
    if not ids or base.entry(blogs) is None or case.objects.git.is_partial():
        return found
    for path in case.objects.git.files_containing(base.commit.id, blogs, ids):
        place = place_of(path, rules)
        if place.kind == "folder" and (path.endswith(_TEXTS) or _is_company(path, rules)):
            for id_ in _read_claims(case, path, base.entry(path)).ids & {*ids}:
                found.setdefault(id_, []).append((path, place.handle))
    return found
