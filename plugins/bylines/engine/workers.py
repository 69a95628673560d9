"""Who does the work: this process while there is little of it, a pool of processes where there is enough.

All that is asked of a pool is `concurrent.futures.Executor`'s `submit`, with functions that are found by their names and
arguments that travel; so a cluster's executor can stand in its place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from bylines.settings import Site

_Task = TypeVar("_Task")
_Done = TypeVar("_Done")


class SerialExecutor(Executor):
    """Does what is submitted at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Runs the function and gives its result as a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Workers:
    """Gives batches of work to an executor that suits their number."""

    def __init__(self, site: Site, executor: Executor | None = None) -> None:
        self._count = site.workers or os.cpu_count() or 1
        self._from = site.parallel_from
        self._given = executor
        self._pool: Executor | None = executor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is None or self._given is not None:
            return
        if kind is not None and isinstance(self._pool, ProcessPoolExecutor):
            _end(self._pool)  # nobody asks for what they are at any more
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(
        self, work: Callable[[Site, list[_Task]], _Done], site: Site, batches: Iterable[list[_Task]], expected: int
    ) -> Iterator[_Done]:
        """What `work` makes of each batch, in their order; `expected` is how many tasks there are in all, about.

        Few batches are under way at a time, so that what is still to come need not be held in memory.
        """
        executor = self._suitable(expected)
        waiting: deque[Future[_Done]] = deque()
        for batch in batches:
            waiting.append(executor.submit(work, site, batch))
            while len(waiting) > 3 * self._count or (waiting and waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def are_many(self, expected: int) -> bool:
        """Whether so many tasks go to several processes."""
        return self._given is not None or (self._count > 1 and expected >= self._from)

    def _suitable(self, expected: int) -> Executor:
        if self._pool is not None:
            return self._pool
        if not self.are_many(expected):
            return SerialExecutor()
        context = multiprocessing.get_context(_start_method())
        self._pool = ProcessPoolExecutor(self._count, mp_context=context, initializer=_begin_worker)
        return self._pool


def _begin_worker() -> None:
    """A worker's first act: Ctrl-C is for the build, which ends its workers; and no worker outlives its build."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):
        process.terminate()


def _start_method() -> str:
    # A copy of this process has everything imported already; but one of a process with threads may hang.
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def batched(tasks: Iterable[_Task], size: int) -> Iterator[list[_Task]]:
    """Tasks in lists of `size`."""
    batch: list[_Task] = []
    for task in tasks:
        batch.append(task)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
