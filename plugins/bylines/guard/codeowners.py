"""Writes CODEOWNERS from the rules, for git hosts that ask a file's owners for approval. Pure, except that profiles are read.

https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-
owners
https://docs.gitlab.com/user/project/codeowners/reference/
On both, the last line that matches a path applies, and a line without owners requires no approval.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bylines.engine.read.kind import EVERYBODY, KEEPERS
from bylines.guard.ownership import folder_of, profile_of
from bylines.guard.rules import Rules
from bylines.guard.snapshot import State

LARGEST = 3_000_000
"""Bytes; GitHub ignores a larger file."""


def codeowners(state: State, rules: Rules, host: str) -> str:
    """Return the text of CODEOWNERS for a git host, 'github' or 'gitlab'."""
    head = ["# Made by `python -m bylines codeowners`; changes here are lost."]
    # GitLab asks once for each section; in one, the last line that fits counts, as on GitHub.
    section = ["[Writers]"] if host == "gitlab" else []
    keepers = _owners(state, rules, rules.keepers)
    lines = [*head, *section, _line("*", keepers), *_shared(state, rules, keepers), *_own(state, rules, keepers)]
    return "\n".join(lines) + "\n"


def _shared(state: State, rules: Rules, keepers: list[str]) -> Iterator[str]:
    for place, who in sorted(rules.shared):
        people = [handle for each in who for handle in _people(state, rules, each)]
        owners = [] if EVERYBODY in who else [*_owners(state, rules, people), *(keepers if KEEPERS in who else [])]
        yield _line(f"/{place}", owners)


def _people(state: State, rules: Rules, who: str) -> list[str]:
    if who in (EVERYBODY, KEEPERS):
        return []
    return sorted(state.members(who, rules)) if state.is_group(who, rules) else [who]


def _own(state: State, rules: Rules, keepers: list[str]) -> Iterator[str]:
    """Yield a line for each folder and profile. If nobody can be named, the keepers own it."""
    handles = sorted(name[:-5] for name in state.names(rules.authors) if name.endswith(".yaml"))
    blogs = folder_of("", rules).rstrip("/")
    for group in sorted({*state.names(blogs)} - {*handles}):
        members = _owners(state, rules, state.members(group, rules))
        yield _line(f"/{folder_of(group, rules)}/", members or keepers)
    for handle in handles:
        owners = _owners(state, rules, (handle,)) or keepers
        yield _line(f"/{folder_of(handle, rules)}/", owners)
        yield _line(f"/{profile_of(handle, rules)[:-5]}.*", owners)


def _owners(state: State, rules: Rules, handles: Iterable[str]) -> list[str]:
    """Return people as the host knows them: by their account, or else by their first address in alphabetical order."""
    found = []
    for handle in handles:
        emails = sorted(state.emails(handle, rules))
        accounts = [f"@{account}" for whose in (handle, *emails) if (account := _account(rules, whose))]
        found += accounts[:1] or emails[:1]
    return sorted(set(found))


def _account(rules: Rules, whose: str) -> str:
    """Return the account that the rules give to a handle or address; empty if there is none."""
    for account, said in rules.accounts:
        if said == whose:
            return account
    for pattern, said in rules.accounts:
        before, star, after = said.partition("*")
        if star and len(whose) > len(before) + len(after) and whose.startswith(before) and whose.endswith(after):
            name = pattern.replace("*", whose[len(before) : len(whose) - len(after)])
            if rules.of_account(name) == whose:
                return name
    return ""


def _line(pattern: str, owners: list[str]) -> str:
    return " ".join([pattern.replace(" ", "\\ "), *owners])
