"""What the templates of links to files for other programs see."""

from __future__ import annotations

from bylines.engine.views import View


class OpmlLink(View, frozen=True, kw_only=True):
    """A link to a list of blogs as OPML."""

    url: str
    name: str = ""
    """Whose blogs they are: a letter's."""


class DirectoryFiles(View, frozen=True, kw_only=True):
    """exports/directory.html: the files of the whole directory."""

    opml: bool
    """Whether there is a list of its feeds."""
