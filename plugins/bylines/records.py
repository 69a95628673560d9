"""Defines the base of records, which hold the content of a source file: frozen, typed, validated. Capabilities declare their own.

A record depends only on its file and the reading options, not on other files, the clock or the rest of the site.
Later steps join files together. Paths are POSIX, relative to their root.
"""

from __future__ import annotations

import msgspec

from bylines.markup.options import Prose
from bylines.problems import ContentProblem


class Record(msgspec.Struct, frozen=True, tag_field="kind", kw_only=True, omit_defaults=True):
    """The base of all records. In the store's JSON, `kind` names the type."""

    more: dict[str, msgspec.Raw] = {}
    """The values of keys that other capabilities add. Their class returns them (`engine/read/added_keys.py`)."""


class Closed(Record, tag="closed", frozen=True, kw_only=True):
    """The record of a profile or `blog.yaml` that says that the blog is not public."""

    handle: str
    aliases: tuple[str, ...] = ()
    """Always empty: a closed blog keeps no aliases."""


def tag_of(record: type[Record] | Record | None) -> str:
    """Return the name of a record's kind, as in its JSON; empty if there is no record."""
    return str(record.__struct_config__.tag) if record is not None else ""


class Reading(msgspec.Struct, frozen=True):
    """The result of reading a source: its record, or None if the file is left out, and the problems with it."""

    record: Record | None
    problems: tuple[ContentProblem, ...] = ()
    prose: Prose | None = None
    """The body, if there is one, for rendering. The store does not keep it."""
