"""What a contributor did that the build cannot use, said so that they can mend it.

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

from typing import Literal

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
    """Of its kind in `messages`; 'content' for what a plugin says."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}; {self.mend}" if self.mend else f"{place}: {self.message}"


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
