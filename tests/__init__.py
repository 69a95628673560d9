"""What holds is said here, at the user's level."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

_MEMORY = "/dev/shm"
_ROOM = 4 << 30
"""Bytes that all folders of a run have room in."""


def _has_room() -> bool:
    """Whether folders in memory hold all that tests write, and run what they find there."""
    try:
        return shutil.disk_usage(_MEMORY).free > _ROOM and not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC
    except OSError:
        return False


# Python is started some hundred times: to compile our own code anew would be a third of each start, and the tests themselves
# would be compiled in each worker.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Sites are small, many, and gone a moment later: on a disk that takes longer than to build them.
if "TMPDIR" not in os.environ and _has_room():
    os.environ["TMPDIR"] = tempfile.tempdir = _MEMORY
