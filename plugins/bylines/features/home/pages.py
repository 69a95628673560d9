"""The home page and the 404 page."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import PageInputs
from bylines.features.blogs.relations import blog_link
from bylines.features.directory.pages import letters
from bylines.features.home import recent
from bylines.features.jams import relations as jams
from bylines.features.pages.relations import menu
from bylines.views import FeedLink, HomePage, NotFoundPage

_JAMS = 6
"""Jams on the home page, at most: those that close or open next."""


def keys(build: BuildContext) -> Iterable[str]:
    """There is one."""
    return ("index",)


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Nearly everything can; it is one page."""
    return keys(build) if dirty else ()


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """The home page."""
    groups = build.store.column(_GROUPS)
    view = HomePage(
        articles=recent.from_many(build),
        letters=letters(build),
        topics=recent.active_topics(build),
        newcomers=recent.newcomers(build),
        jams=jams.ahead(build)[:_JAMS],
        groups=tuple(blog_link(build, handle) for handle in groups),
        pages=menu(build),
        feeds=(FeedLink(title=build.site.name, url="feed.atom"),),
    )
    return PageInputs(path="index.html", view=view)


_GROUPS = """
SELECT handle FROM team CROSS JOIN index_entry ON index_entry.catalogue = 'blogs' AND index_entry.key = team.handle
ORDER BY place, sort_key, handle LIMIT 50
"""


def not_found(build: BuildContext, key: str) -> PageInputs | None:
    """The page for addresses that lead nowhere."""
    return PageInputs(path="404.html", view=NotFoundPage())
