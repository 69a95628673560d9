"""Checks the final tree of a change, whichever commit brought it: names, addresses, rules, and the effects of merges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bylines.guard import messages
from bylines.guard.change_set import ChangeSet, FileChange, writers_of
from bylines.guard.commits import Commit, lower_ascii
from bylines.guard.declared_kinds import require_installed
from bylines.guard.identity_claims import refused_claims
from bylines.guard.ownership import place_of
from bylines.guard.paths import comparison_key
from bylines.guard.rules import FILE
from bylines.guard.trees import is_file
from bylines.guard.writers import Writer
from bylines.problems import ContentProblem, SettingsError


def refused_in_result(
    case: ChangeSet, commits: Iterable[Commit], steps: Iterable[FileChange], final: Iterable[FileChange]
) -> Iterator[ContentProblem]:
    """Yield the problems of `final`: the files that differ between the change's final tree and the tree at which it left the
    base.
    """
    writers = _writers(case, steps)
    yield from (messages.SMUGGLED.problem(step.path) for step in final if step.path not in writers)
    people = case.people
    if not all(people.is_keeper(writer) for commit in commits for writer in writers_of(case, commit)):
        theirs = {path: found for path, found in writers.items() if not all(map(people.is_keeper, found))}
        yield from _twins(case, final)
        yield from _addresses(case, final)
        yield from _non_files(case, (step for step in final if step.path in theirs))
        yield from _stale_files(case, (step for step in final if step.path in theirs))
        yield from refused_claims(case, final, theirs)
    yield from _rules(case, final)


def _writers(case: ChangeSet, steps: Iterable[FileChange]) -> dict[str, set[Writer]]:
    """Return, by path, everybody who must be entitled to write there."""
    found: dict[str, set[Writer]] = defaultdict(set)
    for step in steps:
        found[step.path].update(writers_of(case, step.commit))
    return dict(found)


def _twins(case: ChangeSet, final: Iterable[FileChange]) -> Iterator[ContentProblem]:
    """Yield the problems of new names that some machine cannot tell from another name in the same folder."""
    base = case.people.base
    for folder, names in sorted(_names(final).items()):
        new = {name for name in names if base.entry(_inside(folder, name)) is None}
        beside: dict[str, list[str]] = {}
        for name in case.head.names(folder) if new else ():
            beside.setdefault(comparison_key(name), []).append(name)
        for name in sorted(new):
            twins = sorted({*beside.get(comparison_key(name), ())} - {name})
            if twins:
                yield messages.TWIN.problem(names[name], holder=_inside(folder, twins[0]))


def _names(final: Iterable[FileChange]) -> dict[str, dict[str, str]]:
    """Return, for each folder, the entries that contain a changed file, each with one such file as an example."""
    found: dict[str, dict[str, str]] = {}
    for step in final:
        if step.change.after is not None:
            parts = step.path.split("/")
            for depth, name in enumerate(parts):
                found.setdefault("/".join(parts[:depth]), {}).setdefault(name, step.path)
    return found


def _inside(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _addresses(case: ChangeSet, final: Iterable[FileChange]) -> Iterator[ContentProblem]:
    """Yield the problems of addresses added to a profile that belong to somebody else, or are written so that `git grep` misses
    them.
    """
    rules, base = case.people.rules, case.people.base
    for step in final:
        place = place_of(step.path, rules)
        if place.kind != "profile" or not place.is_rule or step.change.after is None:
            continue
        for email in sorted(case.head.emails(place.handle, rules) - base.emails(place.handle, rules)):
            if email not in lower_ascii(case.head.text(step.path) or ""):
                yield messages.HIDDEN_ADDRESS.problem(step.path, email=email)
            for holder in sorted(base.handles_with((email,), rules) - {place.handle})[:1]:
                yield messages.ADDRESS_OF_ANOTHER.problem(step.path, email=email, holder=holder)


def _rules(case: ChangeSet, final: Iterable[FileChange]) -> Iterator[ContentProblem]:
    """Yield a problem if the rules could not be read once the change is merged."""
    if any(step.path == FILE for step in final):
        try:
            named = {*case.head.rules().kinds} - {*case.people.rules.kinds}
            require_installed(sorted(named), case.objects.git.checkouts() if named else ())
        except SettingsError as error:
            yield messages.BAD_RULES.problem(FILE, nearest=str(error))


def _non_files(case: ChangeSet, final: Iterable[FileChange]) -> Iterator[ContentProblem]:
    """Yield the problems of entries that have a file's mode and name another object: a clone with them could not be checked out."""
    for step in final:
        after = step.change.after
        if after and is_file(after) and (kind := case.objects.git.kind(after[1].hex())) not in ("blob", "missing"):
            what = f"a {'folder' if kind == 'tree' else kind} that is said to be a file"
            yield messages.NOT_PLAIN.problem(step.path, what=what)


def _stale_files(case: ChangeSet, final: Iterable[FileChange]) -> Iterator[ContentProblem]:
    """Yield the problems of files that the base has deleted since the change began, or whose folder it has.

    A merge may put such a file where git believes that the base has moved it, which may be anybody's folder.
    """
    base, common = case.people.base, case.common
    for step in final if base.commit.tree != common.commit.tree else ():
        parts = step.path.split("/")
        above = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        if step.change.after and any(common.entry(path) and not base.entry(path) for path in above):
            yield messages.LEFT_BEHIND.problem(step.path)
