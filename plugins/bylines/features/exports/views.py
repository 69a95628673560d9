"""The views that the templates of links to files for other programs get."""

from __future__ import annotations

from bylines.engine.views import View


class OpmlLink(View, frozen=True, kw_only=True):
    """A link to a list of blogs as OPML."""

    url: str
    name: str = ""
    """The letter whose blogs it lists."""


class DirectoryFiles(View, frozen=True, kw_only=True):
    """exports/directory.html: links to the files of the whole directory."""

    opml: bool
    """Whether the directory has an OPML list of its feeds."""
