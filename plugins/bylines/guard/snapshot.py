"""Reads what a commit says of people: profiles, groups and rules, each when it is needed. Rights follow from the base's commit
only.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable

from bylines.engine.read.header import HeaderError, Node, parse_yaml
from bylines.engine.read.keys import spelled
from bylines.guard.commits import Commit, normalize_address, parse_commit
from bylines.guard.git import LARGEST_TEXT, LARGEST_TREE, Git
from bylines.guard.ownership import folder_of, group_of, profile_of
from bylines.guard.rules import FILE, LARGEST, Rules, rules_from
from bylines.guard.trees import FOLDER, Entry, Tree, is_file, parse_tree
from bylines.problems import ContentProblem, SettingsError

_KEPT = 20
"""The number of cached trees: those of a commit, its parent and the base. A tree of 17,000 entries takes 4 MB."""
_AT_ONCE = 1_000
"""The number of addresses in one `git grep`."""


class Objects:
    """Reads commits, trees and files of a repository by their ids."""

    def __init__(self, git: Git) -> None:
        self.git = git
        self.tree = functools.lru_cache(maxsize=_KEPT)(self._tree)

    def _tree(self, id_: bytes) -> Tree:
        return parse_tree(self.git.object(id_.hex(), "tree", LARGEST_TREE), len(id_))

    def data(self, entry: Entry, largest: int = LARGEST_TEXT) -> bytes:
        """Return the bytes of an entry's file; empty if it is no file, or too large."""
        return self.git.object_if_small(entry[1].hex(), "blob", largest) or b""

    def commit(self, id_: str) -> Commit:
        """Return a commit. Raises OddCommitError."""
        return parse_commit(id_, self.git.object(id_, "commit", LARGEST_TEXT))


class State:
    """The files of a commit."""

    def __init__(self, objects: Objects, commit: Commit) -> None:
        self.objects = objects
        self.commit = commit
        self._expected: set[str] = set()
        self._holders: dict[str, set[str]] = {}
        self.emails = functools.lru_cache(maxsize=None)(self._emails)
        self.members = functools.lru_cache(maxsize=None)(self._members)

    def entry(self, path: str) -> Entry | None:
        """Return the entry at a path; None if there is none."""
        found: Entry = (FOLDER, self.commit.tree)
        for name in os.fsencode(path).split(b"/"):
            tree = self.objects.tree(found[1]) if found[0] == FOLDER else {}
            if name not in tree:
                return None
            found = tree[name]
        return found

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder."""
        entry = self.entry(folder) if folder else (FOLDER, self.commit.tree)
        tree = self.objects.tree(entry[1]) if entry and entry[0] == FOLDER else {}
        return [os.fsdecode(name) for name in tree]

    def text(self, path: str, largest: int = LARGEST_TEXT) -> str | None:
        """Return the text of a file; empty if it is too large, None if there is none. Links are not followed."""
        data = self.data(path, largest)
        return None if data is None else data.decode("utf-8-sig", errors="replace")

    def data(self, path: str, largest: int = LARGEST_TEXT) -> bytes | None:
        """Return the bytes of a file; empty if it is too large, None if there is none. Links are not followed."""
        entry = self.entry(path)
        return self.objects.data(entry, largest) if entry and is_file(entry) else None

    def rules(self) -> Rules:
        """Return the rules. Raises SettingsError if they cannot be read, or `writers.yaml` is no plain file; the default rules
        without one.
        """
        entry = self.entry(FILE)
        if entry is None:
            return Rules()
        text = self.text(FILE, LARGEST) if is_file(entry) else ""
        if not text:
            wrong = ContentProblem(FILE, 1, f"this is no plain file of 1 to {LARGEST:,} bytes", "make it one")
            raise SettingsError(str(wrong))
        return rules_from(text)

    def is_person(self, handle: str, rules: Rules) -> bool:
        """Return whether a handle has a profile."""
        entry = self.entry(profile_of(handle, rules))
        return entry is not None and is_file(entry)

    def is_group(self, handle: str, rules: Rules) -> bool:
        """Return whether a handle is a group's: its folder has a `blog.yaml`, and the handle has no profile."""
        return not self.is_person(handle, rules) and self.text(group_of(handle, rules)) is not None

    def has_folder(self, handle: str, rules: Rules) -> bool:
        """Return whether a handle has a folder, whether it is a person's, a group's or nobody's."""
        return self.entry(folder_of(handle, rules)) is not None

    def _emails(self, handle: str, rules: Rules) -> frozenset[str]:
        """Return the normalized addresses of a profile."""
        return frozenset(
            filter(None, map(normalize_address, _listed(self.text(profile_of(handle, rules)), rules.declared.emails)))
        )

    def _members(self, handle: str, rules: Rules) -> frozenset[str]:
        """Return the members that a group's `blog.yaml` lists."""
        return frozenset(_listed(self.text(group_of(handle, rules)), "members"))

    def note_addresses(self, addresses: Iterable[str]) -> None:
        """Note addresses that will be looked up, so that one search of the profiles finds all of them."""
        self._expected |= {*addresses} - {""} - self._holders.keys()

    def handles_with(self, addresses: Iterable[str], rules: Rules) -> frozenset[str]:
        """Return the handles whose profiles contain one of some addresses. Git searches all profiles; only those that it finds
        are parsed.
        """
        wanted = {*addresses} - {""}
        if not wanted <= self._holders.keys():
            self.note_addresses(wanted)
            self._search(rules)
        return frozenset(handle for address in wanted for handle in self._holders[address])

    def _search(self, rules: Rules) -> None:
        addresses, self._expected = sorted(self._expected), set()
        self._holders |= {address: set() for address in addresses}
        if self.entry(rules.authors) is None:
            return
        for start in range(0, len(addresses), _AT_ONCE):
            files = self.objects.git.files_containing(
                self.commit.id, rules.authors, addresses[start : start + _AT_ONCE]
            )
            for file in files:
                handle, ending = file[len(rules.authors) + 1 : -5], file[-5:]
                for address in self.emails(handle, rules) if ending == ".yaml" and "/" not in handle else ():
                    self._holders.get(address, set()).add(handle)


def _listed(text: str | None, key: str) -> list[str]:
    """Return the texts at a key of a YAML file; empty if it cannot be read."""
    try:
        root = parse_yaml(text.replace("\r\n", "\n"), 1, largest=LARGEST_TEXT) if text else Node(None, 0)
    except HeaderError:
        return []
    pairs = root.value if isinstance(root.value, tuple) else ()
    found: list[str] = []
    exact = any(name.value == key for name, _ in pairs)
    for name, value in pairs:
        if name.value == key or (not exact and isinstance(name.value, str) and spelled(name.value) == key):
            items = value.value if isinstance(value.value, list) else [value]
            found = [item.value.strip() for item in items if isinstance(item.value, str)]
    return found
