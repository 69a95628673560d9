"""Facts that change in a build: typed values that weaving notes and that page kinds ask for.

Whoever notes a fact declares it: a capability in its module `facts`, the engine here, in `listing` and in `filing`. Whoever
asks for it imports it. So a misspelt fact is an error of the type checker and not a page that is never rendered again.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, eq=False)
class Fact(Generic[K]):
    """A kind of change. Its keys, of type `K`, say what changed. A fact is equal to itself only, whatever its name."""

    name: str
    meaning: str


ADDRESS = Fact[str]("address", "The sources, and other names that links use, that are published elsewhere now.")
REMOVED = Fact[str]("removed", "The sources whose files are gone.")
REVISITED = Fact[str]("revisited", "The sources that were woven again although their files are unchanged.")
BODY = Fact[str]("body", "The sources whose text changed, or whose links lead elsewhere now.")
CARD = Fact[str]("card", "The posts of which lists show something else now.")
