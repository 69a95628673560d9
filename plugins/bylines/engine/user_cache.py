"""What is kept between builds in the user's own folder, and not in the project: it runs, so nobody else may have written it.

That is `$XDG_CACHE_HOME/bylines`, or `~/.cache/bylines`. To lose it costs time alone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile

_MOST = 16
"""The number of versions of a kind that are kept."""


def folder(kind: str, digest: str) -> str:
    """Return the cache folder of a kind and `digest`, and create it if needed.

    Empty if no such folder can be created that only this user can write to.
    """
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    path = os.path.join(cache, "bylines")
    if not os.path.isabs(path):
        return ""
    try:
        os.makedirs(cache, mode=0o700, exist_ok=True)
        own = (path, os.path.join(path, kind), os.path.join(path, kind, digest))
        if not os.path.isdir(own[-1]):
            for each in own:
                with contextlib.suppress(FileExistsError):
                    os.mkdir(each, 0o700)
            _forget_old(own[1])
        return own[-1] if all(map(_is_ours, own)) else ""
    except OSError:
        return ""


def write(file: str, data: bytes) -> None:
    """Writes a file as a whole, or not at all."""
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=os.path.dirname(file))
        try:
            with open(handle, "wb") as made:
                made.write(data)
            os.replace(name, file)
        except OSError:
            os.remove(name)


def _forget_old(kind: str) -> None:
    for path in sorted((entry.path for entry in os.scandir(kind)), key=os.path.getmtime)[:-_MOST]:
        shutil.rmtree(path, ignore_errors=True)


def _is_ours(path: str) -> bool:
    """Return whether it is a folder of the user's own into which nobody else may write."""
    status = os.lstat(path)
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022
