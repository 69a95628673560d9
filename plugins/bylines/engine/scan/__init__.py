"""Step 1: which sources there are, and which of them differ from what the store knows.

A source's name is its path under one of the logical roots `content/`, `authors/` and `theme/`, wherever these lie. Git's
index says what changed where it can be trusted (git); else every file is looked at (walk). Both find the same sources.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bylines.engine.scan import git, walk
from bylines.engine.scan.found import Found, Known, KnownSources, Root, Scan, Stamp
from bylines.git import INSTALL, NO_REPOSITORY, Git

__all__ = ["Found", "Known", "KnownSources", "Root", "Scan", "Scanned", "Stamp", "refusal_of", "scan"]

# A theme has few files: to ask git of them would take longer than to look at them.
_ASKED = frozenset(("authors", "content"))


class Scanned(NamedTuple):
    """What was found, and, for each root that git spoke of, what to remember of its state until the next build."""

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
    """Compares the sources below `roots` with what is known.

    `states` is what the last build remembered of each root, `now_ns` the file system's time at the start; `verify` hashes
    every file whatever its stamp or git says.
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
    """Return in plain words why git does not open the repository of a root, or an empty text if it does, or if there is none."""
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
        [source for scan in scans for source in scan.dirty],
        [name for scan in scans for name in scan.removed],
        [problem for scan in scans for problem in scan.problems],
    )
