"""`check` reports what is wrong in the files that changed, or in all, and never touches the output. `--fix` mends it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from bylines.commands.build import OutputOptions, answered, build, exit_code

if TYPE_CHECKING:
    from bylines.checking.formats import Findings
    from bylines.problems import ContentProblem
    from bylines.settings import Site

FORMATS = ("text", "github", "gitlab", "sarif", "json")


class CheckOptions(NamedTuple):
    """What to check, and how to report it."""

    base: str = ""
    """A commit. The check covers what this branch adds to it. Empty for the upstream branch."""
    staged: bool = False
    """Check what is staged for the next commit, as it is staged."""
    all: bool = False
    """Check the whole site, by a build in `.check/`."""
    fix: bool = False
    """Mend what has one right answer."""
    format: str = "text"
    account: str = ""
    """With `base`: the account at the git host that asks for the change."""
    strict: bool = False
    """Let warnings and notes count too."""


def check(
    settings: str = "pelicanconf.py", output: OutputOptions | None = None, options: CheckOptions | None = None
) -> int:
    """Report what is wrong. Return 1 if something is not published, or with `strict` if there is any message.

    Without git the whole site is checked.
    """
    output, options = output or OutputOptions(), options or CheckOptions()
    if output.json:
        options = options._replace(format="json")
    output = output._replace(json=options.format == "json")
    return answered(output, lambda: _check(settings, output, options))


def _check(settings: str, output: OutputOptions, options: CheckOptions) -> int:
    from bylines import frame
    from bylines.checking import changed, formats
    from bylines.settings.declared import PERSONAL

    site, _ = frame.load(settings, {"BYLINES_SEARCH": False, "BYLINES_DRAFTS": True})
    if options.staged and (base := os.environ.get("PRE_COMMIT_FROM_REF")):
        # pre-commit's own run of a branch: nothing is staged
        options = options._replace(staged=False, base=base)
    whole = options.all or not (options.base or options.staged or changed.has_git(site))
    if whole and not options.all:
        _say_refusal(site)
    if whole and options.fix:
        _mend_all(site, quiet=options.format != "text")
    if whole:
        if options.format in ("text", "json"):
            return build(settings, aside=".check", strict=options.strict, errors=True, output=output)
        found = _in_all(settings)
    else:
        found = _in_changed(site, site.of(PERSONAL), options, all_messages=output.all_messages)
    said = formats.FORMATS[options.format](found)
    if said and not (output.quiet and not found.problems):
        print(said, file=sys.stderr if options.format == "text" and found.problems else sys.stdout, flush=True)
    return exit_code(found.problems, strict=options.strict)


def _say_refusal(site: Site) -> None:
    """Print why git does not work, if it is there: the whole site is checked then."""
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


def _in_changed(site: Site, personal: Mapping[str, str], options: CheckOptions, *, all_messages: bool) -> Findings:
    from bylines.checking import changed
    from bylines.checking.apply_fixes import mend_changes
    from bylines.checking.evaluate import judge
    from bylines.checking.formats import Findings
    from bylines.checking.sensitive import find_sensitive
    from bylines.checking.staged import Index, staged
    from bylines.engine.scan import strays

    taken_up = staged(site) if options.staged else None
    found = taken_up.changed if taken_up else changed.changed(site, base=options.base)
    done = mend_changes(site, found) if options.fix and not taken_up else []
    index, others = (taken_up.files, taken_up.others) if taken_up else (Index(), {})
    judged = judge(site, found, index, git=True)
    kept = find_sensitive(site, found, index, personal, others)
    misplaced = strays.said(site, changed.strays(site, base=options.base, staged=options.staged))
    problems = sorted({*judged.problems, *misplaced, *kept, *_refusals(site, options)})
    looked_at = len(found.there) + len(found.gone)
    return Findings(problems, looked_at, judged.read, found.since, done, everything=all_messages)


def _refusals(site: Site, options: CheckOptions) -> list[ContentProblem]:
    """Return what the writers of a branch may not write, if its base has rules for that."""
    from bylines.git import Git
    from bylines.guard import refusals

    git = Git(site.content)
    if not options.base or git.try_run("cat-file", "-e", f"{options.base}:writers.yaml").returncode:
        return []
    return refusals(site.content, options.base, "HEAD", options.account)
