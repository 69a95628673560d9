"""Places where a site is served, and which kind of place an address is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from bylines.engine.paths import unsuited
from bylines.problems import SettingsError
from bylines.publishing.slip import Slip
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
    """A place that holds what is served. Each of its methods raises PublishError, which says what to do."""

    name: str
    """For people."""
    takes_copies: bool
    """Whether packed copies of files are of use there."""

    def open(self) -> Slip | None:
        """Reaches the place and keeps others from publishing there; gives its slip."""

    def others(self, kept: set[str]) -> list[str]:
        """The files that lie there and are not in `kept`."""

    def begin(self, slip: Slip) -> None:
        """Notes that a build begins to arrive."""

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Puts those files that are not there yet, in their order. Each is there as a whole or not at all."""

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Puts files whose bytes differ from those that are there, in their order; each as a whole."""

    def delete(self, paths: Sequence[str]) -> None:
        """Deletes files, in their order, and folders that become empty."""

    def end(self, slip: Slip) -> None:
        """Notes that a build has arrived as a whole."""

    def close(self) -> None:
        """Lets others publish there."""


class Address(NamedTuple):
    """An address, taken apart."""

    kind: Literal["folder", "ssh", "s3", "git"]
    host: str = ""
    """The machine, with its user; the bucket; or the remote."""
    port: str = ""
    path: str = ""
    """The folder, for ssh from the root or from the user's home; the prefix; or the branch."""


def address_of(address: str) -> Address:
    """What an address says. Raises SettingsError where it is none."""
    if not address:
        raise SettingsError(f"nothing says where to publish; set BYLINES_PUBLISH_TO to a place such as {FORMS}")
    if match := _BUCKET.fullmatch(address):
        return Address("s3", match[1], path=match[2] or "")
    if match := _BRANCH.fullmatch(address):
        return Address("git", match[1], path=match[2])
    if match := _URL.fullmatch(address) or _SSH.fullmatch(address):
        path = match["path"].removeprefix("~/")  # where ssh begins
        return Address("ssh", match["host"], match.groupdict().get("port") or "", path)
    if re.match(r"[^/]*[:@]", address):  # what was meant is no folder of this machine
        raise SettingsError(f"{address!r} is no place to publish to; name one such as {FORMS}")
    return Address("folder", path=address)


def target_of(address: str, site: Site) -> Target:
    """The place of an address. Raises SettingsError where it is none, or where the site itself lies."""
    found = address_of(address)
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


def kept_by_others(path: str, keep: Iterable[str]) -> bool:
    """Whether a file is named among those that are not ours: itself, or a folder above it."""
    return any(path == name or path.startswith(f"{name}/") for name in keep)
