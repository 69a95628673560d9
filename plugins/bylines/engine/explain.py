"""Where a page comes from, and where a source goes: asked of the functions that the build itself uses.

A source reaches the pages that would be rendered, or be gone, without it. That is tried: weaving and assembling run as if
it were gone (or its text another), inside a transaction that is taken back.
"""

from __future__ import annotations

import contextlib
import difflib
import heapq
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from bylines.engine import sections
from bylines.engine.context import BuildContext
from bylines.engine.feature import Feature, PageKind, owner
from bylines.engine.paths import roots, shown
from bylines.engine.publish.output_tree import Output
from bylines.engine.render import TemplateDigests
from bylines.engine.render.plan_pages import UNREACHED, PagePlanner, Reason
from bylines.engine.store import Store
from bylines.engine.weave.changes import Change, Changes
from bylines.engine.weave.claims import fold
from bylines.engine.weave.weave import forget, weave

if TYPE_CHECKING:
    from bylines.settings import Site

# Candidates up to which each is tried alone; of more, whole groups that make no difference are passed over.
_FEW = 60
_NEAREST = 5
# Paths that are compared letter by letter, of all that there are.
_LIKELY = 200


class Wanted(NamedTuple):
    """What a person may have meant: paths of pages, and names of sources."""

    pages: frozenset[str]
    sources: tuple[str, ...]


class PageOrigin(msgspec.Struct, frozen=True, tag="page", tag_field="is"):
    """Where a page comes from. `sources` are those without which it would be another."""

    path: str
    kind: str
    key: str
    template: str
    templates: tuple[str, ...]
    """The template and all that it extends, includes or imports."""
    settings: str
    """The digest of the settings that it follows from."""
    sources: tuple[str, ...]
    lists: dict[str, int]
    """The lists that its making asks about, with the number of their posts: these reach it by number and place too."""
    rendered: bool
    """In this build."""
    written: bool
    """Whether its bytes were others than those in the output."""
    why: str
    changed: tuple[str, ...]
    """Those of its sources that changed since the last build."""


class SourceReach(msgspec.Struct, frozen=True, tag="source", tag_field="is"):
    """Which pages, by path and kind, a source reaches."""

    source: str
    text: dict[str, str]
    """Those that an edit of its text alone would change."""
    pages: dict[str, str]
    """Those that would be others, or not be there, without it."""


class Unknown(msgspec.Struct, frozen=True, tag="unknown", tag_field="is"):
    """Neither a page nor a source; the nearest paths of both."""

    path: str
    nearest: tuple[str, ...]


Explanation = PageOrigin | SourceReach | Unknown


class Account(NamedTuple):
    """What a build keeps of itself to be explained: why watched pages were rendered, which sources and pages changed."""

    reasons: dict[str, Reason]
    sources: Collection[str]
    pages: Collection[str]


def wanted(site: Site, path: str) -> Wanted:
    """Return what a path may mean: a page by its URL or its file, a source by its file or its name."""
    text = path.removeprefix(site.url) if site.url else path
    full = os.path.abspath(path)
    below = os.path.relpath(full, site.output) if full.startswith(site.output + os.sep) else text.lstrip("/")
    pages = {below, f"{below.rstrip('/')}/index.html".lstrip("/")}
    names = [
        root.name + full[len(root.folder) :].replace(os.sep, "/")
        for root in roots(site)
        if full.startswith(root.folder + os.sep)
    ]
    return Wanted(frozenset(pages), (*names, text))


def explained_by(store: Store, path: str) -> str:
    """Return the path of the page that a file belongs to; empty if the path is a page itself, or unknown.

    The file has the same origin as that page.
    """
    row = store.row("SELECT kind, key FROM page WHERE path = ?", (path,))
    stands = owner(*row) if row else ("", "")
    if row is None or stands == tuple(row):
        return ""
    return str(store.rows("SELECT path FROM page WHERE kind = ? AND key = ?", stands)[0][0])


