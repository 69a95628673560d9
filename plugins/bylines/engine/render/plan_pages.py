"""Plans which pages are rendered, from what is dirty: which there are, where they go, and which are gone."""

from __future__ import annotations

import heapq
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from bylines.engine import feature, sections
from bylines.engine.context import BuildContext, Cache, Invalidations
from bylines.engine.digest import code_digest, digest_of
from bylines.engine.feature import COPY, PageInputs, PageKind, beside
from bylines.engine.publish.output_tree import Output
from bylines.engine.render import Rendered, Task, TemplateDigests
from bylines.engine.render.path_conflicts import OutputPaths, PathClaim
from bylines.engine.spool import Place
from bylines.engine.weave.messages import ADDRESS_TAKEN

_PLACES = Cache[str, Place | None]("where the text of a source lies in the spool")

_ENCODER = msgspec.json.Encoder(order="deterministic", enc_hook=str)  # str: of views.Html
_PAGE = "SELECT path, digest, output FROM page WHERE kind = ? AND key = ?"
_OF_KIND = "SELECT count(*) FROM page WHERE kind = ?"
_BESIDE = "SELECT key, path, output FROM page WHERE kind = ? AND key > ? || '/' AND key < ? || '0'"
_IN_SPOOL = "SELECT file, offset, length FROM spool WHERE name = ?"


class Reason(NamedTuple):
    """Why a page was rendered in a build, or was not."""

    rendered: bool
    words: str


UNREACHED = Reason(False, "nothing that reaches it changed")
_SAME = Reason(False, "something changed that may reach it, but nothing that goes into it differs")
_FIRST = Reason(
    True, "the store is new: none was there, it was damaged, or it was made with other settings or by another version"
)
_NEW = Reason(True, "the page is new")
_DAMAGED = Reason(True, "the output did not hold it as it was written")
_MOVED = Reason(True, "it has another path than before")
_TEMPLATE = Reason(True, "its template changed")
_INPUTS = Reason(True, "its inputs changed")
_BOTH = Reason(True, "its template and its inputs changed")


