"""UTF-8, whatever the locale says: file names, what programs say to each other, and what is read and written.

Python takes the locale's encoding for all of these, and decides before our first line runs. Where that is another one, the
command begins once more in Python's UTF-8 mode (PEP 540), which its workers and their children inherit.
"""

from __future__ import annotations

import locale
import os
import sys

_BEGUN = "BYLINES_UTF8"


def always() -> None:
    """Sees to it that this process speaks UTF-8; for programs' first lines. It may not return."""
    if not _speaks_it() and os.environ.get(_BEGUN) != str(os.getpid()) and sys.orig_argv:
        # The process stays the same one, so its number says that this was tried.
        os.environ.update({"PYTHONUTF8": "1", _BEGUN: str(os.getpid())})
        _flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    never_fail()


def always_in(program: str) -> None:
    """The same for a library of a program that we do not start, if this is it and no other that has taken us in."""
    main = getattr(sys.modules.get("__main__"), "__spec__", None)
    name = main.name.partition(".")[0] if main else os.path.basename(sys.argv[0] if sys.argv else "").partition(".")[0]
    if name == program:
        always()


def never_fail() -> None:
    """Lets whatever the terminal cannot show be written out, in place of an error."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "").lower().replace("_", "-")
        if hasattr(stream, "reconfigure") and (encoding not in ("utf-8", "utf8") or stream.errors == "strict"):
            stream.reconfigure(errors="backslashreplace")


def _speaks_it() -> bool:
    if sys.flags.utf8_mode:
        return True
    encodings = (sys.getfilesystemencoding(), locale.getencoding())
    return all(name.lower().replace("_", "-") in ("utf-8", "utf8") for name in encodings)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
