"""The base of what was read from source files: frozen, typed, validated. Capabilities declare their own records.

A record holds nothing that depends on another file, on the clock or on the site beyond the reading options;
whatever joins files together is woven later. Paths are POSIX, relative to their root.
"""

from __future__ import annotations

import msgspec

from bylines.markup.options import Prose
from bylines.problems import ContentProblem


class Record(msgspec.Struct, frozen=True, tag_field="kind", kw_only=True, omit_defaults=True):
    """The base of all records; `kind` in the store's JSON tells which one it is."""

    more: dict[str, msgspec.Raw] = {}
    """What other capabilities read of it: ask by their type (`engine/read/added_keys.py`)."""


class Closed(Record, tag="closed", frozen=True, kw_only=True):
    """A profile or a `blog.yaml` that says that the blog is not public."""

    handle: str
    aliases: tuple[str, ...] = ()
    """None are kept."""


def tag_of(record: type[Record] | Record | None) -> str:
    """Return the name of a record's kind, as its JSON says it; empty if there is no record."""
    return str(record.__struct_config__.tag) if record is not None else ""


class Reading(msgspec.Struct, frozen=True):
    """What became of one source: a record, or None where the file had to be left out; and what was wrong with it."""

    record: Record | None
    problems: tuple[ContentProblem, ...] = ()
    prose: Prose | None = None
    """The body of what has one, for whoever shows it; it is not kept in the store."""
