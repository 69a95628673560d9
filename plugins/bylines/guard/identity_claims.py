"""Refuses texts that claim another's identity: their authors, old addresses (aliases) and feed ids.

Only new claims are checked. A claim that already stood in a file of the same blog may stay, or move within the blog, whoever made
it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from bylines.engine.read import header, text
from bylines.engine.read.fields import Fields
from bylines.engine.read.header import HeaderError, Node
from bylines.engine.read.keys import KNOWN
from bylines.engine.read.keyset import Keyset
from bylines.engine.read.markers import Text
from bylines.engine.read.pelican_keys import renamed
from bylines.engine.weave.claims import fold
from bylines.engine.weave.messages import SAME_ID
from bylines.guard import messages
from bylines.guard.change_set import ChangeSet, FileChange
from bylines.guard.ownership import Place, folder_of, place_of
from bylines.guard.trees import Entry, is_file
from bylines.guard.writers import Writer
from bylines.problems import ContentProblem

# All keys of all kinds: which kind a text is of, the site's settings say.
_KEYS = Keyset({key: Text("") for key in KNOWN})
_MOST_AUTHORS, _MOST_ALIASES = 50, 200
_LARGEST = 10_000_000
"""Bytes of a text that are read at most; more than BYLINES_MAX_BYTES allows."""
_TEXTS = (".md", ".rst")


class IdentityClaims(NamedTuple):
    """The claims of one text, read as a build would read it."""

    authors: frozenset[tuple[str, ...]] = frozenset()
    """Lists of handles. There are several if Pelican's reader and ours would read different ones; the site's settings decide
    which is used.
    """
    aliases: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    """Case-folded, like the addresses in aliases."""


def claims_of(path: str, data: bytes) -> IdentityClaims:
    """Return the claims of a source; none if it cannot be read, since it is not published then."""
    decoded = text.decode(path, data, _LARGEST).text
    if decoded is None:
        return IdentityClaims()
    try:
        headers = list(_headers(path, decoded))
    except HeaderError:
        return IdentityClaims()
    read = [Fields(path, each, _KEYS) for each in headers]
    return IdentityClaims(
        frozenset(filter(None, (each.handles("authors", _MOST_AUTHORS) for each in read))),
        frozenset(alias for each in read for alias in each.old_addresses("aliases", _MOST_ALIASES)),
        frozenset(fold(found) for each in read if (found := each.text("id", 1_000))),
    )


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
    placed = [(step, place_of(step.path, case.people.rules)) for step in final]
    before: dict[str, Before] = {}
    ids: list[tuple[FileChange, Place, str]] = []
    for step, place in placed:
        if step.path not in theirs or not _is_read(step.path, step.change.after, place):
            continue
        whose = place.handle or step.path
        if whose not in before:
            before[whose] = _before(case, (each for each, at in placed if (at.handle or each.path) == whose))
        stood = before[whose].claims
        if step.change.after in before[whose].entries:
            continue
        said = _read_claims(case, step.path, step.change.after)
        yield from _names(case, step, place, said.authors - stood.authors)
        yield from _aliases(case, step, place, said.aliases - stood.aliases, theirs[step.path])
        ids += ((step, place, id_) for id_ in sorted(said.ids - stood.ids) if place.kind == "folder")
    yield from _ids(case, ids, theirs)


def _is_read(path: str, entry: Entry | None, place: Place) -> bool:
    return entry is not None and is_file(entry) and place.kind != "site" and (path.endswith(_TEXTS) or place.is_rule)


def _read_claims(case: ChangeSet, path: str, entry: Entry | None) -> IdentityClaims:
    return claims_of(path, case.objects.data(entry, _LARGEST)) if entry else IdentityClaims()


def _before(case: ChangeSet, steps: Iterable[FileChange]) -> Before:
    """Return the earlier content of some files, as far as this clone has it: a partial clone may lack old files."""
    texts = [(step.path, step.change.before) for step in steps if step.path.endswith((*_TEXTS, ".yaml"))]
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


def _names(
    case: ChangeSet, step: FileChange, place: Place, authors: Iterable[tuple[str, ...]]
) -> Iterator[ContentProblem]:
    if place.kind != "folder":
        return
    people = case.people
    new = case.newcomer if case.newcomer and case.newcomer.handle == place.handle else None
    is_group = not new.is_person if new else people.base.is_group(place.handle, people.rules)
    wanted = (
        people.base.members(place.handle, people.rules) | (new.members if new else set())
        if is_group
        else {place.handle}
    )
    for named in sorted(authors):
        if not wanted.intersection(named):
            owner, mend = place.handle, place.handle
            if is_group:
                owner, mend = f"the group {place.handle}", f"a member of {place.handle}"
            yield messages.IN_ANOTHERS_NAME.problem(step.path, named=", ".join(named), owner=owner, nearest=mend)


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
        if place.kind == "folder" and path.endswith(_TEXTS):
            for id_ in _read_claims(case, path, base.entry(path)).ids & {*ids}:
                found.setdefault(id_, []).append((path, place.handle))
    return found
