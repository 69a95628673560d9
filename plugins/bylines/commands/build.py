"""`build`: the whole site, its problems on stderr and one line about what was built on stdout."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bylines.problems import ERROR, BuildError, ContentProblem

INTERRUPTED = 130
_TERMINATED = 143


class Wishes(NamedTuple):
    """What the person wants to see, and how long they are willing to wait."""

    quiet: bool = False
    """Problems and errors alone."""
    json: bool = False
    """One object of JSON on stdout, and nothing else anywhere."""
    wait: float = 600.0
    """Seconds to wait for another build in the same place."""
    explain: str = ""
    """A page or a source to explain."""
    delta: str = ""
    """The folder that gets what is to be uploaded and deleted, in place of the output."""
    manifest: str = ""
    """The file that says what is served; '' for the one beside the store."""
    all_messages: bool = False
    """Each message, also where there are many of a kind, and those that the last build told."""


def build(
    settings: str = "pelicanconf.py",
    *,
    aside: str = "",
    preview: bool = False,
    verify: bool = False,
    strict: bool = False,
    errors: bool = False,
    wishes: Wishes | None = None,
) -> int:
    """Builds the site of a settings file.

    `aside` is a folder beside that file for output and store, in place of the site's own; `preview` shows drafts, with
    addresses of this machine. Gives 0; 1 where the build cannot go on, where `strict` is asked for and there is any
    message about the content, or where `errors` is and something is not published; 130 where it was interrupted.
    """
    wishes = wishes or Wishes()
    with ends_at_sigterm():
        return answered(
            wishes,
            lambda: _build(settings, aside, wishes, preview=preview, verify=verify, strict=strict, errors=errors),
            "the next build goes on from what was published before",
        )


def answered(wishes: Wishes, act: Callable[[], int], broken_off: str = "") -> int:
    """The exit code of what was done, or of what went wrong, which is said; `broken_off` is what holds after Ctrl-C."""
    from bylines import build_report

    try:
        return act()
    except BuildError as error:
        code, message = 1, str(error)
    except KeyboardInterrupt:
        code, message = INTERRUPTED, "; ".join(filter(None, ("interrupted", broken_off)))
    print(build_report.error_as_json(message) if wishes.json else f"error: {message}", file=_stream(wishes), flush=True)
    return code


def _stream(wishes: Wishes) -> Any:
    return sys.stdout if wishes.json else sys.stderr


def _build(
    settings: str, aside: str, wishes: Wishes, *, preview: bool, verify: bool, strict: bool, errors: bool
) -> int:
    from bylines import build_report, frame
    from bylines.display import display
    from bylines.engine.result import BuildOptions

    steps = display(quiet=wishes.quiet or wishes.json)
    options = BuildOptions(steps, wishes.wait, wishes.explain, wishes.json, wishes.delta, wishes.manifest)
    result = frame.build(settings, overrides(settings, aside, preview=preview), verify=verify, options=options)
    if wishes.json:
        print(build_report.as_json(result), flush=True)
    else:
        for line in build_report.lines(result, everything=wishes.all_messages):
            print(line, file=sys.stderr)
        if not wishes.quiet:
            print(result.line(), flush=True)
        if result.explained is not None:
            print("\n".join(build_report.explanation_lines(result.explained)), flush=True)
    return exit_code(result.problems, strict=strict) if strict or errors else 0


def exit_code(problems: Iterable[ContentProblem], *, strict: bool) -> int:
    """Return 1 if any problem is an error or, where `strict` is asked for, of any level; else 0."""
    return int(any(strict or problem.level == ERROR for problem in problems))


@contextlib.contextmanager
def ends_at_sigterm() -> Iterator[None]:
    """A build that is told to end ends as after Ctrl-C: its workers too, its stage thrown away."""

    def end(*_: object) -> None:
        raise SystemExit(_TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def overrides(settings: str, aside: str, *, preview: bool) -> Mapping[str, Any]:
    """The settings that stand in for the site's own."""
    found: dict[str, Any] = {}
    if aside:
        folder = os.path.join(os.path.dirname(os.path.abspath(settings)), aside)
        found |= {"OUTPUT_PATH": os.path.join(folder, "output"), "CACHE_PATH": os.path.join(folder, "cache")}
        found["BYLINES_SEARCH"] = False  # a preview is built at each change, and a shard may take seconds
    if preview:
        found |= {"BYLINES_DRAFTS": True, "SITEURL": "", "RELATIVE_URLS": False}
    return found
