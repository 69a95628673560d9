"""Reads YAML files that are a list of texts or mappings, or a mapping of names to either, such as `topics.yaml`."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import msgspec

from bylines.engine.read import header, messages, text
from bylines.engine.read.declared import Declared
from bylines.engine.read.fields import Fields
from bylines.engine.read.header import HeaderError, Node
from bylines.engine.read.keyset import Keyset, markers_of
from bylines.engine.read.markers import Marker, Where
from bylines.engine.read.meant import Slip
from bylines.records import Reading


class Entries(Marker):
    """The entries of a list. An entry is a mapping with the keys of `entry`, or a text, which becomes its `name`.

    If the file is a mapping of names to entries, the name becomes `name`, and an entry that is a text becomes its `text`.
    """

    is_list = True

    def __init__(self, about: str, entry: type[msgspec.Struct], *, name: str, text: str = "", **more: Any) -> None:
        super().__init__(about, **more)
        self.entry, self.name, self.text = entry, name, text

    @functools.cached_property
    def keyset(self) -> Keyset:
        """Return the keys of an entry."""
        return Keyset(markers_of(self.entry))

    def schema(self) -> dict[str, Any]:
        """Return the schema of a list of mappings or texts."""
        keys = {key: marker.schema() for key, marker in self.keyset.markers.items()}
        return {"type": "array", "items": {"type": ["object", "string"], "properties": keys}}


def read_entries(kind: Declared, where: Where, given: dict[str, Any], data: bytes) -> Reading:
    """Read a file. An entry that cannot be used is left out, and a message says so."""
    decoded = text.decode(where.shown, data, limit := kind.limit(where.options))
    if decoded.text is None:
        return Reading(None, tuple(decoded.problems))
    said: list[Slip] = []
    try:
        root = header.parse_yaml(decoded.text, 1, largest=limit, said=said, all_texts=True)
    except HeaderError as error:
        return Reading(None, (*decoded.problems, error.problem(where.shown)))
    problems = [*decoded.problems, *header.problems_of(where.shown, said)]
    if not isinstance(root.value, list | tuple):
        return Reading(None, (*problems, messages.NOT_A_MAPPING.problem(where.shown, root.line)))
    key, marker = kind.keyset.of(Entries)[0]
    made = []
    for name, value in items_of(root):
        fields = Fields(where.shown, mapping_of(marker, name, value), marker.keyset, (name or value).line)
        values = _values(marker, fields, name, where)
        if values is not None:
            made.append(marker.entry(**values))
        problems += fields.problems
    return Reading(kind.record(**given | {key: tuple(made)}), tuple(problems))


def items_of(root: Node) -> Iterator[tuple[Node | None, Node]]:
    """Yield the entries, each with the name before its colon; None if the file is a list."""
    for item in root.value:
        yield (None, item) if isinstance(item, Node) else item


def mapping_of(marker: Entries, name: Node | None, value: Node) -> Node:
    """Return an entry as a mapping; a text becomes a mapping with one key."""
    key = marker.text if name else marker.name
    return Node(((Node(key, value.line), value),), value.line) if isinstance(value.value, str) and key else value


def _values(marker: Entries, fields: Fields, name: Node | None, where: Where) -> dict[str, Any] | None:
    """Return the values of an entry; None if a required key is missing."""
    values = marker.keyset.read(fields, where)
    if not values.get(marker.name) and name is not None and isinstance(name.value, str):
        values[marker.name] = name.value.strip()
    return None if marker.keyset.say_missing(fields, values, where) else values
