"""Which old address leads to which source."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from bylines import messages
from bylines.engine import naming
from bylines.engine.changes import Change, Changes
from bylines.engine.claims import ALIAS, IMPLIED, fold
from bylines.engine.facts import ADDRESS, CARD
from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.features.blogs.facts import GROUP
from bylines.features.blogs.relations import source_of as group_file
from bylines.features.jams.facts import JAM
from bylines.features.pages.facts import SITE_PAGE
from bylines.features.people.facts import BYLINE
from bylines.features.people.relations import source_of as person_file
from bylines.features.posts.relations import scope_of
from bylines.features.redirects.facts import REDIRECT
from bylines.problems import ContentProblem
from bylines.records import Group, Jam, Post, Profile, SitePage
from bylines.views import RedirectPage

SCHEMA = """
CREATE TABLE redirect (folded TEXT PRIMARY KEY, alias TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX redirect_source ON redirect (source);
"""
_OF_PROGRAMS = frozenset(
    ".xml .rss .atom .rdf .json .css .js .mjs .png .jpg .jpeg .gif .webp .avif .svg .ico .mp3 .mp4 .m4a .ogg .webm .woff .woff2 "
    ".txt .webmanifest .opml .ics .vcf".split()
)
_WITH_ALIASES = (Post, SitePage, Jam, Profile, Group)
# What the site makes below its own addresses: a server that leads on from there would hide it.
_MADE_BY_THE_SITE = re.compile(
    r"(?:topics|directory|sitemaps|blogs/index\.html|index\.html|blogs/[^/]+/(?:index\.html|feed\..*|photo\..*|page))(?:/.*)?"
)


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Brings the redirects up to date; whoever is published has the aliases that nobody else has before them."""
    for change in _with_aliases(loom, changes):
        name = change.name
        before = set(loom.store.column("SELECT folded FROM redirect WHERE source = ?", (name,)))
        loom.store.run("DELETE FROM redirect WHERE source = ?", (name,))
        after = _aliases(loom, name, change.new)
        touched.add(REDIRECT, *before, *after)
        loom.report(name, "redirects", _hopeless(loom, name, change.new))
        rows = [(folded, alias, name) for folded, alias in after.items()]
        loom.store.many("INSERT OR REPLACE INTO redirect VALUES (?, ?, ?)", rows)


def _with_aliases(loom: Loom, changes: Changes) -> Iterable[Change]:
    if not loom.store.fresh:
        return changes.of(*_WITH_ALIASES)
    names = loom.store.column(
        "SELECT DISTINCT source FROM claim WHERE rank IN (?, ?) ORDER BY source", (ALIAS, IMPLIED)
    )
    return (change for name in names if (change := changes.get(name)))


def target(loom: Loom, name: str, record: object) -> str | None:
    """The URL that a source's old addresses lead to; None where it is not published."""
    if not isinstance(record, Profile | Group):
        return loom.address(name)
    url = f"blogs/{record.handle}/"
    return url if loom.owns(name, url) else None


def _aliases(loom: Loom, name: str, record: object) -> dict[str, str]:
    url = target(loom, name, record)
    if not isinstance(record, _WITH_ALIASES) or url is None:
        return {}
    mine = fold(url)
    wanted = (*record.aliases, *_implied(loom, name, record))
    found = {fold(alias): alias for alias in wanted if loom.owns(name, alias.lstrip("/"))}
    return {folded: alias for folded, alias in found.items() if folded != mine and not _is_the_sites(loom, folded)}


def _implied(loom: Loom, name: str, record: object) -> Iterable[str]:
    """The old address that a text's name implies (`engine/naming.py`)."""
    if isinstance(record, Post | SitePage) and record.ending:
        scope = scope_of(record.blog) if isinstance(record, Post) else ""
        yield f"/{naming.implied(loom, name, record, scope)}"


def _is_the_sites(loom: Loom, folded: str) -> bool:
    static = fold(loom.site.theme_static)
    return _MADE_BY_THE_SITE.fullmatch(folded) is not None or f"{folded}/".startswith(f"{static}/")


def _hopeless(loom: Loom, name: str, record: object) -> list[ContentProblem]:
    """The aliases that lie where the site makes its own files, or that are where the post stands now."""
    if not isinstance(record, _WITH_ALIASES) or not record.aliases:
        return []
    mine = fold(target(loom, name, record) or "")
    found = []
    for alias in record.aliases:
        if fold(alias) == mine:
            found.append(messages.ALIAS_OF_ITSELF.problem(loom.shown(name), url=alias))
        elif _is_the_sites(loom, fold(alias)):
            found.append(messages.ALIAS_TAKEN.problem(loom.shown(name), url=alias, holder="the site itself"))
        elif path_of(alias) is None and mine and loom.owns(name, alias.lstrip("/")):
            found.append(messages.ALIAS_OF_PROGRAMS.problem(loom.shown(name), url=alias))
    return found


def keys(loom: Loom) -> Iterable[str]:
    """The old addresses, folded."""
    return loom.store.column("SELECT folded FROM redirect ORDER BY folded")


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Redirects that came or went, and those whose target is called otherwise or lies elsewhere."""
    found = set(touched[REDIRECT])
    for handle in touched[BYLINE] | touched[GROUP]:  # a blog that comes is in the way of what led on from there
        found.update(loom.store.column("SELECT folded FROM redirect WHERE folded = ?", (f"blogs/{handle}",)))
    blogs = {form(handle) for handle in touched[BYLINE] | touched[GROUP] for form in (person_file, group_file)}
    for name in touched[ADDRESS] | touched[CARD] | touched[SITE_PAGE] | touched[JAM] | blogs:
        found.update(loom.store.column("SELECT folded FROM redirect WHERE source = ?", (name,)))
    return found


def draft(loom: Loom, folded: str) -> Draft | None:
    """The page at an old address; None where it is a name that no page can have (only servers can lead on from it)."""
    row = loom.store.row("SELECT alias, source FROM redirect WHERE folded = ?", (folded,))
    if row is None:
        return None
    alias, source = row
    record = loom.record(source)
    path = path_of(alias)
    url = target(loom, source, record)
    if path is None or url is None:
        return None
    title = record.name if isinstance(record, Profile) else record.title
    return Draft(path=path, view=RedirectPage(title=title, url=url), source=source)


def path_of(alias: str) -> str | None:
    """The output file of an old address; None where no page can have its name.

    Every static host answers `/a/3.12` with the page in the folder of that name. Programs that load feeds, pictures and the
    like have no use for a page.
    """
    ending = posixpath.splitext(alias)[1].lower()
    if ending in (".html", ".htm"):
        return alias.lstrip("/")
    return None if ending in _OF_PROGRAMS else f"{alias.strip('/')}/index.html"
