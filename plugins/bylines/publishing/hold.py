"""A place is published to by one at a time: a lock on a file, which ends with the process that holds it."""

from __future__ import annotations

import fcntl
import io

from bylines.problems import PublishError


def busy(name: str) -> PublishError:
    """What is said to whoever comes second."""
    return PublishError(f"another publication to {name} is at work; wait until it is done")


def held(file: str, name: str) -> io.FileIO:
    """The file, locked until it is closed. Raises PublishError where another has the lock; OSError."""
    lock = io.FileIO(file, "a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise busy(name) from None
    return lock
