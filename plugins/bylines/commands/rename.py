"""`rename-author`, `rename-post`, `leave` and `merge-topics` show a change, ask, and make it. `traces` finds old names."""

from __future__ import annotations

import datetime as dt
import sys
import zoneinfo
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bylines.commands.build import OutputOptions, answered

if TYPE_CHECKING:
    from bylines.renaming.plan import Plan
    from bylines.settings import Site


class Confirmation(NamedTuple):
    """Whether to make a change without asking, and how far it goes."""

    yes: bool = False
    everywhere: bool = False
    """Change what others wrote, too. Only keepers may want that."""


class Forget(NamedTuple):
    """Whether to erase an old handle and old names, so that nobody finds them any more."""

    wanted: bool = False
    name: str = ""
    """The name from now on; empty if the profile has it already."""
    old_names: tuple[str, ...] = ()
    """Old names that the profile no longer has."""


def rename_author(
    old: str,
    new: str,
    settings: str = "pelicanconf.py",
    confirmation: Confirmation | None = None,
    forget: Forget | None = None,
) -> int:
    """Give a person or group another handle. Old addresses and ids in feeds stay, unless `forget` says otherwise.

    Return the exit code.
    """
    confirmation = confirmation or Confirmation()
    if forget and forget.wanted:
        return answered(OutputOptions(), lambda: _forgotten(old, new, settings, confirmation, forget))

    def plan(site: Site) -> Plan:
        from bylines.renaming.author import plan_author_rename

        return plan_author_rename(site, old, new, everywhere=confirmation.everywhere)

    return _changed(settings, plan, confirmation, f"{old} is called {new}", f"Rename {old} to {new}")


def _forgotten(old: str, new: str, settings: str, confirmation: Confirmation, forget: Forget) -> int:
    """Rename somebody without a trace; then print what still names them."""
    from bylines import frame
    from bylines.renaming.author import name_of, plan_author_rename
    from bylines.renaming.forgetting import Forgotten
    from bylines.renaming.traces import Names, in_sources

    site, _ = frame.load(settings)
    now = name_of(site, old) if forget.name else ""
    names = Names([old, *forget.old_names, *([now] if now and now != forget.name else [])])

    def plan(site: Site) -> Plan:
        return plan_author_rename(site, old, new, forgotten=Forgotten(names, forget.name))

    code = _made(
        settings, plan, confirmation, f"{old} is called {new}, and the old handle is kept nowhere", f"Rename to {new}"
    )
    if code == 0:
        print(f"Feed readers will show the posts of {new} once more, as new ones, and old addresses lead nowhere.")
        if left := in_sources(site, names):
            print("These lines still name what is to be forgotten. They are to be changed by hand:")
            print("\n".join(f"  {trace}" for trace in left), flush=True)
        else:
            print("Nothing that is kept here names it any more, but the history of git.", flush=True)
    return code


def traces(names: Sequence[str], settings: str = "pelicanconf.py") -> int:
    """Print where names or handles still stand, in sources and in the output. Return 1 if they stand anywhere."""
    return answered(OutputOptions(), lambda: _traced(names, settings))


def _traced(names: Sequence[str], settings: str) -> int:
    from bylines import frame
    from bylines.renaming.traces import Names, in_output, in_sources

    site, _ = frame.load(settings)
    wanted = Names(names)
    sources, built = in_sources(site, wanted), in_output(site.output, wanted)
    if sources:
        print("What people wrote:", *(f"  {trace}" for trace in sources), sep="\n")
    if built:
        print("What was built:", *(f"  {trace}" for trace in built), sep="\n")
    if not (sources or built):
        print(f"{' and '.join(names)}: nothing of that stands here, but perhaps in the history of git")
    return 1 if sources or built else 0


def rename_post(post: str, new: str, settings: str = "pelicanconf.py", confirmation: Confirmation | None = None) -> int:
    """Give a post (`handle/slug`) another slug. Its old address and its id in feeds stay. Return the exit code."""
    confirmation = confirmation or Confirmation()

    def plan(site: Site) -> Plan:
        from bylines.renaming.post import plan_post_rename

        return plan_post_rename(site, post, new, everywhere=confirmation.everywhere)

    return _changed(settings, plan, confirmation, f"{post} is called {new}", f"Rename {post} to {new}")


def leave(handle: str, on: str = "", settings: str = "pelicanconf.py", confirmation: Confirmation | None = None) -> int:
    """Write a person's last day into the profile. Return the exit code."""

    def plan(site: Site) -> Plan:
        from bylines.renaming.last_day import plan_last_day

        today = dt.datetime.now(zoneinfo.ZoneInfo(site.read.timezone)).date()
        return plan_last_day(site, handle, _day(on), today)

    return _changed(
        settings, plan, confirmation or Confirmation(), f"{handle} has a last day", f"Note the last day of {handle}"
    )


def _day(written: str) -> dt.date | None:
    from bylines.problems import BuildError

    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        raise BuildError(f"--on is {written}; write it as 2026-05-04") from None


def merge_topics(
    topics: Sequence[str], settings: str = "pelicanconf.py", confirmation: Confirmation | None = None
) -> int:
    """Make topics one: all take the name of the last. Return the exit code."""

    def plan(site: Site) -> Plan:
        from bylines.problems import BuildError
        from bylines.renaming.topics import plan_topic_merge

        if len(topics) < 2:
            raise BuildError("name at least two topics: those that go, and the one that stays")
        return plan_topic_merge(site, topics[:-1], topics[-1])

    one = topics[-1] if topics else "one"
    return _changed(
        settings, plan, confirmation or Confirmation(), f"these topics are {one}", f"Make topics one: {one}"
    )


def _changed(settings: str, plan: Callable[[Site], Plan], confirmation: Confirmation, done: str, message: str) -> int:
    return answered(OutputOptions(), lambda: _made(settings, plan, confirmation, done, message))


def _made(settings: str, planned: Callable[[Site], Plan], confirmation: Confirmation, done: str, message: str) -> int:
    from bylines import frame
    from bylines.renaming import staging
    from bylines.renaming.apply import apply
    from bylines.renaming.plan import lines

    site, _ = frame.load(settings)
    plan = planned(site)
    if not plan:
        print(f"nothing to change: {done} already")
        return 0
    print("\n".join(lines(site, plan)), flush=True)
    if not (confirmation.yes or _agreed()):
        print("nothing was changed", file=sys.stderr)
        return 1
    known = staging.before(site)
    apply(site, plan)
    print(f"changed: {done}")
    if commands := staging.stage(site, plan, known, message):
        print("What was changed is staged. See it with `git diff --cached`, then commit it:")
        print("\n".join(f"  {command}" for command in commands), flush=True)
    return 0


def _agreed() -> bool:
    """Return whether the person at the terminal wants the change. Without a terminal, print how to say so."""
    from bylines.commands.asking import is_asked

    if not is_asked():
        print("this needs your consent: add --yes", file=sys.stderr)
        return False
    from rich.prompt import Confirm

    return Confirm.ask("Make this change?", default=False)
