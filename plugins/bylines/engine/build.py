"""A build: scan, read, weave, render, publish, one after the other, under a lock, with one store."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

import msgspec

from bylines.engine import feature, render, store
from bylines.engine.assemble import Assembly
from bylines.engine.changes import Change, Changes
from bylines.engine.digest import code_digest, digest_of
from bylines.engine.feature import Feature
from bylines.engine.loom import Loom, Touched, decode
from bylines.engine.places import roots, shown, spool_of
from bylines.engine.publish import Output, Standing
from bylines.engine.read.batch import Done, read_all
from bylines.engine.render import Rendered
from bylines.engine.scan import Known, Scan, Stamp, scan
from bylines.engine.store import Store
from bylines.engine.weave import weave
from bylines.engine.workers import Workers, batched
from bylines.problems import BuildError, BusyError, ContentProblem, OutputError
from bylines.settings import Site

# Rows that are held before they go into the store.
_AT_ONCE = 1_000


class Result(NamedTuple):
    """What a build did."""

    posts: int
    blogs: int
    pages: int
    written: int
    removed: int
    problems: tuple[ContentProblem, ...]
    seconds: float
    output: str
    changed: tuple[str, ...]
    """The paths that were written or removed."""

    def line(self) -> str:
        """What was built, how long it took and where it lies, in one line."""
        did = "nothing to write" if not self.changed else f"{self.written} written"
        if self.removed:
            did += f", {self.removed} removed"
        return (
            f"{self.posts:,} posts of {self.blogs:,} blogs on {self.pages:,} pages ({did}) "
            f"in {self.seconds:.2f} s: {self.output}"
        )


def build(site: Site, *, verify: bool = False, executor: Executor | None = None) -> Result:
    """Builds a site. `verify` reads every source and every page of the output, whatever their time stamps say.

    Work goes to `executor` where one is given. Raises BuildError where the build cannot go on; the output stands then.
    """
    started = time.perf_counter()
    now = _now()
    with _locked(site), Workers(site, executor) as workers:
        try:
            return _Build(site, workers, now, verify=verify).run(started)
        except (sqlite3.DatabaseError, msgspec.MsgspecError, UnicodeDecodeError):
            # The store was damaged behind its seal: it is a cache, so it is made anew.
            store.discard(store_path(site))
            return _Build(site, workers, now, verify=verify).run(started)


def store_path(site: Site) -> str:
    """Where the store of a site lies: one for each settings file."""
    name = os.path.splitext(os.path.basename(site.settings_file))[0] or "site"
    return os.path.join(site.cache, f"bylines-{name}.sqlite")


def _now() -> int:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return int(time.time())
    try:
        return int(given)
    except ValueError as error:
        raise BuildError(f"SOURCE_DATE_EPOCH is {given!r}; it is a number of seconds since 1970") from error


@contextlib.contextmanager
def _locked(site: Site) -> Iterator[None]:
    parent, name = os.path.split(site.output)
    path = os.path.join(parent, f".{name}.lock")
    try:
        os.makedirs(parent, exist_ok=True)
        file = open(path, "w", encoding="ascii")  # noqa: SIM115 (it is closed by the suite below)
    except OSError as error:
        raise OutputError(f"{parent} cannot be written ({error.strerror})") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError(f"another build is at work in {site.output}; wait until it is done") from error
        yield


class _Build:
    """One build, from its start to its end."""

    def __init__(self, site: Site, workers: Workers, now: int, *, verify: bool) -> None:
        self._site = msgspec.structs.replace(site, build=secrets.token_hex(8))
        self._workers = workers
        self._verify = verify
        self._now = now
        self._features = feature.load(site.features)
        self._output = Output(site.output)

    def run(self, started: float) -> Result:
        schemas = [loaded.schema for loaded in self._features]
        self._output.open()
        indexes = [loaded.indexes for loaded in self._features]
        opened = Store.open(store_path(self._site), _identity(self._site, self._features), schemas, indexes)
        done = False
        try:
            result = self._run(Loom(opened, self._site, self._now), started)
            done = True
            return result
        finally:
            opened.close(keep=done)
            self._output.close()

    def _run(self, loom: Loom, started: float) -> Result:
        site, opened = self._site, loom.store
        known = _KnownSources(opened)
        scanned, states = scan(roots(site), site.ignore, known, _states(opened), time.time_ns(), verify=self._verify)
        changes, removed_sources, problems = self._read(loom, scanned)
        touched = weave(loom, self._features, changes, removed_sources)
        opened.remember("git", msgspec.json.encode(states, order="deterministic").decode())
        written, gone = self._render(loom, touched, len(scanned.changed))
        removed = self._publish(opened, written, gone)
        return Result(
            *_counts(opened),
            written=len(written),
            removed=len(removed),
            problems=tuple(sorted({*_problems(opened), *scanned.problems, *problems})),
            seconds=time.perf_counter() - started,
            output=shown_output(site),
            changed=(*written, *removed),
        )

    def _read(self, loom: Loom, scanned: Scan) -> tuple[Changes, list[str], list[ContentProblem]]:
        """Reads what changed and puts it into the store; gives the changes, the sources that are gone, and problems."""
        opened = loom.store
        opened.many(
            "UPDATE source SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ? WHERE name = ?",
            [(*found.stamp, found.name) for found in scanned.touched],
        )
        if self._workers.are_many(len(scanned.changed)):
            os.mkdir(spool_of(self._site))
        changes = Changes(loom.record)
        problems: list[ContentProblem] = []
        removed = list(scanned.removed)
        for some in batched(read_all(self._workers, self._site, scanned.changed), _AT_ONCE):
            for done in some:
                if not done.digest:
                    problems.extend(done.problems)
                    removed.append(done.found.name)
            _keep_sources(loom, [done for done in some if done.digest], changes)
        for name in removed:
            changes.put(Change(name, loom.record(name), None))
            opened.run("DELETE FROM source WHERE name = ?", (name,))
            opened.run("DELETE FROM problem WHERE source = ?", (name,))
        return changes, removed, problems

    def _render(self, loom: Loom, touched: Touched, sources: int) -> tuple[list[str], set[str]]:
        """Renders what may differ; gives the paths of pages that are staged, and of those that no page has any more."""
        opened = loom.store
        fits = not opened.fresh and self._output.token() == opened.meta("token")
        damaged = {} if opened.fresh else self._damaged(opened, fits=fits)
        look = not fits or bool(damaged)
        kinds = [kind for loaded in self._features for kind in loaded.pages]
        assembly = Assembly(loom, kinds, self._output, look=look)
        tasks = assembly.tasks(touched, damaged)
        expected = sources if opened.fresh else len(touched["card"]) * 2
        rendered = self._workers.run(render.JOB, self._site, tasks, expected)
        # In a later build the pages that were there before are asked for until the last one is assembled.
        most = _AT_ONCE if opened.fresh else sys.maxsize
        written: list[str] = []
        for some in batched(rendered, most):
            written += [page.path for page in some if page.staged]
            _keep_pages(opened, some)
        opened.many("DELETE FROM page WHERE kind = ? AND key = ?", assembly.gone)
        return written, assembly.removed

    def _damaged(self, opened: Store, *, fits: bool) -> dict[str, set[str]]:
        """The keys, by kind, of pages that are not in the output as they were written."""
        count = opened.rows("SELECT count(*) FROM page")[0][0]
        if fits and not self._verify and count > self._site.look_at:
            return {}
        pages = {row[2]: row for row in opened.rows("SELECT kind, key, path, size, mtime_ns, output FROM page")}
        standing = (Standing(*row[2:]) for row in pages.values())
        found: dict[str, set[str]] = {}
        for path in self._output.damaged(standing, verify=self._verify or not fits):
            kind, key = pages[path][:2]
            found.setdefault(kind, set()).add(key)
        return found

    def _publish(self, opened: Store, staged: Sequence[str], removed: set[str]) -> list[str]:
        """Brings the output up to date; gives the paths that were deleted."""
        kept = None
        gone = set(removed)
        if opened.fresh or self._output.token() != opened.meta("token"):
            kept = set(opened.column("SELECT path FROM page"))
            gone |= self._output.written() - kept
        deleted = sorted(path for path in gone if os.path.lexists(self._output.file(path)))
        if staged or gone or kept is not None:
            opened.remember("token", self._output.publish(staged, sorted(gone), kept))
        if self._site.delete_foreign:
            everything = kept or set(opened.column("SELECT path FROM page"))
            deleted += self._output.delete_foreign(everything, self._site.retention)
        return deleted


def shown_output(site: Site) -> str:
    """The output folder as messages name it."""
    return os.path.relpath(site.output) + "/" if site.output.startswith(os.getcwd()) else site.output


def _identity(site: Site, features: Sequence[Feature]) -> str:
    schemas = "".join(loaded.schema for loaded in features)
    options = msgspec.json.encode(site.read, order="deterministic").decode()
    return digest_of("\0".join((code_digest(), site.digest, options, schemas)).encode())


class _KnownSources:
    """The sources that the store holds, for scan to compare with."""

    def __init__(self, opened: Store) -> None:
        self._store = opened

    def get(self, name: str) -> Known | None:
        row = self._store.row(f"SELECT {_KNOWN} FROM source WHERE name = ?", (name,))
        return Known(Stamp(*row[:4]), row[4]) if row else None

    def below(self, root: str) -> dict[str, Known]:
        range_of = (f"{root}/", f"{root}0")
        rows = self._store.rows(f"SELECT name, {_KNOWN} FROM source WHERE name >= ? AND name < ?", range_of)
        return {name: Known(Stamp(*stamp), digest) for name, *stamp, digest in rows}


_KNOWN = "size, mtime_ns, ctime_ns, inode, digest"


def _states(opened: Store) -> dict[str, str]:
    """What git's state was at the last build, by root."""
    found: dict[str, str] = msgspec.json.decode(opened.meta("git") or "{}")
    return found


