"""Defines the problems that a build reports to contributors, and the errors that stop it.

Message          one kind of mistake, declared by the module that detects it
ContentProblem   one mistake in one file; collected, sorted and printed, never raised through a build
BuildError       the build cannot go on (an exception; the message is for people)
├── SettingsError    a setting is wrong
├── OutputError      the output folder cannot be written
├── PublishError     the site cannot be published
├── ExportError      the export of an old blog cannot be read
├── BusyError        another build is running
└── GitError         git is missing, or a command failed (in `git.py`)
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import msgspec

Level = Literal["error", "warning", "note"]
"""`error`: the file, or what it says, is not published. `warning`: it is published in part, or not as meant. `note`: it is
published.
"""
ERROR: Level = "error"
WARNING: Level = "warning"
NOTE: Level = "note"
LEVELS: tuple[Level, ...] = (ERROR, WARNING, NOTE)
"""The levels, the most serious first."""


class ContentProblem(msgspec.Struct, frozen=True, order=True):
    """One mistake: `path` as the contributor knows it (relative to the project), `line` from 1 (0 for the whole file)."""

    path: str
    line: int
    message: str
    mend: str
    level: Level = ERROR
    code: str = "content"
    """The code of its `Message`; 'content' for a plugin's problem."""
    target: str = ""
    """The name that leads nowhere, as it was written; empty if this is about something else. For code, not for people."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}; {self.mend}" if self.mend else f"{place}: {self.message}"


class Message(NamedTuple):
    """One kind of message: what is wrong, how to mend it, and what it means (for the docs)."""

    code: str
    text: str
    mend: str
    meaning: str
    level: Level = WARNING
    """What usually happens to the text; see `Level`."""
    outcome: str = ""
    """The outcome for the text in a few words, if that of its level (`problem_report`) does not fit."""
    fixes: bool = False
    """Whether `check --fix` mends it."""
    withholds: bool = False
    """Whether the text is not published, for a message with an `outcome` of its own."""
    seeks: str = ""
    """The name of the value that was not found, so that the nearest name can be suggested; empty if there is none."""

    def at(self, level: Level) -> Message:
        """Return the same message at another level."""
        return self._replace(level=level)

    def problem(self, path: str, line: int = 0, **values: object) -> ContentProblem:
        """Return the problem at a place; `values` fill in the message, shortened."""
        shown = {name: _display(name, value) for name, value in values.items()}
        text, mend = self.text.format(**shown), self.mend.format(**shown)
        target = _target(values[self.seeks]) if self.seeks else ""
        return ContentProblem(visible(path), line, text, mend, self.level, self.code, target)


_LONGEST = 60
# Values that are never shortened: paths that the reader must find.
_WHOLE = frozenset(("holder", "profile", "nearest", "how"))
# Values that are lines to copy, which may be longer.
_LINES = frozenset(("now", "what", "near", "reason", "meant"))
_LONGEST_LINE = 300
# Control characters, and invisible ones that may be the mistake itself. (Joiners belong to letters.)
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)


def visible(text: str) -> str:
    """Return a text for one line of a terminal, with control, direction and invisible characters escaped."""
    return _CONTROL.sub(_escape, text)


def short(value: object, longest: int = _LONGEST) -> str:
    """Return a value for a message: with invisible characters escaped, and cut off after `longest` characters."""
    text = visible(str(value))
    return text if len(text) <= longest else text[: longest - 1] + "…"


def for_programs(problem: ContentProblem) -> dict[str, object]:
    """Return a problem as a dictionary for JSON."""
    found: dict[str, object] = msgspec.to_builtins(problem)
    del found["target"]
    return found


def _target(value: object) -> str:
    return str(value)[:_LONGEST_LINE].encode("utf-8", "replace").decode()


def _display(name: str, value: object) -> str:
    return str(value) if name in _WHOLE else short(value, _LONGEST_LINE if name in _LINES else _LONGEST)


def _escape(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]


class BuildError(Exception):
    """The build cannot go on; the last good output stays."""


class SettingsError(BuildError):
    """A setting has a value that cannot be used."""


class OutputError(BuildError):
    """The output folder cannot be written."""


class PublishError(BuildError):
    """The site cannot be published, or not completely."""


class ExportError(BuildError):
    """The export of an old blog cannot be read."""


class BusyError(BuildError):
    """Another build holds the lock."""
