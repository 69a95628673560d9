"""Defines the part of a `Kind` that the readers of its files need, so that they do not import `kind`."""

from __future__ import annotations

from typing import Any, Protocol

from bylines.engine.read.added_keys import Keys
from bylines.engine.read.fields import Fields
from bylines.engine.read.keyset import Keyset
from bylines.engine.read.markers import Where
from bylines.records import Record
from bylines.settings.reading import ReadOptions


class Declared(Protocol):
    """A kind of source, as its readers see it."""

    record: type[Record]
    added: tuple[type[Keys], ...]
    """Keys that other capabilities add."""
    closable: bool
    """Whether such a file can say that a blog is not public."""

    @property
    def keyset(self) -> Keyset:
        """Return every key that such a file may have, with its marker."""

    def limit(self, options: ReadOptions) -> int:
        """Return the most bytes that such a file may have."""

    def made(self, values: dict[str, Any], fields: Fields, where: Where) -> Record | None:
        """Return the record with these values. If a required key is missing or the check fails, report it and return None."""
