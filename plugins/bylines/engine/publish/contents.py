"""What a delta has: from which build to which, and how much there is."""

from __future__ import annotations

import msgspec


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """`delta.json`: what a delta has."""

    site: str
    """Whose delta it is."""
    base: str = msgspec.field(name="from")
    """The build that it is a difference to; '' for a complete one."""
    to: str
    """The build that is served when it is published."""
    complete: bool
    """Whether nothing was known of what is served: it has all files, and whatever else is served is to be deleted."""
    delete_first: bool
    """Whether something to delete is in the way of something to upload (a file where a folder comes)."""
    files: int
    bytes: int
    deleted: int
    digest: str
    """Of the two lists."""

    def line(self) -> str:
        """What there is to do, in words."""
        files = (
            f"{self.files:,} file{'s' * (self.files != 1)} to upload ({_size(self.bytes)}), {self.deleted:,} to delete"
        )
        return f"{files}; all there is: replace what is served by it" if self.complete else files


def _size(count: int) -> str:
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / 1_000:,.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"
