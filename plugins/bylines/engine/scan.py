"""Step 1: which sources there are, and which of them differ from what the store knows.

A source's name is its path under one of the logical roots `content/`, `authors/` and `theme/`, wherever these lie.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bylines import messages
from bylines.engine.digest import digest_of_file
from bylines.problems import ContentProblem

# The kernel stamps files by a clock that ticks every few milliseconds: a file as young as this when it was looked at
# may change again without its stamp telling (git calls such an entry 'racily clean').
_RACY_NS = 50_000_000
# Control characters, bytes that are not UTF-8 (as Python hands them over), and what Windows takes for a slash.
_WRITTEN = ("content", "authors")
_TEXTS = (".md", ".rst", ".yaml", ".yml")
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\\]")


class Stamp(NamedTuple):
    """What the file system says of a file; another stamp means: look at the bytes."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Known(NamedTuple):
    """What the store holds of a source."""

    stamp: Stamp
    digest: str


class Found(NamedTuple):
    """A source that is new or may have changed. `digest` is '' where the reader is to find it out."""

    name: str
    file: str
    stamp: Stamp
    digest: str = ""


class Scan(NamedTuple):
    """What a scan found: sources to read, sources whose stamp alone changed, and sources that are gone."""

    changed: list[Found]
    touched: list[Found]
    removed: list[str]
    problems: list[ContentProblem]
    sources: int
    """How many there are."""


class Root(NamedTuple):
    """A folder of sources: its logical name, where it lies, and how messages call it."""

    name: str
    folder: str
    shown: str


def scan(
    roots: Sequence[Root], ignore: Sequence[str], known: Mapping[str, Known], now_ns: int, *, verify: bool = False
) -> Scan:
    """Compares the sources below `roots` with `known`.

    `now_ns` is the file system's time at the start; `verify` hashes every file whatever its stamp says.
    """
    ignored = _matcher(ignore)
    problems: list[ContentProblem] = []
    changed: list[Found] = []
    touched: list[Found] = []
    seen: set[str] = set()
    skip = {root.folder for root in roots}
    for root in roots:
        for found in _walk(root, root.folder, f"{root.name}/", ignored, skip, problems):
            seen.add(found.name)
            before = known.get(found.name)
            if before is not None and before.stamp == found.stamp and not verify:
                continue
            digest = _digest(found, root, problems) if before else ""
            if before and digest is not None and digest == before.digest:
                touched.append(found._replace(stamp=settled(found.stamp, now_ns), digest=digest))
            elif digest is None:
                seen.discard(found.name)
            else:
                changed.append(found._replace(stamp=settled(found.stamp, now_ns)))
    removed = [name for name in known if name not in seen]
    return Scan(changed, touched, removed, problems, len(seen))


def settled(stamp: Stamp, now_ns: int) -> Stamp:
    """The stamp to remember: a file that is too young to be sure of is to be looked at again next time."""
    young = max(stamp.mtime_ns, stamp.ctime_ns) > now_ns - _RACY_NS
    return stamp._replace(mtime_ns=0) if young else stamp


def _digest(found: Found, root: Root, problems: list[ContentProblem]) -> str | None:
    try:
        return digest_of_file(found.file)
    except OSError as error:
        problems.append(messages.UNREADABLE.problem(_shown(root, found.name), reason=error.strerror or str(error)))
        return None


def _walk(
    root: Root,
    folder: str,
    prefix: str,
    ignored: re.Pattern[str] | None,
    skip: set[str],
    problems: list[ContentProblem],
) -> Iterator[Found]:
    """All files below a folder in order of their names; what cannot be a source is said."""
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(messages.UNREADABLE.problem(_shown(root, prefix), reason=error.strerror or str(error)))
        return
    for entry in ordered:
        if ignored is not None and ignored.match(entry.name):
            continue
        name = prefix + entry.name
        if _ODD.search(entry.name):
            problems.append(messages.ODD_NAME.problem(_shown(root, ascii(name)[1:-1])))
        elif entry.is_symlink():
            problems.append(messages.SYMLINK.problem(_shown(root, name)))
        elif entry.is_dir():
            if root.name in _WRITTEN and entry.name.lower().endswith(_TEXTS):
                problems.append(messages.FOLDER.problem(_shown(root, name)))
            elif entry.path not in skip:
                yield from _walk(root, entry.path, f"{name}/", ignored, skip, problems)
        else:
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode):
                stamp = Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
                yield Found(name, entry.path, stamp)
            else:
                problems.append(messages.NOT_A_FILE.problem(_shown(root, name)))


def _shown(root: Root, name: str) -> str:
    return root.shown + name[len(root.name) :].rstrip("/")


def _matcher(patterns: Sequence[str]) -> re.Pattern[str] | None:
    """Pelican's IGNORE_FILES, matched against a file's or folder's own name ('**/.*' means '.*' here)."""
    names = [pattern.removeprefix("**/").removesuffix("/**") for pattern in patterns]
    return re.compile("|".join(fnmatch.translate(name) for name in names)) if names else None
