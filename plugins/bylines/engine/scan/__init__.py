"""Step 1: finds the sources, and which of them differ from what the store knows.

A source's name is its path under one of the logical roots `content/`, `authors/` and `theme/`, wherever their folders are.
`git` asks git what changed; if git's answer cannot be relied on, `walk` looks at every file. Both find the same sources.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bylines.engine.scan import git, walk
from bylines.engine.scan.found import Found, Known, KnownSources, Root, Scan, Stamp
from bylines.git import INSTALL, NO_REPOSITORY, Git

__all__ = ["Found", "Known", "KnownSources", "Root", "Scan", "Scanned", "Stamp", "refusal_of", "scan"]

# The roots for which git is asked. A theme has few files: asking git would take longer than looking at them.
_ASKED = frozenset(("authors", "content"))


class Scanned(NamedTuple):
    """The result of a scan, and for each root that git answered for, the state to remember until the next build."""

    scan: Scan
    states: dict[str, str]


def scan(
    roots: Sequence[Root],
    ignore: Sequence[str],
    known: KnownSources,
    states: Mapping[str, str],
    now_ns: int,
    *,
    verify: bool = False,
) -> Scanned:
    """Compares the sources below `roots` with what the store knows.

    `ignore` has the patterns of IGNORE_FILES, `states` the state of each root that the last build remembered. `now_ns` is
    the file system's time at the start, in nanoseconds. `verify` hashes every file, whatever its stamp or git says.
    """
    asked = {root.name: git.ask(root, states.get(root.name, "")) for root in roots if root.name in _ASKED}
    ignored = walk.matcher(ignore)
    skip = {root.folder for root in roots}
    scans: list[Scan] = []
    found: dict[str, str] = {}
    for root in roots:
        answer = asked[root.name].answer() if root.name in asked else None
        scan = None
        if answer is not None and answer.differing is not None and not verify:
            scan = walk.look_at(root, answer.differing, ignored, known, now_ns)
        if scan is None:
            scan = walk.walk(root, ignored, known, now_ns, skip, verify=verify)
        if answer is not None:
            found[root.name] = answer.remembered(unsure=walk.unsure(root, scan))
        scans.append(scan)
    return Scanned(_together(scans), found)


def refusal_of(roots: Sequence[Root], states: Mapping[str, str]) -> str:
    """Return in plain words why git cannot open the repository of a root; empty if it can, or if there is no repository."""
    for root in roots:
        if root.name in _ASKED and root.name not in states and _lies_in_git(root.folder):
            refusal = Git(root.folder).refusal()
            if refusal and NO_REPOSITORY not in refusal and INSTALL not in refusal:
                return refusal
    return ""


def _lies_in_git(folder: str) -> bool:
    at = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(at, ".git")):
        above = os.path.dirname(at)
        if above == at:
            return False
        at = above
    return os.path.isdir(folder)


def _together(scans: Sequence[Scan]) -> Scan:
    return Scan(
        [source for scan in scans for source in scan.changed],
        [source for scan in scans for source in scan.restamped],
        [name for scan in scans for name in scan.removed],
        [problem for scan in scans for problem in scan.problems],
    )
