"""Makes a command use UTF-8 for file names, pipes and files, whatever the locale says.

Python takes the locale's encoding for these, and decides before our first line runs. If that is not UTF-8, the command
restarts itself in Python's UTF-8 mode (PEP 540), which its workers and their children inherit.
"""

from __future__ import annotations

import locale
import os
import sys

_RESTARTED = "BYLINES_UTF8"


def ensure_utf8() -> None:
    """Restart this process in UTF-8 mode if necessary. Call it first in a program; it may not return."""
    if not _uses_utf8() and os.environ.get(_RESTARTED) != str(os.getpid()) and sys.orig_argv:
        # The restart keeps the process id, which therefore tells that it was tried.
        os.environ.update({"PYTHONUTF8": "1", _RESTARTED: str(os.getpid())})
        _flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    escape_unencodable()


def ensure_utf8_in(program: str) -> None:
    """Call `ensure_utf8` only if the running program is `program`; for a library that programs of others load."""
    main = getattr(sys.modules.get("__main__"), "__spec__", None)
    name = main.name.partition(".")[0] if main else os.path.basename(sys.argv[0] if sys.argv else "").partition(".")[0]
    if name == program:
        ensure_utf8()


def escape_unencodable() -> None:
    """Make stdout and stderr write escapes for characters that the terminal cannot show, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "").lower().replace("_", "-")
        if hasattr(stream, "reconfigure") and (encoding not in ("utf-8", "utf8") or stream.errors == "strict"):
            stream.reconfigure(errors="backslashreplace")


def _uses_utf8() -> bool:
    if sys.flags.utf8_mode:
        return True
    encodings = (sys.getfilesystemencoding(), locale.getencoding())
    return all(name.lower().replace("_", "-") in ("utf-8", "utf8") for name in encodings)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
