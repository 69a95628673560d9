"""Which old address leads to which source."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from bylines import messages
from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.facts import ADDRESS, CARD
from bylines.engine.feature import PageInputs
from bylines.engine.weave import naming
from bylines.engine.weave.changes import Change, Changes
from bylines.engine.weave.claims import ALIAS, IMPLIED, fold
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
        return changes.of(*_WITH_ALIASES)
    names = build.store.column(
        "SELECT DISTINCT source FROM claim WHERE rank IN (?, ?) ORDER BY source", (ALIAS, IMPLIED)
    )
    return (change for name in names if (change := changes.get(name)))


def target(build: BuildContext, name: str, record: object) -> str | None:
    """The URL that a source's old addresses lead to; None where it is not published."""
    if not isinstance(record, Profile | Group):
        return build.address(name)
    url = f"blogs/{record.handle}/"
    return url if build.owns(name, url) else None


def _aliases(build: BuildContext, name: str, record: object) -> dict[str, str]:
    url = target(build, name, record)
    if not isinstance(record, _WITH_ALIASES) or url is None:
        return {}
    mine = fold(url)
    wanted = (*record.aliases, *_implied(build, name, record))
    found = {fold(alias): alias for alias in wanted if build.owns(name, alias.lstrip("/"))}
    return {folded: alias for folded, alias in found.items() if folded != mine and not _is_the_sites(build, folded)}


def _implied(build: BuildContext, name: str, record: object) -> Iterable[str]:
    """The old address that a text's name implies (`engine/weave/naming.py`)."""
    if isinstance(record, Post | SitePage) and record.ending:
        scope = scope_of(record.blog) if isinstance(record, Post) else ""
        yield f"/{naming.implied(build, name, record, scope)}"


def _is_the_sites(build: BuildContext, folded: str) -> bool:
    static = fold(build.site.theme_static)
    return _MADE_BY_THE_SITE.fullmatch(folded) is not None or f"{folded}/".startswith(f"{static}/")


def _hopeless(build: BuildContext, name: str, record: object) -> list[ContentProblem]:
    """The aliases that lie where the site makes its own files, or that are where the post stands now."""
    if not isinstance(record, _WITH_ALIASES) or not record.aliases:
        return []
    mine = fold(target(build, name, record) or "")
    found = []
    for alias in record.aliases:
        if fold(alias) == mine:
            found.append(messages.ALIAS_OF_ITSELF.problem(build.shown(name), url=alias))
        elif _is_the_sites(build, fold(alias)):
            found.append(messages.ALIAS_TAKEN.problem(build.shown(name), url=alias, holder="the site itself"))
        elif path_of(alias) is None and mine and build.owns(name, alias.lstrip("/")):
            found.append(messages.ALIAS_OF_PROGRAMS.problem(build.shown(name), url=alias))
    return found


def keys(build: BuildContext) -> Iterable[str]:
    """The old addresses, folded."""
    return build.store.column("SELECT folded FROM redirect ORDER BY folded")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Redirects that came or went, and those whose target is called otherwise or lies elsewhere."""
    found = set(dirty[REDIRECT])
    for handle in dirty[BYLINE] | dirty[GROUP]:  # a blog that comes is in the way of what led on from there
        found.update(build.store.column("SELECT folded FROM redirect WHERE folded = ?", (f"blogs/{handle}",)))
    blogs = {form(handle) for handle in dirty[BYLINE] | dirty[GROUP] for form in (person_file, group_file)}
    for name in dirty[ADDRESS] | dirty[CARD] | dirty[SITE_PAGE] | dirty[JAM] | blogs:
        found.update(build.store.column("SELECT folded FROM redirect WHERE source = ?", (name,)))
    return found


def inputs(build: BuildContext, folded: str) -> PageInputs | None:
    """The page at an old address; None where it is a name that no page can have (only servers can lead on from it)."""
    row = build.store.row("SELECT alias, source FROM redirect WHERE folded = ?", (folded,))
    if row is None:
        return None
    alias, source = row
    record = build.record(source)
    path = path_of(alias)
    url = target(build, source, record)
    if path is None or url is None:
        return None
    title = record.name if isinstance(record, Profile) else record.title
    return PageInputs(path=path, view=RedirectPage(title=title, url=url), source=source)


def path_of(alias: str) -> str | None:
    """The output file of an old address; None where no page can have its name.

    Every static host answers `/a/3.12` with the page in the folder of that name. Programs that load feeds, pictures and the
    like have no use for a page.
    """
    ending = posixpath.splitext(alias)[1].lower()
    if ending in (".html", ".htm"):
        return alias.lstrip("/")
    return None if ending in _OF_PROGRAMS else f"{alias.strip('/')}/index.html"
