"""What weaving and assembling pages work on: the store with the site and the build's now, and what is dirty."""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bylines.engine.capability import C, Capability, Contribution, contributions_of, load
from bylines.engine.facts import ADDRESS, Fact, K
from bylines.engine.kinds import Kinds, kinds_of
from bylines.engine.paths import shown
from bylines.engine.store import Store
from bylines.engine.weave import claims
from bylines.engine.weave.claims import Claim, fold
from bylines.problems import ContentProblem
from bylines.records import Closed, Record

if TYPE_CHECKING:
    from bylines.settings import Site

V = TypeVar("V")
_MEMO_LIMIT = 10_000


class Invalidations:
    """The facts that changed in this build; each kind of page says which of them reach it.

    A first build notes none, since it makes every page.
    """

    def __init__(self, *, everything: bool) -> None:
        self.everything = everything
        self._facts: dict[Fact[Any], set[Any]] = {}

    def add(self, fact: Fact[K], *keys: K) -> None:
        """Note what changed of one kind."""
        if not self.everything and keys:
            self._facts.setdefault(fact, set()).update(keys)

    def __getitem__(self, fact: Fact[K]) -> set[K]:
        return self._facts.get(fact, set())

    def __bool__(self) -> bool:
        return self.everything or any(self._facts.values())

    def any(self, *facts: Fact[Any]) -> bool:
        """Return whether anything of these kinds changed."""
        return any(self._facts.get(fact) for fact in facts)


@dataclass(frozen=True, eq=False)
class Cache(Generic[K, V]):
    """The declaration of one cache that is used while pages are assembled. `BuildContext.cache` returns its contents.

    A cache is equal to itself only, so two modules never share one by accident.
    """

    meaning: str
    """What an answer tells of its key."""
    full: Callable[[BuildContext, dict[K, V]], None] | None = None
    """Called with the contents before they are cleared because the cache is full."""


class BuildContext:
    """A build's view of the store: the site's settings, its now (seconds since 1970), and what was asked before."""

    def __init__(self, store: Store, site: Site, now: int) -> None:
        self.store = store
        self.site = site
        self.now = now
        self.contested: dict[str, list[Claim]] = {}
        self.linking: set[str] = set()  # the sources whose links a later build checked
        self._memos: dict[Cache[Any, Any], dict[Any, Any]] = {}
        self._contributions: dict[type[Contribution], tuple[Contribution, ...]] = {}

    def cache(self, cache: Cache[K, V]) -> dict[K, V]:
        """Return the bounded memory of a cache, which holds answers while pages are assembled."""
        memo: dict[K, V] = self._memos.setdefault(cache, {})
        if len(memo) > _MEMO_LIMIT:
            if cache.full is not None:
                cache.full(self, memo)
            memo.clear()
        return memo

    @functools.cached_property
    def _capabilities(self) -> tuple[Capability, ...]:
        """The capabilities that are switched on."""
        return load(self.site.features)

    @functools.cached_property
    def kinds(self) -> Kinds:
        """The kinds of sources that the site's capabilities declare."""
        return kinds_of(self.site.features)

    def contributions(self, kind: type[C]) -> tuple[C, ...]:
        """Return every contribution of one type that a capability of the site makes."""
        found = self._contributions.get(kind)
        if found is None:
            found = self._contributions[kind] = contributions_of(self._capabilities, kind)
        return found  # type: ignore[return-value]

    def record(self, name: str) -> Any:
        """Return the record of a source, or None; also None of a profile or `blog.yaml` that is not public."""
        record = self.stored(name)
        return None if isinstance(record, Closed) else record

    def stored(self, name: str) -> Record | None:
        """Return the record of a source as the store has it, or None."""
        row = self.store.row("SELECT record FROM source WHERE name = ?", (name,))
        found: Record | None = self.kinds.decode(row[0]) if row and row[0] else None
        return found

    def owns(self, source: str, url: str) -> bool:
        """Return whether a source has the address that it asks for."""
        if self.store.fresh:
            claimants = self.contested.get(fold(url))
            return not claimants or claimants[0].source == source
        return claims.owner(self.store, url) in (source, None)

    def place(self, name: str, url: str | None, dirty: Invalidations) -> None:
        """Says where a source is published (None: nowhere), for links to it."""
        before = None if self.store.fresh else self.address(name)
        if before == url:
            return
        dirty.add(ADDRESS, name)
        for form in {name, nfc(name)}:
            if url is None:
                self.store.run("DELETE FROM address WHERE name = ?", (form,))
            else:
                self.store.run("INSERT OR REPLACE INTO address VALUES (?, ?)", (form, url))

    def address(self, name: str) -> str | None:
        """Return the URL at which a source is published."""
        row = self.store.row("SELECT url FROM address WHERE name = ?", (name,))
        return row[0] if row else None

    def report(self, source: str, origin: str, problems: Iterable[ContentProblem]) -> None:
        """Puts `problems` in place of what `origin` had found in a source."""
        if not self.store.fresh:
            self.store.run("DELETE FROM problem WHERE source = ? AND origin = ?", (source, origin))
        rows = [(source, origin, p.path, p.line, p.message, p.mend, p.level, p.code, p.target) for p in problems]
        if rows:
            self.store.many("INSERT OR IGNORE INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def shown(self, name: str) -> str:
        """Return a source's name as messages write it: where the file lies, relative to the project."""
        return shown(self.site, name)

    @functools.cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The site's time zone."""
        return zoneinfo.ZoneInfo(self.site.read.timezone)

    def moment(self, stamp: int) -> dt.datetime:
        """Seconds since 1970 as a moment in the site's time zone."""
        return dt.datetime.fromtimestamp(stamp, self.zone)

    @functools.cached_property
    def day(self) -> dt.date:
        """The build's day, where the site is."""
        return self.moment(self.now).date()

    def midnight(self, day: dt.date) -> int:
        """When a day begins where the site is (seconds since 1970)."""
        return seconds(dt.datetime.combine(day, dt.time(), self.zone))


def nfc(name: str) -> str:
    """Return a source's name as links write it: macOS takes letters with marks apart in names of files."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def seconds(moment: dt.datetime) -> int:
    """Return a moment as whole seconds since 1970."""
    return int(moment.timestamp())


def month_before(day: dt.date, back: int) -> dt.date:
    """Return the first day of the month that lies so many before a day's own."""
    months = day.year * 12 + day.month - 1 - back
    return dt.date(months // 12, months % 12 + 1, 1)


def problems_of(store: Store) -> Iterator[ContentProblem]:
    """Yield every problem that a store holds."""
    for row in store.rows("SELECT path, line, message, mend, level, code, target FROM problem"):
        yield ContentProblem(*row)
