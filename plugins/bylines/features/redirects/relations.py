"""Which old address leads to which source."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

import msgspec

from bylines import messages
from bylines.engine.changes import Change, Changes
from bylines.engine.claims import ALIAS, fold
from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.problems import ContentProblem
from bylines.records import Post, SitePage, Written
from bylines.views import RedirectPage

SCHEMA = """
CREATE TABLE redirect (folded TEXT PRIMARY KEY, alias TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX redirect_source ON redirect (source);
"""
# What the site makes below its own addresses: a server that leads on from there would hide it.
_MADE_BY_THE_SITE = re.compile(
    r"(?:topics|directory|sitemaps|blogs/index\.html|index\.html|blogs/[^/]+/(?:index\.html|feed\..*|photo\..*|page))(?:/.*)?"
)


class RedirectsInputs(msgspec.Struct, frozen=True):
    """All redirects: (old path, new path), with leading slashes, not yet escaped."""

    pairs: tuple[tuple[str, str], ...]


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Brings the redirects up to date; whoever is published has the aliases that nobody else has before them."""
    for change in _with_aliases(loom, changes):
        name = change.name
        before = set(loom.store.column("SELECT folded FROM redirect WHERE source = ?", (name,)))
        loom.store.run("DELETE FROM redirect WHERE source = ?", (name,))
        after = _aliases(loom, name, change.new)
        touched.add("redirect", *before, *after)
        loom.report(name, "redirects", _hopeless(loom, name, change.new))
        rows = [(folded, alias, name) for folded, alias in after.items()]
        loom.store.many("INSERT OR REPLACE INTO redirect VALUES (?, ?, ?)", rows)


def _with_aliases(loom: Loom, changes: Changes) -> Iterable[Change]:
    if not loom.store.fresh:
        return changes.of(Post, SitePage)
    names = loom.store.column("SELECT DISTINCT source FROM claim WHERE rank = ? ORDER BY source", (ALIAS,))
    return (change for name in names if (change := changes.get(name)))


def _aliases(loom: Loom, name: str, record: object) -> dict[str, str]:
    if not isinstance(record, Written) or not record.aliases or loom.address(name) is None:
        return {}
    mine = fold(loom.address(name) or "")
    found = {fold(alias): alias for alias in record.aliases if loom.owns(name, alias.lstrip("/"))}
    return {folded: alias for folded, alias in found.items() if folded != mine and not _is_the_sites(loom, folded)}


def _is_the_sites(loom: Loom, folded: str) -> bool:
    static = fold(loom.site.theme_static)
    return _MADE_BY_THE_SITE.fullmatch(folded) is not None or f"{folded}/".startswith(f"{static}/")


def _hopeless(loom: Loom, name: str, record: object) -> list[ContentProblem]:
    """The aliases that lie where the site makes its own files, or that are where the post stands now."""
    if not isinstance(record, Written) or not record.aliases:
        return []
    mine = fold(loom.address(name) or "")
    found = []
    for alias in record.aliases:
        if fold(alias) == mine:
            found.append(messages.ALIAS_OF_ITSELF.problem(loom.shown(name), url=alias))
        elif _is_the_sites(loom, fold(alias)):
            found.append(messages.ALIAS_TAKEN.problem(loom.shown(name), url=alias, holder="the site itself"))
    return found


def keys(loom: Loom) -> Iterable[str]:
    """The old addresses, folded."""
    return loom.store.column("SELECT folded FROM redirect ORDER BY folded")


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Redirects that came or went, and those whose target is called otherwise or lies elsewhere."""
    found = set(touched["redirect"])
    for name in touched["address"] | touched["card"] | touched["site_page"]:
        found.update(loom.store.column("SELECT folded FROM redirect WHERE source = ?", (name,)))
    return found


def draft(loom: Loom, folded: str) -> Draft | None:
    """The page at an old address; None where it is a name that no page can have (only servers can lead on from it)."""
    row = loom.store.row("SELECT alias, source FROM redirect WHERE folded = ?", (folded,))
    if row is None:
        return None
    alias, source = row
    path = _path(alias)
    url = loom.address(source)
    if path is None or url is None:
        return None
    return Draft(path=path, view=RedirectPage(title=loom.record(source).title, url=url), source=source)


def _path(alias: str) -> str | None:
    ending = posixpath.splitext(alias)[1].lower()
    if ending in (".html", ".htm"):
        return alias.lstrip("/")
    return None if ending else f"{alias.strip('/')}/index.html"


def list_keys(loom: Loom) -> Iterable[str]:
    """There is one list of each form."""
    return ("all",)


def list_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Whatever reaches a redirect; a file may have come where one stood, or gone."""
    return ("all",) if touched["asset"] or set(reach(loom, touched)) else ()


def _pairs(loom: Loom) -> RedirectsInputs:
    """All redirects but those at whose address something else stands: a server would hide it."""
    loom.store.run("DELETE FROM problem WHERE origin = ?", (_ORIGIN,))
    pairs = []
    problems: dict[str, list[ContentProblem]] = {}
    for folded, alias, source, url in loom.store.rows(_REDIRECTS):
        file = (
            loom.store.row("SELECT name FROM asset WHERE url = ?", (alias.lstrip("/"),)) if not _path(alias) else None
        )
        if file:
            taken = messages.ALIAS_TAKEN.problem(loom.shown(source), url=alias, holder=loom.shown(file[0]))
            problems.setdefault(source, []).append(taken)
        elif not loom.store.row("SELECT 1 FROM waiting WHERE kind = 'redirect' AND key = ?", (folded,)):
            pairs.append((alias, f"/{url}"))
    for source, found in problems.items():
        loom.report(source, _ORIGIN, found)
    return RedirectsInputs(tuple(pairs))


_ORIGIN = "redirects:files"
_REDIRECTS = (
    "SELECT folded, alias, source, url FROM redirect JOIN address ON address.name = redirect.source ORDER BY folded"
)


def plain_list(loom: Loom, key: str) -> Draft:
    """`_redirects`, as static hosts take it."""
    return Draft(path="_redirects", view=_pairs(loom))


def nginx_map(loom: Loom, key: str) -> Draft:
    """The lines of an nginx `map`."""
    return Draft(path="redirects.nginx.map", view=_pairs(loom))
