"""Where the files of a kind lie: `content/blogs/{blog}/**/{slug}.{md,rst}`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"\{(?P<name>\w+)\}|\{(?P<endings>[\w.]+(?:,[\w.]+)+)\}")


class PathPattern:
    """A pattern of names of sources.

    `{name}` stands for a part without slashes, `**` for any number of folders, `{md,rst}` for one of some endings. The folders
    in `but` are not among those for which `**` stands first.
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
        self.names = tuple(self._form.groupindex)
        """The names in it, in their order."""

    def matches(self, source: str) -> bool:
        """Return whether a source lies there."""
        return source.startswith(self.beginning) and self._form.fullmatch(source) is not None

    def parse(self, source: str) -> dict[str, str] | None:
        """Return what the names in the pattern stand for in a source; None if it lies elsewhere."""
        found = self._form.fullmatch(source)
        return found.groupdict() if found else None

    def path(self, *names: str) -> str:
        """Return the source that the names give, in the order of the pattern, with the first of some endings and no more folders."""
        given = iter(names)
        plain = self.pattern.replace("**/", "")
        return _PART.sub(lambda part: next(given) if part["name"] else part["endings"].partition(",")[0], plain)


def _expression(part: str) -> str:
    """The expression for what stands between two slashes."""
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
