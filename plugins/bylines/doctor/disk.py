"""Examines the disk: room for another build, and file systems that behave differently from what builds expect."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bylines.doctor import stored
from bylines.doctor.finding import Finding, near, note, ok, problem, size
from bylines.engine.paths import store_path

if TYPE_CHECKING:
    from bylines.settings import Site

_AREA = "disk"
_LEAST = 50_000_000
"""The least free bytes that a build needs."""
_FILES = 1_000
_REMOTE = re.compile(r"^(nfs|cifs|smb|9p|afs|ceph|fuse)")


def findings(sites: Sequence[Site]) -> Iterator[Finding]:
    """Yields the findings on the folders and file systems of the sites' outputs and stores."""
    need = max(stored.bytes_of_output(site) + stored.bytes_of_store(site) for site in sites)
    places = [("output", _there(site.output)) for site in sites]
    places = list(dict.fromkeys([*places, *(("store", _there(os.path.dirname(store_path(site)))) for site in sites)]))
    for what, place in places:
        yield from _writable(what, place)
    for disk in {os.stat(place).st_dev: place for _, place in reversed(places)}.values():
        yield _room(disk, need)
        yield from _inodes(disk)
    yield from _file_systems(places)
    for folder in dict.fromkeys([*(site.content for site in sites), *(place for _, place in places)]):
        if ignores_case(folder):
            yield note(
                _AREA, f"{near(folder)} takes names that differ in case for one", "addresses that do so claim one file"
            )


def _there(path: str) -> str:
    """Return the nearest existing folder at or above a path."""
    while not os.path.isdir(path) and os.path.dirname(path) != path:
        path = os.path.dirname(path)
    return path


def _writable(what: str, place: str) -> Iterator[Finding]:
    if not os.access(place, os.W_OK | os.X_OK):
        yield problem(
            _AREA, f"{near(place)} cannot be written, where the {what} is due", "see to its permissions, or its mount"
        )


def _room(place: str, need: int) -> Finding:
    free = shutil.disk_usage(place).free
    shown = f"{size(free)} free at {near(place)}"
    if free < max(_LEAST, need // 10):
        return problem(
            _AREA, f"{shown}, too little to build", f"make room: a clean build takes {size(max(need, _LEAST))}"
        )
    if free < need:
        return note(_AREA, f"{shown}; a clean build takes {size(need)} beside what is there", "make room")
    return ok(_AREA, f"{shown}; a clean build takes {size(need)}" if need else shown)


def _inodes(place: str) -> Iterator[Finding]:
    found = os.statvfs(place)
    if found.f_files and found.f_favail < _FILES:
        yield problem(
            _AREA, f"{found.f_favail:,} more files can be made at {near(place)}", "delete files: each page is one"
        )


def _file_systems(places: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    for what, place in places:
        if what == "output" and os.stat(os.path.dirname(place)).st_dev != os.stat(place).st_dev:
            yield note(_AREA, f"{near(place)} is a mount of its own, so what is built is staged inside it")
        kind = kind_of(place)
        if _REMOTE.match(kind):
            yield note(_AREA, f"the {what} lies on a {kind} file system", "a local disk is faster, and its locks hold")


def kind_of(place: str) -> str:
    """Return the type of a path's file system, by Linux's name for it; empty if unknown."""
    best, kind = "", ""
    try:
        with open("/proc/self/mounts", encoding="utf-8", errors="surrogateescape") as file:
            mounts = [line.split(" ")[1:3] for line in file]
    except OSError:
        return ""
    real = os.path.realpath(place)
    for written, name in mounts:
        # Spaces, tabs, newlines and backslashes are written in octal (fstab(5)).
        point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), written)
        if (real == point or real.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, kind = point, name
    return kind


def ignores_case(folder: str) -> bool:
    """Return whether a folder can also be found under its name in another case, as on most disks of macOS and Windows."""
    parent, name = os.path.split(folder.rstrip("/"))
    other = os.path.join(parent, name.swapcase())
    try:
        return other != folder and os.path.samestat(os.stat(folder), os.stat(other))
    except OSError:
        return False
