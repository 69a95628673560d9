"""The ids by which feed readers know posts that say none."""

from __future__ import annotations

import posixpath
import urllib.parse


def id_of(tag: str, path: str) -> str:
    """Return the id that follows from a path (relative to the content folder); `tag` is the site's BYLINES_TAG."""
    return f"{tag}:{urllib.parse.quote(posixpath.splitext(path)[0].removesuffix('/index'))}"
