"""Examines the versions of Python, Bylines and the libraries, and compares them with the lock file."""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import os
import re
import sys
from collections.abc import Iterator

import bylines
from bylines.doctor.finding import Finding, note, ok, problem

_AREA = "versions"
_OLDEST, _NEWEST = (3, 11), (3, 14)
"""The versions of Python that the tests run on (keeper.md)."""
_LOCK = "requirements.txt"
# A line of a lock file, as `uv pip compile` writes it: name, extras, version, marker.
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(;[^\\]*)?", re.M)
# A content repository's requirement for Bylines, which names a commit.
_BYLINES = re.compile(r"^(?!#).*@([0-9a-f]{40})\b", re.M)
_MOST = 3


def findings(root: str) -> Iterator[Finding]:
    """Yields the findings on installed versions. `root` is the folder with the settings file and the lock file."""
    yield _python()
    yield from _libraries()
    yield from _locked(os.path.join(root, _LOCK))


def _python() -> Finding:
    shown = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < _OLDEST:
        return problem(_AREA, f"Python {shown} is too old", "take Python 3.11 or later, and `make setup`")
    if sys.version_info[:2] > _NEWEST:
        return note(_AREA, f"Python {shown} is newer than those that Bylines is tested with")
    return ok(_AREA, f"Python {shown}")


def _libraries() -> Iterator[Finding]:
    shown = [f"Bylines {bylines.__version__}"]
    shown += [f"{name} {version}" for name in ("Pelican", "Pagefind") if (version := _installed(name.lower()))]
    try:
        icu = importlib.import_module("icu")
        shown.append(f"ICU {icu.ICU_VERSION} (Unicode {icu.UNICODE_VERSION})")
    except ImportError as error:
        yield problem(_AREA, f"ICU cannot be had ({error})", "`make setup` installs it")
    yield ok(_AREA, ", ".join(shown))


def _installed(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _locked(lock: str) -> Iterator[Finding]:
    """Compares installed versions with the lock file, or with that of the Bylines which the file names by a commit."""
    try:
        with open(lock, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        yield note(_AREA, f"there is no lock file {lock} to compare with ({type(error).__name__})")
        return
    if named := _BYLINES.search(text):
        yield from _named(named[1])
        with open(os.path.join(os.path.dirname(bylines.__file__), _LOCK), encoding="utf-8") as file:
            text = file.read()
    yield from _compared(_PINNED.findall(text))


def _named(commit: str) -> Iterator[Finding]:
    """Compares the running Bylines with the commit that a content repository names."""
    try:
        origin = json.loads(importlib.metadata.distribution("bylines").read_text("direct_url.json") or "{}")
    except importlib.metadata.PackageNotFoundError:
        origin = {}
    installed = origin.get("vcs_info", {}).get("commit_id", "")
    if installed == commit:
        yield ok(_AREA, f"Bylines is {commit[:10]}, as {_LOCK} says")
    elif installed:
        yield problem(_AREA, f"Bylines is {installed[:10]}; {_LOCK} says {commit[:10]}", "`make setup`")
    else:
        yield note(_AREA, f"Bylines runs from {os.path.dirname(bylines.__file__)}; {_LOCK} says {commit[:10]}")


def _compared(pinned: list[tuple[str, str, str]]) -> Iterator[Finding]:
    """Compares installed packages with those pinned in a lock file, given as (name, version, marker)."""
    wanted: dict[str, set[str]] = {}
    for name, version, _ in pinned:
        wanted.setdefault(name, set()).add(version)
    sometimes = {name for name, _, marker in pinned if marker}
    wrong = [
        f"{name} {_installed(name) or 'is missing'} (locked: {' or '.join(sorted(versions))})"
        for name, versions in sorted(wanted.items())
        if _installed(name) not in (versions | ({""} if name in sometimes else set()))
    ]
    if wrong:
        more = f" and {len(wrong) - _MOST} more" if len(wrong) > _MOST else ""
        mend = "`make setup` installs what is locked (delete .venv/site.stamp first)"
        yield problem(_AREA, f"other versions than those of {_LOCK}: {', '.join(wrong[:_MOST])}{more}", mend)
    else:
        yield ok(_AREA, f"all {len(wanted)} packages of {_LOCK} are there as they are locked")