class Explainer:
    """Explains what a store holds. It writes into the store and takes all of it back."""

    def __init__(self, store: Store, site: Site, now: int, features: Sequence[Feature], output: Output) -> None:
        self._store = store
        self._site = site
        self._now = now
        self._features = features
        self._kinds = {kind.name: kind for loaded in features for kind in loaded.pages}
        self._sections = sections.hosted(features)
        self._output = output
        store.run("PRAGMA cache_spill = OFF")  # what is taken back is not to reach the file

    def explain(self, path: str, account: Account) -> Explanation:
        """Explains a path as people write it."""
        meant = wanted(self._site, path)
        for name in meant.sources:
            if self._store.row("SELECT 1 FROM source WHERE name = ?", (name,)):
                return self._source(name)
        for page in sorted({explained_by(self._store, page) or page for page in meant.pages}):
            row = self._store.row("SELECT kind, key FROM page WHERE path = ?", (page,))
            if row and row[0] in self._kinds:
                return self._page(page, self._kinds[row[0]], row[1], account)
        return Unknown(path, self._nearest(path))

    def _page(self, path: str, kind: PageKind, key: str, account: Account) -> PageOrigin:
        heard = self._heard(kind, key)
        sources = self._sources(path, heard)
        others = sections.SectionTemplates(self._features).of(kind)
        names = TemplateDigests(self._site).names(kind.template, *others) if kind.template else []
        reason = account.reasons.get(path, UNREACHED)
        return PageOrigin(
            path=path,
            kind=kind.name,
            key=key,
            template=kind.template or kind.render,
            templates=tuple(names),
            settings=self._site.digest,
            sources=tuple(shown(self._site, name) for name in sources),
            lists=self._lists(heard),
            rendered=reason.rendered,
            written=path in account.pages,
            why=reason.words,
            changed=tuple(shown(self._site, name) for name in sources if name in account.sources),
        )

    def _source(self, name: str) -> SourceReach:
        return SourceReach(
            source=shown(self._site, name),
            text=self._with_kinds(self._reached(lambda build, changes: _edit(build, changes, name), ())),
            pages=self._with_kinds(self._without([name])),
        )

    def _with_kinds(self, paths: Iterable[str]) -> dict[str, str]:
        rows = ((path, self._store.row("SELECT kind FROM page WHERE path = ?", (path,))) for path in sorted(paths))
        return {path: row[0] if row else "" for path, row in rows}

    def _lists(self, heard: Iterable[str]) -> dict[str, int]:
        rows = (
            (text, self._store.row("SELECT posts FROM list_count WHERE list = ?", (text,))) for text in sorted(heard)
        )
        return {name: row[0] for name, row in rows if row}

    def _sources(self, path: str, heard: Iterable[str]) -> list[str]:
        """Return the sources without which a page would be another: of those that its making names, those that matter."""
        candidates = sorted({*self._named(heard), *self._store.column(_WITHOUT_ADDRESS)})
        return list(self._that_matter(path, candidates))

    def _that_matter(self, path: str, names: list[str]) -> Iterator[str]:
        if not names or ((len(names) == 1 or len(names) > _FEW) and path not in self._without(names)):
            return
        if len(names) == 1:
            yield names[0]
            return
        parts = (
            [[name] for name in names] if len(names) <= _FEW else [names[: len(names) // 2], names[len(names) // 2 :]]
        )
        for part in parts:
            yield from self._that_matter(path, part)

    def _without(self, names: list[str]) -> set[str]:
        """Return the pages that would be others, or not be there, without some sources."""
        return self._reached(lambda build, changes: forget(build, changes, names), names)

    def _reached(self, change: Callable[[BuildContext, Changes], None], removed: Sequence[str]) -> set[str]:
        """Return the paths of pages that a build would render or delete after a change."""
        with self._taken_back():
            build = BuildContext(self._store, self._site, self._now)
            changes = Changes(build.stored)
            change(build, changes)
            dirty = weave(build, self._features, changes, removed)
            assembly = PagePlanner(build, list(self._kinds.values()), self._output, look=False)
            return {task.path for task in assembly.tasks(dirty, {})} | assembly.removed

    @contextlib.contextmanager
    def _taken_back(self) -> Iterator[None]:
        self._store.run("SAVEPOINT trial")
        try:
            yield
        finally:
            self._store.run("ROLLBACK TO trial")
            self._store.run("RELEASE trial")

    def _heard(self, kind: PageKind, key: str) -> set[str]:
        """Return all texts that come up while a page is drafted: names, addresses, lists …"""
        listening = _Listening(self._store)
        with self._taken_back():
            build = BuildContext(listening, self._site, self._now)
            inputs = kind.inputs(build, key)
            found = sections.pieces(build, self._sections.get(kind.name, ()), key) if inputs else b""
        heard = listening.heard | {key, *_texts(msgspec.json.decode(found or b"[]"))}
        if inputs is not None:
            heard |= {text.removeprefix(self._site.url) for text in _texts(msgspec.to_builtins(inputs, enc_hook=str))}
        return heard

    def _named(self, heard: Iterable[str]) -> set[str]:
        """Return the sources that have one of these texts for their name, address or handle."""
        found: set[str] = set()
        for text in heard:
            found.update(self._store.column("SELECT name FROM source WHERE name = ?", (text,)))
            person = self._store.column("SELECT url FROM address WHERE name = ?", (f"@{text}",))
            for url in (text, f"blogs/{text}/", *person):
                found.update(self._store.column("SELECT source FROM claim WHERE folded = ?", (fold(url),)))
        return found - {""}

    def _nearest(self, path: str) -> tuple[str, ...]:
        known = self._store.column("SELECT path FROM page")
        known += [shown(self._site, name) for name in self._store.column("SELECT name FROM source")]
        likely = heapq.nlargest(_LIKELY, known, key=lambda other: _in_common(path, other))
        return tuple(difflib.get_close_matches(path, likely, _NEAREST, 0.3))


# What has no address of its own (the topics file, a draft) is not known by one.
_WITHOUT_ADDRESS = """
SELECT name FROM source WHERE record IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.source = source.name)
"""


def _edit(build: BuildContext, changes: Changes, name: str) -> None:
    """Pretend that a source's text changed but its record did not."""
    build.store.run("UPDATE source SET digest = 'another' WHERE name = ?", (name,))
    changes.put(Change(name, build.stored(name), build.stored(name)))


def _in_common(one: str, other: str) -> int:
    """Return how many letters two paths share at their beginnings and ends."""
    prefix = os.path.commonprefix
    return len(prefix((one, other))) + len(prefix((one[::-1], other[::-1])))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in (*value.keys(), *value.values()):
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


class _Listening(Store):
    """A store that notes each text in its questions and answers."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.path, store.db, store.identity, fresh=False)
        self.heard: set[str] = set()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return all rows of a query."""
        found = super().rows(sql, values)
        self.heard.update(text for row in (values, *found) for text in row if isinstance(text, str))
        return found

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any | None:
        """Return the first row of a query, or None."""
        found = super().row(sql, values)
        self.heard.update(text for text in (*values, *(found or ())) if isinstance(text, str))
        return found

    def column(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the first column of a query."""
        return [row[0] for row in self.rows(sql, values)]
