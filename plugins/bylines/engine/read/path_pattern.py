"""Matches and builds the paths of a kind's files: `content/blogs/{blog}/**/{slug}.{md,rst}`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"\{(?P<name>\w+)\}|\{(?P<endings>[\w.]+(?:,[\w.]+)+)\}")


class PathPattern:
    """A pattern of names of sources.

    `{name}` matches a part without slashes, `**` any number of folders, `{md,rst}` one of these endings. The first folder that
    `**` matches is none of `but`.
    """

    def __init__(self, pattern: str, but: Iterable[str] = ()) -> None:
        self.pattern = pattern
        others = "|".join(map(re.escape, but))
        folders = (f"(?!(?:{others})/)" if others else "") + "(?:[^/]+/)*"
        parts = [_expression(part) for part in pattern.split("/")]
        whole = "/".join(parts).replace("\0/", folders)
        self._form = re.compile(whole, re.S)
        self.beginning = pattern.partition("{")[0].partition("**")[0]
        """What stands before its first name."""
        self.folder = pattern.partition("/**")[0] if "/**" in pattern else pattern.rpartition("/")[0]
        """The folder, with its names, in which or below which the files lie."""
        self._template = _PART.sub(_placeholder, pattern.replace("**/", ""))
        self.names = tuple(self._form.groupindex)
        """The names in the pattern, in order."""

    def matches(self, source: str) -> bool:
        """Return whether a source's name matches."""
        return source.startswith(self.beginning) and self._form.fullmatch(source) is not None

    def parse(self, source: str) -> dict[str, str] | None:
        """Return the values of the pattern's names in a source's name; None if it does not match."""
        found = self._form.fullmatch(source)
        return found.groupdict() if found else None

    def path(self, *names: str) -> str:
        """Return the source's name with these values, in the pattern's order. `**` becomes no folder, and endings the first one."""
        return self._template.format(*names)


def _placeholder(part: re.Match[str]) -> str:
    return "{}" if part["name"] else part["endings"].partition(",")[0]


def _expression(part: str) -> str:
    """Return the regular expression for a part between two slashes; a NUL for `**`."""
    if part == "**":
        return "\0"
    made, at = "", 0
    for found in _PART.finditer(part):
        made += re.escape(part[at : found.start()])
        if found["name"]:
            made += f"(?P<{found['name']}>[^/]+)"
        else:
            made += f"(?:{'|'.join(map(re.escape, found['endings'].split(',')))})"
        at = found.end()
    return made + re.escape(part[at:])
