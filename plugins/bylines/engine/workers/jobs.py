"""What a step gives to workers: its tasks, and the functions that do them here and elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from bylines.settings import Site

_Task = TypeVar("_Task")
_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class Job(Generic[_Task, _Done]):
    """What a step makes of its tasks: where the files are at hand, and away from here, where nothing but bytes travels."""

    task: type[_Task]
    done: type[_Done]
    size: int
    """Tasks in a batch, until it is known how long they take."""
    here: Callable[[Site, list[_Task]], list[_Done]]
    """Does some tasks where this machine's files can be read and written."""
    kit: Callable[[Site], Any]
    """What every task needs; it can be pickled, and hashed."""
    pack: Callable[[Site, _Task], bytes | None]
    """A task with all that it needs from files; None for one that is to be done here."""
    away: Callable[[Any, list[bytes]], list[bytes]]
    """Does packed tasks with nothing but the kit: pure, so that it can be done again where a worker was lost."""
    unpack: Callable[[Site, _Task, bytes], _Done]
    """Lays down what came of a packed task."""
    is_large: Callable[[_Task], bool] = lambda task: False
    """Whether a task is a batch of its own."""
