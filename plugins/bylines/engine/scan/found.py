"""What scanning finds, and what it compares with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from bylines.problems import ContentProblem

LONGEST_PATH = 1_000
"""Bytes of a source's name: most systems take paths of 4,096, of which the output's own is a part."""


class Stamp(NamedTuple):
    """What the file system says of a file; another stamp means: look at the bytes."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Known(NamedTuple):
    """What the store holds of a source."""

    stamp: Stamp
    digest: str


class KnownSources(Protocol):
    """The sources that the store holds."""

    def get(self, name: str) -> Known | None:
        """One of them."""

    def below(self, root: str) -> Mapping[str, Known]:
        """All whose names begin with a root's."""


class Found(NamedTuple):
    """A source that is new or may have changed. `digest` is '' where the reader is to find it out."""

    name: str
    stamp: Stamp
    digest: str = ""


class Scan(NamedTuple):
    """What a scan found: sources to read, sources whose stamp alone changed, and sources that are gone."""

    changed: list[Found]
    dirty: list[Found]
    removed: list[str]
    problems: list[ContentProblem]


class Root(NamedTuple):
    """A folder of sources: its logical name, where it lies, and how messages call it."""

    name: str
    folder: str
    shown: str

    def file(self, name: str) -> str:
        """Where a source below it lies."""
        return self.folder + name[len(self.name) :]