def _keep_sources(loom: Loom, read: Sequence[Done], changes: Changes) -> None:
    """Puts what was read into the store, and notes what it was before."""
    for done in read:
        name = done.found.name
        loom.report(name, "read", done.problems)
        if loom.store.fresh:
            changes.put_first(name, done.kind)
        else:
            changes.put(Change(name, loom.record(name), decode(done.record) if done.record else None))
    rows = [(done.found.name, *done.found.stamp, done.digest, done.record) for done in read]
    loom.store.many("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    texts = [(done.found.name, *done.text) for done in read if done.text]
    loom.store.many("INSERT INTO spool VALUES (?, ?, ?, ?)", texts)


def _keep_pages(opened: Store, rendered: Sequence[Rendered]) -> None:
    # A page whose bytes are in the output already, unseen, keeps the stamp that is remembered of it.
    same = [page for page in rendered if page.size < 0]
    opened.many(
        "UPDATE page SET digest = ? WHERE kind = ? AND key = ?", [(page.digest, page.kind, page.key) for page in same]
    )
    opened.many(
        "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(p.kind, p.key, p.path, p.digest, p.output, p.size, p.mtime_ns) for p in rendered if p.size >= 0],
    )


def _problems(opened: Store) -> Iterator[ContentProblem]:
    for row in opened.rows("SELECT path, line, message, mend FROM problem"):
        yield ContentProblem(*row)


def _counts(opened: Store) -> tuple[int, int, int]:
    """How many posts, blogs and pages there are."""
    posts = opened.rows("SELECT posts FROM tally WHERE list = 'site'")
    blogs = opened.rows("SELECT count(*) FROM (SELECT handle FROM person UNION SELECT handle FROM team)")
    pages = opened.rows("SELECT count(*) FROM page")
    return posts[0][0] if posts else 0, blogs[0][0], pages[0][0]


__all__ = ["Result", "build", "shown", "store_path"]
