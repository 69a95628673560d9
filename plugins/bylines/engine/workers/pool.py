"""Runs tasks in this process while they are few, else in a pool of processes or a cluster.

Each of them only has to offer `concurrent.futures.Executor.submit`, for functions that are found by name and arguments that
can be pickled.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from bylines.engine.workers.jobs import Job
from bylines.problems import SettingsError
from bylines.settings.declared import EXECUTOR, PARALLEL_FROM, SCHEDULER, WORKERS

if TYPE_CHECKING:
    from bylines.engine.workers.cluster import Cluster
    from bylines.settings import Site

_Task = TypeVar("_Task")
_Done = TypeVar("_Done")
_Each = TypeVar("_Each")

_RARELY = (20_000, 50, 1_000)
"""Thresholds of the garbage collector: new objects per collection, and collections per collection of older objects."""
_ENCODER = msgspec.msgpack.Encoder()

_INSTALL = (
    "BYLINES_EXECUTOR is 'dask', which needs a package more; install it: .venv/bin/pip install distributed==2026.8.0"
)


class SerialExecutor(Executor):
    """Runs each submitted function at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the function, and return its result as a finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Workers:
    """Gives tasks to an executor that suits their number. Raises SettingsError if the configured one is not available."""

    def __init__(self, site: Site, executor: Executor | None = None) -> None:
        self._count = 1 if site.of(EXECUTOR) == "serial" else site.of(WORKERS) or os.cpu_count() or 1
        self._from = site.of(PARALLEL_FROM)
        self._given = executor
        self._pool: Executor | None = executor
        self._scheduler = site.of(SCHEDULER) if site.of(EXECUTOR) == "dask" and executor is None else ""
        self._cluster: Cluster | None = None
        if self._scheduler and importlib.util.find_spec("distributed") is None:
            raise SettingsError(_INSTALL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._cluster is not None:
            self._cluster.close()
        if self._pool is None or self._given is not None:
            return
        if kind is not None and isinstance(self._pool, ProcessPoolExecutor):
            _end(self._pool)  # nobody asks for what they are at any more
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, job: Job[_Task, _Done], site: Site, tasks: Iterable[_Task], expected: int) -> Iterator[_Done]:
        """Yield what the job makes of each task, in their order; `expected` is how many tasks there are in all, about.

        Few batches are under way at a time, so that what is still to come need not be held in memory.
        """
        if self._scheduler and self.are_many(expected):
            yield from self._connected().run(job, site, tasks, expected)
            return
        executor = self._suitable(expected)
        waiting: deque[Future[bytes]] = deque()
        for batch in batched(tasks, job.size, job.is_large):
            waiting.append(executor.submit(_work, job.here, job.task, site, _ENCODER.encode(batch)))
            while len(waiting) > 3 * self._count or (waiting and waiting[0].done()):
                yield from _decoded(waiting.popleft().result(), job.done)
        while waiting:
            yield from _decoded(waiting.popleft().result(), job.done)

    def are_many(self, expected: int) -> bool:
        """Return whether so many tasks go to other processes."""
        return self._given is not None or (bool(self._scheduler or self._count > 1) and expected >= self._from)

    def _suitable(self, expected: int) -> Executor:
        if self._pool is not None:
            return self._pool
        if self._scheduler or not self.are_many(expected):
            return SerialExecutor()
        context = multiprocessing.get_context(_start_method())
        self._pool = ProcessPoolExecutor(self._count, mp_context=context, initializer=_begin_worker)
        return self._pool

    def _connected(self) -> Cluster:
        if self._cluster is None:
            from bylines.engine.workers.cluster import Cluster

            self._cluster = Cluster(self._scheduler)
        return self._cluster


@contextlib.contextmanager
def few_collections() -> Iterator[None]:
    """Let the garbage collector look only at new objects: a build keeps many, and nearly none in cycles."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _work(here: Callable[[Site, list[Any]], list[Any]], task: type[Any], site: Site, batch: bytes) -> bytes:
    """Do a batch, in a worker. Tasks are sent as MessagePack, since pickling them takes ten times as long."""
    return _ENCODER.encode(here(site, _decoded(batch, task)))


def _decoded(data: bytes, kind: type[_Each]) -> list[_Each]:
    return msgspec.msgpack.decode(data, type=list[kind])  # type: ignore[valid-type]


def _begin_worker() -> None:
    """Prepare a worker: it ignores Ctrl-C, which the build handles, and ends with its build."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # What was there before the fork stays: the collector need not look at it, nor its memory be copied. And what a page or
    # a text needs goes with it, so that it need not look often either.
    gc.freeze()
    gc.set_threshold(*_RARELY)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):
        process.terminate()
    # One that was ended while it wrote a result leaves half of it: who reads waits for the rest until nobody can write it.
    pool._result_queue._writer.close()  # type: ignore[attr-defined]


def _start_method() -> str:
    # A copy of this process has everything imported already; but one of a process with threads may hang.
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def batched(
    tasks: Iterable[_Task], size: int, alone: Callable[[_Task], bool] = lambda task: False
) -> Iterator[list[_Task]]:
    """Tasks in lists of `size`, but for those that are to be `alone`."""
    batch: list[_Task] = []
    for task in tasks:
        if alone(task):
            if batch:
                yield batch
            batch = []
            yield [task]
            continue
        batch.append(task)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
