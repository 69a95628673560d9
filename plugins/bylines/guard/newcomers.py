"""Recognizes newcomers: a person who brings their own profile, or people who begin a group's blog.

This is the only thing for which a branch is believed, and only about the new handle, so that it gives no rights to others' files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bylines.guard import messages
from bylines.guard.ownership import place_of, profile_of
from bylines.guard.paths import find_lookalike
from bylines.guard.snapshot import State
from bylines.guard.writers import People, Writer
from bylines.problems import ContentProblem


class Newcomer(NamedTuple):
    """The one new handle of a change, what the branch says of it, and why the handle is not available (empty if it is)."""

    handle: str
    is_person: bool
    emails: frozenset[str]
    members: frozenset[str]
    taken: str

    def refusals(self, people: People, writer: Writer, path: str) -> list[ContentProblem]:
        """Return why a writer may not bring a file of the new handle; empty if they may."""
        if self.taken:
            return [messages.NOT_FREE.problem(path, handle=self.handle, why=self.taken)]
        if not self.is_person:
            mend = f"name yourself in members of content/blogs/{self.handle}/blog.yaml, if you have a profile"
            fits = people.is_one_of(writer, self.members)
        elif known := people.handles_of(writer):
            fits, mend = False, f"you are {known[0]} already; a keeper can bring a second profile"
        else:
            fits = self.handle in writer.handles or bool(writer.emails & self.emails)
            mend = self._mend(people, writer)
        return [] if fits else [messages.NO_OWN_ADDRESS.problem(path, writer=writer.shown, nearest=mend)]

    def _mend(self, people: People, writer: Writer) -> str:
        file = profile_of(self.handle, people.rules)
        if writer.handles:
            return f"your handle is {min(writer.handles)}; name the profile so"
        if writer.emails:
            return f"write 'emails: [{min(writer.emails)}]' in {file}"
        return "ask a keeper to add the account to writers.yaml"


def newcomer_of(people: People, head: State, added: Iterable[str]) -> Newcomer | None:
    """Return the one new handle that the files `added` begin.

    None if there is none or more than one, or if the rules leave new handles to the keepers.
    """
    rules, base = people.rules, people.base
    places = [place for place in (place_of(path, rules) for path in added) if place.is_rule]
    persons = {place.handle for place in places if place.kind == "profile" and not base.is_person(place.handle, rules)}
    groups = {place.handle for place in places if place.kind == "folder"} - persons
    groups = {handle for handle in groups if not base.is_person(handle, rules) and not base.is_group(handle, rules)}
    found = (persons if rules.newcomers else set()) or (groups if rules.new_groups else set())
    if len(found) != 1:
        return None
    (handle,) = found
    return Newcomer(
        handle,
        handle in persons,
        head.emails(handle, rules),
        head.members(handle, rules),
        _taken(people, handle),
    )


def _taken(people: People, handle: str) -> str:
    """Return why a handle is not available; empty if it is."""
    rules, base = people.rules, people.base
    if base.is_group(handle, rules):
        return "it is a group's"
    if base.has_folder(handle, rules):
        return "it has a folder already"
    folder = "/".join(filter(None, (rules.content, "blogs")))
    profiles = (name.removesuffix(".yaml") for name in base.names(rules.authors) if name.endswith(".yaml"))
    like = find_lookalike(handle, profiles) or find_lookalike(handle, base.names(folder))
    return f"it looks like {like}" if like else ""
