"""Checks links into folders that hold only capabilities' own pages (`/topics/tides/`): the page must exist.

No source claims an address there, and which pages there are is known only when all are planned. So these links are checked
after rendering, by the page table. A check of a few sources makes no pages, and says nothing of such links.
"""

from __future__ import annotations

import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Sequence

from bylines.engine.context import BuildContext
from bylines.engine.feature import Feature
from bylines.engine.weave import claims, links

_ORIGIN = "own pages"
_NUMBERED = re.compile(r"page/\d+/?$")


class OwnPages:
    """Notes which of these pages come and go in a build, and reports the links that lead to none."""

    def __init__(self, build: BuildContext, features: Sequence[Feature]) -> None:
        self._build = build
        self._folders = links.own_folders(features)
        self._moved: set[str] = set()

    def rendered(self, paths: Iterable[str]) -> None:
        """Notes the pages among some rendered ones that are new; the page table does not have these yet."""
        if not self._build.store.fresh:
            self._moved.update(path for path in paths if self._is_below(path) and not self._is_page(path))

    def check(self, gone: Iterable[str]) -> None:
        """Reports the dead links of the sources whose links were checked or lead to a page that came or is `gone`."""
        store = self._build.store
        self._moved.update(filter(self._is_below, gone))
        sources = self._linking() | (set(self._build.linking) if not store.fresh else self._into_folders())
        store.select(sources)
        dead: dict[str, list[str]] = {source: [] for source in ([] if store.fresh else sources)}
        for source, written in links.broken_links(self._build):
            if links.is_below(self._folders, written) and not self._leads(written):
                dead.setdefault(source, []).append(written)
        for source, targets in dead.items():
            self._build.report(source, _ORIGIN, links.problems(self._build, source, targets) if targets else ())

    def _linking(self) -> set[str]:
        """Return the sources that link to a page that came or went, or to something below it."""
        found: set[str] = set()
        for path in self._moved:
            name = "/" + claims.fold(path.removesuffix("index.html"))
            found.update(self._build.store.column(_LINKING, (name, f"{name}/", f"{name}0")))
        return found

    def _into_folders(self) -> set[str]:
        """Return the sources that link into any of these folders."""
        found: set[str] = set()
        for folder in self._folders:
            name = "/" + claims.fold(folder)
            found.update(self._build.store.column(_LINKING, (name, f"{name}/", f"{name}0")))
        return found

    def _is_below(self, path: str) -> bool:
        return path.startswith(self._folders)

    def _leads(self, written: str) -> bool:
        """Return whether there is a page at an address, or at the folder in which a feed, a numbered page or a file would lie.

        The latter may be led on by a server from an old address, so nothing is said of them.
        """
        path = urllib.parse.unquote(written.partition("#")[0].partition("?")[0])
        path = unicodedata.normalize("NFC", path).strip("/")
        folder, _, last = _NUMBERED.sub("", path).strip("/").rpartition("/")
        places = {path, _NUMBERED.sub("", path).strip("/"), *((folder,) if "." in last else ())}
        places |= {claims.fold(place) for place in places}
        return any(self._is_page(place) or self._is_page(f"{place}/index.html") for place in places)

    def _is_page(self, path: str) -> bool:
        return self._build.store.row("SELECT 1 FROM page WHERE path = ?", (path,)) is not None


_LINKING = "SELECT source FROM link WHERE target = ?1 UNION SELECT source FROM link WHERE target >= ?2 AND target < ?3"
