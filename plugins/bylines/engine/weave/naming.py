"""Work out the names of texts in addresses where these depend on the texts beside them.

Most files' names are enough: `x.md` is called x. Two kinds are not.
- `x.de.md` may be the German of `x.md`, or a text called 'x.de'. It is a translation if somebody has declared the language
  and the original is there.
- `2025-12-02-update.md` and `2025-12-19-update.md` are both called 'update'. The one with the earliest date has that
  address, and the others have their date before it.

Only names of files, `slug` and `translation_of` count, never what is published when. So the publication of a draft, a
mistake in a header and an expired post move no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from bylines.engine.context import BuildContext
from bylines.engine.read.document import Document
from bylines.engine.weave import messages
from bylines.engine.weave.changes import Change, Changes
from bylines.engine.weave.claims import IMPLIED, WRITTEN, Claim, aliases, fold
from bylines.engine.workers.pool import batched
from bylines.languages import tag_of as language_tag
from bylines.problems import ContentProblem
from bylines.records import Record

_AT_ONCE = 1_000


class Named(NamedTuple):
    """What a text's own file says of its name."""

    source: str
    scope: str
    """What its address begins with, with a closing slash: the blog's."""
    slug: str
    """Without date and language."""
    ending: str = ""
    """What stands before the file's ending and is written like a language."""
    dated: str = ""
    """The date in its name, empty where `slug` was given."""
    known: bool = False
    """Whether the ending is a language that somebody has declared."""
    original: bool = False
    """Whether the text is a translation whatever lies beside it: it says so, or its file is `index.de.md`."""


class Place(NamedTuple):
    """What a text is called, and the language that its name says (empty if none)."""

    slug: str
    lang: str = ""

    def below(self, scope: str) -> str:
        """Return the address."""
        return f"{scope}{self.slug}/{_in_address(self.lang)}"


def _in_address(ending: str) -> str:
    return f"{ending.lower().replace('_', '-')}/" if ending else ""


def placed(members: Sequence[Named]) -> dict[str, Place]:
    """Return the places of all texts of one spot, by source."""
    bare = {member.dated for member in members if not member.ending}
    spoken = [member for member in members if member.ending and (member.known or member.original)]
    together = bool(bare) or len({member.ending for member in spoken}) > 1
    translations = {member.source for member in spoken if member.original or together}
    groups: dict[str, list[Named]] = {}
    for member in members:
        is_name = member.ending and member.source not in translations
        slug = f"{member.slug}.{member.ending}" if is_name else member.slug
        groups.setdefault(fold(slug), []).append(member._replace(slug=slug))
    return {source: place for group in groups.values() for source, place in _dated(group, translations)}


def _dated(members: Sequence[Named], translations: set[str]) -> Iterator[tuple[str, Place]]:
    """The earliest date has the slug alone; a translation stands with the original of its date, if there is one."""
    originals = {member.dated for member in members if member.source not in translations}
    first = min(originals or {member.dated for member in members})
    taken = {(first, member.ending) for member in members if member.dated == first}
    for member in members:
        ending = member.ending if member.source in translations else ""
        beside = member.dated in originals or not ending or (first, ending) in taken
        plain = member.dated == first or not beside
        yield member.source, Place(member.slug if plain else f"{member.dated}-{member.slug}", ending)


Namer: TypeAlias = Callable[[str, Record | None], Named | None]
"""What a source's file says of its name, by source and record (None if it could not be read); None if it has no address."""


def put_first(build: BuildContext, changes: Changes, name: Namer) -> Iterator[Change]:
    """Store the names of all texts of a first build. Yield the changes whose own names decide, then the others."""
    later: list[str] = []
    for some in batched(changes.of(Record), _AT_ONCE):
        found = [named for change in some if (named := name(change.name, change.new))]
        _insert(build, found)
        waiting = {named.source for named in found if named.ending or named.dated}
        later += waiting
        yield from (change for change in some if change.name not in waiting)
    _insert(build, [named for each in changes.unread() if (named := name(each, None))])
    build.store.run("CREATE INDEX naming_spot ON naming (spot)")
    for spot in build.store.column(_UNSETTLED):
        _settle(build, spot)
    for each in later:
        change = changes.get(each)
        if change is not None:
            yield change


# What is alone in its spot is called by its slug, unless it ends like a language.
_UNSETTLED = (
    "SELECT spot FROM naming GROUP BY spot HAVING max(ending) > '' OR (count(*) > 1 AND max(dated) > '') ORDER BY spot"
)


def _insert(build: BuildContext, found: Iterable[Named]) -> None:
    build.store.many(_INSERT, [(named.source, _spot(named), *named[1:], named.slug, "") for named in found])


