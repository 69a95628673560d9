"""Formats the result of a build: as lines for people, or as a JSON object for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from bylines.engine.explain import Explanation, PageOrigin, SourceReach, Unknown
from bylines.engine.publish.contents import Contents
from bylines.engine.result import Published, Result
from bylines.problem_report import report
from bylines.problems import for_programs


def lines(result: Result, *, everything: bool = False) -> list[str]:
    """Return the lines for stderr: problems, then notes for the keeper. `everything` repeats what the last build reported."""
    told = report(result.problems, result.known, everything=everything)
    return [*told, *(f"note: {note}" for note in result.notes)]


def as_json(result: Result) -> str:
    """Format a build as JSON: counts, seconds by step, pages by kind, problems."""
    return _encode(
        {
            "error": None,
            "posts": result.posts,
            "blogs": result.blogs,
            "pages": result.pages,
            "rendered": result.rendered,
            "written": result.written,
            "removed": result.removed,
            "seconds": round(result.seconds, 4),
            "output": result.output,
            "steps": {step.name: {"done": step.done, "seconds": round(step.seconds, 4)} for step in result.steps},
            "kinds": {
                kind.name: {"pages": kind.pages, "rendered": kind.rendered, "written": kind.written}
                for kind in result.kinds
            },
            "problems": [for_programs(problem) for problem in result.problems],
            "notes": result.notes,
            "delta": msgspec.to_builtins(result.delta),
            "explained": msgspec.to_builtins(result.explained),
        }
    )


def explanation_lines(explanation: Explanation) -> list[str]:
    """Return an explanation as lines for people."""
    if isinstance(explanation, Unknown):
        return [f"{explanation.path} is neither a page nor a source", *_under("the nearest are", explanation.nearest)]
    if isinstance(explanation, SourceReach):
        return [
            explanation.source,
            *_under("an edit of its text changes", _with_kind(explanation.text)),
            *_under("without it other pages, or none, would be", _with_kind(explanation.pages)),
        ]
    return _origin(explanation)


def _origin(page: PageOrigin) -> list[str]:
    did = "was not rendered" if not page.rendered else "was rendered and written" if page.written else _AS_BEFORE
    return [
        f"{page.path} {did}: {page.why}",
        f"  page kind  {page.kind}",
        f"  key        {page.key}",
        f"  template   {page.template}",
        f"  settings   {page.settings}",
        *_under("the template takes in", [name for name in page.templates if name != page.template]),
        *_under("it would be another without", page.sources),
        *_under("of these changed", page.changed),
        *_under("it asks about the lists", [f"{name} ({posts:,} posts)" for name, posts in page.lists.items()]),
    ]


_AS_BEFORE = "was rendered, and is as it was"
_MOST = 40


def _with_kind(pages: Mapping[str, str]) -> list[str]:
    return [f"{path} ({kind})" if kind else path for path, kind in pages.items()]


def _under(title: str, items: Sequence[str]) -> list[str]:
    """Return a title with its items below it, at most 40."""
    if not items:
        return [f"  {title}: nothing"]
    more = [f"    … and {len(items) - _MOST:,} more (--json lists all)"] if len(items) > _MOST else []
    return [f"  {title}:", *(f"    {item}" for item in items[:_MOST]), *more]


def delta_as_json(contents: Contents) -> str:
    """Format the content of a delta as JSON."""
    return _encode({"error": None, "delta": msgspec.to_builtins(contents)})


def publication_as_json(done: Published) -> str:
    """Format a publication as JSON: the target, and how many files were uploaded and deleted."""
    return _encode(
        {
            "error": None,
            "to": done.to,
            "files": done.files,
            "deleted": done.gone,
            "compared": done.whole,
            "seconds": round(done.built.seconds, 4),
            "problems": [for_programs(problem) for problem in done.built.problems],
        }
    )


def verification_as_json(served: str, looked_at: int, faults: Sequence[str]) -> str:
    """Format the faults of a served site as JSON."""
    return _encode({"error": None, "served": served, "files": looked_at, "faults": faults})


def error_as_json(message: str) -> str:
    """Format the reason why a build failed as JSON."""
    return _encode({"error": message})


def _encode(value: dict[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
