"""Checks every file that a change writes: who wrote it, and whether they may.

Each commit is checked by itself, since a file that is added and removed again stays in the history, and each commit may have
another author. The final tree is checked too, since a merge can undo what no commit of the change has touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from bylines.guard import messages
from bylines.guard.change_set import ChangeSet, FileChange, writers_of
from bylines.guard.commits import Commit, OddCommitError
from bylines.guard.merge_result import refused_in_result
from bylines.guard.newcomers import newcomer_of
from bylines.guard.ownership import Place, folder_of, place_of
from bylines.guard.paths import name_fault
from bylines.guard.rules import Rules
from bylines.guard.slips import Slips
from bylines.guard.snapshot import Objects, State
from bylines.guard.trees import Change, Comparison, OddTreeError
from bylines.guard.writers import People, Writer, account
from bylines.problems import ContentProblem

_KINDS = {
    b"120000": "a symbolic link",
    b"160000": "a submodule",
    b"100755": "a program (its mode says that it can be run)",
}
_UNTRUE = "make it again with git (git rebase)"


def judge(
    objects: Objects, rules: Rules, base: State, head: State, ids: list[str], common: Commit, name: str
) -> list[ContentProblem]:
    """Return the problems of the commits `ids`, which lead from `common` to `head` and are to be merged into `base`.

    `name` is the account that asks for the merge; if it is empty, the commits' authors are checked. Raises BuildError if the
    repository lacks an object, SettingsError if the base's rules cannot be read.
    """
    people = People(base, rules)
    by = account(name, rules) if name else None
    comparison = Comparison(objects.tree, rules.most_files)
    problems: list[ContentProblem] = []
    commits = list(_read_commits(objects, ids, problems))
    base.note_addresses(commit.email for commit in commits)
    steps: list[FileChange] = []
    final: list[FileChange] = []
    for commit in commits:
        try:
            steps += (
                _file_change(commit, change) for change in _authored_changes(objects, comparison, commit, commits)
            )
        except OddTreeError as error:
            return [*problems, _too_much(commit, error)]
        except OddCommitError:
            problems.append(
                _odd_commit(commit.label(), "is a merge that cannot be retraced", "rebase the branch instead")
            )
    try:
        final += (
            _file_change(head.commit, change) for change in comparison.changed_files(common.tree, head.commit.tree)
        )
    except OddTreeError as error:
        return [*problems, _too_much(head.commit, error)]
    newcomer = newcomer_of(people, head, [step.path for step in final if step.change.before is None])
    case = ChangeSet(objects, people, head, State(objects, common), by, newcomer)
    problems += _step_problems_once(case, steps, final)
    return [*problems, *refused_in_result(case, commits, steps, final)]


def _step_problems_once(case: ChangeSet, steps: list[FileChange], final: list[FileChange]) -> Iterator[ContentProblem]:
    """Yield the problems of all files of all commits. A file that is gone at the end is reported once, with the first commit that
    has it.
    """
    slips = Slips(case, steps, final)
    told: set[tuple[str, str]] = set()
    for step in steps:
        for problem in _step_problems(case, step):
            if not slips.has_gone(step.path):
                yield problem
            elif step.path not in slips and (problem.path, problem.message) not in told:
                told.add((problem.path, problem.message))
                yield messages.still_in(problem, step.commit.id, step.commit.subject)


def _read_commits(objects: Objects, ids: Iterable[str], problems: list[ContentProblem]) -> Iterator[Commit]:
    for id_ in ids:
        shown = f"commit {id_[:10]}"
        try:
            commit = objects.commit(id_)
        except OddCommitError:
            problems.append(_odd_commit(shown, "has not one author that can be read", _UNTRUE))
            continue
        if not commit.parents:
            problems.append(_odd_commit(shown, "begins another history", "begin the branch at the one that it goes to"))
        elif len(commit.parents) > 2:
            problems.append(_odd_commit(shown, "merges more than one branch", "merge them one by one"))
        else:
            yield commit


def _odd_commit(shown: str, what: str, nearest: str) -> ContentProblem:
    return messages.ODD_COMMIT.problem(shown, what=what, nearest=nearest)


def _too_much(commit: Commit, error: OddTreeError) -> ContentProblem:
    return messages.TOO_MUCH.problem(commit.label(), what=f"a tree that is not read: {error}")


def _file_change(commit: Commit, change: Change) -> FileChange:
    return FileChange(commit, change, os.fsdecode(change.path))


def _authored_changes(
    objects: Objects, comparison: Comparison, commit: Commit, commits: list[Commit]
) -> Iterator[Change]:
    """Yield the files that a commit's author has changed; of a merge, those whose content comes from neither side."""
    known = {each.id: each for each in commits}
    ours, *others = (known.get(id_) or objects.commit(id_) for id_ in commit.parents)
    if not others:
        return comparison.changed_files(ours.tree, commit.tree)
    common = objects.git.merge_bases(ours.id, others[0].id)
    if len(common) != 1:
        raise OddCommitError
    parted = objects.commit(common[0])
    return comparison.merge_changes(parted.tree, ours.tree, others[0].tree, commit.tree)