def replace(build: BuildContext, changes: Changes, name: Namer) -> None:
    """Bring the names up to date. Texts that are called otherwise now join the changes."""
    spots: set[str] = set()
    for each in list(changes):
        change = changes.get(each)
        there = build.store.row("SELECT 1 FROM source WHERE name = ?", (each,))
        named = name(each, change.new if change else None) if there else None
        row = build.store.row(f"SELECT spot, {_FACTS} FROM naming WHERE source = ?", (each,))
        if row is None if named is None else row is not None and tuple(row[1:]) == tuple(named):
            continue
        build.store.run("DELETE FROM naming WHERE source = ?", (each,))
        _insert(build, [named] if named else [])
        spots.update([row[0]] if row else [], [_spot(named)] if named else [])
    changes.look_again([source for spot in sorted(spots) for source in _settle(build, spot)])


_FACTS = "source, scope, slug, ending, dated, known, original"
_INSERT = "INSERT OR REPLACE INTO naming VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _spot(named: Named) -> str:
    return fold(named.scope + named.slug)


def _members(build: BuildContext, spot: str) -> list[tuple[Named, Place]]:
    rows = build.store.rows(f"SELECT {_FACTS}, place, lang FROM naming WHERE spot = ? ORDER BY source", (spot,))
    return [(Named(*row[:7]), Place(*row[7:])) for row in rows]


def _settle(build: BuildContext, spot: str) -> list[str]:
    """Write down the places of a spot. Return the texts whose place, or what is said of it, is another now."""
    members = _members(build, spot)
    new = placed([named for named, _ in members])
    moved = [named.source for named, before in members if new[named.source] != before]
    build.store.many(
        "UPDATE naming SET place = ?, lang = ? WHERE source = ?", ((*new[source], source) for source in moved)
    )
    return [*moved, *(named.source for named, _ in members if named.dated or named.ending)]


def place_of(build: BuildContext, name: str, record: Document) -> Place:
    """Return what a text is called."""
    if not record.ending and not record.dated:
        return Place(record.slug)
    row = build.store.row("SELECT place, lang FROM naming WHERE source = ?", (name,))
    return Place(*row) if row else Place(record.slug)


def lang_of(build: BuildContext, name: str, record: Document) -> str:
    """Return a text's language: what its header says, else its name, else the site's."""
    if not record.ending or record.lang_given:
        return record.lang
    return language_tag(place_of(build, name, record).lang) or record.lang


def claims_of(build: BuildContext, name: str, record: Document, scope: str) -> list[Claim]:
    """Return a text's claims to its address and to its old ones."""
    other = implied(build, name, record, scope)
    return [
        Claim(place_of(build, name, record).below(scope), WRITTEN, name),
        *aliases(name, record.aliases),
        *([Claim(other, IMPLIED, name)] if other else []),
    ]


def implied(build: BuildContext, name: str, record: Document, scope: str) -> str:
    """Return the other address of a text whose name ends like a language, which leads on; empty for all others.

    It is the address that the text would have if the ending were a language where it is none, or the other way round. So
    nothing is lost when an original comes or goes.
    """
    if not record.ending:
        return ""
    place = place_of(build, name, record)
    if place.lang:
        return Place(f"{place.slug}.{record.ending}").below(scope)
    return Place(place.slug.removesuffix(f".{record.ending}"), record.ending).below(scope)


def problems(build: BuildContext, name: str, record: Document, scope: str) -> list[ContentProblem]:
    """Return what there is to say of a name that depends on what lies beside it."""
    row = build.store.row(f"SELECT {_FACTS}, place, lang FROM naming WHERE source = ?", (name,))
    if row is None or not (record.ending or record.dated):
        return []
    named, place = Named(*row[:7]), Place(*row[7:])
    found = []
    url = f"/{place.below(scope)}"
    if named.dated and place.slug.startswith(f"{named.dated}-") and not place.lang:
        plain = place.slug.removeprefix(f"{named.dated}-")
        holder = _holder(build, _spot(named), plain)
        if holder:
            problem = messages.SAME_NAME.problem(
                build.shown(name), url=url, holder=build.shown(holder), plain=f"/{scope}{plain}/", slug=place.slug
            )
            found.append(problem)
    if named.ending and not place.lang and not record.lang_given and (named.known or _has_bare(build, _spot(named))):
        message = messages.NO_LANGUAGE_HERE if named.known else messages.UNDECLARED
        found.append(message.problem(build.shown(name), ending=named.ending, url=url, lang=record.lang))
    return found


def _holder(build: BuildContext, spot: str, plain: str) -> str:
    row = build.store.row(
        "SELECT source FROM naming WHERE spot = ? AND place = ? AND lang = '' ORDER BY source LIMIT 1", (spot, plain)
    )
    return row[0] if row else ""


def _has_bare(build: BuildContext, spot: str) -> bool:
    return build.store.row("SELECT 1 FROM naming WHERE spot = ? AND ending = '' LIMIT 1", (spot,)) is not None


def declared(languages: Iterable[str], ending: str) -> bool:
    """Return whether one of some languages is what a name's ending says (regions and scripts make no difference)."""
    wanted = language_tag(ending)
    return wanted is not None and wanted.partition("-")[0] in {
        (language_tag(each) or "").partition("-")[0] for each in languages
    }
