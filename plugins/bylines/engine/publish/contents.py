"""The summary of a delta: which two builds it lies between, and how many files it has."""

from __future__ import annotations

import msgspec


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """The content of `delta.json`."""

    site: str
    """The site it belongs to: `delta.identity`."""
    base: str = msgspec.field(name="from")
    """The token of the build that it is compared with; empty if it is complete."""
    to: str
    """The token of the build that is served once it is published."""
    complete: bool
    """Whether it has every file because nothing is known about what is served; all other served files must be deleted."""
    delete_first: bool
    """Whether a path to delete blocks one to upload, such as a file where a folder will be."""
    files: int
    bytes: int
    deleted: int
    digest: str
    """The digest of the two lists of paths."""

    def line(self) -> str:
        """Return a summary for people, such as '3 files to upload (12 kB), 1 to delete'."""
        files = (
            f"{self.files:,} file{'s' * (self.files != 1)} to upload ({_size(self.bytes)}), {self.deleted:,} to delete"
        )
        return f"{files}; all there is: replace what is served by it" if self.complete else files


def _size(count: int) -> str:
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / 1_000:,.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"
