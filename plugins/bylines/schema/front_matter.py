"""Content types for Front Matter, the extension of VS Code in which people write texts with a header."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bylines.engine.read.document import Document
from bylines.engine.read.markers import Choice, Listed, Marker, Moment, Number, Picture, Publicity, Words
from bylines.schema.example import ordered

if TYPE_CHECKING:
    from bylines.engine.read.kind import Kind

PATH = "frontmatter.json"
_SCHEMA = "https://frontmatter.codes/frontmatter.schema.json"


def settings(kinds: Iterable[Kind]) -> str:
    """Return the settings of the extension: a content type and a folder for each kind of text."""
    texts = [kind for kind in kinds if issubclass(kind.record, Document)]
    made: dict[str, Any] = {
        "$schema": _SCHEMA,
        "frontMatter.taxonomy.dateFormat": "yyyy-MM-dd HH:mm",
        "frontMatter.taxonomy.contentTypes": [content_type(kind) for kind in texts],
        "frontMatter.content.pageFolders": [
            {"title": kind.name, "path": f"[[workspace]]/{_folder(kind)}", "contentTypes": [kind.name]}
            for kind in texts
        ],
    }
    if drafts := next((found for kind in texts for found in kind.keyset.of(Publicity)), None):
        key, marker = drafts
        made["frontMatter.content.draftField"] = {"name": key, "type": "choice", "choices": list(marker.choices)}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def content_type(kind: Kind) -> dict[str, Any]:
    """Return what the extension knows of a kind: its keys, and whether such a text lies in a folder of its own."""
    fields = [_field(key, marker) for key, marker in ordered(kind)]
    return {"name": kind.name, "pageBundle": kind.folder, "fields": fields}


def _field(key: str, marker: Marker) -> dict[str, Any]:
    field = {"name": key, "title": key, "description": marker.about, **_type(marker)}
    return field | {"required": True} if marker.required else field


def _type(marker: Marker) -> dict[str, Any]:
    """Return what the extension calls that which stands at a key."""
    if isinstance(marker, Choice):
        return {"type": "choice", "choices": list(marker.choices), "default": marker.choices[0]}
    if isinstance(marker, Number):
        return {"type": "number", "numberOptions": {"min": marker.least, "max": marker.most}}
    if isinstance(marker, Words):
        return {"type": "tags", "taxonomyLimit": marker.most}
    if isinstance(marker, Listed):
        return {"type": "list"}
    if isinstance(marker, Moment):
        return {"type": "datetime"}
    return {"type": "image"} if isinstance(marker, Picture) else {"type": "string", "single": True}


def _folder(kind: Kind) -> str:
    """Return the folder below which such texts lie."""
    return kind.at.pattern.partition("{")[0].partition("**")[0].rstrip("/")
