"""Keeps the table of old addresses, and assembles the page at each."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Any

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import OldAddresses
from bylines.engine.facts import ADDRESS
from bylines.engine.feature import PageInputs
from bylines.engine.weave.changes import Change, Changes
from bylines.engine.weave.claims import ALIAS, IMPLIED, fold
from bylines.engine.weave.messages import ALIAS_TAKEN
from bylines.features.redirects import messages, targets
from bylines.features.redirects.facts import REDIRECT
from bylines.features.redirects.views import RedirectPage
from bylines.problems import ContentProblem

SCHEMA = """
CREATE TABLE redirect (folded TEXT PRIMARY KEY, alias TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX redirect_source ON redirect (source);
"""
_OF_PROGRAMS = frozenset(
    ".xml .rss .atom .rdf .json .css .js .mjs .png .jpg .jpeg .gif .webp .avif .svg .ico .mp3 .mp4 .m4a .ogg .webm .woff .woff2 "
    ".txt .webmanifest .opml .ics .vcf".split()
)
# The site's own pages and files. A redirect from there would hide them.
_MADE_BY_THE_SITE = re.compile(
    r"(?:topics|directory|sitemaps|blogs/index\.html|index\.html|blogs/[^/]+/(?:index\.html|feed\..*|photo\..*|page))(?:/.*)?"
)


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Update the redirects. A published source gets those of its aliases that no other source claims before it."""
    implied = targets.implied(build)
    for change in _with_aliases(build, changes):
        name = change.name
        before = set(build.store.column("SELECT folded FROM redirect WHERE source = ?", (name,)))
        build.store.run("DELETE FROM redirect WHERE source = ?", (name,))
        after = _aliases(build, name, change.new, implied(name))
        dirty.add(REDIRECT, *before, *after)
        build.report(name, "redirects", _hopeless(build, name, change.new))
        rows = [(folded, alias, name) for folded, alias in after.items()]
        build.store.many("INSERT OR REPLACE INTO redirect VALUES (?, ?, ?)", rows)


def _with_aliases(build: BuildContext, changes: Changes) -> Iterable[Change]:
    """Return the changes of sources that may have old addresses."""
    if not build.store.fresh:
        return changes.of(*(kind.record for kind in targets.kinds(build)))
    names = build.store.column(
        "SELECT DISTINCT source FROM claim WHERE rank IN (?, ?) ORDER BY source", (ALIAS, IMPLIED)
    )
    return (change for name in names if (change := changes.get(name)))


def _aliases(build: BuildContext, name: str, record: Any, implied: Iterable[str]) -> dict[str, str]:
    """Return the old addresses that lead to a source, by their folded forms."""
    url = targets.target(build, name, record)
    if url is None:
        return {}
    mine = fold(url)
    wanted = (*targets.aliases(build, record), *implied)
    found = {fold(alias): alias for alias in wanted if build.owns(name, alias.lstrip("/"))}
    return {folded: alias for folded, alias in found.items() if folded != mine and not _is_the_sites(build, folded)}


def _is_the_sites(build: BuildContext, folded: str) -> bool:
    """Return whether a folded address belongs to the site's own pages and files."""
    static = fold(build.site.theme_static)
    return _MADE_BY_THE_SITE.fullmatch(folded) is not None or f"{folded}/".startswith(f"{static}/")


def _hopeless(build: BuildContext, name: str, record: Any) -> list[ContentProblem]:
    """Return problems with aliases: own addresses, addresses of the site, and those that only servers can redirect."""
    aliases = targets.aliases(build, record)
    if not aliases:
        return []
    mine = fold(targets.target(build, name, record) or "")
    found = []
    for alias in aliases:
        if fold(alias) == mine:
            found.append(messages.ALIAS_OF_ITSELF.problem(build.shown(name), url=alias))
        elif _is_the_sites(build, fold(alias)):
            found.append(ALIAS_TAKEN.problem(build.shown(name), url=alias, holder="the site itself"))
        elif path_of(alias) is None and mine and build.owns(name, alias.lstrip("/")):
            found.append(messages.ALIAS_OF_PROGRAMS.problem(build.shown(name), url=alias))
    return found


def keys(build: BuildContext) -> Iterable[str]:
    """Return the old addresses, folded."""
    return build.store.column("SELECT folded FROM redirect ORDER BY folded")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the redirects that may differ.

    They came or went, their source changed or is published elsewhere, or a page may have taken their own address.
    """
    found = set(dirty[REDIRECT])
    for each in build.contributions(OldAddresses):
        for url in each.occupied(build, dirty):
            found.update(build.store.column("SELECT folded FROM redirect WHERE folded = ?", (fold(url),)))
    for name in dirty[ADDRESS]:
        found.update(build.store.column("SELECT folded FROM redirect WHERE source = ?", (name,)))
    return found


def inputs(build: BuildContext, folded: str) -> PageInputs | None:
    """Return the inputs of the page at an old address; None if no page can be there, so that only servers redirect it."""
    row = build.store.row("SELECT alias, source FROM redirect WHERE folded = ?", (folded,))
    if row is None:
        return None
    alias, source = row
    record = build.record(source)
    path = path_of(alias)
    url = targets.target(build, source, record)
    if path is None or url is None:
        return None
    return PageInputs(path=path, view=RedirectPage(title=targets.title(build, record), url=url), source=source)


def path_of(alias: str) -> str | None:
    """Return the output file for an old address; None if no page can stand there.

    Every static host answers `/a/3.12` with the page in the folder of that name. But programs that load feeds, pictures and
    the like cannot use a page.
    """
    ending = posixpath.splitext(alias)[1].lower()
    if ending in (".html", ".htm"):
        return alias.lstrip("/")
    return None if ending in _OF_PROGRAMS else f"{alias.strip('/')}/index.html"
