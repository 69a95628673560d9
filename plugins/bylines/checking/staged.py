"""Read the next commit from git's index: which files it contains, and their bytes.

Git calls a hook with `GIT_INDEX_FILE`. For `git commit -a`, `git commit FILE` and `--include` this names a temporary index beside the
usual one. `GIT_DIR` and `GIT_WORK_TREE` name a repository that cannot be found by walking up the folders. These variables apply only
to the repository that they name. A second repository (content that lies beside the settings) uses its own index.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bylines.checking.changed import Changed, content_roots
from bylines.checking.files import MOST as LARGEST
from bylines.git import NO_REPOSITORY, Git, GitError
from bylines.settings import Site

_NAMED = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
)
_RAW = ("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv")
_NOTHING, _LINK, _MODULE = "000000", "120000", "160000"


class Staged(NamedTuple):
    """The content of the next commit."""

    changed: Changed
    files: Index
    """The staged versions of sources that differ from their files."""
    others: Mapping[str, bytes]
    """Staged files that are no sources (settings, code), by their paths from the folder of the settings."""


class Index(Mapping[str, bytes]):
    """The staged bytes of the sources that differ from their files; read from git when they are needed."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[Git, str]] = {}
        self._read: dict[str, bytes] = {}
        self._absent: set[str] = set()
        self._folders: tuple[str, ...] = ()
        self.links: set[str] = set()

    def __getitem__(self, name: str) -> bytes:
        if name not in self._read:
            git, digest = self._entries[name]
            self._read[name] = git.run("cat-file", "blob", digest)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def lacks(self, name: str) -> bool:
        """Return whether a file exists that the commit does not contain."""
        return name in self._absent or (bool(self._folders) and name.startswith(self._folders))

    def add(self, name: str, mode: str, git: Git, digest: str) -> None:
        """Add the staged version of a source that differs from its file."""
        if mode == _LINK:
            self.links.add(name)
        if mode in (_NOTHING, _MODULE):
            self._absent.add(name)
        else:
            self._entries[name] = (git, digest)

    def without(self, names: Iterable[str]) -> None:
        """Record files that are not in the index; a folder ends with a slash."""
        found = [*names]
        self._absent.update(found)
        self._folders += tuple(name for name in found if name.endswith("/"))


def staged(site: Site) -> Staged:
    """Return the content of the next commit. Raises GitError."""
    there: set[str] = set()
    gone: set[str] = set()
    index = Index()
    for root in content_roots(site):
        git = _git(root.folder)
        git.run("rev-parse", "--git-dir")  # outside of a repository `git diff` would compare any two files
        for path, entry in _commit_changes(git, "--relative").items():
            (gone if entry.letter == "D" else there).add(f"{root.name}/{os.fsdecode(path)}")
        differing = git.start(*_RAW, "--relative", "--", ".")
        untracked = git.start("ls-files", "--others", "-z", "--", ".")
        for mode, _, digest, _, letter, path in _records(_bytes(git, differing)):
            if letter != "U":
                index.add(f"{root.name}/{os.fsdecode(path)}", mode, git, digest)
        index.without(f"{root.name}/{path}" for path in git.answer(untracked))
    changed = Changed(tuple(sorted(there)), tuple(sorted(gone)), "what is committed")
    return Staged(changed, index, _others(site))


def _others(site: Site) -> dict[str, bytes]:
    """Return the staged files that are no sources, from each repository that contains sources or settings."""
    roots = tuple(os.path.realpath(root.folder) + os.sep for root in content_roots(site))
    found: dict[str, bytes] = {}
    seen: set[str] = set()
    for folder in (site.root, *roots):
        git = _git(folder)
        place = _repository(git)
        if place is None or place.top in seen:  # content alone may lie in git
            continue
        seen.add(place.top)
        files = {os.path.join(place.top, os.fsdecode(path)): entry for path, entry in _commit_changes(git).items()}
        outside = {
            path: entry.digest for path, entry in files.items() if entry.is_file() and not path.startswith(roots)
        }
        texts = git.blobs(outside.values(), LARGEST)
        found |= {
            os.path.relpath(path, os.path.realpath(site.root)): texts[digest]
            for path, digest in outside.items()
            if digest in texts
        }
    return found


class _Entry(NamedTuple):
    """The staged version of a path that a commit changes."""

    letter: str
    mode: str
    digest: str

    def is_file(self) -> bool:
        return self.letter not in "DU" and self.mode not in (_NOTHING, _LINK, _MODULE)


