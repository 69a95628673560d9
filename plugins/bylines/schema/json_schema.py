"""JSON Schema of files in YAML, so that editors complete and check them while people write."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bylines.engine.read.document import Document
from bylines.schema.example import entries_of, keyset_of, place_of

if TYPE_CHECKING:
    from bylines.engine.read.keyset import Keyset
    from bylines.engine.read.kind import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schemas"


def schemas(kinds: Iterable[Kind]) -> dict[str, str]:
    """Return the schema of each kind that is written in YAML, by its path. Texts have theirs in `front_matter`."""
    return {path_of(kind): written(schema_of(kind)) for kind in in_yaml(kinds)}


def in_yaml(kinds: Iterable[Kind]) -> list[Kind]:
    """Return the kinds that are written in YAML."""
    return [kind for kind in kinds if not issubclass(kind.record, Document)]


def path_of(kind: Kind) -> str:
    """Return where the schema of a kind lies."""
    return f"{FOLDER}/{kind.name}.json"


def written(schema: dict[str, Any]) -> str:
    """Return JSON as a file has it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the schema of a kind's files."""
    head = {"$schema": DIALECT, "title": kind.name, "description": place_of(kind)}
    entries = entries_of(kind)
    if entries is None:
        return head | _mapping(kind.keyset)
    entry = {"anyOf": [_mapping(keyset_of(kind)), {"type": "string"}]}
    named = _mapping(keyset_of(kind), without=entries.name)
    by_name = {"type": "object", "additionalProperties": {"anyOf": [named, {"type": ["string", "null"]}]}}
    return head | {"anyOf": [{"type": "array", "items": entry}, by_name]}


def _mapping(keyset: Keyset, without: str = "") -> dict[str, Any]:
    """Return the schema of a mapping of keys. `without` is a key that stands elsewhere."""
    markers = {key: marker for key, marker in keyset.markers.items() if key != without}
    return {
        "type": "object",
        "properties": {
            key: {"description": marker.about, **_also_numbers(marker.schema())} for key, marker in markers.items()
        },
        "required": [key for key, marker in markers.items() if marker.required],
        "patternProperties": {"^x_": {}},
        "additionalProperties": False,
    }


def _also_numbers(schema: dict[str, Any]) -> dict[str, Any]:
    """A text may be written as a number, such as a title `1984`."""
    is_any = schema.get("type") == "string" and not {"format", "pattern"} & schema.keys()
    return {**schema, "type": ["string", "number"]} if is_any else schema


def editor_settings(kinds: Iterable[Kind]) -> str:
    """Return the settings of VS Code that say which schema is whose, for its YAML extension."""
    files = {f"./{path_of(kind)}": _glob(kind) for kind in in_yaml(kinds)}
    return written({"yaml.schemas": files})


def _glob(kind: Kind) -> str:
    """Return the files of a kind as editors name them."""
    names = dict.fromkeys(kind.at.names, "*")
    return kind.at.pattern.format(**names)
