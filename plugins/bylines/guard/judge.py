"""A change, judged: every file that it writes, by whom, and whether they may.

Both are looked at: each commit by itself, since what is added and taken away again stays in the history, and its author may be
another than the next one's; and the two trees that are to be merged, since a merge can take away what no commit has touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bylines import messages
from bylines.guard.base import Objects, State
from bylines.guard.commits import Commit, OddCommitError
from bylines.guard.newcomers import Newcomer, newcomer_of
from bylines.guard.paths import alike, wrong_with
from bylines.guard.places import Place, folder_of, place_of, profile_of
from bylines.guard.rules import FILE
from bylines.guard.trees import Change, Comparison, OddTreeError
from bylines.guard.writers import People, Writer, account, author
from bylines.problems import ContentProblem, SettingsError

_KINDS = {
    b"120000": "a symbolic link",
    b"160000": "a submodule",
    b"100755": "a program (its mode says that it can be run)",
}
_UNTRUE = "make it again with git (git rebase)"


class Step(NamedTuple):
    """A file that a commit has written."""

    commit: Commit
    change: Change
    path: str


class Case(NamedTuple):
    """All that a change is judged by."""

    objects: Objects
    people: People
    head: State
    account: Writer | None
    newcomer: Newcomer | None


def judge(
    objects: Objects, base: State, head: State, ids: list[str], common: Commit, name: str
) -> list[ContentProblem]:
    """What is refused of the commits `ids`, which lead from `common` to `head`, and are to be merged into `base`.

    `name` is the account that asks for it; '' where the commits' authors alone say who it is. Raises BuildError where the
    repository lacks something, SettingsError where the base's rules cannot be read.
    """
    rules = base.rules()
    people = People(base, rules)
    by = account(name, rules) if name else None
    comparison = Comparison(objects.tree, rules.most_files)
    problems: list[ContentProblem] = []
    commits = list(_read(objects, ids, problems))
    base.expect(commit.email for commit in commits)
    steps: list[Step] = []
    final: list[Step] = []
    for commit in commits:
        try:
            steps += (_step(commit, change) for change in _written(objects, comparison, commit, commits))
        except OddTreeError as error:
            return [*problems, _too_much(commit, error)]
        except OddCommitError:
            problems.append(_odd(commit.shown(), "is a merge that cannot be retraced", "rebase the branch instead"))
    try:
        final += (_step(head.commit, change) for change in comparison.written(common.tree, head.commit.tree))
    except OddTreeError as error:
        return [*problems, _too_much(head.commit, error)]
    newcomer = newcomer_of(people, head, [step.path for step in final if step.change.before is None])
    case = Case(objects, people, head, by, newcomer)
    for step in steps:
        problems += _judged(case, step)
    touched = {step.path for step in steps}
    problems += (messages.SMUGGLED.problem(step.path) for step in final if step.path not in touched)
    if not _all_by_keepers(case, commits):
        problems += _twins(case, final)
        problems += _addresses(case, final)
    problems += _rules(case, final)
    return problems


def _read(objects: Objects, ids: Iterable[str], problems: list[ContentProblem]) -> Iterator[Commit]:
    for id_ in ids:
        shown = f"commit {id_[:10]}"
        try:
            commit = objects.commit(id_)
        except OddCommitError:
            problems.append(_odd(shown, "has not one author that can be read", _UNTRUE))
            continue
        if not commit.parents:
            problems.append(_odd(shown, "begins another history", "begin the branch at the one that it goes to"))
        elif len(commit.parents) > 2:
            problems.append(_odd(shown, "merges more than one branch", "merge them one by one"))
        else:
            yield commit


def _odd(shown: str, what: str, nearest: str) -> ContentProblem:
    return messages.ODD_COMMIT.problem(shown, what=what, nearest=nearest)


def _too_much(commit: Commit, error: OddTreeError) -> ContentProblem:
    return messages.TOO_MUCH.problem(commit.shown(), what=f"a tree that is not read: {error}")


def _step(commit: Commit, change: Change) -> Step:
    return Step(commit, change, os.fsdecode(change.path))


def _written(objects: Objects, comparison: Comparison, commit: Commit, commits: list[Commit]) -> Iterator[Change]:
    """The files that a commit's author has written; of a merge, those that neither side explains."""
    known = {each.id: each for each in commits}
    ours, *others = (known.get(id_) or objects.commit(id_) for id_ in commit.parents)
    if not others:
        return comparison.written(ours.tree, commit.tree)
    common = objects.git.common(ours.id, others[0].id)
    if len(common) != 1:
        raise OddCommitError
    parted = objects.commit(common[0])
    return comparison.decided(parted.tree, ours.tree, others[0].tree, commit.tree)


