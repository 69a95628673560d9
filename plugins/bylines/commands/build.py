"""`build` builds the whole site. It prints problems to stderr, and one line about the build to stdout."""

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


class OutputOptions(NamedTuple):
    """The options about what a command prints, and how long it waits."""

    quiet: bool = False
    """Print only problems and errors."""
    json: bool = False
    """Print one object of JSON to stdout, and nothing else."""
    wait: float = 600.0
    """How many seconds to wait for another build in the same place."""
    explain: str = ""
    """A page or a source to explain; empty for none."""
    delta: str = ""
    """The folder for the files to upload and the list of deletions; empty to write the output."""
    manifest: str = ""
    """The file that lists what is served; empty for the one beside the store."""
    all_messages: bool = False
    """Print every message, even if there are many of a kind or the last build told it already."""


def build(
    settings: str = "pelicanconf.py",
    *,
    aside: str = "",
    preview: bool = False,
    verify: bool = False,
    strict: bool = False,
    errors: bool = False,
    output: OutputOptions | None = None,
) -> int:
    """Build the site of a settings file.

    `aside` is a folder beside that file for output and store, in place of the site's own; `preview` shows drafts, with
    addresses of this machine. Return 0; 1 if the build cannot go on, if `strict` is asked for and there is any
    message about the content, or if `errors` is and something is not published; 130 if it was interrupted.
    """
    output = output or OutputOptions()
    with ends_at_sigterm():
        return answered(
            output,
            lambda: _build(settings, aside, output, preview=preview, verify=verify, strict=strict, errors=errors),
            "the next build goes on from what was published before",
        )


def answered(output: OutputOptions, act: Callable[[], int], broken_off: str = "") -> int:
    """Run `act` and return its exit code; print an error if it fails. `broken_off` tells what holds after Ctrl-C."""
    from bylines import build_report

    try:
        return act()
    except BuildError as error:
        code, message = 1, str(error)
    except KeyboardInterrupt:
        code, message = INTERRUPTED, "; ".join(filter(None, ("interrupted", broken_off)))
    print(build_report.error_as_json(message) if output.json else f"error: {message}", file=_stream(output), flush=True)
    return code


def _stream(output: OutputOptions) -> Any:
    return sys.stdout if output.json else sys.stderr


def _build(
    settings: str, aside: str, output: OutputOptions, *, preview: bool, verify: bool, strict: bool, errors: bool
) -> int:
    from bylines import build_report, frame
    from bylines.display import display
    from bylines.engine.result import BuildOptions

    steps = display(quiet=output.quiet or output.json)
    options = BuildOptions(steps, output.wait, output.explain, output.json, output.delta, output.manifest)
    result = frame.build(settings, overrides(settings, aside, preview=preview), verify=verify, options=options)
    if output.json:
        print(build_report.as_json(result), flush=True)
    else:
        for line in build_report.lines(result, everything=output.all_messages):
            print(line, file=sys.stderr)
        if not output.quiet:
            print(result.line(), flush=True)
        if result.explained is not None:
            print("\n".join(build_report.explanation_lines(result.explained)), flush=True)
    return exit_code(result.problems, strict=strict) if strict or errors else 0


def exit_code(problems: Iterable[ContentProblem], *, strict: bool) -> int:
    """Return 1 if any problem is an error or, where `strict` is asked for, of any level; else 0."""
    return int(any(strict or problem.level == ERROR for problem in problems))


@contextlib.contextmanager
def ends_at_sigterm() -> Iterator[None]:
    """End at SIGTERM as after Ctrl-C: workers end too, and the stage is deleted."""

    def end(*_: object) -> None:
        raise SystemExit(_TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def overrides(settings: str, aside: str, *, preview: bool) -> Mapping[str, Any]:
    """Return the settings that replace the site's own."""
    found: dict[str, Any] = {}
    if aside:
        folder = os.path.join(os.path.dirname(os.path.abspath(settings)), aside)
        found |= {"OUTPUT_PATH": os.path.join(folder, "output"), "CACHE_PATH": os.path.join(folder, "cache")}
        found["BYLINES_SEARCH"] = False  # a preview is built at each change, and a shard may take seconds
    if preview:
        found |= {"BYLINES_DRAFTS": True, "SITEURL": "", "RELATIVE_URLS": False}
    return found
