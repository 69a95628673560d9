"""Commands of Bylines in children of one process that has everything imported.

Each has a folder, an environment, files, a process group and an end of its own, as a command that is started has. Only the
start is spared, which takes longer than most of what is asked for; `tests.projects.started` is for what shows in it.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.building import ROOT

IS_SAFE = sys.platform == "linux"
"""Whether a copy of a process that has everything imported can be made, as `bylines.engine.workers` says."""
# Gives the exit code of each command that comes with its three files. Capabilities are imported, since most commands build;
# what else one needs it imports itself, as it does in a process of its own.
_SERVER = """
import gc, importlib, json, os, signal, socket, sys
import bylines.__main__, bylines.frame, bylines.settings

for name in bylines.settings.FEATURES:
    importlib.import_module(name)
gc.freeze()  # what is there stays, in each child
with socket.socket(fileno=int(sys.argv[1])) as asked:
    while True:
        text, files, _, _ = socket.recv_fds(asked, 1 << 16, 3)
        while text and not text.endswith(b"\\n"):
            text += asked.recv(1 << 16)
        if not text:
            break
        pid = os.fork()
        if pid == 0:
            asked.close()
            os.setsid()
            signal.alarm(120)
            for place, file in enumerate(files):
                os.dup2(file, place)
                os.close(file)
            arguments, folder, variables = json.loads(text)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(variables)
            sys.argv = [bylines.__main__.__file__, *arguments]
            sys.stdout.reconfigure(line_buffering=os.isatty(1))
            sys.exit(bylines.__main__.main(arguments))
        for file in files:
            os.close(file)
        asked.send(b"%d\\n" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


def begin(command: Sequence[str], folder: Path, environment: Mapping[str, str], files: Sequence[int]) -> None:
    """Begins a command in a folder, with these files as its input, output and errors."""
    text = json.dumps([command, os.fspath(folder), dict(environment)]) + "\n"
    socket.send_fds(_server(), [text.encode()], files)


def end() -> int:
    """Waits for the command; gives its exit code."""
    return int(_server().recv(100))


@functools.cache
def _server() -> socket.socket:
    """The socket by which it is asked."""
    ours, other = socket.socketpair()
    with other:
        process = subprocess.Popen(
            [sys.executable, "-c", _SERVER, str(other.fileno())],
            env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
            pass_fds=[other.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    atexit.register(process.wait)
    atexit.register(ours.close)  # by which it ends; what is registered last comes first
    return ours
