"""Describes the work of a step: its tasks, and the functions that do them here or on another machine."""

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
    """How a step does its tasks: locally, with files, or on another machine, to which only bytes are sent."""

    task: type[_Task]
    done: type[_Done]
    size: int
    """How many tasks a batch has, until their durations are known."""
    here: Callable[[Site, list[_Task]], list[_Done]]
    """Does some tasks on this machine, with its files."""
    kit: Callable[[Site], Any]
    """The input that all tasks share. It can be pickled and hashed."""
    pack: Callable[[Site, _Task], bytes | None]
    """Packs a task with everything that it needs from files; None if it must be done here."""
    away: Callable[[Any, list[bytes]], list[bytes]]
    """Does packed tasks with only the shared input. It is pure, so a lost worker's tasks can be done again."""
    unpack: Callable[[Site, _Task, bytes], _Done]
    """Stores the result of a packed task."""
    is_large: Callable[[_Task], bool] = lambda task: False
    """Whether a task is a batch of its own."""
