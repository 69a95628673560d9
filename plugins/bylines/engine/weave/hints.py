"""Finds the name that a broken link probably means: a file whose name differs in capitals, or an address without https://.

It looks into the folders when messages are shown, so no relation between files has to be stored.
"""

from __future__ import annotations

import os
import posixpath
import unicodedata
import urllib.parse
from collections.abc import Iterable

from bylines.engine.weave import messages
from bylines.problems import ContentProblem, short
from bylines.settings import Site

_MOST_NAMES = 10_000
_MOST_FOLDERS = 8


def hinted(folders: Folders, problems: Iterable[ContentProblem]) -> list[ContentProblem]:
    """Return the messages, with the nearest name where one leads nowhere."""
    return [_hinted(problem, folders) for problem in problems]


def _hinted(problem: ContentProblem, folders: Folders) -> ContentProblem:
    target = problem.target
    if not target or short(target) != target:
        return problem
    near = web_address(target) or folders.near(problem.path, target)
    if not near:
        return problem
    return messages.NEAR_LINK.at(problem.level).problem(problem.path, problem.line, target=target, near=near)


def web_address(target: str) -> str:
    """Return a web address in full, for one that begins with www.; '' for others."""
    return f"https://{target}" if target.lower().startswith("www.") and "." in target[4:] else ""


class Folders:
    """The folders of a site, in which names are found that differ only in capitals."""

    def __init__(self, site: Site) -> None:
        self._roots = {site.read.root: site.content, site.read.authors_root: site.authors}
        self._names: dict[str, dict[str, str]] = {}

    def near(self, source: str, target: str) -> str:
        """The path from a source, as messages name it, to the file that a link means but for capitals; empty if there is none."""
        root = next((root for root in self._roots if source.startswith(f"{root}/")), "")
        path, sign, rest = target.partition("#")
        wanted = urllib.parse.unquote(path)
        if (
            not root
            or not wanted
            or wanted.startswith(("/", "{", "|"))
            or ":" in wanted
            or wanted.count("/") > _MOST_FOLDERS
        ):
            return ""
        folder, found = posixpath.dirname(source.removeprefix(f"{root}/")), []
        for part in wanted.split("/"):
            name = part if part in ("", ".", "..") else self._named(root, folder, part)
            folder = posixpath.normpath(posixpath.join(folder, name))
            if (part and not name) or folder.startswith(".."):
                return ""
            found.append(name)
        made = "/".join(found)
        return f"{urllib.parse.quote(made) if '%' in path else made}{sign}{rest}" if _nfc(made) != _nfc(wanted) else ""

    def _named(self, root: str, folder: str, name: str) -> str:
        names = self._listed(root, folder)
        return names.get(name) or names.get(_folded(name), "")

    def _listed(self, root: str, folder: str) -> dict[str, str]:
        place = os.path.join(self._roots[root], folder)
        if place not in self._names:
            try:
                names = os.listdir(place)[:_MOST_NAMES]
            except (OSError, ValueError):
                names = []
            self._names[place] = {_folded(name): name for name in sorted(names, reverse=True)} | dict(
                zip(names, names, strict=True)
            )
        return self._names[place]


def _folded(name: str) -> str:
    return _nfc(name.casefold())


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
