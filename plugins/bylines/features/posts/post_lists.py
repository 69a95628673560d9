"""Contributes the lists of all posts, of each team, and of each language if there are several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import ListHead, PostList
from bylines.engine.weave import listing
from bylines.engine.weave.listing import ROW
from bylines.features.posts import teams
from bylines.features.posts.facts import TEAM_LABEL
from bylines.locale_format import language_name

SITE = "site"
TEAM = "team:"
LANGUAGE = "lang:"


def _site(build: BuildContext, key: str) -> ListHead | None:
    return ListHead(build.site.name, "", "")


def _team(build: BuildContext, team: str) -> ListHead | None:
    label = teams.label(build, team)
    return ListHead(label, teams.folder(team), "blogs/") if label else None


def languages(build: BuildContext) -> list[str]:
    """Return the languages that have lists; empty if all posts are in one language."""
    found = [name.removeprefix(LANGUAGE) for name in listing.names(build, LANGUAGE)]
    return found if len(found) > 1 else []


def languages_moved(build: BuildContext, dirty: Invalidations) -> set[str]:
    """Return all languages if one of them may be new or gone; else none."""
    moved = Counter(row.list for row in dirty[ROW] if row.list.startswith(LANGUAGE))
    if all(listing.count(build, name)[0] > rows for name, rows in moved.items()):
        return set()
    return {name.removeprefix(LANGUAGE) for name in (*moved, *listing.names(build, LANGUAGE))}


def _language(build: BuildContext, lang: str) -> ListHead | None:
    if lang not in languages(build):
        return None
    return ListHead(f"{build.site.name} ({language_name(lang, lang)})", language_folder(lang), "", lang)


def language_folder(lang: str) -> str:
    """Return the folder of a language's feeds."""
    return f"languages/{lang.lower()}/"


def _always(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    return ("",)


TEAMS = PostList(
    kind="teams",
    order=30,
    prefix=TEAM,
    names=lambda build: [TEAM + team for team in teams.every(build)],  # before the first post, too
    head=_team,
    affected=lambda build, dirty: dirty[TEAM_LABEL],
)
LISTS = (
    PostList(kind="site", prefix=SITE, names=lambda build: (SITE,), head=_site, affected=_always),
    TEAMS,
    PostList(
        kind="languages",
        order=50,
        prefix=LANGUAGE,
        names=lambda build: [LANGUAGE + lang for lang in languages(build)],
        head=_language,
        affected=languages_moved,
    ),
)
