"""Looks at every file below a folder. Its size, times and inode tell whether its bytes must be compared."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence

from bylines.engine.digest import digest_of_file
from bylines.engine.scan import messages
from bylines.engine.scan.found import LONGEST_PATH, Found, Known, KnownSources, Root, Scan, Stamp
from bylines.problems import ContentProblem

# The kernel's clock for file times ticks every few milliseconds. A file younger than this may change again and keep its
# stamp (git calls such an entry 'racily clean').
_RACY_NS = 50_000_000
# Control characters, bytes that are not UTF-8 (as Python hands them over), and what Windows takes for a slash.
_WRITTEN = ("content", "authors")
_TEXTS = (".md", ".rst", ".yaml", ".yml")
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\\]")


def walk(
    root: Root,
    ignored: re.Pattern[str] | None,
    known: KnownSources,
    now_ns: int,
    skip: set[str],
    *,
    verify: bool,
) -> Scan:
    """Compares every file below a root with what the store knows.

    `ignored` matches names to skip, `skip` has folders that are roots themselves. `now_ns` is the file system's time at
    the start, in nanoseconds. `verify` hashes every file, whatever its stamp says.
    """
    scan = Scan([], [], [], [])
    before = known.below(root.name)
    seen: set[str] = set()
    for found in _walk(root, root.folder, f"{root.name}/", ignored, skip, scan.problems):
        if _compare(root, found, before.get(found.name), now_ns, scan, verify=verify):
            seen.add(found.name)
    scan.removed.extend(name for name in before if name not in seen)
    return scan


def look_at(
    root: Root, paths: Iterable[str], ignored: re.Pattern[str] | None, known: KnownSources, now_ns: int
) -> Scan | None:
    """Compares only the files at `paths`, relative to the root's folder; all others count as unchanged.

    Returns None if one of them is not a regular file; `walk` must then report it.
    """
    scan = Scan([], [], [], [])
    for path in sorted(paths):
        name = f"{root.name}/{path}"
        if ignored is not None and any(ignored.match(part) for part in path.split("/")):
            continue
        before = known.get(name)
        try:
            status = os.lstat(f"{root.folder}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            there = False
        except OSError:
            return None
        else:
            if not stat.S_ISREG(status.st_mode):
                return None
            found = Found(name, _stamp(status))
            there = _compare(root, found, before, now_ns, scan, verify=False)
        if not there and before is not None:
            scan.removed.append(name)
    return scan


def faults_of(root: Root, path: str) -> list[ContentProblem]:
    """Problems that keep a file from being a source: its name or kind, or that of a folder above it. Empty if none."""
    parts = path.split("/")
    for depth in range(1, len(parts) + 1):
        name = f"{root.name}/{'/'.join(parts[:depth])}"
        if _ODD.search(parts[depth - 1]):
            return [messages.ODD_NAME.problem(_shown(root, ascii(name)[1:-1]))]
        if _is_too_long(name):
            return [_too_long(root, name)]
        try:
            mode = os.lstat(root.file(name)).st_mode
        except OSError as error:
            return [messages.UNREADABLE.problem(_shown(root, name), reason=error.strerror or str(error))]
        if stat.S_ISLNK(mode):
            return [messages.SYMLINK.problem(_shown(root, name))]
        if stat.S_ISDIR(mode) and root.name in _WRITTEN and parts[depth - 1].lower().endswith(_TEXTS):
            return [messages.FOLDER.problem(_shown(root, name))]
        if depth == len(parts) and not stat.S_ISREG(mode):
            return [messages.NOT_A_FILE.problem(_shown(root, name))] if not stat.S_ISDIR(mode) else []
    return []


def unsure(root: Root, scan: Scan) -> list[str]:
    """Return the paths, relative to the root, of files that are so young that they may still change without a new stamp."""
    found = (source for source in (*scan.changed, *scan.restamped) if not source.stamp.mtime_ns)
    return [source.name.removeprefix(f"{root.name}/") for source in found]


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _compare(root: Root, found: Found, before: Known | None, now_ns: int, scan: Scan, *, verify: bool) -> bool:
    """Adds a file to the scan if it changed. Returns whether it can be read."""
    if before is not None and before.stamp == found.stamp and not verify:
        return True
    digest = _digest(found, root, scan.problems) if before else ""
    if digest is None:
        return False
    if before and digest == before.digest:
        scan.restamped.append(found._replace(stamp=settled(found.stamp, now_ns), digest=digest))
    else:
        scan.changed.append(found._replace(stamp=settled(found.stamp, now_ns)))
    return True


def settled(stamp: Stamp, now_ns: int) -> Stamp:
    """Return the stamp to remember. For a file younger than 50 ms its time is 0, so that the next build compares its bytes."""
    young = max(stamp.mtime_ns, stamp.ctime_ns) > now_ns - _RACY_NS
    return stamp._replace(mtime_ns=0) if young else stamp


def _digest(found: Found, root: Root, problems: list[ContentProblem]) -> str | None:
    try:
        return digest_of_file(root.file(found.name))
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
    """Yields all files below a folder, ordered by name. Adds a problem for each entry that cannot be a source."""
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
        if fault := _fault(root, name, entry):
            problems.append(fault)
        elif not entry.is_dir():
            yield Found(name, _stamp(entry.stat(follow_symlinks=False)))
        elif entry.path not in skip:
            yield from _walk(root, entry.path, f"{name}/", ignored, skip, problems)


def _fault(root: Root, name: str, entry: os.DirEntry[str]) -> ContentProblem | None:
    """Return the problem with an entry that can be neither a source nor a folder of sources; None if it can."""
    if _ODD.search(entry.name):
        return messages.ODD_NAME.problem(_shown(root, ascii(name)[1:-1]))
    if _is_too_long(name):
        return _too_long(root, name)
    if entry.is_symlink():
        return messages.SYMLINK.problem(_shown(root, name))
    if entry.is_dir():
        is_misnamed = root.name in _WRITTEN and entry.name.lower().endswith(_TEXTS)
        return messages.FOLDER.problem(_shown(root, name)) if is_misnamed else None
    return None if entry.is_file() else messages.NOT_A_FILE.problem(_shown(root, name))


def _is_too_long(name: str) -> bool:
    return len(name) > LONGEST_PATH // 4 and len(name.encode()) > LONGEST_PATH


def _too_long(root: Root, name: str) -> ContentProblem:
    return messages.LONG_PATH.problem(_shown(root, name), limit=f"{LONGEST_PATH:,}")


def _shown(root: Root, name: str) -> str:
    return root.shown + name[len(root.name) :].rstrip("/")


def matcher(patterns: Sequence[str]) -> re.Pattern[str] | None:
    """Compiles IGNORE_FILES to a pattern for the names of files and folders ('**/.*' means '.*'); None if it is empty."""
    names = [pattern.removeprefix("**/").removesuffix("/**") for pattern in patterns]
    return re.compile("|".join(fnmatch.translate(name) for name in names)) if names else None
