"""Locks an output folder, so that one build runs at a time. A second one waits, or fails and says which one runs."""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import time
from collections.abc import Iterator

from bylines.engine.progress import ProgressListener
from bylines.problems import BusyError, OutputError

_LOOK_EVERY = 0.1


@contextlib.contextmanager
def locked(output: str, steps: ProgressListener, wait: float) -> Iterator[None]:
    """Holds the lock of an output folder; waits for it up to `wait` seconds, and tells `steps` so.

    Raises BusyError if another build still holds it then, and OutputError if the folder cannot be locked.
    """
    with _opened(output) as file:
        if not _taken(file):
            _wait(file, output, steps, wait)
        _sign(file)
        yield


def holder(output: str) -> str | None:
    """Return the build that is running in an output folder, as ' (process 17, since 14:02:11)'; None if none is.

    Tries a shared lock and releases it at once. Writes nothing.
    """
    try:
        with io.FileIO(_place(output), "r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        with io.FileIO(_place(output), "r") as file:
            return _holder(file)
    except OSError:
        return None
    return None


def _place(output: str) -> str:
    parent, name = os.path.split(output)
    return os.path.join(parent, f".{name}.lock")


def _opened(output: str) -> io.FileIO:
    parent = os.path.dirname(output)
    try:
        os.makedirs(parent, exist_ok=True)
        return io.FileIO(_place(output), "a+")
    except OSError as error:
        raise OutputError(f"{parent} cannot be written ({error.strerror})") from error


def _taken(file: io.FileIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise OutputError(f"{file.name} cannot be locked ({error.strerror})") from error
    return True


def _wait(file: io.FileIO, output: str, steps: ProgressListener, wait: float) -> None:
    until = time.monotonic() + wait
    if wait > 0:
        steps.wait(_holder(file))
    while time.monotonic() < until:
        time.sleep(_LOOK_EVERY)
        if _taken(file):
            return
    raise BusyError(f"another build is at work in {output}{_holder(file)}; wait until it is done")


def _holder(file: io.FileIO) -> str:
    """Return the holder named in the lock file, as ' (process 17, since 14:02:11)'; empty if it names none yet."""
    words = os.pread(file.fileno(), 100, 0).decode(errors="replace").split()
    if len(words) != 2 or not all(word.isdigit() for word in words):
        return ""
    since = time.strftime("%H:%M:%S", time.localtime(int(words[1])))
    return f" (process {words[0]}, since {since})"


def _sign(file: io.FileIO) -> None:
    # A full disk should not stop the build here: the lock also works without a name in it.
    with contextlib.suppress(OSError):
        file.truncate(0)
        file.write(f"{os.getpid()} {int(time.time())}\n".encode())
