"""A build: scan, read, weave, render, publish, one after the other, under a lock, with one store."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import itertools
import os
import secrets
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor

import msgspec

from bylines.engine import feature, render, source_table, store
from bylines.engine.context import BuildContext, Invalidations, problems_of
from bylines.engine.digest import code_digest, digest_of
from bylines.engine.explain import Account, Explainer, Explanation, explained_by, wanted
from bylines.engine.facts import CARD
from bylines.engine.feature import Feature, owner
from bylines.engine.interrupt import uninterrupted
from bylines.engine.lock import locked
from bylines.engine.own_pages import OwnPages
from bylines.engine.paths import manifest_path, roots, shown, shown_folder, spool_of, store_path
from bylines.engine.progress import PUBLISH, READ, RENDER, SCAN, WEAVE, ProgressListener, StepTimer
from bylines.engine.publish.delta import Delta
from bylines.engine.publish.output_tree import ByteDigest, Output, OutputFile
from bylines.engine.read.batch import read_all
from bylines.engine.render import Rendered
from bylines.engine.render.plan_pages import PagePlanner, Reason
from bylines.engine.result import BuildOptions, Kind, Result
from bylines.engine.scan import Scan, refusal_of, scan, strays
from bylines.engine.store import Store
from bylines.engine.weave import hints
from bylines.engine.weave.changes import Changes
from bylines.engine.weave.weave import forget, weave
from bylines.engine.workers.pool import Workers, batched, few_collections
from bylines.problems import BuildError, ContentProblem, OutputError
from bylines.settings import Site
from bylines.settings.declared import LOOK_AT, PARALLEL_FROM

# Rows that are held before they go into the store.
_AT_ONCE = 1_000
# Pages after which whoever waits is told again.
_TOLD_AFTER = 40
# Pages up to which they are moved in without an interrupt: it takes a fraction of a second.
_SOON = 10_000
# What SQLite says when it is the disk or the folder that is at fault, not the store.
_NOT_DAMAGE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def build(
    site: Site, *, verify: bool = False, executor: Executor | None = None, options: BuildOptions | None = None
) -> Result:
    """Builds a site. `verify` reads every source and every page of the output, whatever their time stamps say.

    Work goes to `executor` where one is given. Raises BuildError where the build cannot go on; the output stands then.
    """
    started = time.perf_counter()
    moment = now()
    options = options or BuildOptions()
    alone = locked(site.output, options.steps, options.wait)
    with _explained(site), _ended(options.steps), alone, few_collections(), Workers(site, executor) as workers:
        try:
            return _Build(site, workers, moment, options, verify=verify).run(started)
        except (sqlite3.DatabaseError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            if _is_the_disks(error):
                raise
            # The store was damaged behind its seal: it is a cache, so it is made anew.
            store.discard(store_path(site))
            return _Build(site, workers, moment, options, verify=verify).run(started)


@contextlib.contextmanager
def _ended(steps: ProgressListener) -> Iterator[None]:
    try:
        yield
    finally:
        steps.end()


@contextlib.contextmanager
def _explained(site: Site) -> Iterator[None]:
    """Says what the machine refuses (a full disk, a folder that went away) in the words of a BuildError."""
    try:
        yield
    except BrokenExecutor as error:
        raise BuildError("a worker ended before its work was done (was it killed, or is memory short?)") from error
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise OutputError(f"{place}{error.strerror or error}; the output stands as it was") from error
    except sqlite3.Error as error:
        raise OutputError(f"the store {store_path(site)} cannot be written ({error})") from error


def _is_the_disks(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _NOT_DAMAGE


def now() -> int:
    """Return the build's now, in seconds since 1970: SOURCE_DATE_EPOCH, else the clock. Raises BuildError."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return int(time.time())
    try:
        dt.datetime.fromtimestamp(int(given), dt.UTC)
        return int(given)
    except (ValueError, OverflowError, OSError) as error:
        raise BuildError(f"SOURCE_DATE_EPOCH is {given!r}; it is a number of seconds since 1970") from error


