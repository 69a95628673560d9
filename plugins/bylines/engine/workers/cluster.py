"""A Dask cluster as the place of work: machines that have this package, and neither the repository nor the output.

Each batch carries all that it needs and is pure, so Dask can do it again elsewhere when a worker is lost; the kit that all
batches share (the site, the templates) is a few kilobytes, and unpacked once by each worker.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import functools
import logging
import pickle
import socket
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, NoReturn, TypeVar

from bylines.engine.digest import code_digest
from bylines.problems import BuildError

if TYPE_CHECKING:
    from bylines.engine.workers.jobs import Job
    from bylines.settings import Site

_Task = TypeVar("_Task")
_Done = TypeVar("_Done")

# What a batch is to take, in seconds of a worker, and at most in bytes there and back: Dask warns above ten million.
_SECONDS = 0.5
_BYTES = 8_000_000
# Seconds: between looks at the cluster; until a connection or an answer is given up; until a worker must be there.
_LOOK = 1.0
_PATIENCE = 10.0
_WITHOUT_WORKERS = 20.0


class Answer(NamedTuple):
    """The result of a batch, and the seconds that it took."""

    done: list[bytes]
    seconds: float


def work(away: Callable[[Any, list[bytes]], list[bytes]], kit: bytes, packed: list[bytes]) -> Answer:
    """Do a batch, in a worker. Raises BuildError if the worker's code would make other pages."""
    started = time.perf_counter()
    done = away(_unpacked(kit), packed)
    return Answer(done, time.perf_counter() - started)


@functools.lru_cache(maxsize=4)
def _unpacked(kit: bytes) -> Any:
    code, found = pickle.loads(zlib.decompress(kit))
    if code != code_digest():
        raise BuildError(
            f"the worker on {socket.gethostname()} has another version of Bylines, of Python or of a library than this "
            "machine, and would make other pages; install the same lock file there and start it again"
        )
    return pickle.loads(found)


