"""The sources that are new, changed or gone, as weaving sees them: by name, with their records before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from bylines.records import Record, tag_of


class Change(msgspec.Struct, frozen=True):
    """A source's records before and after a build. They are equal if only what it depends on changed."""

    name: str
    old: Record | None
    new: Record | None


class Changes:
    """Changes by name. In a first build, when all sources are new, their records are taken from the store one at a time.

    `load` gives the record that the store holds of a source.
    """

    def __init__(self, load: Callable[[str], Record | None]) -> None:
        self._load = load
        self._kept: dict[str, Change] = {}
        self._first: dict[str, str] = {}

    def __iter__(self) -> Iterator[str]:
        yield from self._first
        yield from self._kept

    def __len__(self) -> int:
        return len(self._first) + len(self._kept)

    def __contains__(self, name: str) -> bool:
        return name in self._kept or name in self._first

    def put(self, change: Change) -> None:
        """Adds a change."""
        self._kept[change.name] = change

    def put_first(self, name: str, kind: str) -> None:
        """Add a source of a first build. Its record is in the store; `kind` is the record's tag, empty if there is none."""
        self._first[name] = kind

    def look_again(self, names: Iterable[str]) -> list[str]:
        """Add unchanged sources whose surroundings changed. Return those that `put` had not added yet, sorted."""
        added = sorted(set(names) - self._kept.keys())
        for name in added:
            record = self._load(name)
            self.put(Change(name, record, record))
        return added

    def unread(self) -> Iterator[str]:
        """Return the sources of a first build that have no record."""
        return (name for name, kind in self._first.items() if not kind)

    def get(self, name: str) -> Change | None:
        """Return the change of a source; None if it did not change."""
        return Change(name, None, self._load(name)) if name in self._first else self._kept.get(name)

    def of(self, *types: type[Record]) -> Iterator[Change]:
        """Yield the changes of sources whose record is, or was, of one of these types."""
        for name in self._first_of(types):
            yield Change(name, None, self._load(name))
        for change in list(self._kept.values()):
            if isinstance(change.new, types) or isinstance(change.old, types):
                yield change

    def only(self, *types: type[Record]) -> Changes:
        """Return a copy with only the changes of some types. Changes can be added to it."""
        found = Changes(self._load)
        found._first = self._first_of(types)
        found._kept = {change.name: change for change in self.of(*types)} if self._kept else {}
        return found

    def _first_of(self, types: tuple[type[Record], ...]) -> dict[str, str]:
        kinds = {tag_of(found) for found in types}
        every = Record in types
        return {name: kind for name, kind in self._first.items() if kind in kinds or (every and kind)}