class _Build:
    """One build, from its start to its end."""

    def __init__(self, site: Site, workers: Workers, now: int, options: BuildOptions, *, verify: bool) -> None:
        self._site = msgspec.structs.replace(site, build=secrets.token_hex(8))
        self._workers = workers
        self._verify = verify
        self._now = now
        self._features = feature.load(site.features)
        self._output = _output(site, options, verify=verify)
        self._fits = False
        self._manner = options
        self._timer = StepTimer(options.steps)
        self._notes: list[str] = []
        self._reasons: dict[str, Reason] = {}
        self._changed: set[str] = set()

    def run(self, started: float) -> Result:
        self._site = msgspec.structs.replace(self._site, stage=self._output.open())
        try:
            result = self._with_store(started)
            if self._manner.explain:
                result = result._replace(explained=self._explained(result))
        except KeyboardInterrupt:
            self._output.leave()
            raise  # whoever waits is not to wait for a large stage to be deleted: the next build does it
        except BaseException:
            self._output.close()
            raise
        self._output.close()
        return result

    def _with_store(self, started: float) -> Result:
        opened = self._open_store()
        done = False
        try:
            result = self._run(BuildContext(opened, self._site, self._now), started)
            done = True
            return result
        finally:
            opened.close(keep=done)

    def _explained(self, result: Result) -> Explanation:
        opened = self._open_store()
        try:
            account = Account(self._reasons, self._changed, result.changed)
            explainer = Explainer(opened, self._site, self._now, self._features, self._output)
            return explainer.explain(self._manner.explain, account)
        finally:
            opened.close(keep=False)

    def _open_store(self) -> Store:
        path = store_path(self._site)
        if not store.can_be_kept(path):
            self._notes.append(
                f"{self._site.cache} cannot be written: this build kept no store, so the next one is a clean one"
            )
            path = os.path.join(self._site.stage, "store.sqlite")
        schemas = [loaded.schema for loaded in self._features]
        indexes = [loaded.indexes for loaded in self._features]
        return Store.open(path, identity(self._site, self._features), schemas, indexes)

    def _run(self, build: BuildContext, started: float) -> Result:
        opened = build.store
        known = frozenset() if opened.fresh else frozenset(problems_of(opened))
        dirty, count, problems = self._woven(build)
        own = OwnPages(build, self._features)
        rendered, staged, gone = self._render(build, dirty, count, own)
        own.check(gone)
        written = [path for _, path in staged]
        removed = self._publish(opened, written, gone)
        delta = self._output.contents
        folders = hints.Folders(self._site)
        return Result(
            *_counts(opened),
            written=len(written),
            removed=len(removed),
            problems=tuple(sorted(hints.hinted(folders, {*problems_of(opened), *problems}))),
            seconds=time.perf_counter() - started,
            output=shown_folder(self._output.folder),
            changed=(*written, *removed),
            rendered=rendered.total(),
            steps=self._timer.done(),
            kinds=_kinds(opened, rendered, Counter(kind for kind, _ in staged)) if self._manner.by_kind else (),
            known=frozenset(hints.hinted(folders, known)),
            notes=(*self._notes, *self._output.notes, *(note for each in self._features for note in each.notes(build))),
            delta=delta,
        )

    def _woven(self, build: BuildContext) -> tuple[Invalidations, int, list[ContentProblem]]:
        """Scans, reads and weaves; returns what is dirty, how many sources were read, and what no store keeps: problems of
        files that could not be had. The lists of sources end here, before pages take up memory.
        """
        site, opened = self._site, build.store
        self._timer.begin(SCAN)
        known = source_table.SourceTable(opened)
        scanned, states = scan(
            roots(site), site.ignore, known, source_table.git_states(opened), time.time_ns(), verify=self._verify
        )
        if refusal := refusal_of(roots(site), states):
            self._notes.append(f"{refusal}; until then every build looks at each file")
        changes, removed, problems = self._read(build, scanned)
        self._timer.begin(WEAVE, len(self._features))
        dirty = weave(build, self._features, changes, removed, self._timer.advance)
        opened.remember("git", msgspec.json.encode(states, order="deterministic").decode())
        return dirty, len(scanned.changed), [*scanned.problems, *problems, *strays.said(site, strays.strays(site))]

    def _read(self, build: BuildContext, scanned: Scan) -> tuple[Changes, list[str], list[ContentProblem]]:
        """Reads what changed and puts it into the store; gives the changes, the sources that are gone, and problems."""
        opened = build.store
        opened.many(
            "UPDATE source SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ? WHERE name = ?",
            [(*found.stamp, found.name) for found in scanned.restamped],
        )
        many = len(scanned.changed)
        if self._workers.are_many(many) or many >= self._site.of(PARALLEL_FROM):
            os.mkdir(spool_of(self._site))
        self._timer.begin(READ, len(scanned.changed))
        changes = Changes(build.stored)
        problems: list[ContentProblem] = []
        removed = list(scanned.removed)
        for some in batched(read_all(self._workers, self._site, scanned.changed), _AT_ONCE):
            for done in some:
                if not done.digest:
                    problems.extend(done.problems)
                    removed.append(done.found.name)
            source_table.keep(build, [done for done in some if done.digest], changes)
            self._timer.advance(len(some))
        forget(build, changes, removed)
        if self._manner.explain:
            self._changed.update(changes)
        return changes, removed, problems

    def _render(
        self, build: BuildContext, dirty: Invalidations, source_table: int, own: OwnPages
    ) -> tuple[Counter[str], list[tuple[str, str]], set[str]]:
        """Renders what may differ.

        Gives how many pages of each kind were rendered, kind and path of those that are staged, and the paths that no
        page has any more.
        """
        opened = build.store
        self._fits = self._output.fits(opened.meta("token") or "")
        damaged = {} if opened.fresh else self._damaged(opened, fits=self._fits)
        look = not self._fits or bool(damaged)
        kinds = [kind for loaded in self._features for kind in loaded.pages]
        assembly = PagePlanner(build, kinds, self._output, look=look, watched=self._watched(opened))
        tasks = assembly.tasks(dirty, damaged)
        expected = _expected(opened, dirty, source_table, assembly) + sum(map(len, damaged.values()))
        self._timer.begin(RENDER, expected)
        rendered = self._settled(assembly, self._workers.run(render.JOB, self._site, tasks, expected), look=look)
        # In a later build the pages that were there before are asked for until the last one is assembled.
        most = _AT_ONCE if opened.fresh else sys.maxsize
        staged: list[tuple[str, str]] = []
        counts: Counter[str] = Counter()
        for some in batched(self._counted(rendered), most):
            counts.update(page.kind for page in some)
            staged += [(page.kind, page.path) for page in some if page.staged]
            own.rendered(page.path for page in some)
            _keep_pages(opened, some)
        opened.many("DELETE FROM page WHERE kind = ? AND key = ?", assembly.gone)
        self._reasons = assembly.reasons
        return counts, staged, assembly.removed

    def _watched(self, opened: Store) -> frozenset[str]:
        if not self._manner.explain:
            return frozenset()
        meant = wanted(self._site, self._manner.explain).pages
        return meant | {stands for path in meant if (stands := explained_by(opened, path))}

    def _settled(self, assembly: PagePlanner, rendered: Iterator[Rendered], *, look: bool) -> Iterator[Rendered]:
        """Yield the pages as they come; which files stand beside one is known only now."""
        for page in rendered:
            yield page
            others = list(itertools.islice(rendered, page.others))
            assembly.settle(page, others)
            for other in others:
                yield self._unstaged(other) if look and other.staged else other

    def _unstaged(self, page: Rendered) -> Rendered:
        """Unstage a file whose bytes are already in the output."""
        if self._output.standing(page.path)[0] != page.output:
            return page
        os.remove(self._output.staged(page.path))
        return page._replace(staged=False)

    def _counted(self, rendered: Iterator[Rendered]) -> Iterator[Rendered]:
        count = 0
        for count, page in enumerate(rendered, 1):
            if count % _TOLD_AFTER == 0:
                self._timer.advance(_TOLD_AFTER)
            yield page
        self._timer.advance(count % _TOLD_AFTER)

    def _damaged(self, opened: Store, *, fits: bool) -> dict[str, set[str]]:
        """Return the keys, by kind, of pages that are not in the output as they were written."""
        count = opened.rows("SELECT count(*) FROM page")[0][0]
        if fits and not self._verify and count > self._site.of(LOOK_AT):
            return {}
        pages = {row[2]: row for row in opened.rows("SELECT kind, key, path, size, mtime_ns, output FROM page")}
        standing = (OutputFile(*row[2:]) for row in pages.values())
        found: dict[str, set[str]] = {}
        for path in self._output.damaged(standing, verify=self._verify or not fits):
            kind, key = owner(*pages[path][:2])
            found.setdefault(kind, set()).add(key)
        return found

    def _publish(self, opened: Store, staged: Sequence[str], removed: set[str]) -> list[str]:
        """Brings the output up to date; gives the paths that were deleted."""
        kept = None
        gone = set(removed)
        if not self._fits:
            kept = set(opened.column("SELECT path FROM page"))
            gone |= self._output.written() - kept
        deleted = sorted(path for path in gone if self._output.holds(path))
        self._timer.begin(PUBLISH, len(staged))
        if staged or gone or kept is not None or self._manner.delta:
            with uninterrupted() if len(staged) + len(gone) <= _SOON else contextlib.nullcontext():
                bytes_of = functools.partial(_bytes_of, opened)
                opened.remember("token", self._output.publish(staged, sorted(gone), kept, bytes_of))
        self._timer.advance(len(staged))
        if self._site.delete_foreign:
            everything = kept or set(opened.column("SELECT path FROM page"))
            deleted += self._output.delete_foreign(everything, self._site.retention)
        return deleted