class Pace:
    """Sizes the next batch by the seconds and bytes that the last ones took."""

    def __init__(self, first: int, expected: int) -> None:
        self._first = first
        self._left = expected
        self._seconds = 0.0
        self._bytes = 0.0

    def note(self, tasks: int, seconds: float, size: int) -> None:
        """Note what a batch took. The newest count most, since kinds of pages follow each other."""
        share = 0.5 if self._seconds else 1.0
        self._seconds += share * (seconds / tasks - self._seconds)
        self._bytes += share * (size / tasks - self._bytes)

    def next(self, threads: int) -> int:
        """Return the size of the next batch. Towards the end they get smaller, so that no worker is left with the last one."""
        if not self._seconds:
            size = self._first
        else:
            size = min(int(_SECONDS / self._seconds), int(_BYTES / max(self._bytes, 1.0)))
            size = max(1, min(size, max(self._first, self._left // (2 * threads))))
        self._left -= size
        return size


class _Batch(NamedTuple, Generic[_Task]):
    tasks: list[_Task]
    packed: list[bytes | None]

    def travelling(self) -> list[bytes]:
        return [data for data in self.packed if data is not None]


class _Sent(NamedTuple, Generic[_Task]):
    tasks: list[_Task]
    travels: list[bool]
    size: int
    future: Future[Answer] | None


class Cluster:
    """The cluster of one scheduler (tcp://host:port). Raises BuildError where it cannot be reached or is lost."""

    def __init__(self, address: str) -> None:
        from distributed import Client

        self._address = address
        _hush()
        try:
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False, name="bylines")
        except (OSError, ValueError, ImportError) as error:
            raise BuildError(
                f"the scheduler {address} cannot be reached ({str(error) or type(error).__name__}); start it "
                "(dask scheduler), mend BYLINES_SCHEDULER, or build without: BYLINES_EXECUTOR = 'processes'"
            ) from error
        # Not pure: else Dask would hash all that travels, to find out whether it did the same before.
        self._executor = self._client.get_executor(pure=False)
        self._threads = 1
        self._looked = self._peopled = time.monotonic()
        self._look()

    def close(self) -> None:
        """Leave the cluster. It drops our unfinished work."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=_PATIENCE / 2)

    def run(self, job: Job[_Task, _Done], site: Site, tasks: Iterable[_Task], expected: int) -> Iterator[_Done]:
        """Yield what the job makes of each task, in their order. Raises BuildError."""
        # Twice pickled: a worker of another version sees by the digest alone that it cannot take the rest.
        kit = zlib.compress(pickle.dumps((code_digest(), pickle.dumps(job.kit(site)))))
        pace = Pace(job.size, expected)
        waiting: deque[_Sent[_Task]] = deque()
        for batch in self._batches(job, site, tasks, pace):
            waiting.append(self._sent(job, kit, batch))
            if time.monotonic() - self._looked > _LOOK:
                self._look()
            while len(waiting) > 2 * self._threads + 1 or (waiting and _is_done(waiting[0])):
                yield from self._taken(job, site, waiting.popleft(), pace)
        while waiting:
            yield from self._taken(job, site, waiting.popleft(), pace)

    def _batches(
        self, job: Job[_Task, _Done], site: Site, tasks: Iterable[_Task], pace: Pace
    ) -> Iterator[_Batch[_Task]]:
        batch: _Batch[_Task] = _Batch([], [])
        size, weight = pace.next(self._threads), 0
        for task in tasks:
            packed = job.pack(site, task)
            batch.tasks.append(task)
            batch.packed.append(packed)
            weight += len(packed or b"")
            if len(batch.tasks) >= size or weight >= _BYTES:
                yield batch
                batch = _Batch([], [])
                size, weight = pace.next(self._threads), 0
        if batch.tasks:
            yield batch

    def _sent(self, job: Job[_Task, _Done], kit: bytes, batch: _Batch[_Task]) -> _Sent[_Task]:
        packed = batch.travelling()
        future = self._executor.submit(work, job.away, kit, packed) if packed else None
        return _Sent(batch.tasks, [data is not None for data in batch.packed], sum(map(len, packed)), future)

    def _taken(self, job: Job[_Task, _Done], site: Site, sent: _Sent[_Task], pace: Pace) -> Iterator[_Done]:
        answer = self._answer(sent.future) if sent.future else Answer([], 0.0)
        if answer.done:
            pace.note(len(answer.done), answer.seconds, sent.size + sum(map(len, answer.done)))
        done = iter(answer.done)
        for task, travels in zip(sent.tasks, sent.travels, strict=True):
            if travels:
                yield job.unpack(site, task, next(done))
            else:
                yield from job.here(site, [task])

    def _answer(self, future: Future[Answer]) -> Answer:
        from distributed import KilledWorker

        # A future whose scheduler is gone may never be done.
        while not concurrent.futures.wait([future], timeout=_LOOK).done:
            self._look()
        try:
            return Answer(*future.result())
        except CancelledError:
            self._lost()
        except KilledWorker as error:
            raise BuildError(
                f"several workers of {self._address} died at one piece of work, the last at {error.last_worker}; "
                "see their own messages: is there enough memory?"
            ) from error
        except (ImportError, RuntimeError) as error:
            if isinstance(error, RuntimeError) and "deserializ" not in str(error):
                raise
            raise BuildError(
                f"the scheduler {self._address} or a worker of it cannot run Bylines ({error.__cause__ or error}); "
                "install this version of it there, and start them again"
            ) from error

    def _look(self) -> None:
        """Count the threads that work for us, since workers come and go. Raises BuildError if there are none."""
        try:
            if self._client.status != "running":
                self._lost()
            threads = sum(self._client.nthreads(callback_timeout=_PATIENCE).values())
        except (OSError, CancelledError):
            self._lost()
        self._looked = time.monotonic()
        self._threads = max(1, threads)
        if threads:
            self._peopled = self._looked
        elif self._looked - self._peopled > _WITHOUT_WORKERS:
            raise BuildError(
                f"the scheduler {self._address} has had no worker for {_WITHOUT_WORKERS:.0f} seconds; start one where "
                f"this version of Bylines is installed: dask worker {self._address}"
            )

    def _lost(self) -> NoReturn:
        raise BuildError(
            f"the scheduler {self._address} went away while the site was built; start it (dask scheduler) and build "
            "again, or build without: BYLINES_EXECUTOR = 'processes'"
        )


def _is_done(sent: _Sent[Any]) -> bool:
    return sent.future is None or sent.future.done()


def _hush() -> None:
    """Silence Dask's log of lost connections, since we print one line."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