def _step_problems(case: ChangeSet, step: FileChange) -> list[ContentProblem]:
    """Return the problems of one file of one commit."""
    people, place = case.people, place_of(step.path, case.people.rules)
    writers = writers_of(case, step.commit)
    if all(map(people.is_keeper, writers)):
        return []
    if place.kind == "site":
        kept = next(writer for writer in writers if not people.is_keeper(writer))
        return [*_safety_problems(case, step), messages.KEEPERS_ONLY.problem(step.path, writer=kept.shown)]
    if case.newcomer and (place.kind == "shared" or place.handle != case.newcomer.handle) and case.newcomer.is_person:
        return [messages.NOT_ALONE.problem(step.path, handle=case.newcomer.handle)]
    problems = _safety_problems(case, step)
    for writer in writers:
        problems += _ownership_problems(case, step, place, writer)
    return problems


def _ownership_problems(case: ChangeSet, step: FileChange, place: Place, writer: Writer) -> list[ContentProblem]:
    people, newcomer = case.people, case.newcomer
    if people.may_write(writer, place):
        return []
    if newcomer is not None and place.handle == newcomer.handle and place.kind in ("folder", "profile"):
        return newcomer.refusals(people, writer, step.path)
    known = people.handles_of(writer)
    if place.kind == "shared" and not any(who != "keepers" for who in place.who):
        return [messages.KEEPERS_ONLY.problem(step.path, writer=writer.shown)]
    said = messages.NOT_YOURS.problem(
        step.path,
        owner=people.owner(place),
        writer=writer.shown,
        known=" and ".join(known) or "nobody with a profile",
        nearest=_nearest(case, step, place, writer, known),
    )
    return [said]


def _nearest(case: ChangeSet, step: FileChange, place: Place, writer: Writer, known: list[str]) -> str:
    rules = case.people.rules
    if known:
        return f"take it out of this change, or move it to {folder_of(known[0], rules)}/"
    if case.account is writer and not writer.emails and not writer.handles:
        return "ask a keeper to add the account to writers.yaml"
    if place.kind != "shared" and case.people.base.is_person(place.handle, rules):
        mine = f"commit with an address of {place.handle}'s profile (git config user.email …; "
        if step.commit.id == case.head.commit.id:
            return f"{mine}git commit --amend --reset-author)"
        return f"{mine}git rebase --exec 'git commit --amend --no-edit --reset-author' {step.commit.id[:10]}^)"
    return "commit with an address of your profile, or bring a profile first (invoke new-author)"


def _safety_problems(case: ChangeSet, step: FileChange) -> list[ContentProblem]:
    """Return the problems with a file's name, or with its mode. A deleted file has none, so that an unsafe one can be removed."""
    after, before = step.change.after, step.change.before
    if after is None:
        return []
    problems: list[ContentProblem] = []
    if what := name_fault(step.change.path):
        problems.append(messages.UNSAFE_NAME.problem(step.path, what=what))
    if after[0] != b"100644" and (before is None or before[0] != after[0] or after[0] in (b"120000", b"160000")):
        kind = _KINDS.get(after[0], f"of the mode {after[0].decode()}")
        now = case.head.entry(step.path)
        if after[0] == b"100755" and now is not None and now[0] == b"100644":
            return problems  # a later commit has put that right; the bytes are judged as any others
        problems.append(messages.NOT_PLAIN.problem(step.path, what=kind))
    return problems
