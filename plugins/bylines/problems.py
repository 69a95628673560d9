"""What a contributor did that the build cannot use, said so that they can mend it.

Message          one kind of mistake, declared by whoever finds it
ContentProblem   one mistake in one file; collected, sorted and printed, never raised through a build
BuildError       the build itself cannot go on (an exception; the message is for people)
├── SettingsError    a setting is wrong
├── OutputError      the output folder cannot be written
├── PublishError     the site cannot be brought to where it is served
├── ExportError      the export of an old blog cannot be read
├── BusyError        another build is at work
└── GitError         git is not there, or cannot answer (in `git.py`)
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import msgspec

Level = Literal["error", "warning", "note"]
"""`error`: the file, or what it says, is not published. `warning`: it is, but not all of it, or not as meant. `note`: it is."""
ERROR: Level = "error"
WARNING: Level = "warning"
NOTE: Level = "note"
LEVELS: tuple[Level, ...] = (ERROR, WARNING, NOTE)
"""The gravest first."""


class ContentProblem(msgspec.Struct, frozen=True, order=True):
    """One mistake: `path` as the contributor knows it (relative to the project), `line` from 1 (0: the file as a whole)."""

    path: str
    line: int
    message: str
    mend: str
    level: Level = ERROR
    code: str = "content"
    """Of its `Message`; 'content' for what a plugin says."""
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
    """What becomes of the text, as a rule."""
    outcome: str = ""
    """The same in a few words, where those of the level (`problem_report`) do not say it."""
    fixes: bool = False
    """Whether `check --fix` mends it."""
    withholds: bool = False
    """Whether the text is not published, although `outcome` has words of its own for that."""
    seeks: str = ""
    """Which of its values names what is not there, so that the nearest name can be looked for; empty if none does."""

    def at(self, level: Level) -> Message:
        """Return the same message at another level."""
        return self._replace(level=level)

    def problem(self, path: str, line: int = 0, **values: object) -> ContentProblem:
        """Return the message about a place; `values` are what was written there, shown shortened."""
        shown = {name: _shown(name, value) for name, value in values.items()}
        text, mend = self.text.format(**shown), self.mend.format(**shown)
        target = _target(values[self.seeks]) if self.seeks else ""
        return ContentProblem(visible(path), line, text, mend, self.level, self.code, target)


_LONGEST = 60
# Paths that the build itself names: whoever is to mend something must find them.
_WHOLE = frozenset(("holder", "profile", "nearest", "how"))
# Lines as they should be, which are to be copied.
_LINES = frozenset(("now", "what", "near", "reason", "meant"))
_LONGEST_LINE = 300
# What does harm on a line, and what nobody sees there, though it is what is wrong. (Joiners are letters' own.)
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)


def visible(text: str) -> str:
    """Return a text on one line of a terminal: what moves a cursor, reverses the order or is invisible is written out."""
    return _CONTROL.sub(_escaped, text)


def short(value: object, longest: int = _LONGEST) -> str:
    """Return a value as messages show it: visible, and cut off where it is longer than that."""
    text = visible(str(value))
    return text if len(text) <= longest else text[: longest - 1] + "…"


def for_programs(problem: ContentProblem) -> dict[str, object]:
    """Return a problem as JSON has it."""
    found: dict[str, object] = msgspec.to_builtins(problem)
    del found["target"]
    return found


def _target(value: object) -> str:
    return str(value)[:_LONGEST_LINE].encode("utf-8", "replace").decode()


def _shown(name: str, value: object) -> str:
    return str(value) if name in _WHOLE else short(value, _LONGEST_LINE if name in _LINES else _LONGEST)


def _escaped(match: re.Match[str]) -> str:
    return ascii(match[0])[1:-1]


class BuildError(Exception):
    """The build cannot go on; the last good output stands."""


class SettingsError(BuildError):
    """A setting has a value that cannot be used."""


class OutputError(BuildError):
    """The output folder cannot be written."""


class PublishError(BuildError):
    """What was built cannot be brought to where it is served, or not as a whole."""


class ExportError(BuildError):
    """The export of an old blog cannot be read."""


class BusyError(BuildError):
    """Another build holds the lock."""
