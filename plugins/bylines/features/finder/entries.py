"""The finder's entry for one person or group: their line in a shard, and the keys that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from bylines.engine.context import BuildContext
from bylines.features.finder import fold
from bylines.features.people.namesakes import apart
from bylines.features.people.records import Profile
from bylines.features.people.relations import source_of

NAME, WORD, OTHER, TEAM = range(4)
"""The rank of a key by the text it begins with: the name, a later word of it, another spelling or the handle, the team."""

_LONGEST = 40


class Key(NamedTuple):
    """A text whose beginning finds a person, and its rank."""

    text: str
    rank: int


class Found(NamedTuple):
    """A person's line in a shard, as JSON, and the rank of each key that leads to it."""

    line: str
    keys: dict[str, int]


def entry(build: BuildContext, handle: str) -> Found | None:
    """Return the entry of a person or group with a blog; None if nobody has the handle (any more)."""
    group = build.store.row("SELECT title FROM team WHERE handle = ?", (handle,))
    if group:
        return _found(handle, group[0], "", "g", ())
    person = build.store.row("SELECT name, profile FROM person WHERE handle = ?", (handle,))
    if person is None:
        return None
    profile = build.record(source_of(handle)) if person[1] else None
    if not isinstance(profile, Profile):
        return _found(handle, person[0], "", "", ())
    left = profile.left is not None and profile.left <= build.day
    others = tuple(filter(None, (profile.reading, profile.sort_name)))
    return _found(handle, profile.name, profile.team, "l" if left else "", others, apart(build, handle))


def _found(handle: str, name: str, team: str, mark: str, others: Iterable[str], apart: str = "") -> Found:
    own, teams = fold.words(name), fold.words(team)
    called = [*fold.spellings(name)]
    for other in others:
        called += [fold.words(other), *fold.spellings(other)]
    known = {*own, *fold.words(handle)}
    also = list(dict.fromkeys(word for spelling in called for word in spelling if word not in known))
    shown = team if apart in ("", team) else " · ".join(filter(None, (team, apart)))
    fields = [handle, name, shown, mark, " ".join(also)]
    while not fields[-1]:
        fields.pop()
    keys: dict[str, int] = {}
    for text, rank in (
        *_turned(own, NAME, WORD),
        *(key for spelling in (*called, fold.words(handle)) for key in _turned(spelling, OTHER, OTHER)),
        *_turned(teams, TEAM, TEAM),
    ):
        keys.setdefault(f"{text[:_LONGEST]} {handle}", rank)
    return Found(msgspec.json.encode(fields).decode(), keys)


def _turned(words: list[str], first: int, later: int) -> Iterator[Key]:
    """Yield the words in order, starting with each in turn and wrapping around.

    A word of a script without spaces may hold several words, so it is also started with each of its characters.
    """
    for number, word in enumerate(words):
        rest = [*words[number + 1 :], *words[:number]]
        yield Key(" ".join([word, *rest]), later if number else first)
        if fold.is_unspaced(word):
            for start in range(1, len(word)):
                yield Key(" ".join([word[start:], *rest]), later)
