"""Writes files completely, and lets everybody read the published ones."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator

_READ = 0o055
"""The permissions that a web server, running as another user, needs: to read files and enter folders."""


@contextlib.contextmanager
def readable() -> Iterator[None]:
    """For as long as this lasts, others may read the files that are made, whatever the user's umask says.

    What is published is public. All else that a build makes (its store, its stage, drafts) is as private as the user is.
    """
    before = os.umask(0o077)
    os.umask(before & ~_READ)
    try:
        yield
    finally:
        os.umask(before)


def made_readable(file: str) -> None:
    """Let everybody read a file, if they may not yet."""
    mode = os.stat(file).st_mode
    if mode & 0o044 != 0o044:
        os.chmod(file, mode & 0o7777 | 0o644)


def write_all(file: io.FileIO, data: bytes) -> None:
    """Writes all of `data`. A disk that fills up takes a part without a word: only the next write says why."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]
