"""The records of a scan: what it finds, and what it compares with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from bylines.problems import ContentProblem

LONGEST_PATH = 1_000
"""The most bytes in a source's name. Most systems accept paths of 4,096 bytes, and the output's folder is part of a path."""


class Stamp(NamedTuple):
    """Size, times (nanoseconds) and inode of a file. If they differ from the known ones, its bytes must be compared."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Known(NamedTuple):
    """What the store knows about a source."""

    stamp: Stamp
    digest: str


class KnownSources(Protocol):
    """Looks up the sources that the store knows."""

    def get(self, name: str) -> Known | None:
        """Return the source with a name; None if the store does not know it."""

    def below(self, root: str) -> Mapping[str, Known]:
        """Return all sources below a root, by name."""


class Found(NamedTuple):
    """A source that is new or may have changed. `digest` is empty if it is not known yet; the reader then computes it."""

    name: str
    stamp: Stamp
    digest: str = ""


class Scan(NamedTuple):
    """The result of a scan: sources to read, those with a new stamp but the same bytes, and the names of deleted ones."""

    changed: list[Found]
    restamped: list[Found]
    removed: list[str]
    problems: list[ContentProblem]


class Root(NamedTuple):
    """A folder of sources: its logical name, its path, and its name in messages."""

    name: str
    folder: str
    shown: str

    def file(self, name: str) -> str:
        """Return the path of a source below this root."""
        return self.folder + name[len(self.name) :]