def _output(site: Site, options: BuildOptions, *, verify: bool) -> Output:
    if not options.delta:
        return Output(site.output)
    return Delta(site, options.delta, options.manifest or manifest_path(site), verify=verify)


def _bytes_of(opened: Store, path: str) -> ByteDigest:
    return ByteDigest(*opened.rows("SELECT output, size FROM page WHERE path = ?", (path,))[0])


def identity(site: Site, features: Sequence[Feature]) -> str:
    """Return what a store has to be written by and for: this code, these settings, these capabilities."""
    schemas = "".join(loaded.schema for loaded in features)
    options = msgspec.json.encode(site.read, order="deterministic").decode()
    own = feature.own_code(site.features)
    return digest_of("\0".join((code_digest(), site.digest, options, schemas, own)).encode())


def _expected(opened: Store, dirty: Invalidations, source_table: int, assembly: PagePlanner) -> int:
    """Return how many pages are going to be rendered, about."""
    if opened.fresh:
        lists = opened.rows("SELECT count(*) FROM list_count")[0][0]
        return int(source_table + 2 * lists)  # each list has a page and a feed, or two pages
    # A post that looks otherwise is on its own page, in lists of its blog and topics, and in their feeds.
    return len(dirty[CARD]) * 5 + assembly.restyled_pages()


