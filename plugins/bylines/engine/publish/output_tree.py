"""Step 5: updates the output tree. Moves changed files in, deletes those that are gone, and touches nothing else.

Two things lie beside the output folder (`output/`). `.output.stage/` holds the files to move in while a build runs.
`.output.written` is a journal of the files that builds have written, so that a build can tell its own files from others'
even if the store is lost. If the output is on another file system, the stage is `output/.bylines-stage/` instead.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from bylines.engine.digest import digest_of_file
from bylines.engine.files import readable
from bylines.engine.publish.contents import Contents
from bylines.problems import OutputError

_INSIDE = ".bylines-stage"


class OutputFile(NamedTuple):
    """A file in the output as the store remembers it; `output` is the digest of its bytes."""

    path: str
    size: int
    mtime_ns: int
    output: str


class ByteDigest(NamedTuple):
    """The digest of a file's bytes, and their number."""

    digest: str
    size: int


def stage_of(folder: str) -> str:
    """Return the stage of an output folder: the folder beside it from which files are moved in."""
    parent, name = os.path.split(folder)
    return os.path.join(parent, f".{name}.stage")


def journal_of(folder: str) -> str:
    """Return the journal of an output folder: the file that lists what builds have written to it."""
    parent, name = os.path.split(folder)
    return os.path.join(parent, f".{name}.written")


