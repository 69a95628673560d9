"""All redirects in one list: what web servers are given, since they can lead on from where no page can stand."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import PageInputs
from bylines.engine.weave.messages import ALIAS_TAKEN
from bylines.features.files.facts import ASSET
from bylines.features.redirects import relations, synonyms
from bylines.problems import ContentProblem


class RedirectsInputs(msgspec.Struct, frozen=True):
    """All redirects: (old path, new path), with leading slashes, not yet escaped."""

    pairs: tuple[tuple[str, str], ...]
    folders: tuple[tuple[str, str], ...] = ()
    """Whatever else lies below an old path is below the new one; with closing slashes."""


def keys(build: BuildContext) -> Iterable[str]:
    """There is one list of each form."""
    return ("all",)


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Whatever reaches a redirect; a file may have come where one stood, or gone."""
    moved = dirty[ASSET] or set(relations.affected(build, dirty)) or set(synonyms.affected(build, dirty))
    return ("all",) if moved else ()


def plain_list(build: BuildContext, key: str) -> PageInputs:
    """`_redirects`, as static hosts take it."""
    return PageInputs(path="_redirects", view=_all(build))


def nginx_map(build: BuildContext, key: str) -> PageInputs:
    """The lines of an nginx `map`."""
    return PageInputs(path="redirects.nginx.map", view=_all(build))


def _all(build: BuildContext) -> RedirectsInputs:
    """All redirects but those at whose address something else stands: a server would hide it."""
    build.store.run("DELETE FROM problem WHERE origin = ?", (_ORIGIN,))
    pairs: list[tuple[str, str]] = []
    folders: list[tuple[str, str]] = []
    problems: dict[str, list[ContentProblem]] = {}
    for folded, alias, source, placed in build.store.rows(_REDIRECTS):
        record = build.record(source)
        kind = relations.of_record(build, record)
        url = placed or (kind and kind.target(build, source, record))
        file = _file_at(build, alias)
        if file:
            taken = ALIAS_TAKEN.problem(build.shown(source), url=alias, holder=build.shown(file))
            problems.setdefault(source, []).append(taken)
        elif not _waits(build, "redirect", folded):
            pairs.append((alias, f"/{url}"))
            if kind and kind.leads_below(alias):
                folders.append((f"{alias.rstrip('/')}/", f"/{url}"))
    for source, found in problems.items():
        build.report(source, _ORIGIN, found)
    others = [(f"/{key}/", f"/{url}") for key, url in synonyms.pairs(build) if not _waits(build, synonyms.KIND, key)]
    return RedirectsInputs((*pairs, *others), (*folders, *others))


def _file_at(build: BuildContext, alias: str) -> str | None:
    """The source of the file that is published at an old address."""
    row = None if relations.path_of(alias) else build.store.row(_FILE, (alias.lstrip("/"),))
    return row[0] if row else None


def _waits(build: BuildContext, kind: str, key: str) -> bool:
    return build.store.row("SELECT 1 FROM waiting WHERE kind = ? AND key = ?", (kind, key)) is not None


_FILE = "SELECT name FROM asset WHERE url = ?"
_ORIGIN = "redirects:files"
_REDIRECTS = "SELECT folded, alias, source, url FROM redirect LEFT JOIN address ON address.name = redirect.source ORDER BY folded"
