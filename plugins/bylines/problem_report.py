"""Formats problems as lines for people: errors first, each with the outcome for the text; long lists are grouped by kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from bylines import messages
from bylines.problems import ERROR, LEVELS, NOTE, WARNING, ContentProblem, Level, Message

_ALL_SHOWN = 40
"""Up to this number of lines, all are shown."""
_EXAMPLES = {ERROR: 10, WARNING: 3, NOTE: 1}
_OUTCOMES = {ERROR: "not published", WARNING: "the rest is published", NOTE: "it is published"}


def report(
    problems: Iterable[ContentProblem], known: Collection[ContentProblem] = (), *, everything: bool = False
) -> list[str]:
    """Return the lines to print: problems by level, then a closing count. Empty if there is no problem.

    If there are many, those that the previous build reported (`known`) are only counted, and frequent kinds are shortened to a
    few examples. With `everything` all are listed.
    """
    ordered = sorted(set(problems), key=_rank)
    if not ordered:
        return []
    before = frozenset(map(_identity, known))
    fresh = [problem for problem in ordered if _identity(problem) not in before]
    whole = everything or len(ordered) <= _ALL_SHOWN
    shown = ordered if whole else fresh
    unpublished = unpublished_of(ordered)
    lines: list[str] = []
    for level, some in groupby(shown, key=lambda problem: problem.level):
        lines += _of_level(level, list(some), unpublished, short=whole or len(shown) <= _ALL_SHOWN)
    new = len(fresh) if before and fresh else 0
    return [*lines, _closing(ordered, unpublished, new=new, left_out=len(lines) < len(ordered))]


def unpublished_of(problems: Iterable[ContentProblem]) -> frozenset[str]:
    """Return the paths of the files that are not published because of a problem."""
    return frozenset(problem.path for problem in problems if _withholds(problem))


def _withholds(problem: ContentProblem) -> bool:
    message = _with_own_outcome(problem)
    return message.withholds if message else problem.level == ERROR


def outcome_of(problem: ContentProblem, unpublished: Collection[str] = ()) -> str:
    """Return the outcome of a problem for the text, in a few words."""
    if problem.level != ERROR and problem.path in unpublished:
        return _OUTCOMES[ERROR]
    message = _with_own_outcome(problem)
    return message.outcome if message else _OUTCOMES[problem.level]


def _with_own_outcome(problem: ContentProblem) -> Message | None:
    """Return the message of a problem if it has an outcome of its own; else None."""
    message = messages.find(problem.code)
    return message if message and message.outcome and problem.level == message.level else None


def is_post(path: str) -> bool:
    """Return whether a path, as messages show it, is that of a post."""
    return "/blogs/" in f"/{path}" and path.endswith((".md", ".rst"))


def _rank(problem: ContentProblem) -> tuple[int, ContentProblem]:
    return LEVELS.index(problem.level), problem


def _identity(problem: ContentProblem) -> tuple[str, str, str]:
    """Return a key by which a problem is recognized in the next build. It lacks the line, which moves with each edit above it."""
    return problem.path, problem.code, problem.message


def _of_level(
    level: Level, problems: Sequence[ContentProblem], unpublished: Collection[str], *, short: bool
) -> Iterator[str]:
    if short:
        yield from (_line(problem, unpublished) for problem in problems)
        return
    by_kind: dict[str, list[ContentProblem]] = {}
    for problem in problems:
        by_kind.setdefault(problem.code, []).append(problem)
    for code, some in sorted(by_kind.items(), key=lambda item: (-len(item[1]), item[0])):
        yield from (_line(problem, unpublished) for problem in some[: _EXAMPLES[level]])
        if (left := len(some) - _EXAMPLES[level]) > 0:
            yield f"… and {left:,} more of this kind ({code})"


def _line(problem: ContentProblem, unpublished: Collection[str]) -> str:
    return f"{problem} ({outcome_of(problem, unpublished)})"


def _closing(problems: Sequence[ContentProblem], unpublished: Collection[str], *, new: int, left_out: bool) -> str:
    files = len({problem.path for problem in problems})
    parts = [f"{len(problems):,} problem{'s' * (len(problems) != 1)} in {files:,} file{'s' * (files != 1)}"]
    if new:
        parts.append(f"{new:,} of them new" if new < len(problems) else "all of them new")
    if unpublished:
        parts.append(f"{counted_files(unpublished)} not published")
    if mendable := sum(map(fixes, problems)):
        parts.append(f"`check --fix` mends {mendable:,}")
    if left_out:
        parts.append("--all-messages shows each")
    return "; ".join(parts)


def fixes(problem: ContentProblem) -> bool:
    """Return whether `check --fix` mends a problem."""
    message = messages.find(problem.code)
    return message is not None and message.fixes


def counted_files(paths: Collection[str]) -> str:
    """Return a count with its verb: '77 posts and 2 other files are'. Empty if there are none."""
    if not paths:
        return ""
    posts = sum(map(is_post, paths))
    others = len(paths) - posts
    parts = [f"{posts:,} post{'s' * (posts != 1)}"] if posts else []
    if others:
        parts.append(f"{others:,} {'other ' if posts else ''}file{'s' * (others != 1)}")
    return f"{' and '.join(parts)} {'is' if len(paths) == 1 else 'are'}"
