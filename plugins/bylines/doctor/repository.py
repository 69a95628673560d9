"""Examines git: whether it can tell what changed, and what makes it slow."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator

from bylines.doctor.finding import Finding, note, ok, problem, size
from bylines.git import NO_REPOSITORY, reason

_AREA = "git"
_OLDEST = (2, 20)
_PATIENCE = 5.0
_LOOSE = 20_000
"""The number of loose objects that makes git slow; `git gc --auto` packs them from 6,700."""
_LARGE_INDEX = 50_000
_ENV = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
_EVERY = "every build looks at each file, as it does without git"


def findings(folder: str) -> Iterator[Finding]:
    """Yields the findings on the repository that a folder is in."""
    try:
        version = _git(folder, "--version").stdout.strip()
    except (OSError, subprocess.SubprocessError) as error:
        yield note(_AREA, f"git cannot be run ({getattr(error, 'strerror', None) or error}): {_EVERY}", "install git")
        return
    yield _version(version)
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top.returncode:
        yield _refused(folder, top.stderr)
        return
    if _git(folder, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        yield note(_AREA, f"{folder} has no commit yet: {_EVERY}", "commit")
        return
    yield from _kind_of_clone(folder, top.stdout.strip())
    yield from _conversion(folder)


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *arguments],
        cwd=folder if os.path.isdir(folder) else None,
        env=_ENV,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_PATIENCE,
        check=False,
    )


def _version(said: str) -> Finding:
    numbers = re.findall(r"\d+", said)[:2]
    if tuple(map(int, numbers)) < _OLDEST:
        return problem(_AREA, f"{said} is older than 2.20", "take a newer git")
    return ok(_AREA, said)


def _refused(folder: str, said: str) -> Finding:
    what, _, mend = reason(folder, said, ("rev-parse",)).partition("; ")
    if NO_REPOSITORY in what:
        return note(_AREA, f"{folder} is in no git repository: {_EVERY}")
    return problem(_AREA, f"{what}: {_EVERY}", mend)


def _kind_of_clone(folder: str, top: str) -> Iterator[Finding]:
    settings = _settings(folder)
    if _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == "true":
        yield note(
            _AREA, "the clone is shallow, so `check --base` and `guard` may lack commits", "git fetch --unshallow"
        )
    if any(name.endswith(".promisor") and value == "true" for name, value in settings.items()):
        yield note(_AREA, "the clone is partial: an object that is missing is fetched when it is asked for")
    if settings.get("core.sparsecheckout") == "true":
        yield problem(_AREA, "the checkout is sparse: what is left out is on no page", "git sparse-checkout disable")
    index = os.path.join(folder, _git(folder, "rev-parse", "--git-path", "index").stdout.strip())
    entries = _entries(index)
    watched = settings.get("core.fsmonitor", "false") not in ("false", "")
    yield ok(_AREA, f"{top}: {entries:,} files, {'watched' if watched else 'not watched'} by git's monitor")
    if entries > _LARGE_INDEX and settings.get("core.untrackedcache") != "true":
        yield note(_AREA, "git walks all folders for files that are not tracked", "git config core.untrackedCache true")
    yield from _objects(folder)


def _settings(folder: str) -> dict[str, str]:
    lines = _git(folder, "config", "--list", "-z").stdout.split("\0")
    return {name.lower(): value for name, _, value in (line.partition("\n") for line in lines) if name}


def _entries(index: str) -> int:
    """Return the number of files in git's index, from its header (git's index-format: 'DIRC', version, number of entries)."""
    try:
        with open(index, "rb") as file:
            head = file.read(12)
    except OSError:
        return 0
    return int.from_bytes(head[8:12], "big")


def _objects(folder: str) -> Iterator[Finding]:
    lines = _git(folder, "count-objects", "-v").stdout.splitlines()
    counted = {name: int(value) for name, _, value in (line.partition(": ") for line in lines) if value.isdigit()}
    if counted.get("count", 0) > _LOOSE:
        yield note(_AREA, f"{counted['count']:,} objects lie about singly", "git gc")
    yield ok(_AREA, f"history: {size(1024 * (counted.get('size-pack', 0) + counted.get('size', 0)))}")


def _conversion(folder: str) -> Iterator[Finding]:
    from bylines.engine.scan.git import converts

    if converts(folder):
        mend = "take `text`, `eol` and filters out of .gitattributes, and `git config core.autocrlf false`"
        yield note(_AREA, f"git may change bytes on their way (attributes, autocrlf): {_EVERY}", mend)