class Output:
    """The output folder with its stage and journal. Raises OutputError if it cannot be written."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.notes: list[str] = []
        """Notes for the keeper, one sentence each."""
        self.contents: Contents | None = None
        """The summary of a delta; None for an output tree."""
        self._beside = stage_of(folder)
        self._stage = self._beside
        self._staged = ""
        self._journal = journal_of(folder)
        self._was_there = False
        self._held: dict[str, int] = {}

    def open(self) -> str:
        """Creates the folders and returns the stage. Removes what an interrupted build left in it."""
        try:
            self._was_there = os.path.isdir(self.folder)
            with readable():
                os.makedirs(self.folder, exist_ok=True)
            self._stage = self._new_stage()
            self._staged = os.path.join(self._stage, "pages")
            os.makedirs(self._staged)
            self._hold(self.folder, self._staged)
        except OSError as error:
            raise OutputError(f"{self.folder} cannot be written ({error.strerror})") from error
        return self._stage

    def _new_stage(self) -> str:
        inside = os.path.join(self.folder, _INSIDE)
        for stage in (self._beside, inside):
            shutil.rmtree(stage, ignore_errors=True)
        os.mkdir(self._beside)
        if _can_move(os.path.join(self._beside, "probe"), inside):
            return self._beside
        os.rmdir(self._beside)
        return inside

    def _hold(self, *folders: str) -> None:
        # Keep the folders open, so that a folder created in their place cannot get the same inode number.
        self._held = {folder: os.open(folder, os.O_RDONLY) for folder in folders}

    def _stands(self) -> bool:
        """Return whether output and stage are still the folders that were opened, not new ones of the same name."""
        return all(os.path.samestat(os.stat(folder), os.fstat(held)) for folder, held in self._held.items())

    def leave(self) -> None:
        """Closes the folders and leaves the stage for the next build to remove."""
        for held in self._held.values():
            os.close(held)
        self._held = {}

    def close(self) -> None:
        """Closes the folders and removes the stage."""
        self.leave()
        shutil.rmtree(self._stage, ignore_errors=True)

    def file(self, path: str) -> str:
        """Return the file of a page. Raises OutputError if its path leads out of the folder."""
        return f"{self.folder}/{_inside(path)}"

    def staged(self, path: str) -> str:
        """The file of a page on the stage, which has the same folders as the output. Raises OutputError as `file` does."""
        return f"{self._staged}/{_inside(path)}"

    def standing(self, path: str) -> tuple[str, str]:
        """Return what a page unknown to the store can be compared with: (digest, '') or ('', file)."""
        return "", self.file(path)

    def holds(self, path: str) -> bool:
        """Return whether anything exists at a path."""
        return os.path.lexists(self.file(path))

    def fits(self, built: str) -> bool:
        """Return whether the output is that of the store's last build. `built` is that build's token, empty for a new store."""
        return bool(built) and self.token() == built

    def token(self) -> str:
        """The token of the last build that wrote here; empty if none did, if it was interrupted, or if the folder is gone."""
        if not self._was_there:
            return ""
        try:
            with open(self._journal, "rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - 100))
                last = file.read().decode(errors="replace").rstrip("\n").rpartition("\n")[2]
        except OSError:
            return ""
        return last[1:] if last.startswith("=") else ""

    def written(self) -> set[str]:
        """Return the paths that builds have written, according to the journal."""
        found: set[str] = set()
        with contextlib.suppress(OSError), open(self._journal, encoding="utf-8", errors="replace") as file:
            for line in file:
                path = line.rstrip("\n")[1:]
                if line.startswith("+"):
                    found.add(path)
                elif line.startswith("-"):
                    found.discard(path)
        return found

    def damaged(self, pages: Iterable[OutputFile], *, verify: bool) -> Iterator[str]:
        """Yields the paths of files that are missing or changed since they were written; `verify` also compares their bytes."""
        for page in pages:
            file = f"{self.folder}/{page.path}"
            try:
                status = os.lstat(file)
            except OSError:
                yield page.path
                continue
            moved = (status.st_size, status.st_mtime_ns) != (page.size, page.mtime_ns)
            if moved or not stat.S_ISREG(status.st_mode) or (verify and digest_of_file(file) != page.output):
                yield page.path

    def publish(
        self,
        staged: Sequence[str],
        removed: Iterable[str],
        kept: set[str] | None = None,
        bytes_of: Callable[[str], ByteDigest] | None = None,
    ) -> str:
        """Moves the staged files in and deletes those in `removed`. Returns the build's token.

        If `kept`, the paths of all files of the site, is given, the journal is rewritten. `bytes_of` returns the digest of
        a staged file; only a delta needs it. Raises OutputError.
        """
        token = secrets.token_hex(16)
        gone = sorted(set(removed))
        self._must_stand()
        try:
            self._note(f"+{path}" for path in staged)
            if in_the_way(staged, gone):
                self._delete(gone)
            self._move_in("")
            self._delete(gone)
            if kept is not None:
                self._rewrite(kept, token)
            else:
                self._note([*(f"-{path}" for path in gone), f"={token}"])
        except OSError as error:
            raise OutputError(f"{error.filename or self.folder} cannot be written ({error.strerror})") from error
        return token

    def _must_stand(self) -> None:
        with contextlib.suppress(OSError):
            if self._stands():
                return
        with contextlib.suppress(OSError):
            self._note("!")  # invalidates the journal, so the next build compares everything
        raise OutputError(f"{self.folder} or its stage was removed while the site was built; build again")

    def delete_foreign(self, kept: set[str], retention: Sequence[str]) -> list[str]:
        """Deletes every file that is not in `kept` and returns their paths. Spares names in `retention` (OUTPUT_RETENTION)."""
        found: list[str] = []
        for parent, folders, files in os.walk(self.folder):
            below = os.path.relpath(parent, self.folder).replace(os.sep, "/")
            prefix = "" if below == "." else f"{below}/"
            folders[:] = [name for name in folders if name not in retention and prefix + name != _INSIDE]
            links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
            names = [*(name for name in files if name not in retention), *links]
            found.extend(prefix + name for name in names if prefix + name not in kept)
        self._delete(found)
        return found

    def _note(self, lines: Iterable[str]) -> None:
        text = "".join(f"{line}\n" for line in lines)
        if text:
            text = f"\n{text}"  # an interrupted build may have left half a line
            with open(self._journal, "a", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(text)

    def _rewrite(self, kept: set[str], token: str) -> None:
        lines = [*(f"+{path}\n" for path in sorted(kept)), f"={token}\n"]
        with open(self._journal + ".new", "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(lines)
        os.replace(self._journal + ".new", self._journal)

    def _move_in(self, below: str) -> None:
        """Moves what is staged below a folder to the output. Folders that do not exist there yet are moved whole."""
        with os.scandir(self._staged + below) as entries:
            found = sorted(entries, key=lambda entry: (entry.is_file(), entry.name))
        for entry in found:
            path = f"{below}/{entry.name}"
            place = self.folder + path
            if entry.is_dir():
                if self._is_folder(place):
                    self._move_in(path)
                else:
                    os.rename(entry.path, place)
            else:
                self._replace(entry.path, place)

    def _is_folder(self, place: str) -> bool:
        """Whether a folder exists. Raises OutputError if a file or symbolic link is in its place, because it is not ours to remove."""
        try:
            mode = os.lstat(place).st_mode
        except FileNotFoundError:
            return False
        if stat.S_ISLNK(mode):
            raise OutputError(f"{place} is a symbolic link; remove it, the build writes only real folders")
        if not stat.S_ISDIR(mode):
            raise OutputError(f"{place} is a file where a folder is due; move it away")
        return True

    def _replace(self, staged: str, place: str) -> None:
        try:
            os.replace(staged, place)
        except IsADirectoryError:
            _remove_empty(place)
            if os.path.isdir(place):
                raise OutputError(f"{place} is a folder where a page is due; move it away") from None
            os.replace(staged, place)

    def _delete(self, paths: Iterable[str]) -> None:
        for path in paths:
            place = self.file(path)
            if not self._is_below_real_folders(path):
                continue
            try:
                os.remove(place)
            except (FileNotFoundError, NotADirectoryError):
                pass
            except OSError:
                if not os.path.isdir(place):
                    raise
            for parent in parents(path):
                try:
                    os.rmdir(f"{self.folder}/{parent}")
                except OSError:
                    break

    def _is_below_real_folders(self, path: str) -> bool:
        """Return whether no folder above a path is a symbolic link. Files behind one must not be deleted."""
        return not any(os.path.islink(f"{self.folder}/{parent}") for parent in parents(path))


def _inside(path: str) -> str:
    if not path or path.startswith("/") or "\0" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise OutputError(f"{path!r} is no path of a page")
    return path


def in_the_way(staged: Sequence[str], gone: Sequence[str]) -> bool:
    """Return whether a deleted path blocks a staged one: a folder where a file will be, or a file where a folder will be."""
    if not gone:
        return False
    # Some file systems ignore case in names.
    old = {path.casefold() for path in gone}
    above = {parent for path in old for parent in parents(path)}
    new = (path.casefold() for path in staged)
    return any(path in above or path in old or not old.isdisjoint(parents(path)) for path in new)


def _can_move(probe: str, place: str) -> bool:
    """Return whether a folder can be renamed to a place. It cannot across file systems or mounts."""
    os.mkdir(probe)
    try:
        os.rename(probe, place)
    except OSError as error:
        os.rmdir(probe)
        if error.errno == errno.EXDEV:
            return False
        raise
    os.rmdir(place)
    return True


def _remove_empty(folder: str) -> None:
    for parent, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(parent)


def parents(path: str) -> Iterator[str]:
    """Yield the folders above a path, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
