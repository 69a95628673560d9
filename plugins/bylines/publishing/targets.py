"""Places where a site is served, and which kind of place an address is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from bylines.problems import SettingsError
from bylines.publishing.slip import Slip

if TYPE_CHECKING:
    from bylines.settings import Site

_SSH = re.compile(r"(?:ssh://)?(?P<host>(?:[\w.-]+@)?[\w.-]+)(?::(?P<port>\d+))?(?P<sign>:|(?<=\d)/|/)(?P<path>.*)")
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


def target_of(address: str, site: Site) -> Target:
    """The place of an address. Raises SettingsError where it is none."""
    if address.startswith("s3://"):
        from bylines.publishing.s3 import Bucket

        return Bucket(address)
    if address.startswith("git:"):
        from bylines.publishing.branch import Branch

        return Branch(address, site.root, site.cache)
    found = _SSH.fullmatch(address) if address.startswith("ssh://") or "://" not in address else None
    if found and (address.startswith("ssh://") or found["sign"] == ":"):
        from bylines.publishing.ssh import Machine

        path = found["path"] if found["sign"] == ":" else f"/{found['path']}"
        return Machine(found["host"], found["port"] or "", path, site.publish_ssh)
    if not address or "://" in address:
        raise SettingsError(f"{address!r} is no place to publish to; name one such as {FORMS}")
    from bylines.publishing.folder import Folder

    return Folder(address, site.root)


def kept_by_others(path: str, keep: Iterable[str]) -> bool:
    """Whether a file is named among those that are not ours: itself, or a folder above it."""
    return any(path == name or path.startswith(f"{name}/") for name in keep)
