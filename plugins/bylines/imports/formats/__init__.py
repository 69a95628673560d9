"""Readers of exports, one module per program; each `read` returns an `OldBlog`. Also guesses which program wrote an export."""

from __future__ import annotations

import importlib
import posixpath
from typing import Any

import msgspec

from bylines.imports.export import Export, check_count
from bylines.imports.model import Entry, OldBlog
from bylines.problems import ExportError

_XML = (".xml", ".atom", ".rss", ".rdf", ".wxr")
_HUGO = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_HUGO_BEFORE = ("config.toml", "config.yaml", "config.yml", "config.json")
_TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".rst")


def read(export: Export, kind: str) -> OldBlog:
    """Reads an export with the reader for `kind`, the name of a module of this package. Raises ExportError."""
    module = importlib.import_module(f"bylines.imports.formats.{kind}")
    found: OldBlog = module.read(export)
    check_count(found.entries, export.name)
    found = _writable(found)
    return msgspec.structs.replace(found, entries=_with_unique_keys(found.entries))


def _writable(value: Any) -> Any:
    """Replaces lone surrogates in all texts of a record: JSON can contain them, but they cannot be written as UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, tuple):
        return tuple(map(_writable, value))
    return msgspec.structs.replace(value, **{name: _writable(getattr(value, name)) for name in value.__struct_fields__})


def _with_unique_keys(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Gives a new key to each entry whose key an earlier entry has."""
    found: dict[str, Entry] = {}
    for entry in entries:
        key = entry.key if entry.key not in found else f"{entry.key}#{entry.source or entry.url or len(found)}"
        key = key if key not in found else f"{key}+{len(found)}"
        found[key] = msgspec.structs.replace(entry, key=key)
    return tuple(found.values())


def guess_kind(export: Export) -> str:
    """Guesses the kind of an export from its files. Raises ExportError if they do not tell."""
    names = export.names
    for name in names:
        kind = _of_file(export, name) if name.lower().endswith((*_XML, ".json")) else ""
        if kind:
            return kind
    kind = _of_folders(names) or _of_texts(export, names)
    if kind:
        return kind
    raise ExportError(f"{export.name} does not say which program wrote it; give its kind by --from")


def _of_file(export: Export, name: str) -> str:
    head = export.head(name)
    if name.lower().endswith(".json"):
        if "jsonfeed.org/version" in head:
            return "feed"
        return "ghost" if '"db"' in head and '"meta"' in head and '"exported_on"' in head else ""
    if "wordpress.org/export/" in head:
        return "wordpress"
    if "schemas.google.com/blogger" in head or "generator uri='http://www.blogger.com'" in head:
        return "blogger"
    is_blogger = ">Blogger" in head and ".archive" in head
    is_alone = len(export.sizes) == 1 and any(f"<{tag}" in head for tag in ("rss", "feed", "rdf:RDF"))
    return "blogger" if is_blogger else "feed" if is_alone else ""


def _of_folders(names: list[str]) -> str:
    bases = {posixpath.basename(name) for name in names}
    folders = {part for name in names for part in name.split("/")[:-1]}
    if "_posts" in folders or ("_config.yml" in bases and "_drafts" in folders):
        return "jekyll"
    if bases.intersection(_HUGO) or (bases.intersection(_HUGO_BEFORE) and "content" in folders):
        return "hugo"
    return "pelican" if "pelicanconf.py" in bases else ""


def _of_texts(export: Export, names: list[str]) -> str:
    """Return the kind by the first text that tells it (Medium, Pelican or Hugo); empty if none does."""
    for name in names:
        if name.endswith(".html") and "h-entry" in (head := export.head(name)) and "p-name" in head:
            return "medium"
        if name.endswith(_TEXTS):
            head = export.head(name, 2_000).lstrip("\ufeff").lower()
            if head.startswith(("title:", "date:", "status:", "author:")) or "\n:date:" in head:
                return "pelican"
            if head.startswith(("+++", "{")):
                return "hugo"
            if head.startswith("---") and name.startswith("content/"):
                return "hugo"
    return ""
