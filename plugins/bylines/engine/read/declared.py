"""What the readers of files ask of a kind of source, which is a `Kind`."""

from __future__ import annotations

from typing import Any, Protocol

from bylines.engine.read.added_keys import Keys
from bylines.engine.read.fields import Fields
from bylines.engine.read.keyset import Keyset
from bylines.engine.read.markers import Where
from bylines.records import Record
from bylines.settings.reading import ReadOptions


class Declared(Protocol):
    """A kind of source, to those who read its files."""

    record: type[Record]
    added: tuple[type[Keys], ...]
    """Keys of other capabilities."""
    closable: bool
    """Whether such a file says that a blog is not public."""

    @property
    def keyset(self) -> Keyset:
        """Every key that such a file may have."""

    def limit(self, options: ReadOptions) -> int:
        """Return how many bytes such a file may have."""

    def made(self, values: dict[str, Any], fields: Fields, where: Where) -> Record | None:
        """Return the record of some values; None if it lacks what it needs. What is wrong becomes a message."""
