"""A change as it is judged: who asks for it, what each of its commits has written, and whom each file needs to be entitled."""

from __future__ import annotations

from typing import NamedTuple

from bylines.guard.commits import Commit
from bylines.guard.newcomers import Newcomer
from bylines.guard.snapshot import Objects, State
from bylines.guard.trees import Change
from bylines.guard.writers import People, Writer, author


class FileChange(NamedTuple):
    """A file that a commit has written."""

    commit: Commit
    change: Change
    path: str


class ChangeSet(NamedTuple):
    """All that a change is judged by."""

    objects: Objects
    people: People
    head: State
    common: State
    """Where the change left the base."""
    account: Writer | None
    newcomer: Newcomer | None


def writers_of(case: ChangeSet, commit: Commit) -> list[Writer]:
    """Everybody who has to be entitled: the account, if one is given, and the author, unless nobody knows them.

    An author is a claim that anybody can make, an account is what the git host has seen to. Where there is an account, an author
    with an address that is in no profile (the host's web editor has such) changes nothing; one who is somebody else has to be
    entitled too, so that nobody's name stands at what they could not have written.
    """
    by, wrote = case.account, author(commit.email)
    if by is None:
        return [wrote]
    people = case.people
    if people.is_keeper(by) or any(people.is_(wrote, handle) for handle in by.handles) or wrote.emails <= by.emails:
        return [by]
    return [by, wrote] if people.known(wrote) else [by]
