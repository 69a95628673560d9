"""Runs a command as on a bare machine: `python tools/bare.py make test`.

Of all programs it finds those that the README asks for (Python, git, make) and those of every POSIX system. It is begun in the
background, where SIGINT is ignored, without a terminal, in the locale C, with an empty home and a folder of its own for what is
temporary. Whatever else a test wants, it has to bring, or to say that it is left out.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAMS = tuple(
    "sh git make python3 "  # and what POSIX has (IEEE 1003.1-2017, Utilities), as far as anything here asks for it
    "awk basename cat chmod cmp comm cp cut date dd df diff dirname du echo env expr false find grep head id kill ln ls mkdir "
    "mkfifo mktemp mv nice nohup od paste printf ps pwd readlink rm rmdir sed sleep sort split stat tail tee test touch tr true "
    "uname uniq wc xargs".split()
)
# Variables that name package registries and certificates.
_KEPT = ("PIP_", "NPM_CONFIG_", "SSL_", "REQUESTS_CA_", "CURL_CA_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


def programs(folder: Path) -> None:
    """Creates links to all PROGRAMS in a folder."""
    for name in PROGRAMS:
        found = sys.executable if name == "python3" else shutil.which(name)
        if found:
            (folder / name).symlink_to(os.path.realpath(found) if name == "python3" else found)


def variables(folder: Path) -> dict[str, str]:
    """Creates the folders of a bare machine in `folder` and returns its environment."""
    made = {name: folder / name for name in ("bin", "home", "temporary files")}
    for path in made.values():
        path.mkdir()
    programs(made["bin"])
    pip = Path("~/.config/pip/pip.conf").expanduser()
    kept = {name: value for name, value in os.environ.items() if name.upper().startswith(_KEPT)}
    if pip.is_file():
        kept.setdefault("PIP_CONFIG_FILE", str(pip))
    own = {"PATH": made["bin"], "HOME": made["home"], "TMPDIR": made["temporary files"]}
    return {**kept, **{name: str(path) for name, path in own.items()}, "LANG": "C", "LC_ALL": "C"}


def main() -> int:
    """Runs the command and returns its exit code."""
    if not sys.argv[1:]:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as name:
        environment = variables(Path(name).resolve())
        interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
        # A new session has no terminal.
        with subprocess.Popen(
            [shutil.which(sys.argv[1], path=environment["PATH"]) or sys.argv[1], *sys.argv[2:]],
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        ) as run:
            signal.signal(signal.SIGINT, interrupted)  # the command ignores SIGINT, this process does not
            try:
                return run.wait()
            finally:
                if run.poll() is None:
                    os.killpg(run.pid, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
