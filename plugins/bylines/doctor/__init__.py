"""What ails a site, or its machine: versions, settings, git, disk, store, output and clock are looked at, and nothing is changed.

Each area is looked at by itself, so that what is broken in one keeps none of the others from being told. So each is imported
where it is looked at: a library that is missing is one of the things that may be broken.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from bylines.doctor.finding import Finding, problem

if TYPE_CHECKING:
    from bylines.settings import Site

BOTH = ("pelicanconf.py", "publishconf.py")
"""The settings files that a site has: to look at it, and to publish it."""


def examined(settings: str) -> list[Finding]:
    """Everything that was found, area by area. Raises nothing, whatever is broken."""
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
    """What a look finds; that it could not be had is a finding too."""
    found: list[Finding] = []
    try:
        found.extend(look())
    except Exception as error:  # whatever is broken: that is what is being looked for
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
