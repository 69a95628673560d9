"""Decides whether a branch may be merged: whether each author may write what they changed. Reads git's objects, without a
checkout.

Rules (`writers.yaml`), profiles and groups are read from the base, the branch that a change goes to. No code of the change is
run. Nothing that it says is believed, except what a newcomer says of themselves. `docs/security.md` lists the attacks that are
refused.

    ownership, paths, rules, trees, commits   pure: who owns a path, which names are safe, how git's objects are read
    git                                       runs git, to read objects
    snapshot, writers, newcomers              who somebody is, according to the base, and what they may write
    authorize                                 checks each file that each commit changes
    change_set, merge_result, identity_claims what is checked: a change, its final tree, and whom its texts claim to be
    slips                                     mistakes that a change has undone itself
    codeowners                                writes CODEOWNERS from the rules
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

from bylines.guard import messages
from bylines.guard.authorize import judge
from bylines.guard.commits import OddCommitError
from bylines.guard.declared_kinds import with_company_kinds
from bylines.guard.git import FETCH_ALL, Git
from bylines.guard.rules import Rules
from bylines.guard.snapshot import Objects, State
from bylines.guard.trees import OddTreeError
from bylines.problems import BuildError, ContentProblem

__all__ = ["Verdict", "check_change", "refusals", "state_of"]


class Verdict(NamedTuple):
    """The problems for which a change is refused, and its number of commits."""

    problems: list[ContentProblem]
    commits: int


def refusals(repository: str, base: str, head: str = "HEAD", account: str = "") -> list[ContentProblem]:
    """Return the problems for which a change is refused; empty if it may be merged.

    `repository` is a folder in a git repository, `base` the tip of the branch that the change goes to, `head` the tip of the
    change. `account` is the name at the git host of the person who asks for the merge. Without it, writers are identified by the
    commits' author addresses, which are only as reliable as the host's own checks. Raises BuildError if git cannot
    answer, SettingsError if the base's rules cannot be read.
    """
    return check_change(repository, base, head, account).problems


def check_change(repository: str, base: str, head: str = "HEAD", account: str = "") -> Verdict:
    """Return what `refusals` returns, together with the number of commits."""
    with _open(repository) as git:
        return _check(git, _commit(git, base), _commit(git, head), account)


@contextlib.contextmanager
def state_of(repository: str, rev: str) -> Iterator[State]:
    """Open a commit as a `State`, whose objects can be read until the context ends. Raises BuildError."""
    with _open(repository) as git:
        objects = Objects(git)
        yield State(objects, objects.commit(_commit(git, rev)))


@contextlib.contextmanager
def _open(repository: str) -> Iterator[Git]:
    git = Git(repository)
    try:
        yield git
    except OddTreeError as error:
        raise BuildError(f"a tree cannot be read ({error}); `git fsck` says more") from error
    except OddCommitError as error:
        raise BuildError("a commit of the base cannot be read; `git fsck` says more") from error
    finally:
        git.close()


def _commit(git: Git, name: str) -> str:
    if not (found := git.commit(name)):
        shallow = f" (this clone is shallow: {FETCH_ALL})" if git.shallow_commits() else ""
        raise BuildError(f"there is no commit {name} here; fetch it, or name another{shallow}")
    return found


def _check(git: Git, base: str, head: str, account: str) -> Verdict:
    objects = Objects(git)
    state = State(objects, objects.commit(base))
    rules = _with_kinds(state.rules(), git)
    ids = git.commits_between(base, head, rules.most_commits + 1)
    if not ids:
        return Verdict([], 0)
    if len(ids) > rules.most_commits:
        what = f"more than {rules.most_commits:,} commits"
        return Verdict([messages.TOO_MUCH.problem(f"commit {head[:10]}", what=what)], len(ids))
    if git.shallow_commits() & {*ids}:
        raise BuildError(
            "this clone is shallow, and ends within the change; fetch the whole history "
            "(`git fetch --unshallow`; in a workflow `fetch-depth: 0`, GitLab: `GIT_DEPTH: 0`)"
        )
    common = git.merge_bases(base, head)
    if len(common) != 1:
        raise BuildError(_NONE if not common else _SEVERAL)
    try:
        tip = objects.commit(head)
    except OddCommitError:
        what, mend = "has not one author that can be read", "make it again with git (git rebase)"
        return Verdict([messages.ODD_COMMIT.problem(f"commit {head[:10]}", what=what, nearest=mend)], len(ids))
    problems = judge(objects, rules, state, State(objects, tip), ids, objects.commit(common[0]), account)
    return Verdict(sorted(set(problems)), len(ids))


def _with_kinds(rules: Rules, git: Git) -> Rules:
    """Return the rules of the base with the kinds of files that they name. Raises SettingsError."""
    return rules._replace(declared=with_company_kinds(rules.kinds, git.checkouts())) if rules.kinds else rules


_NONE = "the base and the change have no commit in common; fetch the whole history, or begin the branch at the base"
_SEVERAL = "the base and the change have several newest commits in common; merge the base into the branch once more, or rebase it"
