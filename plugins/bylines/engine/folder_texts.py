"""Texts to which the files beside them and below belong, as `index.md` does: the files are published where the text is."""

from __future__ import annotations

import functools
import posixpath
import re

from bylines.engine.kinds import Kinds
from bylines.engine.read.kind import Kind

_INDEX = re.compile(
    r"(?:[_.~#]*index(?:\.[^/]*)?\.(?:md|rst|markdown|mdown|mkdn?|mdwn|mdx|txt|adoc|asciidoc|org|textile|docx?|odt|rtf|ipynb))",
    re.I,
)


def is_folder_text(kinds: Kinds, name: str) -> bool:
    """Return whether a source is such a text by its name, whether it can be read or not."""
    if not name.startswith("content/"):
        return False
    file = posixpath.basename(name)
    return _INDEX.fullmatch(file) is not None or any(
        kind.folder and _form(kind).fullmatch(file) for kind in kinds.kinds
    )


@functools.lru_cache(maxsize=100)
def _form(kind: Kind) -> re.Pattern[str]:
    """Return the names of a kind's files, in whatever format somebody writes them."""
    stem = posixpath.splitext(posixpath.basename(kind.at.pattern))[0]
    return re.compile(rf"{re.escape(stem)}\.(?:md|rst|markdown|txt)", re.I)
