"""All redirects in one list: what web servers are given, since they can lead on from where no page can stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from bylines import messages
from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.features.files.facts import ASSET
from bylines.features.redirects import relations, synonyms
from bylines.problems import ContentProblem

_BLOG = re.compile(r"/blogs/[^/]+/?")


class RedirectsInputs(msgspec.Struct, frozen=True):
    """All redirects: (old path, new path), with leading slashes, not yet escaped."""

    pairs: tuple[tuple[str, str], ...]
    folders: tuple[tuple[str, str], ...] = ()
    """Whatever else lies below an old path is below the new one; with closing slashes."""


def keys(loom: Loom) -> Iterable[str]:
    """There is one list of each form."""
    return ("all",)


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Whatever reaches a redirect; a file may have come where one stood, or gone."""
    moved = touched[ASSET] or set(relations.reach(loom, touched)) or set(synonyms.reach(loom, touched))
    return ("all",) if moved else ()


def plain_list(loom: Loom, key: str) -> Draft:
    """`_redirects`, as static hosts take it."""
    return Draft(path="_redirects", view=_all(loom))


def nginx_map(loom: Loom, key: str) -> Draft:
    """The lines of an nginx `map`."""
    return Draft(path="redirects.nginx.map", view=_all(loom))


def _all(loom: Loom) -> RedirectsInputs:
    """All redirects but those at whose address something else stands: a server would hide it."""
    loom.store.run("DELETE FROM problem WHERE origin = ?", (_ORIGIN,))
    pairs: list[tuple[str, str]] = []
    folders: list[tuple[str, str]] = []
    problems: dict[str, list[ContentProblem]] = {}
    for folded, alias, source, placed in loom.store.rows(_REDIRECTS):
        url = placed or relations.target(loom, source, loom.record(source))
        file = _file_at(loom, alias)
        if file:
            taken = messages.ALIAS_TAKEN.problem(loom.shown(source), url=alias, holder=loom.shown(file))
            problems.setdefault(source, []).append(taken)
        elif not _waits(loom, "redirect", folded):
            pairs.append((alias, f"/{url}"))
            if placed is None and _BLOG.fullmatch(alias):
                folders.append((f"{alias.rstrip('/')}/", f"/{url}"))
    for source, found in problems.items():
        loom.report(source, _ORIGIN, found)
    of_topics = [pair for pair in synonyms.pairs(loom) if not _waits(loom, "redirect-topic", pair[0].split("/")[2])]
    return RedirectsInputs((*pairs, *of_topics), (*folders, *of_topics))


def _file_at(loom: Loom, alias: str) -> str | None:
    """The source of the file that is published at an old address."""
    row = None if relations.path_of(alias) else loom.store.row(_FILE, (alias.lstrip("/"),))
    return row[0] if row else None


def _waits(loom: Loom, kind: str, key: str) -> bool:
    return loom.store.row("SELECT 1 FROM waiting WHERE kind = ? AND key = ?", (kind, key)) is not None


_FILE = "SELECT name FROM asset WHERE url = ?"
_ORIGIN = "redirects:files"
_REDIRECTS = "SELECT folded, alias, source, url FROM redirect LEFT JOIN address ON address.name = redirect.source ORDER BY folded"
