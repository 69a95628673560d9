"""Lists all redirects for web servers, which can also redirect addresses that no page can have."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import PageInputs
from bylines.engine.weave.messages import ALIAS_TAKEN
from bylines.features.files.facts import ASSET
from bylines.features.redirects import relations, synonyms, targets
from bylines.problems import ContentProblem


class RedirectsInputs(msgspec.Struct, frozen=True):
    """All redirects as (old path, new path), with leading slashes and not escaped."""

    pairs: tuple[tuple[str, str], ...]
    folders: tuple[tuple[str, str], ...] = ()
    """Redirects that also hold for every path below the old one; with closing slashes."""


def keys(build: BuildContext) -> Iterable[str]:
    """Return the key of the only list, the same for each format."""
    return ("all",)


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the list if a redirect changed, or if a file came or went, which may hide a redirect."""
    moved = dirty[ASSET] or set(relations.affected(build, dirty)) or set(synonyms.affected(build, dirty))
    return ("all",) if moved else ()


def plain_list(build: BuildContext, key: str) -> PageInputs:
    """Return the inputs of `_redirects`, the list for static hosts."""
    return PageInputs(path="_redirects", view=_all(build))


def nginx_map(build: BuildContext, key: str) -> PageInputs:
    """Return the inputs of the lines for an nginx `map`."""
    return PageInputs(path="redirects.nginx.map", view=_all(build))


def _all(build: BuildContext) -> RedirectsInputs:
    """Return all redirects but those from an address at which a file or a page is. The server would hide that."""
    build.store.run("DELETE FROM problem WHERE origin = ?", (_ORIGIN,))
    pairs: list[tuple[str, str]] = []
    folders: list[tuple[str, str]] = []
    problems: dict[str, list[ContentProblem]] = {}
    for folded, alias, source, placed in build.store.rows(_REDIRECTS):
        record = build.record(source)
        url = placed or targets.target(build, source, record)
        file = _file_at(build, alias)
        if file:
            taken = ALIAS_TAKEN.problem(build.shown(source), url=alias, holder=build.shown(file))
            problems.setdefault(source, []).append(taken)
        elif not _waits(build, "redirect", folded):
            pairs.append((alias, f"/{url}"))
            if targets.leads_below(build, record, alias):
                folders.append((f"{alias.rstrip('/')}/", f"/{url}"))
    for source, found in problems.items():
        build.report(source, _ORIGIN, found)
    others = [(f"/{key}/", f"/{url}") for key, url in synonyms.pairs(build) if not _waits(build, synonyms.KIND, key)]
    return RedirectsInputs((*pairs, *others), (*folders, *others))


def _file_at(build: BuildContext, alias: str) -> str | None:
    """Return the source of the file that is published at an old address; None if there is none."""
    row = None if relations.path_of(alias) else build.store.row(_FILE, (alias.lstrip("/"),))
    return row[0] if row else None


def _waits(build: BuildContext, kind: str, key: str) -> bool:
    """Return whether another page has the path of a redirect's page."""
    return build.store.row("SELECT 1 FROM waiting WHERE kind = ? AND key = ?", (kind, key)) is not None


_FILE = "SELECT name FROM asset WHERE url = ?"
_ORIGIN = "redirects:files"
_REDIRECTS = "SELECT folded, alias, source, url FROM redirect LEFT JOIN address ON address.name = redirect.source ORDER BY folded"
