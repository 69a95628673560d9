"""Collects the keys of one kind of file: their markers, the required ones, and other programs' names for them."""

from __future__ import annotations

import typing
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from bylines.engine.read.markers import Marker

if TYPE_CHECKING:
    from bylines.engine.read.fields import Fields
    from bylines.engine.read.markers import Where

M = TypeVar("M", bound=Marker)


def markers_of(record: type[msgspec.Struct]) -> dict[str, Marker]:
    """Return the markers in a record's annotations, by key. A field without a marker is no key."""
    hints = typing.get_type_hints(record, include_extras=True)
    marked = ((name, each) for name, hint in hints.items() for each in getattr(hint, "__metadata__", ()))
    return {name: each for name, each in marked if isinstance(each, Marker)}


class Keyset:
    """Keys with their markers."""

    def __init__(self, markers: Mapping[str, Marker], off: Mapping[str, str] | None = None) -> None:
        self.markers = markers
        self.off: Mapping[str, str] = off or {}
        """Keys of capabilities that are switched off, with the capabilities' names."""
        self.names = tuple(markers)
        """The keys, in the order in which the record declares them."""
        self.also: Mapping[str, str] = {other: key for key, marker in markers.items() for other in marker.also}
        """Other programs' names for keys, mapped to the keys."""
        self._of: dict[type[Marker], tuple[tuple[str, Any], ...]] = {}
        self._required = tuple((key, marker) for key, marker in markers.items() if marker.required)
        self._derived = tuple((key, marker) for key, marker in markers.items() if marker.from_name)

    def __contains__(self, key: object) -> bool:
        return key in self.markers

    def fits(self, key: str, values: Collection[str], *, is_list: bool) -> bool:
        """Return whether the values of another program's key are valid for this key."""
        marker = self.markers[key]
        return (marker.is_list or not is_list) and all(map(marker.fits, values))

    def of(self, kind: type[M]) -> tuple[tuple[str, M], ...]:
        """Return the keys that have a marker of one class, with their markers."""
        found = self._of.get(kind)
        if found is None:
            each = self.markers.items()
            found = self._of[kind] = tuple((key, marker) for key, marker in each if isinstance(marker, kind))
        return found

    def read(self, fields: Fields, where: Where) -> dict[str, Any]:
        """Return the values of the keys in the header, and of missing keys whose value follows from the file's name."""
        markers = self.markers
        values: dict[str, Any] = {}
        for key in fields.there():
            if key in markers and (value := markers[key].read(fields, key, where)) is not None:
                values[key] = value
        for key, marker in self._derived:
            if fields.node(key) is None and (value := marker.derive(fields, key, where)) is not None:
                values[key] = value
        return values

    def say_missing(self, fields: Fields, values: Mapping[str, Any], where: Where) -> bool:
        """Report every required key that is missing. Return whether one has no value."""
        lacking = [(key, marker) for key, marker in self._required if values.get(key) in (None, "")]
        for key, marker in lacking:
            if marker.required and fields.node(key) is None and not marker.is_in_name(where):
                fields.say(marker.required, key=key)
        return bool(lacking)
