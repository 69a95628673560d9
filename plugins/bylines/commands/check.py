"""`check`: everything that is wrong in what changed (or in all), without touching the output; and, with `--fix`, its mend."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from bylines.commands.build import Wishes, answered, build, exit_code

if TYPE_CHECKING:
    from bylines.checking.formats import Findings
    from bylines.problems import ContentProblem
    from bylines.settings import Site

FORMATS = ("text", "github", "gitlab", "sarif", "json")


class What(NamedTuple):
    """What is checked, and how it is said."""

    base: str = ""
    """A commit: what this branch has that it has not. '': the upstream branch."""
    staged: bool = False
    """What is staged for the next commit, as it is staged."""
    all: bool = False
    """The whole site, by a build of it in `.check/`."""
    fix: bool = False
    """Mend what has one right answer."""
    format: str = "text"
    account: str = ""
    """With `base`: who asks for the change, as the git host knows them."""
    strict: bool = False
    """Whether warnings and notes count too."""


def check(settings: str = "pelicanconf.py", wishes: Wishes | None = None, what: What | None = None) -> int:
    """Says what is wrong; gives 1 where something is not published, or with `strict` where there is any message.

    Without git the whole site is checked.
    """
    wishes, what = wishes or Wishes(), what or What()
    if wishes.json:
        what = what._replace(format="json")
    wishes = wishes._replace(json=what.format == "json")
    return answered(wishes, lambda: _check(settings, wishes, what))


def _check(settings: str, wishes: Wishes, what: What) -> int:
    from bylines import frame
    from bylines.checking import changed, formats
    from bylines.settings.declared import PERSONAL

    site, _ = frame.load(settings, {"BYLINES_SEARCH": False, "BYLINES_DRAFTS": True})
    if what.staged and (base := os.environ.get("PRE_COMMIT_FROM_REF")):
        # pre-commit's own run of a branch: nothing is staged
        what = what._replace(staged=False, base=base)
    whole = what.all or not (what.base or what.staged or changed.has_git(site))
    if whole and not what.all:
        _say_refusal(site)
    if whole and what.fix:
        _mend_all(site, quiet=what.format != "text")
    if whole:
        if what.format in ("text", "json"):
            return build(settings, aside=".check", strict=what.strict, errors=True, wishes=wishes)
        found = _in_all(settings)
    else:
        found = _in_changed(site, site.of(PERSONAL), what, all_messages=wishes.all_messages)
    said = formats.FORMATS[what.format](found)
    if said and not (wishes.quiet and not found.problems):
        print(said, file=sys.stderr if what.format == "text" and found.problems else sys.stdout, flush=True)
    return exit_code(found.problems, strict=what.strict)


def _say_refusal(site: Site) -> None:
    """Tells people that git is there and does not work, so that the whole site is checked."""
    from bylines.engine.paths import roots
    from bylines.git import NO_REPOSITORY, Git

    refusals = (Git(root.folder).refusal() for root in roots(site) if os.path.isdir(root.folder))
    refusal = next((each for each in refusals if each and NO_REPOSITORY not in each), "")
    if refusal:
        print(f"note: {refusal}; until then the whole site is checked", file=sys.stderr, flush=True)


def _mend_all(site: Site, *, quiet: bool) -> None:
    from bylines.checking.apply_fixes import mend_site

    done = mend_site(site)
    if done and not quiet:
        print("\n".join([*done, f"{len(done)} mended"]), flush=True)


def _in_all(settings: str) -> Findings:
    from bylines import frame
    from bylines.checking.formats import Findings
    from bylines.commands.build import overrides
    from bylines.engine.result import BuildOptions

    result = frame.build(settings, overrides(settings, ".check", preview=False), options=BuildOptions())
    return Findings(result.problems, result.posts, result.posts, "nothing, outside git")


def _in_changed(site: Site, personal: Mapping[str, str], what: What, *, all_messages: bool) -> Findings:
    from bylines.checking import changed
    from bylines.checking.apply_fixes import mend_changes
    from bylines.checking.evaluate import judge
    from bylines.checking.formats import Findings
    from bylines.checking.sensitive import find_sensitive
    from bylines.checking.staged import Index, staged
    from bylines.engine.scan import strays

    taken_up = staged(site) if what.staged else None
    found = taken_up.changed if taken_up else changed.changed(site, base=what.base)
    done = mend_changes(site, found) if what.fix and not taken_up else []
    index, others = (taken_up.files, taken_up.others) if taken_up else (Index(), {})
    judged = judge(site, found, index, git=True)
    kept = find_sensitive(site, found, index, personal, others)
    misplaced = strays.said(site, changed.strays(site, base=what.base, staged=what.staged))
    problems = sorted({*judged.problems, *misplaced, *kept, *_refusals(site, what)})
    looked_at = len(found.there) + len(found.gone)
    return Findings(problems, looked_at, judged.read, found.since, done, everything=all_messages)


def _refusals(site: Site, what: What) -> list[ContentProblem]:
    """What the writers of a branch may not write, where its base has rules for that."""
    from bylines.git import Git
    from bylines.guard import refusals

    git = Git(site.content)
    if not what.base or git.try_run("cat-file", "-e", f"{what.base}:writers.yaml").returncode:
        return []
    return refusals(site.content, what.base, "HEAD", what.account)
