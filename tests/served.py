"""What is served, as a reader comes to it: by links from the home page and from every page that was there before."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

_NAMED = re.compile(rb"""(?:href|src|poster)=(?:"([^"]*)"|'([^']*)')""")
_SITE = "https://test.example"


def broken(served: Mapping[str, bytes], known: Iterable[str]) -> list[tuple[str, str]]:
    """(page, file) for each file that is not there and is named by a page that a reader can come to.

    `known` are the pages at which readers begin.
    """
    waiting = [path for path in known if path in served]
    seen = set(waiting)
    lost: list[tuple[str, str]] = []
    while waiting:
        page = waiting.pop()
        for target in _files(page, served[page]):
            if target not in served:
                lost.append((page, target))
            elif target.endswith(".html") and target not in seen:
                seen.add(target)
                waiting.append(target)
    return lost


def _files(page: str, data: bytes) -> set[str]:
    """The files of the site that a page names."""
    found: set[str] = set()
    for one, other in _NAMED.findall(data):
        address = (one or other).decode().replace("&amp;", "&").removeprefix(_SITE)
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(parts.path)))[1:]
        is_folder = parts.path.endswith("/") or not path
        found.add(posixpath.join(path, "index.html") if is_folder else path)
    return found