class PagePlanner:
    """Plans the pages of one build: the tasks to render, and the paths to remove.

    Of two pages in conflict, the first (by kind, then by key) gets its path. The other waits, and a message says so.
    """

    def __init__(
        self,
        build: BuildContext,
        kinds: Sequence[PageKind],
        output: Output,
        *,
        look: bool,
        watched: Collection[str] = (),
    ) -> None:
        self._build = build
        self._kinds = kinds
        self._rank = {kind.name: rank for rank, kind in enumerate(kinds)}
        self._folders = {kind.folder: kind.name for kind in kinds if kind.folder}
        self._output = output
        self._look = look
        self._paths = OutputPaths(build.store, self._rank)
        self._watched = watched
        self._before = _remembered(build)
        self.reasons: dict[str, Reason] = {}
        """Why each of the `watched` paths that were looked at was rendered, or was not."""
        self._sections = sections.hosted(feature.load(build.site.features))
        self._again: dict[str, set[str]] = {}
        self._gone: set[tuple[str, str]] = set()
        self._left: set[str] = set()
        self._templates = self._template_digests()
        self._spooled = build.store.row("SELECT 1 FROM spool LIMIT 1") is not None

    @property
    def removed(self) -> set[str]:
        """The paths that no page has any more."""
        return {path for path in self._left if not self._paths.is_taken(path)}

    @property
    def gone(self) -> set[tuple[str, str]]:
        """The (kind, key) of pages that there are no more."""
        return self._gone

    def tasks(self, dirty: Invalidations, damaged: Mapping[str, set[str]]) -> Iterator[Task]:
        """Yield a task for each page that may differ; `damaged` has the keys, by kind, that are to be written in any case."""
        for kind in self._kinds:
            restyled = self._is_restyled(kind)
            keys = self._keys(kind, dirty, damaged.get(kind.name, set()), everything=dirty.everything or restyled)
            for key in keys:
                task = self._task(kind, key, key in damaged.get(kind.name, ()))
                if task is not None:
                    yield task
        if self._templates != self._before:
            self._build.store.remember("templates", _ENCODER.encode(self._templates).decode())

    def _is_restyled(self, kind: PageKind) -> bool:
        return self._before.get(kind.name) != self._templates[kind.name]

    def restyled_pages(self) -> int:
        """Return how many pages there are of kinds whose template changed."""
        counts = (
            self._build.store.rows(_OF_KIND, (kind.name,))[0][0] for kind in self._kinds if self._is_restyled(kind)
        )
        return sum(counts)

    def _keys(self, kind: PageKind, dirty: Invalidations, damaged: set[str], *, everything: bool) -> Iterable[str]:
        if dirty.everything:
            return kind.keys(self._build)
        keys = {*kind.affected(self._build, dirty), *damaged}
        if kind.name in self._sections:
            keys |= sections.affected(self._build, self._sections[kind.name], dirty)
        if everything:
            keys.update(kind.keys(self._build))
        return self._in_order(kind, keys)

    def _in_order(self, kind: PageKind, keys: Iterable[str]) -> Iterator[str]:
        """Yield the keys in their order, with those that are to be looked at again because of one before them."""
        waiting = sorted(keys)
        last = None
        while waiting or self._again.get(kind.name):
            for key in self._again.pop(kind.name, ()):
                heapq.heappush(waiting, key)
            key = heapq.heappop(waiting)
            if key != last:
                yield key
            last = key

    def _task(self, kind: PageKind, key: str, forced: bool) -> Task | None:
        row = None if self._build.store.fresh else self._build.store.row(_PAGE, (kind.name, key))
        inputs = kind.inputs(self._build, key)
        if inputs is not None and not self._takes(kind, key, inputs):
            inputs = None
        elif inputs is None:
            self._stop_waiting(kind, key)
        if inputs is None:
            if row:
                self._leave(row[0])
                self._gone.add((kind.name, key))
                if kind.folder:
                    self._forget(kind, key, ())
            return None
        if row and row[0] != inputs.path:
            self._leave(row[0])
        view, body = _ENCODER.encode(inputs.view), _ENCODER.encode(inputs.body) if inputs.body else b""
        hosted = self._sections.get(kind.name, ())
        pieces = sections.pieces(self._build, hosted, key) if hosted else b""
        parts = (view, body, pieces) if pieces else (view, body)
        digest = self._digest(kind, inputs, parts, self._templates[kind.name])
        if inputs.path in self._watched:
            old = self._digest(kind, inputs, parts, self._before.get(kind.name, ""))
            self.reasons[inputs.path] = self._reason(row, inputs, forced, digest, old)
        if row and row[1] == digest and not forced:
            return None
        before = row[2] if row and not forced and row[0] == inputs.path else ""
        there = ""
        if self._look and not before:
            before, there = self._output.standing(inputs.path)
        staged = os.fsencode(self._output.staged(inputs.path))
        texts = self._texts(inputs)
        others = self._others(kind, key, known=bool(row and not forced and row[0] == inputs.path))
        return Task(
            kind.name,
            key,
            inputs.path,
            view,
            body,
            digest,
            before,
            staged,
            os.fsencode(there),
            texts,
            others,
            pieces,
        )

    def _template_digests(self) -> dict[str, str]:
        """Return the digest, by kind, of a page's template and of those of the sections that it hosts."""
        digests, others = (
            TemplateDigests(self._build.site),
            sections.SectionTemplates(feature.load(self._build.site.features)),
        )
        return {
            kind.name: "" if kind.render == COPY or kind.from_files else digests.digest(kind.template, *others.of(kind))
            for kind in self._kinds
        }

    def _others(self, kind: PageKind, key: str, *, known: bool) -> dict[str, str] | None:
        """Return the digests of the files beside a page that are in the output, by name; None for pages of one file."""
        if not kind.folder:
            return None
        return {row[0][len(key) + 1 :]: row[2] for row in self._beside(kind, key)} if known else {}

    def _beside(self, kind: PageKind, key: str) -> list[tuple[str, str, str]]:
        """(key, path, digest) of each file that stood beside a page after the last build."""
        rows: list[tuple[str, str, str]] = self._build.store.rows(_BESIDE, (beside(kind.name), key, key))
        return rows

    def settle(self, page: Rendered, others: Sequence[Rendered]) -> None:
        """Store which files stand beside a rendered page. Those that stood there before are removed."""
        kind = self._kinds[self._rank[page.kind]]
        if kind.folder:
            self._forget(kind, page.key, {other.path for other in others})

    def _forget(self, kind: PageKind, key: str, kept: Collection[str]) -> None:
        for name, path, _ in [] if self._build.store.fresh else self._beside(kind, key):
            if path not in kept:
                self._gone.add((beside(kind.name), name))
                self._left.add(path)

    def _texts(self, inputs: PageInputs) -> dict[str, Place | None]:
        """Return the texts that a page shows, and where they lie in the spool."""
        names = (inputs.body.source, *inputs.texts) if inputs.body else inputs.texts
        if not self._spooled:
            return dict.fromkeys(names)
        return {name: self._place(name) for name in names}

    def _place(self, name: str) -> Place | None:
        memo = self._build.cache(_PLACES)
        if name not in memo:
            row = self._build.store.row(_IN_SPOOL, (name,))
            memo[name] = Place(*row) if row else None
        return memo[name]

    def _reason(self, row: Sequence[str] | None, inputs: PageInputs, forced: bool, digest: str, old: str) -> Reason:
        """Why a page is rendered or is not; `old` is its digest with the template of before."""
        if row is None:
            return _FIRST if self._build.store.fresh else _NEW
        if row[1] == digest:
            return _DAMAGED if forced else _SAME
        if row[0] != inputs.path:
            return _MOVED
        if old == digest:
            return _INPUTS
        return _TEMPLATE if row[1] == old else _BOTH

    def _digest(self, kind: PageKind, page: PageInputs, parts: tuple[bytes, ...], template: str) -> str:
        site = self._build.site
        names = (kind.name, page.path, template, site.digest, code_digest())
        return digest_of(b"\0".join(["\0".join(names).encode(), *parts]))

    def _takes(self, kind: PageKind, key: str, inputs: PageInputs) -> bool:
        """Return whether the page gets the path that it wants."""
        folder = next((name for name in self._folders if inputs.path.startswith(name)), "")
        if folder and self._folders[folder] != kind.name:
            self._wait(kind, key, inputs, folder, "a page of the site itself")
            return False
        own = PathClaim(self._rank[kind.name], key, inputs.path)
        stored = [other for other in self._paths.stored(inputs.path, self._left) if other[:2] != own[:2]]
        standing = (other for other in stored if other < own and not self._is_gone(other))
        holder = self._paths.taken(inputs.path) or next(standing, None)
        if holder:
            self._wait(kind, key, inputs, holder.path, self._called(holder))
            return False
        self._stop_waiting(kind, key)
        self._paths.take(own)
        for other in stored:
            if other > own and other.rank < len(self._kinds):
                self._again.setdefault(self._kinds[other.rank].name, set()).add(other.key)
        return True

    def _is_gone(self, page: PathClaim) -> bool:
        return page.rank < len(self._kinds) and (self._kinds[page.rank].name, page.key) in self._gone

    def _wait(self, kind: PageKind, key: str, inputs: PageInputs, path: str, holder: str) -> None:
        self._build.store.run("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?)", (path, kind.name, key))
        shown = self._build.shown(inputs.source) if inputs.source else kind.name
        problem = ADDRESS_TAKEN.problem(shown, url=f"/{inputs.path}", holder=holder)
        self._build.report(inputs.source or key, f"path:{kind.name}:{key}", [problem])

    def _called(self, holder: PathClaim) -> str:
        """Return what a message calls the holder of a path: the source that it shows, where there is one."""
        inputs = self._kinds[holder.rank].inputs(self._build, holder.key)
        source = inputs and (inputs.source or (inputs.body and inputs.body.source))
        return self._build.shown(source) if source else "a page of the site itself"

    def _stop_waiting(self, kind: PageKind, key: str) -> None:
        if self._build.store.fresh:
            return
        if self._build.store.row("SELECT 1 FROM waiting WHERE kind = ? AND key = ?", (kind.name, key)):
            self._build.store.run("DELETE FROM waiting WHERE kind = ? AND key = ?", (kind.name, key))
            self._build.store.run("DELETE FROM problem WHERE origin = ?", (f"path:{kind.name}:{key}",))

    def _leave(self, path: str) -> None:
        self._left.add(path)
        for kind, key in self._build.store.rows("SELECT kind, key FROM waiting WHERE path = ?", (path,)):
            self._again.setdefault(kind, set()).add(key)


def _remembered(build: BuildContext) -> dict[str, str]:
    text = build.store.meta("templates")
    found: dict[str, str] = msgspec.json.decode(text) if text else {}
    return found
