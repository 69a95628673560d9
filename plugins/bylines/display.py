"""Shows the progress of a build: a bar on a terminal, else a line from time to time. A short build shows nothing."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, TextIO

from bylines.engine.progress import STEPS, ProgressListener, Silent

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# Seconds: a step that ends sooner shows no progress.
_SOON = 1.0
_BAR_EVERY = 0.25
_LINE_EVERY = 15.0
_WORDS = {
    "scan": "looking for sources",
    "read": "reading sources",
    "weave": "weaving relations",
    "render": "rendering pages",
    "publish": "publishing pages",
}


def display(stream: TextIO | None = None, *, quiet: bool = False) -> ProgressListener:
    """Return the display for a stream (stderr by default): a bar if it is a terminal, else lines; nothing if `quiet`."""
    stream = stream or sys.stderr
    if quiet:
        return Silent()
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    return Bar(stream) if terminal else Lines(stream)


def _waiting_line(holder: str) -> str:
    return f"another build is at work here{holder}; this one waits until it is done (Ctrl-C ends the waiting)"


class Lines:
    """Prints lines for a log: the state of a step every 15 seconds, and its result if it took at least a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._started = time.monotonic()
        self._name = ""
        self._total = self._done = 0
        self._since = self._said = self._started

    def begin(self, name: str, total: int) -> None:
        """Print the result of the step before, if it took long, and begin a step of `total` items (0 if unknown)."""
        self._close()
        self._name, self._total, self._done = name, total, 0
        self._since = self._said = time.monotonic()

    def advance(self, count: int) -> None:
        """Count `count` items as done, and print the state from time to time."""
        self._done += count
        now = time.monotonic()
        if now - self._said >= _LINE_EVERY:
            self._said = now
            self._say(f"{_WORDS[self._name]}: {self._done:,}{self._of()}{self._left(now)}")

    def _of(self) -> str:
        return f" of about {self._total:,}" if self._total > self._done else ""

    def _left(self, now: float) -> str:
        if self._total <= self._done or not self._done:
            return ""
        seconds = (now - self._since) * (self._total - self._done) / self._done
        return f", {_minutes(seconds)} to go"

    def wait(self, holder: str) -> None:
        """Print that this build waits for another one."""
        self._say(_waiting_line(holder))

    def end(self) -> None:
        """Print the result of the last step."""
        self._close()

    def _close(self) -> None:
        took = time.monotonic() - self._since
        if self._name and took >= _SOON:
            self._say(f"{_WORDS[self._name]}: {self._done:,} in {took:.1f} s")
        self._name = ""

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


class Bar:
    """Shows Rich's progress bar: the step, how much of it is done, and the remaining time.

    It is drawn only when the build calls, not by a thread of its own: workers cannot be forked safely beside a thread.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._started = self._drawn = time.monotonic()
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._name = ""
        self._total = self._done = 0

    def begin(self, name: str, total: int) -> None:
        """Begin a step of `total` items (0 if unknown)."""
        self._name, self._total, self._done = name, total, 0
        if self._progress is not None and self._task is not None:
            self._progress.remove_task(self._task)
            self._task = None
        self._draw()

    def advance(self, count: int) -> None:
        """Count `count` items as done, and move the bar."""
        self._done += count
        self._draw()

    def wait(self, holder: str) -> None:
        """Print that this build waits for another one."""
        print(_waiting_line(holder), file=self._stream, flush=True)

    def end(self) -> None:
        """Remove the bar."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def _draw(self) -> None:
        now = time.monotonic()
        if now - self._started < _SOON or (self._task is not None and now - self._drawn < _BAR_EVERY):
            return
        self._drawn = now
        if self._progress is None:
            self._progress = _bar(self._stream)
            self._progress.start()
        total = max(self._total, self._done) if self._total else None
        if self._task is None:
            self._task = self._progress.add_task(_title(self._name), total=total)
        self._progress.update(self._task, completed=self._done, total=total, refresh=True)


def _title(name: str) -> str:
    return f"{STEPS.index(name) + 1}/{len(STEPS)} {_WORDS[name]}"


def _bar(stream: TextIO) -> Progress:
    from rich import progress  # slow to import (0.1 s), so only long builds load it
    from rich.console import Console

    columns: tuple[Any, ...] = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
        progress.TimeRemainingColumn(),
    )
    return progress.Progress(*columns, console=Console(file=stream), auto_refresh=False, transient=True)