def _judged(case: Case, step: Step) -> list[ContentProblem]:
    """What is refused of one file of one commit."""
    people, place = case.people, place_of(step.path, case.people.rules)
    writers = _writers(case, step.commit)
    if all(map(people.is_keeper, writers)):
        return []
    if place.kind == "site":
        kept = next(writer for writer in writers if not people.is_keeper(writer))
        return [*_unsafe(step), messages.KEEPERS_ONLY.problem(step.path, writer=kept.shown)]
    if case.newcomer and (place.kind == "shared" or place.handle != case.newcomer.handle) and case.newcomer.is_person:
        return [messages.NOT_ALONE.problem(step.path, handle=case.newcomer.handle)]
    problems = _unsafe(step)
    for writer in writers:
        problems += _refused(case, step, place, writer)
    return problems


def _writers(case: Case, commit: Commit) -> list[Writer]:
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


def _refused(case: Case, step: Step, place: Place, writer: Writer) -> list[ContentProblem]:
    people, newcomer = case.people, case.newcomer
    if people.may_write(writer, place):
        return []
    if newcomer is not None and place.handle == newcomer.handle and place.kind in ("folder", "profile"):
        return newcomer.refused(people, writer, step.path)
    known = people.known(writer)
    if place.kind == "shared" and not any(who != "keepers" for who in place.who):
        return [messages.KEEPERS_ONLY.problem(step.path, writer=writer.shown)]
    said = messages.NOT_YOURS.problem(
        step.path,
        owner=people.owner(place),
        writer=writer.shown,
        known=" and ".join(known) or "nobody with a profile",
        nearest=_nearest(case, place, writer, known),
    )
    return [said]


def _nearest(case: Case, place: Place, writer: Writer, known: list[str]) -> str:
    rules = case.people.rules
    if known:
        return f"take it out of this change, or move it to {folder_of(known[0], rules)}/"
    if case.account is writer and not writer.emails and not writer.handles:
        return "ask a keeper to add the account to writers.yaml"
    if place.kind != "shared" and case.people.base.is_person(place.handle, rules):
        return f"commit with an address of {place.handle}'s profile (git config user.email …; git commit --amend --reset-author)"
    return "commit with an address of your profile, or bring a profile first (invoke new-author)"


def _unsafe(step: Step) -> list[ContentProblem]:
    """What is wrong with a name, or with what lies there; what is taken away may have been as wrong as it liked."""
    after, before = step.change.after, step.change.before
    if after is None:
        return []
    problems: list[ContentProblem] = []
    if what := wrong_with(step.change.path):
        problems.append(messages.UNSAFE_NAME.problem(step.path, what=what))
    if after[0] != b"100644" and (before is None or before[0] != after[0] or after[0] in (b"120000", b"160000")):
        kind = _KINDS.get(after[0], f"of the mode {after[0].decode()}")
        problems.append(messages.NOT_PLAIN.problem(step.path, what=kind))
    return problems


def _all_by_keepers(case: Case, commits: Iterable[Commit]) -> bool:
    return all(case.people.is_keeper(writer) for commit in commits for writer in _writers(case, commit))


def _twins(case: Case, final: Iterable[Step]) -> Iterator[ContentProblem]:
    """Names that are new, and one with others that lie beside them."""
    base = case.people.base
    for folder, names in sorted(_names(final).items()):
        new = {name for name in names if base.entry(_inside(folder, name)) is None}
        beside: dict[str, list[str]] = {}
        for name in case.head.names(folder) if new else ():
            beside.setdefault(alike(name), []).append(name)
        for name in sorted(new):
            twins = sorted({*beside.get(alike(name), ())} - {name})
            if twins:
                yield messages.TWIN.problem(names[name], holder=_inside(folder, twins[0]))


def _names(final: Iterable[Step]) -> dict[str, dict[str, str]]:
    """By folder: the names in it that lead to a file which was written, with one such file."""
    found: dict[str, dict[str, str]] = {}
    for step in final:
        if step.change.after is not None:
            parts = step.path.split("/")
            for depth, name in enumerate(parts):
                found.setdefault("/".join(parts[:depth]), {}).setdefault(name, step.path)
    return found


def _inside(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _addresses(case: Case, final: Iterable[Step]) -> Iterator[ContentProblem]:
    """Addresses that a profile has taken up, and that are another's."""
    rules, base = case.people.rules, case.people.base
    for step in final:
        place = place_of(step.path, rules)
        if place.kind != "profile" or not place.is_rule or step.change.after is None:
            continue
        for email in sorted(case.head.emails(place.handle, rules) - base.emails(place.handle, rules)):
            for holder in sorted(base.known_by((email,), rules) - {place.handle})[:1]:
                yield messages.ADDRESS_OF_ANOTHER.problem(profile_of(place.handle, rules), email=email, holder=holder)


def _rules(case: Case, final: Iterable[Step]) -> Iterator[ContentProblem]:
    """Rules that could not be read once the change is merged."""
    if any(step.path == FILE for step in final):
        try:
            case.head.rules()
        except SettingsError as error:
            yield messages.BAD_RULES.problem(FILE, nearest=str(error))