def _commit_changes(git: Git, *options: str) -> dict[bytes, _Entry]:
    """Return what a commit changes, by path; of a merge, only what differs from every parent."""
    found = _staged_differences(git, *options)
    for other in _merge_heads(git):
        side = _staged_differences(git, *options, other)
        found = {path: entry for path, entry in found.items() if path in side}
    return found


def _staged_differences(git: Git, *options: str) -> dict[bytes, _Entry]:
    """Return the staged entries that differ from a commit given in `options`; by default from HEAD, or from nothing before the
    first commit.
    """
    said = git.run(*_RAW, "--cached", *options, "--", *(["."] if "--relative" in options else []))
    return {path: _Entry(letter, after, digest) for _, after, _, digest, letter, path in _records(said)}


def _merge_heads(git: Git) -> list[str]:
    """Return the commits that are being merged."""
    path = os.fsdecode(git.run("rev-parse", "--git-path", "MERGE_HEAD")).rstrip("\n")
    try:
        with open(os.path.join(git.folder, path), encoding="ascii") as file:
            return file.read().split()
    except OSError:
        return []


def _records(said: bytes) -> Iterator[tuple[str, str, str, str, str, bytes]]:
    """Yield the modes before and after, the digests, the letter and the path of `git diff --raw -z`."""
    parts = said.split(b"\0")[:-1]
    for head, path in zip(parts[::2], parts[1::2], strict=True):
        before, after, old, new, letter = head[1:].decode().split(" ")
        yield before, after, old, new, letter[:1], path


def _bytes(git: Git, process: subprocess.Popen[bytes]) -> bytes:
    return b"".join(os.fsencode(part) + b"\0" for part in git.answer(process))


def _git(folder: str) -> Git:
    """Return git for a folder, with the index from which the commit is made."""
    given = {key: os.environ[key] for key in _NAMED if os.environ.get(key)}
    return Git(folder, _variables(folder, given)) if given else Git(folder)


def _variables(folder: str, given: Mapping[str, str]) -> dict[str, str]:
    """Return those of the given variables that apply to a folder."""
    index = given.get("GIT_INDEX_FILE", "")
    objects = {key: os.path.abspath(given[key]) for key in ("GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY") if key in given}
    objects |= {key: given[key] for key in ("GIT_ALTERNATE_OBJECT_DIRECTORIES",) if key in given}
    own = _repository(Git(folder))
    meant = _repository(Git(os.getcwd(), given))
    if own and meant and os.path.samefile(own.folder, meant.folder):
        return {**objects, **_with_index(own, index)}
    if own and index and (inside := _own_index(own, index)):
        return {"GIT_INDEX_FILE": inside}
    if meant and _is_below(folder, meant.top) and not (own and own.top != meant.top and _is_below(own.top, meant.top)):
        return {**objects, **_with_index(meant, index), "GIT_DIR": meant.folder, "GIT_WORK_TREE": meant.top}
    return {}


class _Repository(NamedTuple):
    """A repository: its git directory, and the top of its work tree."""

    folder: str
    top: str


def _repository(git: Git) -> _Repository | None:
    """Return the repository of a folder, or None if there is none. Raises GitError if git refuses."""
    try:
        found = os.fsdecode(git.run("rev-parse", "--absolute-git-dir", "--show-toplevel")).splitlines()
    except GitError as error:
        if NO_REPOSITORY in str(error):
            return None
        raise
    return _Repository(*map(os.path.realpath, found)) if len(found) == 2 else None


def _with_index(place: _Repository, index: str) -> dict[str, str]:
    """Return the variable that names an index, which git resolves from the top of the work tree; empty for the usual index."""
    return {"GIT_INDEX_FILE": _own_index(place, index) or os.path.join(place.top, index)} if index else {}


def _own_index(place: _Repository, index: str) -> str:
    """Return the path of an index inside a repository's git directory; empty if it lies elsewhere.

    A hook may have changed its folder. A relative index that is not found from the top is looked for by its file name.
    """
    path = os.path.join(place.top, index)
    if not os.path.exists(path) and not os.path.isabs(index):
        path = os.path.join(place.folder, os.path.basename(index))
    there = os.path.exists(os.path.dirname(path)) and _is_below(os.path.dirname(path), place.folder)
    return path if there and os.path.exists(path) else ""


def _is_below(path: str, folder: str) -> bool:
    path = os.path.realpath(path)
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
