"""From what was touched to the pages that must be rendered: which ones there are, where they go, which are gone."""

from __future__ import annotations

import heapq
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from bylines import messages
from bylines.engine.digest import code_digest, digest_of
from bylines.engine.feature import COPY, Draft, PageKind, beside
from bylines.engine.loom import Cache, Loom, Touched
from bylines.engine.publish import Output
from bylines.engine.render import Rendered, Task, TemplateDigests
from bylines.engine.rivals import Ground, Rival
from bylines.engine.spool import Place

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


class Assembly:
    """The pages of one build: the tasks that they make, and what is removed.

    Of two pages that are in each other's way the one that comes first (by kind, then by key) has its path; the other
    waits, and is told so.
    """

    def __init__(
        self, loom: Loom, kinds: Sequence[PageKind], output: Output, *, look: bool, watched: Collection[str] = ()
    ) -> None:
        self._loom = loom
        self._kinds = kinds
        self._rank = {kind.name: rank for rank, kind in enumerate(kinds)}
        self._folders = {kind.folder: kind.name for kind in kinds if kind.folder}
        self._output = output
        self._look = look
        self._ground = Ground(loom.store, self._rank)
        self._watched = watched
        self._before = _remembered(loom)
        self.reasons: dict[str, Reason] = {}
        """Of those of the `watched` paths whose page was looked at."""
        self._again: dict[str, set[str]] = {}
        self._gone: set[tuple[str, str]] = set()
        self._left: set[str] = set()
        self._templates = _template_digests(loom, kinds)
        self._spooled = loom.store.row("SELECT 1 FROM spool LIMIT 1") is not None

    @property
    def removed(self) -> set[str]:
        """The paths that no page has any more."""
        return {path for path in self._left if not self._ground.is_taken(path)}

    @property
    def gone(self) -> set[tuple[str, str]]:
        """The (kind, key) of pages that there are no more."""
        return self._gone

    def tasks(self, touched: Touched, damaged: Mapping[str, set[str]]) -> Iterator[Task]:
        """A task for each page that may differ; `damaged` has the keys, by kind, that are to be written in any case."""
        for kind in self._kinds:
            restyled = self._is_restyled(kind)
            keys = self._keys(kind, touched, damaged.get(kind.name, set()), everything=touched.everything or restyled)
            for key in keys:
                task = self._task(kind, key, key in damaged.get(kind.name, ()))
                if task is not None:
                    yield task
        if self._templates != self._before:
            self._loom.store.remember("templates", _ENCODER.encode(self._templates).decode())

    def _is_restyled(self, kind: PageKind) -> bool:
        return self._before.get(kind.name) != self._templates[kind.name]

    def restyled_pages(self) -> int:
        """How many pages there are of kinds whose template changed."""
        counts = (
            self._loom.store.rows(_OF_KIND, (kind.name,))[0][0] for kind in self._kinds if self._is_restyled(kind)
        )
        return sum(counts)

    def _keys(self, kind: PageKind, touched: Touched, damaged: set[str], *, everything: bool) -> Iterable[str]:
        if touched.everything:
            return kind.keys(self._loom)
        keys = {*kind.reach(self._loom, touched), *damaged}
        if everything:
            keys.update(kind.keys(self._loom))
        return self._in_order(kind, keys)

    def _in_order(self, kind: PageKind, keys: Iterable[str]) -> Iterator[str]:
        """The keys in their order, with those that are to be looked at again because of one before them."""
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
        row = None if self._loom.store.fresh else self._loom.store.row(_PAGE, (kind.name, key))
        draft = kind.draft(self._loom, key)
        if draft is not None and not self._takes(kind, key, draft):
            draft = None
        elif draft is None:
            self._stop_waiting(kind, key)
        if draft is None:
            if row:
                self._leave(row[0])
                self._gone.add((kind.name, key))
                if kind.folder:
                    self._forget(kind, key, ())
            return None
        if row and row[0] != draft.path:
            self._leave(row[0])
        view, body = _ENCODER.encode(draft.view), _ENCODER.encode(draft.body) if draft.body else b""
        digest = self._digest(kind, draft, view, body, self._templates[kind.name])
        if draft.path in self._watched:
            old = self._digest(kind, draft, view, body, self._before.get(kind.name, ""))
            self.reasons[draft.path] = self._reason(row, draft, forced, digest, old)
        if row and row[1] == digest and not forced:
            return None
        before = row[2] if row and not forced and row[0] == draft.path else ""
        there = ""
        if self._look and not before:
            before, there = self._output.standing(draft.path)
        staged = os.fsencode(self._output.staged(draft.path))
        texts = self._texts(draft)
        others = self._others(kind, key, known=bool(row and not forced and row[0] == draft.path))
        return Task(
            kind.name,
            key,
            draft.path,
            view,
            body,
            digest,
            before,
            staged,
            os.fsencode(there),
            texts,
            others,
        )

    def _others(self, kind: PageKind, key: str, *, known: bool) -> dict[str, str] | None:
        """The digests of the files beside a page that are in the output, by name; None for pages of one file."""
        if not kind.folder:
            return None
        return {row[0][len(key) + 1 :]: row[2] for row in self._beside(kind, key)} if known else {}

    def _beside(self, kind: PageKind, key: str) -> list[tuple[str, str, str]]:
        """(key, path, digest) of each file that stood beside a page after the last build."""
        rows: list[tuple[str, str, str]] = self._loom.store.rows(_BESIDE, (beside(kind.name), key, key))
        return rows

    def settle(self, page: Rendered, others: Sequence[Rendered]) -> None:
        """Notes which files stand beside a page now that it is rendered: what stood there and does not is gone."""
        kind = self._kinds[self._rank[page.kind]]
        if kind.folder:
            self._forget(kind, page.key, {other.path for other in others})

    def _forget(self, kind: PageKind, key: str, kept: Collection[str]) -> None:
        for name, path, _ in [] if self._loom.store.fresh else self._beside(kind, key):
            if path not in kept:
                self._gone.add((beside(kind.name), name))
                self._left.add(path)

    def _texts(self, draft: Draft) -> dict[str, Place | None]:
        """The texts that a page shows, and where they lie in the spool."""
        names = (draft.body.source, *draft.texts) if draft.body else draft.texts
        if not self._spooled:
            return dict.fromkeys(names)
        return {name: self._place(name) for name in names}

    def _place(self, name: str) -> Place | None:
        memo = self._loom.memo(_PLACES)
        if name not in memo:
            row = self._loom.store.row(_IN_SPOOL, (name,))
            memo[name] = Place(*row) if row else None
        return memo[name]

    def _reason(self, row: Sequence[str] | None, draft: Draft, forced: bool, digest: str, old: str) -> Reason:
        """Why a page is rendered or is not; `old` is its digest with the template of before."""
        if row is None:
            return _FIRST if self._loom.store.fresh else _NEW
        if row[1] == digest:
            return _DAMAGED if forced else _SAME
        if row[0] != draft.path:
            return _MOVED
        if old == digest:
            return _INPUTS
        return _TEMPLATE if row[1] == old else _BOTH

    def _digest(self, kind: PageKind, draft: Draft, view: bytes, body: bytes, template: str) -> str:
        site = self._loom.site
        parts = (kind.name, draft.path, template, site.digest, code_digest())
        return digest_of(b"\0".join(["\0".join(parts).encode(), view, body]))

    def _takes(self, kind: PageKind, key: str, draft: Draft) -> bool:
        """Whether the page gets the path that it wants."""
        folder = next((name for name in self._folders if draft.path.startswith(name)), "")
        if folder and self._folders[folder] != kind.name:
            self._wait(kind, key, draft, folder, "a page of the site itself")
            return False
        own = Rival(self._rank[kind.name], key, draft.path)
        stored = [other for other in self._ground.stored(draft.path, self._left) if other[:2] != own[:2]]
        standing = (other for other in stored if other < own and not self._is_gone(other))
        holder = self._ground.taken(draft.path) or next(standing, None)
        if holder:
            self._wait(kind, key, draft, holder.path, self._called(holder))
            return False
        self._stop_waiting(kind, key)
        self._ground.take(own)
        for other in stored:
            if other > own and other.rank < len(self._kinds):
                self._again.setdefault(self._kinds[other.rank].name, set()).add(other.key)
        return True

    def _is_gone(self, page: Rival) -> bool:
        return page.rank < len(self._kinds) and (self._kinds[page.rank].name, page.key) in self._gone

    def _wait(self, kind: PageKind, key: str, draft: Draft, path: str, holder: str) -> None:
        self._loom.store.run("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?)", (path, kind.name, key))
        shown = self._loom.shown(draft.source) if draft.source else kind.name
        problem = messages.ADDRESS_TAKEN.problem(shown, url=f"/{draft.path}", holder=holder)
        self._loom.report(draft.source or key, f"path:{kind.name}:{key}", [problem])

    def _called(self, holder: Rival) -> str:
        """What a message calls the holder of a path: the source that it shows, where there is one."""
        draft = self._kinds[holder.rank].draft(self._loom, holder.key)
        source = draft and (draft.source or (draft.body and draft.body.source))
        return self._loom.shown(source) if source else "a page of the site itself"

    def _stop_waiting(self, kind: PageKind, key: str) -> None:
        if self._loom.store.fresh:
            return
        if self._loom.store.row("SELECT 1 FROM waiting WHERE kind = ? AND key = ?", (kind.name, key)):
            self._loom.store.run("DELETE FROM waiting WHERE kind = ? AND key = ?", (kind.name, key))
            self._loom.store.run("DELETE FROM problem WHERE origin = ?", (f"path:{kind.name}:{key}",))

    def _leave(self, path: str) -> None:
        self._left.add(path)
        for kind, key in self._loom.store.rows("SELECT kind, key FROM waiting WHERE path = ?", (path,)):
            self._again.setdefault(kind, set()).add(key)


def _template_digests(loom: Loom, kinds: Sequence[PageKind]) -> dict[str, str]:
    digests = TemplateDigests(loom.site)
    return {
        kind.name: "" if kind.render == COPY or kind.from_files else digests.digest(kind.template) for kind in kinds
    }


def _remembered(loom: Loom) -> dict[str, str]:
    text = loom.store.meta("templates")
    found: dict[str, str] = msgspec.json.decode(text) if text else {}
    return found
