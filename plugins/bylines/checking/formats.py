"""Formats the findings of a check: for people, GitHub, GitLab, SARIF readers, or as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bylines import messages
from bylines.problem_report import outcome_of, report
from bylines.problems import ERROR, NOTE, WARNING, ContentProblem, for_programs


class Findings(NamedTuple):
    """The findings of a check: the sorted problems, how many files changed and were read, and what they were compared with."""

    problems: Sequence[ContentProblem]
    changed: int
    read: int
    since: str
    mended: Sequence[str] = ()
    """A line for each fix."""
    notes: Sequence[str] = ()
    """Lines that are good to know, though nothing is wrong."""
    everything: bool = False
    """Whether all problems are listed, even if there are many of a kind."""


def text(found: Findings) -> str:
    """Format as lines for people: fixes, problems, notes, then what was checked."""
    mended = [*found.mended, *([f"{len(found.mended)} mended"] if found.mended else [])]
    looked = f"{_count(found.changed, 'changed file')} (compared with {found.since}), {found.read} read"
    said = report(found.problems, everything=found.everything)
    notes = [f"note: {note}" for note in found.notes]
    return "\n".join([*mended, *said, *notes, looked if said else f"nothing is wrong in {looked}"])


def github(found: Findings) -> str:
    """Format as annotations: workflow commands of GitHub Actions."""
    lines = []
    for problem in found.problems:
        place = f"file={_property(problem.path)},line={problem.line or 1},title={_property(problem.code)}"
        lines.append(f"::{_OF_GITHUB[problem.level]} {place}::{_data(_message(problem))}")
    return "\n".join(lines)


def gitlab(found: Findings) -> str:
    """Format as a code quality report of GitLab (a subset of Code Climate's)."""
    issues = [
        {
            "description": _message(problem),
            "check_name": problem.code,
            "fingerprint": hashlib.sha256(str(problem).encode()).hexdigest(),
            "severity": _OF_GITLAB[problem.level],
            "location": {"path": problem.path, "lines": {"begin": problem.line or 1}},
        }
        for problem in found.problems
    ]
    return json.dumps(issues, ensure_ascii=False, indent=1)


def sarif(found: Findings) -> str:
    """Format as a log in SARIF 2.1.0 (OASIS)."""
    rules = [
        {"id": each.code, "shortDescription": {"text": each.meaning}, "help": {"text": each.mend}}
        for each in messages.every()
    ]
    results = [
        {
            "ruleId": problem.code,
            "level": problem.level,
            "message": {"text": _message(problem)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(problem.path), "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": problem.line or 1},
                    }
                }
            ],
        }
        for problem in found.problems
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "Bylines", "rules": rules}}, "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


def as_json(found: Findings) -> str:
    """Format as one JSON object, with problems in the same form as `build --json`."""
    problems = [for_programs(problem) for problem in found.problems]
    whole = {"error": None, "problems": problems, "changed": found.changed, "read": found.read, "since": found.since}
    return json.dumps({**whole, "mended": list(found.mended), "notes": list(found.notes)}, ensure_ascii=False)


FORMATS: dict[str, Callable[[Findings], str]] = {
    "text": text,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
    "json": as_json,
}


_OF_GITHUB = {ERROR: "error", WARNING: "warning", NOTE: "notice"}
_OF_GITLAB = {ERROR: "major", WARNING: "minor", NOTE: "info"}


def _message(problem: ContentProblem) -> str:
    said = f"{problem.message}; {problem.mend}" if problem.mend else problem.message
    return f"{said} ({outcome_of(problem)})"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _data(message: str) -> str:
    """Return a message escaped for a workflow command."""
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _uri(path: str) -> str:
    import urllib.parse

    return urllib.parse.quote(path)
