"""Locks a target, so that only one process publishes to it at a time. The lock ends with the process."""

from __future__ import annotations

import fcntl
import io

from bylines.problems import PublishError


def busy_error(name: str) -> PublishError:
    """Return the error for a second publication to the target called `name`."""
    return PublishError(f"another publication to {name} is at work; wait until it is done")


def acquire(file: str, name: str) -> io.FileIO:
    """Open and lock a file; closing it releases the lock. Raises PublishError if another process holds it, and OSError."""
    lock = io.FileIO(file, "a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise busy_error(name) from None
    return lock
