"""Step 5: the output tree. What differs is moved in, what is gone is deleted, and nothing else is touched.

Beside the output folder (`output/`) stand, while there is need, `.output.stage/` with what is to be moved in, and
`.output.written`, a journal of what builds have put there: so a build knows its own files from others', even after the
store was lost. Where nothing can be moved in from beside it (another file system) the stage is `output/.bylines-stage/`.
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


class Standing(NamedTuple):
    """A page as the store knows it in the output."""

    path: str
    size: int
    mtime_ns: int
    output: str


class Bytes(NamedTuple):
    """What a page consists of: the digest of its bytes, and how many they are."""

    digest: str
    size: int


def stage_of(folder: str) -> str:
    """Where what is to be moved into an output folder is laid down, beside it."""
    parent, name = os.path.split(folder)
    return os.path.join(parent, f".{name}.stage")


def journal_of(folder: str) -> str:
    """The file that says what builds have put into an output folder."""
    parent, name = os.path.split(folder)
    return os.path.join(parent, f".{name}.written")


class Output:
    """The output folder, its stage and its journal. Raises OutputError where it cannot be written."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.notes: list[str] = []
        """What the keeper is to know of it, a sentence each."""
        self.contents: Contents | None = None
        """What a delta has; an output has none."""
        self._beside = stage_of(folder)
        self._stage = self._beside
        self._staged = ""
        self._journal = journal_of(folder)
        self._was_there = False
        self._held: dict[str, int] = {}

    def open(self) -> str:
        """Makes the folders; what a build that broke off had staged is thrown away. Gives the stage."""
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
        # Held open, so that no folder that is made in their place can have their number.
        self._held = {folder: os.open(folder, os.O_RDONLY) for folder in folders}

    def _stands(self) -> bool:
        """Whether output and stage are the folders that were opened: one that was removed and made again is another."""
        return all(os.path.samestat(os.stat(folder), os.fstat(held)) for folder, held in self._held.items())

    def leave(self) -> None:
        """Lets go of the folders, and leaves the stage to the next build."""
        for held in self._held.values():
            os.close(held)
        self._held = {}

    def close(self) -> None:
        """Throws away what is left of the stage."""
        self.leave()
        shutil.rmtree(self._stage, ignore_errors=True)

    def file(self, path: str) -> str:
        """Where a page lies. Raises OutputError for a path that leaves the folder."""
        return f"{self.folder}/{_inside(path)}"

    def staged(self, path: str) -> str:
        """Where a page is laid down until it is moved in: in a tree of the same shape. Raises OutputError as `file`."""
        return f"{self._staged}/{_inside(path)}"

    def standing(self, path: str) -> tuple[str, str]:
        """What a page can be compared with that the store does not know: the digest of what is there, or its file."""
        return "", self.file(path)

    def holds(self, path: str) -> bool:
        """Whether anything is there at a path."""
        return os.path.lexists(self.file(path))

    def fits(self, built: str) -> bool:
        """Whether the output is what the store says: `built` is the token of the store's last build, '' of a new one."""
        return bool(built) and self.token() == built

    def token(self) -> str:
        """The name of the build that wrote here last; '' where none did, where one broke off, or where all is gone."""
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
        """What builds have written here, by their journal."""
        found: set[str] = set()
        with contextlib.suppress(OSError), open(self._journal, encoding="utf-8", errors="replace") as file:
            for line in file:
                path = line.rstrip("\n")[1:]
                if line.startswith("+"):
                    found.add(path)
                elif line.startswith("-"):
                    found.discard(path)
        return found

    def damaged(self, pages: Iterable[Standing], *, verify: bool) -> Iterator[str]:
        """The paths of pages that are not in the output as they were written; `verify` reads them all."""
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
        bytes_of: Callable[[str], Bytes] | None = None,
    ) -> str:
        """Moves in the pages that are staged, and deletes paths; gives the build's token.

        `kept`, where it is given, is all that the output is to hold: the journal is written anew. `bytes_of` says what a
        staged page consists of, for whoever lists them. Raises OutputError.
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
            self._note("!")  # what the journal says is there no more: the next build looks at everything
        raise OutputError(f"{self.folder} or its stage was removed while the site was built; build again")

    def delete_foreign(self, kept: set[str], retention: Sequence[str]) -> list[str]:
        """Deletes every file that is not in `kept`, but for what `retention` names (DELETE_OUTPUT_DIRECTORY)."""
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
            text = f"\n{text}"  # a build that broke off may have left half a line
            with open(self._journal, "a", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(text)

    def _rewrite(self, kept: set[str], token: str) -> None:
        lines = [*(f"+{path}\n" for path in sorted(kept)), f"={token}\n"]
        with open(self._journal + ".new", "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(lines)
        os.replace(self._journal + ".new", self._journal)

    def _move_in(self, below: str) -> None:
        """Moves what is staged below a folder: folders that are not there yet as they are, then the files of the others."""
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
        """Whether a real folder is there; anything else in its place is not ours to remove."""
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
        """A file behind a symbolic link is not ours to delete."""
        return not any(os.path.islink(f"{self.folder}/{parent}") for parent in parents(path))


def _inside(path: str) -> str:
    if not path or path.startswith("/") or "\0" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise OutputError(f"{path!r} is no path of a page")
    return path


def in_the_way(staged: Sequence[str], gone: Sequence[str]) -> bool:
    """Whether something that goes is a folder where a file comes, or a file where a folder comes."""
    if not gone:
        return False
    # Some file systems take two names that differ only in case for one.
    old = {path.casefold() for path in gone}
    above = {parent for path in old for parent in parents(path)}
    new = (path.casefold() for path in staged)
    return any(path in above or path in old or not old.isdisjoint(parents(path)) for path in new)


def _can_move(probe: str, place: str) -> bool:
    """Whether a folder can be moved to a place: not to another file system, nor to another mount of the same one."""
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
    """The folders above a path, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