def _kinds(opened: Store, rendered: Counter[str], written: Counter[str]) -> tuple[Kind, ...]:
    rows = opened.rows("SELECT kind, count(*) FROM page GROUP BY kind ORDER BY kind")
    return tuple(Kind(name, pages, rendered[name], written[name]) for name, pages in rows)


def _keep_pages(opened: Store, rendered: Sequence[Rendered]) -> None:
    # A page whose bytes are in the output already, unseen, keeps the stamp that is remembered of it.
    same = [(p.kind, p.key, p.path, p.digest, p.output) for p in rendered if p.size < 0]
    opened.many(_KEEP_UNSEEN, same)
    opened.many(
        "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(p.kind, p.key, p.path, p.digest, p.output, p.size, p.mtime_ns) for p in rendered if p.size >= 0],
    )


_KEEP_UNSEEN = """
INSERT INTO page VALUES (?, ?, ?, ?, ?, -1, 0)
ON CONFLICT DO UPDATE SET path = excluded.path, digest = excluded.digest, output = excluded.output
"""


def _counts(opened: Store) -> tuple[int, int, int]:
    """Return how many posts, blogs and pages there are."""
    posts = opened.rows("SELECT posts FROM list_count WHERE list = 'site'")
    blogs = opened.rows("SELECT count(*) FROM index_entry WHERE catalogue = 'blogs'")
    pages = opened.rows("SELECT count(*) FROM page")
    return posts[0][0] if posts else 0, blogs[0][0], pages[0][0]


__all__ = ["BuildOptions", "Kind", "Result", "build", "shown", "store_path"]
