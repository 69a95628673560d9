"""Publishes to a folder of this machine, from which a web server serves the site."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator, Sequence

from bylines.engine.files import made_readable, readable
from bylines.engine.publish.output_tree import parents
from bylines.problems import PublishError
from bylines.publishing import deploy_marker
from bylines.publishing.deploy_marker import DeployMarker
from bylines.publishing.remote_lock import acquire

STAGE = ".bylines-stage"
"""The folder, inside the target, for incomplete files. Being on the same file system, they can be moved into place atomically."""


class Folder:
    """The target that is a local folder."""

    takes_copies = True

    def __init__(self, path: str, root: str) -> None:
        self._folder = os.path.realpath(os.path.join(root, os.path.expanduser(path)))
        self._lock: io.FileIO | None = None
        self._count = 0
        self.name = self._folder

    def open(self) -> DeployMarker | None:
        """Create the folder if it is missing, and lock it. Return its deploy marker, or None if it has none."""
        with _publish_errors(self._folder):
            with readable():
                os.makedirs(self._folder, exist_ok=True)
            os.makedirs(os.path.join(self._folder, STAGE), exist_ok=True)
            self._lock = acquire(os.path.join(self._folder, STAGE, "lock"), self.name)
            self._clear_stage()
            return deploy_marker.decode(_read_bytes(self._path(deploy_marker.NAME)))

    def _clear_stage(self) -> None:
        """Delete the temporary files of a publication that was interrupted."""
        for name in os.listdir(os.path.join(self._folder, STAGE)):
            if name != "lock":
                os.remove(os.path.join(self._folder, STAGE, name))

    def others(self, kept: set[str]) -> list[str]:
        """Return the paths in the folder that are not in `kept`."""
        return [path for path in self._files() if path not in kept]

    def _files(self) -> Iterator[str]:
        for parent, folders, files in os.walk(self._folder):
            inside = os.path.relpath(parent, self._folder).replace(os.sep, "/")
            prefix = "" if inside == "." else f"{inside}/"
            folders[:] = [name for name in folders if prefix + name != STAGE]
            yield from (prefix + name for name in files if prefix + name != deploy_marker.NAME)

    def begin(self, marker: DeployMarker) -> None:
        """Record that a build is being uploaded."""
        self._write_marker(marker)

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Copy the files that do not exist yet."""
        with _publish_errors(self._folder):
            for path in paths:
                if not os.path.lexists(self._path(path)):
                    self._put(os.path.join(folder, path), path)

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Copy the files whose bytes differ."""
        with _publish_errors(self._folder):
            for path in paths:
                if not _has_same_bytes(os.path.join(folder, path), self._path(path)):
                    self._put(os.path.join(folder, path), path)
                else:
                    made_readable(self._path(path))

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, and folders that become empty."""
        with _publish_errors(self._folder):
            for path in paths:
                with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                    os.remove(self._path(path))
                self._remove_empty(path)

    def _remove_empty(self, path: str) -> None:
        for folder in parents(path):
            try:
                os.rmdir(self._path(folder))
            except OSError:
                return

    def end(self, marker: DeployMarker) -> None:
        """Record that the upload is complete."""
        self._write_marker(marker)

    def close(self) -> None:
        """Release the lock."""
        if self._lock is not None:
            self._lock.close()

    def _write_marker(self, found: DeployMarker) -> None:
        with _publish_errors(self._folder):
            stage = self._stage_path()
            with readable(), open(stage, "wb") as file:
                file.write(deploy_marker.encode(found))
            os.replace(stage, self._path(deploy_marker.NAME))

    def _put(self, file: str, path: str) -> None:
        stage, place = self._stage_path(), self._path(path)
        with readable():
            shutil.copyfile(file, stage)
            os.makedirs(os.path.dirname(place), exist_ok=True)
        os.replace(stage, place)

    def _stage_path(self) -> str:
        self._count += 1
        return os.path.join(self._folder, STAGE, str(self._count))

    def _path(self, path: str) -> str:
        return os.path.join(self._folder, path)


@contextlib.contextmanager
def _publish_errors(folder: str) -> Iterator[None]:
    """Raise each OSError as a PublishError that says what to do."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PublishError(
            f"{error.filename2 or error.filename or folder} cannot be written ({reason}); run it again when it can"
        ) from error


def _read_bytes(file: str) -> bytes | None:
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except FileNotFoundError:
        return None


def _has_same_bytes(file: str, place: str) -> bool:
    """Return whether two files have the same bytes. A symbolic link never has."""
    if os.path.islink(place) or not os.path.isfile(place) or os.path.getsize(file) != os.path.getsize(place):
        return False
    return _read_bytes(file) == _read_bytes(place)
