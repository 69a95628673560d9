"""Sites with a settings file, built by processes of their own, as people have them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests import warm
from tests.building import NOW, ROOT, SmallSite

_CONF = """SITENAME = "Test"
SITEURL = "https://test.example"
PATH = "content"
THEME = {theme!r}
OUTPUT_PATH = {output!r}
CACHE_PATH = {cache!r}
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
STATIC_PATHS = []
PLUGINS = ["bylines"]
PELICAN_CLASS = "bylines.Frame"
BYLINES_SETTINGS_FILE = __file__
BYLINES_WORKERS = {workers}
BYLINES_PARALLEL_FROM = 20
"""


def configure(site: SmallSite, output: str = "output", cache: str = "cache", workers: int = 1) -> None:
    """Writes the settings file."""
    text = _CONF.format(theme=str(ROOT / "theme"), output=output, cache=cache, workers=workers)
    site.write("pelicanconf.py", text)


def started(folder: Path, *command: str, program: str = "") -> subprocess.Popen[str]:
    """A command of Bylines in a process group of its own; `program` is one to run in place of the command."""
    arguments = [sys.executable, "-c", program] if program else [sys.executable, "-m", "bylines"]
    with _interruptible():
        return subprocess.Popen(
            [*arguments, *command],
            cwd=folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Lets what is started hear of an interrupt, though this may run in the background, where a shell has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def run_cold(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """What a command said that Python was started for, and its exit code."""
    process = started(folder, *command)
    said = process.communicate(timeout=120)
    return subprocess.CompletedProcess(command, process.returncode, *said)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """What a command said, and its exit code."""
    if not warm.IS_SAFE:
        return run_cold(folder, *command)
    with open(os.devnull) as nothing, tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        warm.begin(command, folder, environment(), [nothing.fileno(), out.fileno(), err.fileno()])
        code = warm.end()
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(command, code, out.read(), err.read())


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": str(NOW)}
