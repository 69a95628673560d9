"""The deploy marker, `.bylines.json` beside the served files: which build is served, and which one is being uploaded.

A publication compares the marker with its manifest, to learn whether it may send only what changed. It also refuses to
replace a newer commit by an older one.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from bylines.engine.publish import manifest
from bylines.engine.publish.manifest import Mark
from bylines.git import Git, GitError

NAME = ".bylines.json"


class DeployMarker(msgspec.Struct, frozen=True, kw_only=True):
    """Which build is served, and which one is being uploaded."""

    site: str
    """The identity of the site (`engine.delta.identity`)."""
    served: str = ""
    """The build that was last uploaded completely; empty before the first."""
    begun: str = ""
    """The build whose upload began and did not finish; empty if there is none."""
    commit: str = ""
    """The commit from which the newest of the two was built; empty outside git."""
    moment: int = 0
    """The time of that commit, in seconds since 1970."""
    pages: int = 0
    """The number of pages of that build."""
    copies: tuple[str, ...] = ()
    """The kinds of compressed copies beside the files (keys of `precompressed.ENDINGS`)."""


class Commit(NamedTuple):
    """A commit: its hash, and its time in seconds since 1970."""

    name: str = ""
    moment: int = 0


def decode(data: bytes | None) -> DeployMarker | None:
    """Return the marker in a file; None if there is no file (`data` is None) or it cannot be read."""
    try:
        return msgspec.json.decode(data, type=DeployMarker) if data else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def encode(marker: DeployMarker) -> bytes:
    """Return the bytes of a marker file."""
    return msgspec.json.format(msgspec.json.encode(marker), indent=2) + b"\n"


def checked_out(folder: str) -> Commit:
    """Return the commit that is checked out in a folder; an empty one outside git."""
    try:
        fields = Git(folder).try_run("show", "-s", "--format=%H %ct", "HEAD").stdout.split()
    except GitError:  # there is none
        return Commit()
    return Commit(fields[0].decode(), int(fields[1])) if len(fields) == 2 else Commit()


def is_older(folder: str, here: Commit, marker: DeployMarker) -> bool:
    """Return whether the commit `here` is older than the served one.

    It is if it is an ancestor of it. If the served commit is unknown in this clone, the commit times decide.
    """
    if not here.name or not marker.commit or here.name == marker.commit:
        return False
    git = Git(folder)
    if git.commit(marker.commit):
        return git.try_run("merge-base", "--is-ancestor", here.name, marker.commit).returncode == 0
    return here.moment <= marker.moment


def matches_manifest(marker: DeployMarker | None, mark: Mark | None, manifest_file: str) -> bool:
    """Return whether a manifest describes what is served, so that sending the differences is enough.

    It does not if another machine has published since, or has begun to.
    """
    if mark is None or not mark.served:
        return False
    if marker is None or marker.site != mark.site:
        return False
    if marker.begun and marker.begun == mark.served:
        return True  # the upload was complete, but the process ended before it wrote the marker
    return marker.served == mark.served and (not marker.begun or _is_planned_in(manifest_file, marker.begun))


def _is_planned_in(manifest_file: str, token: str) -> bool:
    """Return whether the delta `token` was planned with this manifest, which therefore lists every file that it may have changed."""
    wanted = token.encode()
    with open(manifest_file, "rb") as file:
        return any(line[:1] == b"=" and wanted in line for line in file)


def manifest_mark(manifest_file: str) -> Mark | None:
    """Return the mark at the end of a manifest; None if there is no manifest."""
    found = manifest.tail(manifest_file)
    return found.mark if found else None
