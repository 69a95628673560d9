"""Pins the running version of Bylines for a new site, so that pip can install it anywhere."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
from typing import NamedTuple

from bylines.git import Git, GitError

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Git's short form of `ssh://git@host/path`.
_SHORT = re.compile(r"(?P<user>[\w.-]+@)?(?P<host>[\w.-]+):(?!//)(?P<path>[^\s]+)")


class Pin(NamedTuple):
    """A requirement for pip, and a note for the keeper (empty if there is none)."""

    requirement: str
    note: str = ""


def pinned(package: str = _PACKAGE) -> Pin:
    """The requirement for the running Bylines: the commit that pip installed, or the one of its repository, or its version."""
    return _installed(package) or _of_repository(package) or Pin(f"bylines=={importlib.metadata.version('bylines')}")


def _installed(package: str) -> Pin | None:
    """The requirement from pip's record of the package's origin (https://packaging.python.org/specifications/direct-url/)."""
    try:
        distribution = importlib.metadata.distribution("bylines")
    except importlib.metadata.PackageNotFoundError:
        return None
    if not os.path.samefile(str(distribution.locate_file("bylines")), package):
        return None
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    commit = origin.get("vcs_info", {}).get("commit_id")
    if commit:
        return _at(origin["url"], commit)
    return Pin(f"bylines=={distribution.version}") if not origin else Pin(origin["url"], _LOCAL)


def _of_repository(package: str) -> Pin | None:
    root = _git(package, "rev-parse", "--show-toplevel")
    commit = _git(package, "rev-parse", "HEAD")
    if not root or not commit or not os.path.samefile(os.path.join(root, "plugins/bylines"), package):
        return None
    remote = _git(
        root, "config", "--get", "remote.origin.url"
    )  # the address for everybody, without this user's `insteadOf`
    if not remote:
        return _at(f"file://{root}", commit)
    pin = _at(_as_url(remote, root), commit)
    known = _git(root, "branch", "--remotes", "--contains", commit)
    return pin if known else pin._replace(note=f"push commit {commit[:10]} of Bylines to {remote}; it is not there yet")


def _at(url: str, commit: str) -> Pin:
    if url.startswith("file:"):  # pip of Python 3.11 takes no address without a host after `@`
        return Pin(f"git+{url}@{commit}#egg=bylines", _LOCAL)
    return Pin(f"bylines @ git+{url}@{commit}")


def _as_url(remote: str, root: str) -> str:
    """Converts a remote's address to a URL that pip accepts."""
    if "://" in remote:
        return remote
    short = _SHORT.fullmatch(remote)
    if short:
        return f"ssh://{short['user'] or ''}{short['host']}/{short['path'].lstrip('/')}"
    return "file://" + os.path.abspath(os.path.join(root, os.path.expanduser(remote)))


def _git(folder: str, *arguments: str) -> str:
    """Return the output of a git command; empty if it fails."""
    try:
        done = Git(folder).try_run(*arguments)
    except GitError:
        return ""
    return os.fsdecode(done.stdout).strip() if done.returncode == 0 else ""


_LOCAL = "requirements.txt names a folder of this machine; write an address there that others and the git host's machines reach"
