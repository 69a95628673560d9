"""Describes a change for the checks: who asks for it, what each commit has written, and who must be entitled to each file."""

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
    """Everything that the checks need to know about a change."""

    objects: Objects
    people: People
    head: State
    common: State
    """The commit at which the change left the base."""
    account: Writer | None
    newcomer: Newcomer | None


def writers_of(case: ChangeSet, commit: Commit) -> list[Writer]:
    """Return the writers who must be entitled: the account, if one is given, and the author, if they are known.

    Anybody can claim to be an author; an account is verified by the git host. With an account, an author whose address is in no
    profile is ignored (the host's web editor uses such addresses). An author who is somebody else must be entitled too, so that
    nobody is named as the author of what they could not have written.
    """
    by, wrote = case.account, author(commit.email)
    if by is None:
        return [wrote]
    people = case.people
    if (
        people.is_keeper(by)
        or any(people.is_person_of(wrote, handle) for handle in by.handles)
        or wrote.emails <= by.emails
    ):
        return [by]
    return [by, wrote] if people.handles_of(wrote) else [by]
