"""Examines a site and its machine: versions, settings, git, disk, store, output and clock. Changes nothing.

Each area is examined by itself, so that a fault in one does not hide those in others. For the same reason each area's module
is imported only when it runs: a missing library may be the fault.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from bylines.doctor.finding import Finding, problem

if TYPE_CHECKING:
    from bylines.settings import Site

BOTH = ("pelicanconf.py", "publishconf.py")
"""The two settings files of a site: for previews, and for publication."""


def examined(settings: str) -> list[Finding]:
    """Returns the findings of all areas, in order. Never raises, whatever is broken."""
    root = os.path.dirname(os.path.abspath(settings))
    sites: list[Site] = []
    found = [*_guarded("versions", lambda: _versions(root)), *_guarded("clock", _clock)]
    found += _guarded("settings", lambda: _settings(settings, sites))
    found += _guarded("git", lambda: _git(sites, root))
    if sites:
        for area, look in (("disk", _disk), ("store", _store), ("output", _output)):
            found += _guarded(area, lambda look=look: look(sites))  # type: ignore[misc]
    return list(dict.fromkeys(found))


def _guarded(area: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """Return the findings of one area. If examining it fails, that is added as a problem."""
    found: list[Finding] = []
    try:
        found.extend(look())
    except Exception as error:  # anything may be broken here
        reason = f"{type(error).__name__}: {error}"
        found.append(problem(area, f"this could not be looked at ({reason})", "see to what it names"))
    return found


def _versions(root: str) -> Iterator[Finding]:
    from bylines.doctor import versions

    return versions.findings(root)


def _clock() -> Iterator[Finding]:
    from bylines.doctor import clock

    return clock.findings()


def _settings(settings: str, sites: list[Site]) -> Iterator[Finding]:
    from bylines.doctor import configured

    folder = os.path.dirname(settings)
    others = [os.path.join(folder, name) for name in BOTH if os.path.basename(settings) in BOTH]
    for file in dict.fromkeys([settings, *filter(os.path.isfile, others)]):
        yield from configured.findings(file, sites)


def _git(sites: Sequence[Site], root: str) -> Iterator[Finding]:
    from bylines.doctor import repository

    for folder in dict.fromkeys([site.content for site in sites] or [root]):
        yield from repository.findings(folder)


def _disk(sites: Sequence[Site]) -> Iterator[Finding]:
    from bylines.doctor import disk

    return disk.findings(sites)


def _store(sites: Sequence[Site]) -> Iterator[Finding]:
    from bylines.doctor import stored

    for site in sites:
        yield from stored.findings(site)


def _output(sites: Sequence[Site]) -> Iterator[Finding]:
    from bylines.doctor import tree

    return tree.findings(sites)
