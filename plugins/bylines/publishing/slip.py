"""What lies beside what is served, `.bylines.json`: which build it is, and whether a later one has begun to arrive.

By it a publication knows whether what is served is what its manifest says, and never puts an older state over a newer one.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from bylines.engine.publish import manifest
from bylines.engine.publish.manifest import Mark
from bylines.git import Git, GitError

NAME = ".bylines.json"


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """Which build is served, and which one has begun to arrive."""

    site: str
    """Whose it is: `engine.delta.identity`."""
    served: str = ""
    """The build that is served as a whole; '' before the first."""
    begun: str = ""
    """The build that has begun to arrive, and has not arrived; '' for none."""
    commit: str = ""
    """The commit that it was built from; '' outside git."""
    moment: int = 0
    """When that was committed: seconds since 1970."""
    pages: int = 0
    """How many pages are served."""
    copies: tuple[str, ...] = ()
    """Which packed copies lie beside the files."""


class Commit(NamedTuple):
    """What is checked out: its name, and when it was committed."""

    name: str = ""
    moment: int = 0


def read(data: bytes | None) -> Slip | None:
    """A slip from its bytes; None where there is none that can be read."""
    try:
        return msgspec.json.decode(data, type=Slip) if data else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def written(slip: Slip) -> bytes:
    """The bytes of a slip."""
    return msgspec.json.format(msgspec.json.encode(slip), indent=2) + b"\n"


def checked_out(folder: str) -> Commit:
    """The commit of a folder; none outside git."""
    try:
        said = Git(folder).tried("show", "-s", "--format=%H %ct", "HEAD").stdout.split()
    except GitError:  # there is none
        return Commit()
    return Commit(said[0].decode(), int(said[1])) if len(said) == 2 else Commit()


def is_older(folder: str, here: Commit, slip: Slip) -> bool:
    """Whether what is checked out is older than what is served: a commit before it, or one that knows nothing of it."""
    if not here.name or not slip.commit or here.name == slip.commit:
        return False
    git = Git(folder)
    if git.commit(slip.commit):
        return git.tried("merge-base", "--is-ancestor", here.name, slip.commit).returncode == 0
    return here.moment <= slip.moment


def fits(slip: Slip | None, mark: Mark | None, manifest_file: str) -> bool:
    """Whether a manifest is right about a place, so that what differs from it is what differs there.

    It is not where another machine has published there since, or has begun to.
    """
    if mark is None or not mark.served:
        return False
    if slip is None or slip.site != mark.site:
        return False
    if slip.begun and slip.begun == mark.served:
        return True  # all had arrived; only the slip was not written any more
    return slip.served == mark.served and (not slip.begun or _knows(manifest_file, slip.begun))


def _knows(manifest_file: str, token: str) -> bool:
    """Whether a delta was planned by this manifest: then it knows what that may have changed."""
    wanted = token.encode()
    with open(manifest_file, "rb") as file:
        return any(line[:1] == b"=" and wanted in line for line in file)


def tail(manifest_file: str) -> Mark | None:
    """How a manifest ends; None where there is none."""
    found = manifest.tail(manifest_file)
    return found.mark if found else None
