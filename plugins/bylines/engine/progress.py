"""How far a build has come: whoever waits is told by step and by batch, and how long each step took is kept."""

from __future__ import annotations

import time
from typing import NamedTuple, Protocol

SCAN, READ, WEAVE, RENDER, PUBLISH = STEPS = ("scan", "read", "weave", "render", "publish")


class Steps(Protocol):
    """Who is told. It is called in the build's own process, per batch of work, and may raise to end the build."""

    def begin(self, name: str, total: int) -> None:
        """A step begins; `total` is how much there is to do, about (0: nobody knows)."""

    def advance(self, count: int) -> None:
        """So much more of it is done."""

    def wait(self, holder: str) -> None:
        """Another build is at work, and this one waits; `holder` says who it is."""

    def end(self) -> None:
        """The build is over, well or not."""


class Silent:
    """Tells nobody."""

    def begin(self, name: str, total: int) -> None:
        """Nothing."""

    def advance(self, count: int) -> None:
        """Nothing."""

    def wait(self, holder: str) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Step(NamedTuple):
    """A step that is done: how much was done in it, and the seconds that it took."""

    name: str
    done: int
    seconds: float


class Course:
    """A build's course through its steps: timed, and told to `steps`."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._done: list[Step] = []
        self._name = ""
        self._count = 0
        self._since = 0.0

    def begin(self, name: str, total: int = 0) -> None:
        """Ends the step that is under way, and begins another."""
        self._close()
        self._name, self._count, self._since = name, 0, time.perf_counter()
        self._steps.begin(name, total)

    def advance(self, count: int) -> None:
        """Counts what was done."""
        self._count += count
        self._steps.advance(count)

    def done(self) -> tuple[Step, ...]:
        """All steps so far, with the one that is under way."""
        self._close()
        return tuple(self._done)

    def _close(self) -> None:
        if self._name:
            self._done.append(Step(self._name, self._count, time.perf_counter() - self._since))
        self._name = ""
