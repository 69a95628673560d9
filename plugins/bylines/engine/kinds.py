"""The kinds of sources that the capabilities of a site declare: which kind a source is of, and records from the store."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from bylines.engine.capability import Capability, SourceKind, load
from bylines.engine.read.added_keys import Keys, kind_of
from bylines.engine.read.kind import PROFILE, Kind
from bylines.engine.read.markers import Named
from bylines.problems import SettingsError
from bylines.records import Closed, Record, tag_of
from bylines.settings.capabilities import capability
from bylines.settings.declared import FEATURES

if TYPE_CHECKING:
    from bylines.settings.reading import ReadOptions

Source: TypeAlias = Kind | SourceKind


class Kinds:
    """Every kind of the capabilities that are on. Raises SettingsError where two of them cannot be told apart.

    `off` are capabilities that are switched off: their keys are unknown, but a message can say whose they are.
    """

    def __init__(self, features: Sequence[Capability], off: Sequence[Capability] = ()) -> None:
        added: dict[str, list[type[Keys]]] = {}
        for each in features:
            for keys in each.keys:
                added.setdefault(kind_of(keys), []).append(keys)
        _check_added(features, added)
        self.kinds: tuple[Kind, ...] = tuple(
            kind.with_added(added.get(kind.name, ()), _keys_of(off, kind.name))
            for each in features
            for kind in each.kinds
        )
        """Those that are declared by their record, with the keys that other capabilities add."""
        by_record = {kind.record: kind for kind in self.kinds}
        self.sources = tuple(source for each in features for source in _sources(each, by_record))
        """All, in the order in which they are asked whether a source is theirs."""
        self.records: dict[str, type[Record]] = _by_tag(self.sources)
        self._by_record = by_record
        self._decoder = _decoder(self.records.values())

    def decode(self, record: bytes) -> Any:
        """Return a record from the store. Raises msgspec.MsgspecError where it is damaged."""
        return self._decoder.decode(record)

    def of_source(self, name: str) -> Source | None:
        """Return the kind of a source; None if no capability reads it. What is static is `static`'s."""
        return next((kind for kind in self.sources if not kind.static and kind.matches(name)), None)

    def of_static(self, name: str) -> Source | None:
        """Return the kind of a source in a folder of STATIC_PATHS that is of no other kind."""
        return next((kind for kind in self.sources if kind.static and kind.matches(name)), None)

    def of_record(self, record: Record) -> Kind | None:
        """Return the kind of a record; None for one that is not declared by its annotations."""
        return self._by_record.get(type(record))

    def named(self, tag: str) -> Kind | None:
        """Return the kind with a tag; None if no capability that is on declares it."""
        return next((kind for kind in self.kinds if kind.name == tag), None)

    @functools.cached_property
    def authors(self) -> tuple[Kind, ...]:
        """The kinds that describe somebody who has a blog, those of people first."""
        return tuple(sorted((kind for kind in self.kinds if kind.is_author), key=lambda kind: kind.owner != PROFILE))

    def read(self, name: str, data: bytes, options: ReadOptions) -> Record | None:
        """Return the record of a source; None if it has none, or is of no kind that is declared by its record."""
        kind = self.of_source(name)
        return kind.read(name, data, options).record if isinstance(kind, Kind) else None

    def is_followed(self, kind: Kind) -> bool:
        """Return whether what names a source of a kind is looked at again where the source changed."""
        markers = (marker for each in self.kinds for _, marker in each.keyset.of(Named))
        return any(marker.follows and marker.kind == kind.name for marker in markers)

    def links_of(self, record: Record) -> Iterator[tuple[str, str, str]]:
        """Yield the values that wait for their target as links do: key, value, and what they name.

        That is a source, or an address without slashes at its ends, after a slash.
        """
        kind = self._by_record.get(type(record))
        for key, marker, value in kind.values(record) if kind else ():
            if marker.waits(value, record):
                for target in marker.targets(value, record):
                    if target.kind == "address":
                        yield key, value, f"/{target.name}"
                    elif found := self.named(target.kind):
                        yield key, value, found.source_of(target.name)


def _keys_of(features: Iterable[Capability], kind: str) -> dict[str, str]:
    """Return the keys that capabilities add to a kind, with the capabilities' names."""
    whose = ((each.name, keys) for each in features for keys in each.keys if kind_of(keys) == kind)
    return {key: name for name, keys in whose for key in keys.__struct_fields__}


def _check_added(features: Iterable[Capability], added: Mapping[str, Sequence[type[Keys]]]) -> None:
    """Raises SettingsError for keys that nothing reads, or that need a value."""
    there = {kind.name for each in features for kind in each.kinds}
    for name, several in added.items():
        for keys in several:
            if name not in there:
                raise SettingsError(f"{keys.label()} adds keys to {name}, which no capability declares")
            if any(field.required for field in msgspec.structs.fields(keys)):
                raise SettingsError(f"{keys.label()} adds a key to {name} without a default")


def _sources(declared: Capability, kinds: Mapping[type[Record], Kind]) -> Iterator[Source]:
    """Yield the kinds of one capability."""
    yield from (kinds[kind.record] for kind in declared.kinds)
    yield from declared.sources


def _by_tag(sources: Iterable[Source]) -> dict[str, type[Record]]:
    """Return the types of records by their tags."""
    found: dict[str, type[Record]] = {"closed": Closed}
    for record in (source.record for source in sources):
        if record is None:
            continue
        other = found.setdefault(tag_of(record), record)
        if other is not record:
            raise SettingsError(
                f"BYLINES_FEATURES names capabilities with two kinds of records that are called {tag_of(record)!r}: "
                f"{_called(other)} and {_called(record)}"
            )
    return found


def _called(record: type[Record]) -> str:
    return f"{record.__module__}.{record.__qualname__}"


def _decoder(records: Iterable[type[Record]]) -> msgspec.json.Decoder[Any]:
    either: Any = functools.reduce(lambda one, other: one | other, records)  # type: ignore[arg-type, return-value]
    return msgspec.json.Decoder(either)


@functools.lru_cache(maxsize=8)
def kinds_of(features: tuple[str, ...]) -> Kinds:
    """Return the kinds of the capabilities with these names."""
    off = [capability(name) for name in FEATURES if name not in features]
    return Kinds(load(features), off)
