"""The problems in the content, grouped by the owners of the files. Hides e-mail addresses."""

from __future__ import annotations

import re

import msgspec

from bylines.engine.context import BuildContext
from bylines.engine.weave.messages import BROKEN_LINK
from bylines.problems import ContentProblem
from bylines.weekly_report.people import name_of
from bylines.weekly_report.week import Faults

_ADDRESS = re.compile(r"[^\s'\"<>(),;:]+@[\w-]+(?:\.[\w-]+)+")


def by_owner(build: BuildContext) -> tuple[Faults, ...]:
    """Return the problems by owner, most problems first. The owner of the site's own files is empty."""
    found: dict[str, list[ContentProblem]] = {}
    for source, *values in build.store.rows(ALL):
        found.setdefault(owner(source), []).append(ContentProblem(*values))
    grouped = [Faults(who, name_of(build, who) if who else "", len(all_), _first(all_)) for who, all_ in found.items()]
    return tuple(sorted(grouped, key=lambda faults: (-faults.count, faults.owner)))


ALL = "SELECT source, path, line, message, mend, level, code FROM problem"


def owner(source: str) -> str:
    """Return the handle that owns a source; empty if it is the site's own."""
    parts = source.split("/")
    if parts[0] == "authors" and len(parts) > 1:
        return parts[1].partition(".")[0]
    return parts[2] if parts[:2] == ["content", "blogs"] and len(parts) > 2 else ""


def _first(problems: list[ContentProblem]) -> str:
    return without_addresses(str(min(problems)))


def without_addresses(text: str) -> str:
    """Replaces each e-mail address in a text by an ellipsis."""
    return _ADDRESS.sub("…", text)


def broken_links(build: BuildContext) -> tuple[str, ...]:
    """Return the messages of all broken links, each with path and line, sorted."""
    found = sorted(ContentProblem(*values) for _, *values in build.store.rows(ALL))
    said = [problem for problem in found if problem.code == BROKEN_LINK.code]
    return tuple(without_addresses(str(msgspec.structs.replace(problem, mend=""))) for problem in said)
