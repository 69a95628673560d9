"""Defines what a publishing target can do, and parses the addresses of targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from bylines.engine.paths import unsuited
from bylines.problems import SettingsError
from bylines.publishing.deploy_marker import DeployMarker
from bylines.settings.declared import PUBLISH_SSH

if TYPE_CHECKING:
    from bylines.settings import Site

_HOST = r"(?P<host>(?:[\w.-]+@)?[\w][\w.-]*)"
_URL = re.compile(rf"ssh://{_HOST}(?::(?P<port>\d+))?(?P<path>/.*)")
_SSH = re.compile(rf"(?!git:){_HOST}:(?P<path>(?!~$)[^:/].*|/[^/].*)")
_BUCKET = re.compile(r"s3://([\w.-]{1,255})(?:/(.*))?", re.ASCII)
_BRANCH = re.compile(r"git:([^-].*?)#([^-].*)")
FORMS = "/srv/www/blogs, deploy@www.example:/srv/www/blogs, s3://bucket/prefix or git:origin#pages"


class Target(Protocol):
    """A place from which the site is served. Each method may raise PublishError, whose message says what to do."""

    name: str
    """What messages call it."""
    takes_copies: bool
    """Whether compressed copies beside the files are useful there."""

    def open(self) -> DeployMarker | None:
        """Connect, and lock the target where that is possible. Return its deploy marker, or None if it has none."""

    def others(self, kept: set[str]) -> list[str]:
        """Return the paths of the files there that are not in `kept`."""

    def begin(self, marker: DeployMarker) -> None:
        """Record that a build is being uploaded."""

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Upload the files that do not exist yet, in this order. Each appears completely or not at all."""

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Upload the files whose bytes differ, in this order. Each is replaced completely or not at all."""

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, in this order, and folders that become empty."""

    def end(self, marker: DeployMarker) -> None:
        """Record that the upload is complete."""

    def close(self) -> None:
        """Release the lock and the connection."""


class Address(NamedTuple):
    """The parts of an address."""

    kind: Literal["folder", "ssh", "s3", "git"]
    host: str = ""
    """The machine (with its user), the bucket, or the git remote; empty for a local folder."""
    port: str = ""
    path: str = ""
    """The folder (for ssh, absolute or relative to the user's home), the prefix in the bucket, or the branch."""


def parse_address(address: str) -> Address:
    """Parse an address. Raises SettingsError if it is empty or has no known form."""
    if not address:
        raise SettingsError(f"nothing says where to publish; set BYLINES_PUBLISH_TO to a place such as {FORMS}")
    if match := _BUCKET.fullmatch(address):
        return Address("s3", match[1], path=match[2] or "")
    if match := _BRANCH.fullmatch(address):
        return Address("git", match[1], path=match[2])
    if match := _URL.fullmatch(address) or _SSH.fullmatch(address):
        path = match["path"].removeprefix("~/")  # ssh starts in the home folder
        return Address("ssh", match["host"], match.groupdict().get("port") or "", path)
    if re.match(r"[^/]*[:@]", address):  # this was not meant as a local folder
        raise SettingsError(f"{address!r} is no place to publish to; name one such as {FORMS}")
    return Address("folder", path=address)


def target_for(address: str, site: Site) -> Target:
    """Return the target for an address. Raises SettingsError if it is not valid, or if it overlaps the site's own folders."""
    found = parse_address(address)
    if found.kind == "s3":
        from bylines.publishing.s3 import Bucket

        return Bucket(address, found.host, found.path)
    if found.kind == "git":
        from bylines.publishing.branch import Branch

        return Branch(address, found.host, found.path, site.root, site.cache)
    if found.kind == "ssh":
        from bylines.publishing.ssh import Machine

        return Machine(found.host, found.port, found.path, site.of(PUBLISH_SSH))
    from bylines.publishing.folder import Folder

    target = Folder(found.path, site.root)
    if own := unsuited(target.name, site):
        raise SettingsError(f"{target.name} is no place to publish to, because of {own}; name a folder of its own")
    return target


def is_kept(path: str, keep: Iterable[str]) -> bool:
    """Return whether BYLINES_PUBLISH_KEEP (`keep`) names this file or a folder above it: such files are never deleted."""
    return any(path == name or path.startswith(f"{name}/") for name in keep)
