"""Tells a listener how far a build has come, and times each of its steps."""

from __future__ import annotations

import time
from typing import NamedTuple, Protocol

SCAN, READ, WEAVE, RENDER, PUBLISH = STEPS = ("scan", "read", "weave", "render", "publish")


class ProgressListener(Protocol):
    """Listens to the progress of a build.

    It is called in the build's own process, once per batch of work. It may raise an exception to stop the build.
    """

    def begin(self, name: str, total: int) -> None:
        """A step begins; `total` is about how many items it has (0 if unknown)."""

    def advance(self, count: int) -> None:
        """`count` more items of the step are done."""

    def wait(self, holder: str) -> None:
        """The build waits because another one is running; `holder` describes that one."""

    def end(self) -> None:
        """The build is over, whether it succeeded or failed."""


class Silent:
    """A listener that shows nothing."""

    def begin(self, name: str, total: int) -> None:
        """Nothing."""

    def advance(self, count: int) -> None:
        """Nothing."""

    def wait(self, holder: str) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Step(NamedTuple):
    """A finished step: the number of items done, and the seconds it took."""

    name: str
    done: int
    seconds: float


class StepTimer:
    """Times the steps of a build and passes their progress on to a listener."""

    def __init__(self, steps: ProgressListener) -> None:
        self._steps = steps
        self._done: list[Step] = []
        self._name = ""
        self._count = 0
        self._since = 0.0

    def begin(self, name: str, total: int = 0) -> None:
        """Ends the current step, if any, and begins another; `total` as in `ProgressListener.begin`."""
        self._close()
        self._name, self._count, self._since = name, 0, time.perf_counter()
        self._steps.begin(name, total)

    def advance(self, count: int) -> None:
        """Counts `count` more items of the current step."""
        self._count += count
        self._steps.advance(count)

    def done(self) -> tuple[Step, ...]:
        """Ends the current step and returns all finished ones, in order."""
        self._close()
        return tuple(self._done)

    def _close(self) -> None:
        if self._name:
            self._done.append(Step(self._name, self._count, time.perf_counter() - self._since))
        self._name = ""
