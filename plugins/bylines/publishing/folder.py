"""A folder of this machine that a server serves."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator, Sequence

from bylines.engine.files import made_readable, readable
from bylines.engine.publish.output_tree import parents
from bylines.problems import PublishError
from bylines.publishing import slip
from bylines.publishing.hold import held
from bylines.publishing.slip import Slip

STAGE = ".bylines-stage"
"""Where files lie until they are whole, in the folder itself: only there can they be moved into place."""


class Folder:
    """A folder that is served."""

    takes_copies = True

    def __init__(self, path: str, root: str) -> None:
        self._folder = os.path.realpath(os.path.join(root, os.path.expanduser(path)))
        self._lock: io.FileIO | None = None
        self._count = 0
        self.name = self._folder

    def open(self) -> Slip | None:
        """Makes the folder where it is not there, and holds its lock; gives its slip."""
        with _said(self._folder):
            with readable():
                os.makedirs(self._folder, exist_ok=True)
            os.makedirs(os.path.join(self._folder, STAGE), exist_ok=True)
            self._lock = held(os.path.join(self._folder, STAGE, "lock"), self.name)
            self._tidy()
            return slip.read(_bytes(self._place(slip.NAME)))

    def _tidy(self) -> None:
        """What a publication that broke off has left."""
        for name in os.listdir(os.path.join(self._folder, STAGE)):
            if name != "lock":
                os.remove(os.path.join(self._folder, STAGE, name))

    def others(self, kept: set[str]) -> list[str]:
        """The files that lie there and are not in `kept`."""
        return [path for path in self._files() if path not in kept]

    def _files(self) -> Iterator[str]:
        for parent, folders, files in os.walk(self._folder):
            inside = os.path.relpath(parent, self._folder).replace(os.sep, "/")
            prefix = "" if inside == "." else f"{inside}/"
            folders[:] = [name for name in folders if prefix + name != STAGE]
            yield from (prefix + name for name in files if prefix + name != slip.NAME)

    def begin(self, slip: Slip) -> None:
        """Notes that a build begins to arrive."""
        self._note(slip)

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Puts those files that are not there yet."""
        with _said(self._folder):
            for path in paths:
                if not os.path.lexists(self._place(path)):
                    self._put(os.path.join(folder, path), path)

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Puts files whose bytes differ from those that are there."""
        with _said(self._folder):
            for path in paths:
                if not _same(os.path.join(folder, path), self._place(path)):
                    self._put(os.path.join(folder, path), path)
                else:
                    made_readable(self._place(path))

    def delete(self, paths: Sequence[str]) -> None:
        """Deletes files, and folders that become empty."""
        with _said(self._folder):
            for path in paths:
                with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                    os.remove(self._place(path))
                self._remove_empty(path)

    def _remove_empty(self, path: str) -> None:
        for folder in parents(path):
            try:
                os.rmdir(self._place(folder))
            except OSError:
                return

    def end(self, slip: Slip) -> None:
        """Notes that a build has arrived as a whole."""
        self._note(slip)

    def close(self) -> None:
        """Lets go of the lock."""
        if self._lock is not None:
            self._lock.close()

    def _note(self, found: Slip) -> None:
        with _said(self._folder):
            stage = self._staged()
            with readable(), open(stage, "wb") as file:
                file.write(slip.written(found))
            os.replace(stage, self._place(slip.NAME))

    def _put(self, file: str, path: str) -> None:
        stage, place = self._staged(), self._place(path)
        with readable():
            shutil.copyfile(file, stage)
            os.makedirs(os.path.dirname(place), exist_ok=True)
        os.replace(stage, place)

    def _staged(self) -> str:
        self._count += 1
        return os.path.join(self._folder, STAGE, str(self._count))

    def _place(self, path: str) -> str:
        return os.path.join(self._folder, path)


@contextlib.contextmanager
def _said(folder: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PublishError(
            f"{error.filename2 or error.filename or folder} cannot be written ({reason}); run it again when it can"
        ) from error


def _bytes(file: str) -> bytes | None:
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except FileNotFoundError:
        return None


def _same(file: str, place: str) -> bool:
    """Whether two files have the same bytes; a link is none."""
    if os.path.islink(place) or not os.path.isfile(place) or os.path.getsize(file) != os.path.getsize(place):
        return False
    return _bytes(file) == _bytes(place)
