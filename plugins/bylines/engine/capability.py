"""What is known of a capability without a build: the files that it reads, what it contributes, which others it needs.

`feature.py` adds its hooks and pages, which take the build context. So the context can ask for contributions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeVar

from bylines.problems import SettingsError
from bylines.settings import capabilities

if TYPE_CHECKING:
    from bylines.engine.read.added_keys import Keys
    from bylines.engine.read.kind import Kind
    from bylines.engine.read.markers import Marker
    from bylines.records import Reading, Record
    from bylines.settings.reading import ReadOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """The base of all contributions."""

    order: int = 0
    """Those with the lowest number come first."""


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A kind of source: which names are of it, and how its bytes become a record (None: the file is taken as it is)."""

    name: str
    matches: Callable[[str], bool]
    read: Callable[[str, bytes, ReadOptions], Reading] | None = None
    limit: Callable[[ReadOptions], int] = lambda options: options.max_bytes
    """Bytes above which `read` says no more than that: it is given one more than these."""
    look: Callable[[str, BinaryIO, ReadOptions], Reading] | None = None
    """In place of `read`, for what may be large: it is given the open file."""
    static: bool = False
    """Whether it is what STATIC_PATHS names and no other kind has."""
    record: type[Record] | None = None
    """The type of record that `read` or `look` gives, if any. What has keys is better declared as a `Kind`."""


class Contributor(Protocol):
    """Whatever makes contributions."""

    @property
    def contributes(self) -> tuple[Contribution, ...]:
        """What it adds to the work of other capabilities."""


class Capability(Contributor, Protocol):
    """What is known of a capability (`engine.feature.Feature`) without its hooks."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the capabilities on which it stands."""

    @property
    def after(self) -> tuple[str, ...] | None:
        """The capabilities that weave before it where they are on; None for those that it needs."""

    @property
    def after_keys(self) -> tuple[type[Marker], ...]:
        """Markers of keys. Each capability that declares a kind with such a key weaves before it."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of sources that it reads and that are declared by their records."""

    @property
    def keys(self) -> tuple[type[Keys], ...]:
        """Keys that it adds to other capabilities' kinds."""

    @property
    def sources(self) -> tuple[SourceKind, ...]:
        """Other kinds of sources."""


C = TypeVar("C", bound=Contribution)
F = TypeVar("F", bound=Capability)


def contributions_of(features: Iterable[Contributor], kind: type[C]) -> tuple[C, ...]:
    """Return the contributions of one type, in their order."""
    found = (each for feature in features for each in feature.contributes if isinstance(each, kind))
    return tuple(sorted(found, key=lambda each: each.order))


def load(names: Sequence[str]) -> tuple[Capability, ...]:
    """Return the capabilities with these module names, in the order in which they weave.

    Raises SettingsError where one cannot be imported, or where one is left out that another needs.
    """
    return in_order([capabilities.capability(name) for name in names])


def _check_names(features: Iterable[Capability]) -> None:
    """Raises SettingsError where two capabilities have one name."""
    there: set[str] = set()
    for feature in features:
        if feature.name in there:
            raise SettingsError(
                f"BYLINES_FEATURES names two capabilities that are called {feature.name}; rename one of them"
            )
        there.add(feature.name)


def in_order(features: Sequence[F]) -> tuple[F, ...]:
    """Return the capabilities in the order in which they weave, which is otherwise that of their names in the settings.

    Raises SettingsError where one is left out that another needs.
    """
    _check_names(features)
    _check_needs(features)
    return tuple(_in_order(features))


def _check_needs(features: Sequence[Capability]) -> None:
    """Raise SettingsError for the capability that is left out and needed by most."""
    there = {feature.name for feature in features}
    needed: dict[str, list[str]] = {}
    for feature in features:
        for name in feature.needs:
            if name not in there:
                needed.setdefault(name, []).append(feature.name)
    if not needed:
        return
    name, standing = max(needed.items(), key=lambda item: len(item[1]))
    *others, last = standing
    who = f"{', '.join(others)} and {last} stand" if others else f"{last} stands"
    raise SettingsError(
        f"BYLINES_FEATURES leaves out {name}, on which {who}; name it too, or leave out {_those(others)}"
    )


def _those(others: Sequence[str]) -> str:
    return "those as well" if others else "that one as well"


def _in_order(features: Sequence[F]) -> list[F]:
    """Return the capabilities in their order, but each after those that weave before it."""
    by_name = {feature.name: feature for feature in features}
    placed: dict[str, F] = {}
    above: list[str] = []

    def place(feature: F) -> None:
        if feature.name in above:
            round_about = ", ".join(above[above.index(feature.name) :])
            raise SettingsError(
                f"BYLINES_FEATURES names capabilities that each wait for another to weave: {round_about}"
            )
        above.append(feature.name)
        for name in (*(feature.needs if feature.after is None else feature.after), *_with_keys(feature, features)):
            if name in by_name and name not in placed:
                place(by_name[name])
        above.pop()
        placed[feature.name] = feature

    for feature in features:
        if feature.name not in placed:
            place(feature)
    return list(placed.values())


def _with_keys(feature: Capability, features: Iterable[Capability]) -> Iterator[str]:
    """Yield the names of the other capabilities with a kind that has a key for which one waits."""
    for other in features if feature.after_keys else ():
        if other is not feature and any(kind.keyset.of(each) for kind in other.kinds for each in feature.after_keys):
            yield other.name
