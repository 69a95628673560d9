"""Which old address leads to which source."""

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
from bylines.features.redirects import messages
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
# What the site makes below its own addresses: a server that leads on from there would hide it.
_MADE_BY_THE_SITE = re.compile(
    r"(?:topics|directory|sitemaps|blogs/index\.html|index\.html|blogs/[^/]+/(?:index\.html|feed\..*|photo\..*|page))(?:/.*)?"
)


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Brings the redirects up to date; whoever is published has the aliases that nobody else has before them."""
    for change in _with_aliases(build, changes):
        name = change.name
        before = set(build.store.column("SELECT folded FROM redirect WHERE source = ?", (name,)))
        build.store.run("DELETE FROM redirect WHERE source = ?", (name,))
        after = _aliases(build, name, change.new)
        dirty.add(REDIRECT, *before, *after)
        build.report(name, "redirects", _hopeless(build, name, change.new))
        rows = [(folded, alias, name) for folded, alias in after.items()]
        build.store.many("INSERT OR REPLACE INTO redirect VALUES (?, ?, ?)", rows)


def _with_aliases(build: BuildContext, changes: Changes) -> Iterable[Change]:
    if not build.store.fresh:
        return changes.of(*(each.record for each in build.contributions(OldAddresses)))
    names = build.store.column(
        "SELECT DISTINCT source FROM claim WHERE rank IN (?, ?) ORDER BY source", (ALIAS, IMPLIED)
    )
    return (change for name in names if (change := changes.get(name)))


def of_record(build: BuildContext, record: object) -> OldAddresses | None:
    """What is contributed about the old addresses of records of this type; None if they have none."""
    return next((each for each in build.contributions(OldAddresses) if isinstance(record, each.record)), None)


def _aliases(build: BuildContext, name: str, record: Any) -> dict[str, str]:
    kind = of_record(build, record)
    url = kind.target(build, name, record) if kind else None
    if kind is None or url is None:
        return {}
    mine = fold(url)
    wanted = (*record.aliases, *kind.implied(build, name, record))
    found = {fold(alias): alias for alias in wanted if build.owns(name, alias.lstrip("/"))}
    return {folded: alias for folded, alias in found.items() if folded != mine and not _is_the_sites(build, folded)}


def _is_the_sites(build: BuildContext, folded: str) -> bool:
    static = fold(build.site.theme_static)
    return _MADE_BY_THE_SITE.fullmatch(folded) is not None or f"{folded}/".startswith(f"{static}/")


def _hopeless(build: BuildContext, name: str, record: Any) -> list[ContentProblem]:
    """The aliases that lie where the site makes its own files, or that are where the post stands now."""
    kind = of_record(build, record)
    if kind is None or not record.aliases:
        return []
    mine = fold(kind.target(build, name, record) or "")
    found = []
    for alias in record.aliases:
        if fold(alias) == mine:
            found.append(messages.ALIAS_OF_ITSELF.problem(build.shown(name), url=alias))
        elif _is_the_sites(build, fold(alias)):
            found.append(ALIAS_TAKEN.problem(build.shown(name), url=alias, holder="the site itself"))
        elif path_of(alias) is None and mine and build.owns(name, alias.lstrip("/")):
            found.append(messages.ALIAS_OF_PROGRAMS.problem(build.shown(name), url=alias))
    return found


def keys(build: BuildContext) -> Iterable[str]:
    """The old addresses, folded."""
    return build.store.column("SELECT folded FROM redirect ORDER BY folded")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Redirects that came or went, and those whose target is called otherwise or lies elsewhere."""
    found = set(dirty[REDIRECT])
    names = set(dirty[ADDRESS])
    for kind in build.contributions(OldAddresses):
        names.update(kind.affected(build, dirty))
        for url in kind.occupied(build, dirty):
            found.update(build.store.column("SELECT folded FROM redirect WHERE folded = ?", (fold(url),)))
    for name in names:
        found.update(build.store.column("SELECT folded FROM redirect WHERE source = ?", (name,)))
    return found


def inputs(build: BuildContext, folded: str) -> PageInputs | None:
    """The page at an old address; None where it is a name that no page can have (only servers can lead on from it)."""
    row = build.store.row("SELECT alias, source FROM redirect WHERE folded = ?", (folded,))
    if row is None:
        return None
    alias, source = row
    record = build.record(source)
    kind = of_record(build, record)
    path = path_of(alias)
    url = kind.target(build, source, record) if kind else None
    if kind is None or path is None or url is None:
        return None
    return PageInputs(path=path, view=RedirectPage(title=kind.title(record), url=url), source=source)


def path_of(alias: str) -> str | None:
    """The output file of an old address; None where no page can have its name.

    Every static host answers `/a/3.12` with the page in the folder of that name. Programs that load feeds, pictures and the
    like have no use for a page.
    """
    ending = posixpath.splitext(alias)[1].lower()
    if ending in (".html", ".htm"):
        return alias.lstrip("/")
    return None if ending in _OF_PROGRAMS else f"{alias.strip('/')}/index.html"
