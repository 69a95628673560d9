"""The lists of posts that have feeds: the site, each blog, each topic, each team, each jam; each language, where there are several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.weave import listing
from bylines.engine.weave.listing import ROW
from bylines.features.blogs.facts import GROUP
from bylines.features.blogs.relations import blog_link
from bylines.features.jams import relations as jams
from bylines.features.jams.facts import JAM
from bylines.features.people.bylines import byline
from bylines.features.people.facts import BYLINE, PERSON
from bylines.features.posts import teams
from bylines.features.posts.facts import TEAM_LABEL
from bylines.features.topics import relations as topics
from bylines.features.topics.facts import TOPIC_LABEL
from bylines.locale_format import language_name

SITE = "site"
LANGUAGE = "lang:"
PREFIXES = {
    "blogs": "blog:",
    "topics": "topic:",
    "teams": "team:",
    "jams": jams.LIST,
    "languages": LANGUAGE,
    "site": SITE,
}
"""How the names of lists of a kind begin."""


class Head(NamedTuple):
    """Whose posts a list has. Addresses are relative to the site's root."""

    title: str
    folder: str
    """Below which its feeds stand."""
    url: str
    """Of the page that shows them."""
    lang: str = ""
    """'' is the site's."""


def names(build: BuildContext, kinds: Iterable[str] = tuple(PREFIXES)) -> list[str]:
    """The lists of these kinds that have a feed. A blog and a team have one before the first post."""
    return [name for kind in kinds for name in _of_kind(build, kind)]


def _of_kind(build: BuildContext, kind: str) -> Iterable[str]:
    if kind == "site":
        return (SITE,)
    if kind == "blogs":
        blogs = build.store.column("SELECT handle FROM person UNION SELECT handle FROM team ORDER BY handle")
        return (f"blog:{handle}" for handle in blogs)
    if kind == "teams":
        return build.store.column("SELECT DISTINCT 'team:' || team FROM person_team ORDER BY 1")
    prefix = PREFIXES[kind]
    found = build.store.column(_THAT_BEGIN, (prefix, prefix.replace(":", ";")))
    return found if kind != "languages" or len(found) > 1 else ()


_THAT_BEGIN = "SELECT list FROM list_count WHERE list >= ? AND list < ?"


def renamed(dirty: Invalidations) -> set[str]:
    """The lists of those who may be called otherwise now."""
    blogs = dirty[PERSON] | dirty[GROUP] | dirty[BYLINE]
    return {
        *(f"blog:{handle}" for handle in blogs),
        *(f"topic:{topic}" for topic in dirty[TOPIC_LABEL]),
        *(f"team:{team}" for team in dirty[TEAM_LABEL]),
        *(f"{jams.LIST}{jams.slug_of(name)}" for name in dirty[JAM]),
    }


def languages(build: BuildContext) -> list[str]:
    """The languages that have feeds."""
    return [name.removeprefix(LANGUAGE) for name in _of_kind(build, "languages")]


def languages_moved(build: BuildContext, dirty: Invalidations) -> set[str]:
    """The lists of all languages where there may be others than before; those of a site of one language have no feeds."""
    moved = Counter(row.list for row in dirty[ROW] if row.list.startswith(LANGUAGE))
    if all(listing.count(build, name)[0] > rows for name, rows in moved.items()):
        return set()
    return {*moved, *build.store.column(_THAT_BEGIN, (LANGUAGE, "lang;"))}


def head(build: BuildContext, name: str) -> Head | None:
    """Whose posts a list has; None where there is no such list (any more)."""
    kind, _, key = name.partition(":")
    if kind == "blog":
        blog = blog_link(build, key)
        return Head(blog.title, blog.url, blog.url) if byline(build, key) else None
    if kind == "team":
        return _team(build, key)
    if name != SITE and not listing.count(build, name)[0]:
        return None
    if kind == "topic":
        topic = topics.link(build, key)
        return Head(topic.name, topic.url, topic.url)
    if kind == "jam":
        jam = jams.name_of(build, key)
        return Head(jam.title, jam.url, jam.url) if jam else None
    if kind == "lang":
        return _language(build, key)
    return Head(build.site.name, "", "")


def _team(build: BuildContext, team: str) -> Head | None:
    label = teams.label(build, team)
    folder = f"directory/teams/{team}/"
    page = folder if "bylines.features.facets" in build.site.features else "blogs/"
    return Head(label, folder, page) if label else None


def _language(build: BuildContext, lang: str) -> Head | None:
    if lang not in languages(build):
        return None
    return Head(f"{build.site.name} ({language_name(lang, lang)})", language_folder(lang), "", lang)


def language_folder(lang: str) -> str:
    """Where the feeds of a language stand."""
    return f"languages/{lang.lower()}/"
