"""Find a writer's own slips: files that a change adds by mistake and removes again, which the guard need not refuse.

The history keeps such a file, so it is forgiven only if it does no harm there. It is a plain file that exists neither in the common
commit, nor in the base, nor at the end. One writer added it, whom the base knows or who may join, and not in a merge. It lies in
nobody else's folder, and not among settings or code. Git and every machine can handle its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bylines.guard.change_set import ChangeSet, FileChange, writers_of
from bylines.guard.ownership import Place, place_of
from bylines.guard.paths import comparison_key, is_harmless
from bylines.guard.rules import Rules
from bylines.guard.writers import Writer
from bylines.pictures.endings import ENDINGS

_PLAIN = b"100644"
_TEXTS = (".md", ".markdown", ".rst", ".txt")
_PICTURES = (*ENDINGS, ".pdf")
_PROFILES = (".yaml", ".yml")


class Slips:
    """The paths that were only a slip, among those that a change touched and that are unchanged at its end."""

    def __init__(self, case: ChangeSet, steps: Iterable[FileChange], final: Iterable[FileChange]) -> None:
        self._case = case
        self._there = {step.path for step in final}
        self._steps: dict[str, list[FileChange]] = defaultdict(list)
        for step in steps:
            if step.path not in self._there:
                self._steps[step.path].append(step)
        self._known: dict[str, bool] = {}
        self._beside: dict[str, dict[str, list[str]]] = {}

    def has_gone(self, path: str) -> bool:
        """Return whether a path is the same at the end of the change as where it began."""
        return path not in self._there

    def __contains__(self, path: str) -> bool:
        """Return whether the file that once was at a path was only a slip."""
        if path not in self._known:
            steps = self._steps.get(path, [])
            found = bool(steps) and _is_slip(self._case, path, steps)
            self._known[path] = found and (not self._is_in_base(path) or _is_own(self._case, path, steps[0]))
        return self._known[path]

    def _is_in_base(self, path: str) -> bool:
        """Return whether the base has a path, or one that some machine takes for the same."""
        at = ""
        for name in path.split("/"):
            twins = self._names(at).get(comparison_key(name), [])
            if len(twins) != 1:
                return len(twins) > 1
            at = f"{at}/{twins[0]}" if at else twins[0]
        return True

    def _names(self, folder: str) -> dict[str, list[str]]:
        if folder not in self._beside:
            found: dict[str, list[str]] = {}
            for name in self._case.people.base.names(folder):
                found.setdefault(comparison_key(name), []).append(name)
            self._beside[folder] = found
        return self._beside[folder]


def _is_slip(case: ChangeSet, path: str, steps: Sequence[FileChange]) -> bool:
    if not is_harmless(steps[0].change.path) or not all(_is_plain(step) for step in steps):
        return False
    if case.common.entry(path) is not None or len({step.commit.email for step in steps}) != 1:
        return False
    writers = writers_of(case, steps[0].commit)
    return all(_is_known(case, writer, path) for writer in writers) and _is_nobodys(case, path, writers)


def _is_own(case: ChangeSet, path: str, step: FileChange) -> bool:
    """Return whether the base lacks the path itself, and the writer owns the path that some machine takes for the same."""
    place = place_of(comparison_key(path), case.people.rules)
    own = place.kind in ("folder", "profile")
    free = case.people.base.entry(path) is None
    return own and free and all(case.people.may_write(writer, place) for writer in writers_of(case, step.commit))


def _is_plain(step: FileChange) -> bool:
    """Return whether a step has plain files only (no link, program or submodule), and is not of a merge."""
    entries = (step.change.before, step.change.after)
    return len(step.commit.parents) == 1 and all(entry is None or entry[0] == _PLAIN for entry in entries)


def _is_known(case: ChangeSet, writer: Writer, path: str) -> bool:
    new = case.newcomer
    return bool(case.people.handles_of(writer)) or (
        new is not None and new.is_person and not new.refusals(case.people, writer, path)
    )


def _is_nobodys(case: ChangeSet, path: str, writers: Iterable[Writer]) -> bool:
    """Return whether nobody owns a path, or all its writers may write there; checked for the path without its case, too."""
    people = case.people
    places = [place_of(each, people.rules) for each in (path, comparison_key(path))]
    return all(
        _is_free(case, place, path) or all(people.may_write(writer, place) for writer in writers) for place in places
    )


def _is_free(case: ChangeSet, place: Place, path: str) -> bool:
    base, rules = case.people.base, case.people.rules
    if place.kind in ("folder", "profile"):
        return not (base.is_person(place.handle, rules) or base.has_folder(place.handle, rules))
    return place.kind == "site" and _is_about_posts(case, path, rules)


def _is_about_posts(case: ChangeSet, path: str, rules: Rules) -> bool:
    """Return whether a file that nobody owns is a text or a picture outside its folder, and no settings or code."""
    name, parts = path.lower(), path.split("/")
    if path.startswith(f"{rules.authors}/"):
        return name.endswith((*_TEXTS, *_PICTURES, *_PROFILES))
    inside = bool(rules.content) and path.startswith(f"{rules.content}/")
    beside = len(parts) == 1 or case.people.base.entry(parts[0]) is None
    return (inside or beside) and name.endswith((*_TEXTS, *_PICTURES))
