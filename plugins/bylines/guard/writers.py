"""Tells who somebody is, and whether they may write in a place. Both are answered from the base."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine.read.kind import EVERYBODY, KEEPERS
from bylines.guard.ownership import Place
from bylines.guard.rules import Rules
from bylines.guard.snapshot import State


class Writer(NamedTuple):
    """Somebody who makes a change: an author, known by an address, or an account, known by the rules."""

    shown: str
    """The writer's name in messages."""
    emails: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()


def author(email: str) -> Writer:
    """Return the writer for a commit's author."""
    return Writer(email or "an author without an address", frozenset((email,)) if email else frozenset())


def account(name: str, rules: Rules) -> Writer:
    """Return the writer for an account of the git host."""
    whose = rules.of_account(name)
    emails, handles = ((whose,), ()) if "@" in whose else ((), (whose,) if whose else ())
    return Writer(f"the account {name}", frozenset(emails), frozenset(handles))


class People:
    """Answers questions about people, from the profiles and rules of the base.

    `handles_of(writer)` returns the writer's handles, sorted. It is the only question that needs a search of all profiles.
    """

    def __init__(self, base: State, rules: Rules) -> None:
        self.base = base
        self.rules = rules
        self.handles_of = functools.lru_cache(maxsize=None)(self._find_handles)

    def is_person_of(self, writer: Writer, handle: str) -> bool:
        """Return whether a writer is the person with a handle."""
        if not self.base.is_person(handle, self.rules):
            return False
        return handle in writer.handles or bool(writer.emails & self.base.emails(handle, self.rules))

    def is_one_of(self, writer: Writer, handles: Iterable[str]) -> bool:
        """Return whether a writer is one of some people."""
        return any(self.is_person_of(writer, handle) for handle in handles)

    def is_keeper(self, writer: Writer) -> bool:
        """Return whether a writer is a keeper of the site."""
        return self.is_one_of(writer, self.rules.keepers)

    def _find_handles(self, writer: Writer) -> list[str]:
        named = {handle for handle in writer.handles if self.base.is_person(handle, self.rules)}
        return sorted(named | self.base.handles_with(writer.emails, self.rules))

    def may_write(self, writer: Writer, place: Place) -> bool:
        """Return whether a writer may write in a place."""
        return self.is_keeper(writer) or self._may(writer, place)

    def _may(self, writer: Writer, place: Place) -> bool:
        if place.kind == "shared":
            return any(self._is_among(writer, who) for who in place.who)
        if place.kind == "profile" or self.base.is_person(place.handle, self.rules):
            return self.is_person_of(writer, place.handle)
        return place.kind == "folder" and self.is_one_of(writer, self.base.members(place.handle, self.rules))

    def _is_among(self, writer: Writer, who: str) -> bool:
        if who == EVERYBODY:
            return bool(self.handles_of(writer))
        if who == KEEPERS:
            return False
        if self.base.is_group(who, self.rules):
            return self.is_one_of(writer, self.base.members(who, self.rules))
        return self.is_person_of(writer, who)

    def owner(self, place: Place) -> str:
        """Return who may write in a place, for messages."""
        if place.kind == "folder" and self.base.is_group(place.handle, self.rules):
            return f"the group {place.handle}"
        if place.kind in ("folder", "profile") and self.base.is_person(place.handle, self.rules):
            return place.handle
        others = [who for who in place.who if who != KEEPERS]
        return " or ".join(others) if place.kind == "shared" and others else "the keepers"
