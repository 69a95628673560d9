"""`guard` tells whether the writers of a change may make it. `codeowners` prints the same rules for the git host."""

from __future__ import annotations

import gc
import sys

from bylines.commands.build import OutputOptions, answered
from bylines.commands.check import FORMATS
from bylines.problems import BuildError

__all__ = ["FORMATS", "HOSTS", "codeowners", "guard"]

HOSTS = ("github", "gitlab")
_SHOWN = 200


def guard(base: str, head: str = "HEAD", account: str | None = None, format: str = "text") -> int:  # noqa: A002
    """Report what is refused in the commits that `head` adds to `base`. Return 1 if anything is.

    `account` is None if the option is not given. An empty one is refused: a variable that a workflow forgot to fill would
    otherwise leave it to the commits to say who wrote them.
    """
    output = OutputOptions(json=format == "json")
    return answered(output, lambda: _guard(base, head, account, format))


def _guard(base: str, head: str, account: str | None, form: str) -> int:
    from bylines.checking.formats import FORMATS as SAID
    from bylines.checking.formats import Findings
    from bylines.guard import check_change

    if account is not None and not account.strip():
        raise BuildError("--account is empty; give the name that the git host knows, or leave the option out")
    gc.disable()  # thousands of large trees come and go without a cycle among them: a third of the time
    problems, commits = check_change(".", base, head, account or "")
    if form == "text":
        lines = [*map(str, problems[:_SHOWN]), *([f"… and {len(problems) - _SHOWN} more"] if problems[_SHOWN:] else [])]
        told = f"{commits} commit{'s' * (commits != 1)}"
        lines.append(f"{len(problems)} refused in {told}" if problems else f"nothing is refused in {told}")
        print("\n".join(lines), file=sys.stderr if problems else sys.stdout, flush=True)
    elif said := SAID[form](Findings(problems[:_SHOWN], commits, commits, base)):
        print(said, flush=True)
    return 1 if problems else 0


def codeowners(host: str = "github", rev: str = "HEAD") -> int:
    """Print CODEOWNERS by the rules and profiles of a commit, and warn if it is too large for the host."""
    return answered(OutputOptions(), lambda: _codeowners(host, rev))


def _codeowners(host: str, rev: str) -> int:
    from bylines.guard import state_of
    from bylines.guard.codeowners import LARGEST
    from bylines.guard.codeowners import codeowners as made

    with state_of(".", rev) as state:
        text = made(state, state.rules(), host)
    print(text, end="", flush=True)
    if (size := len(text.encode())) > LARGEST and host == "github":
        print(
            f"CODEOWNERS has {size:,} bytes: GitHub takes no more than {LARGEST:,}, and ignores this", file=sys.stderr
        )
    return 0
