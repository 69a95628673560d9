"""The home page and the 404 page."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.features.blogs.relations import blog_link
from bylines.features.directory.pages import letters
from bylines.features.home import lately
from bylines.features.jams import relations as jams
from bylines.features.pages.relations import menu
from bylines.views import FeedLink, HomePage, NotFoundPage

_JAMS = 6
"""Jams on the home page, at most: those that close or open next."""


def keys(loom: Loom) -> Iterable[str]:
    """There is one."""
    return ("index",)


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Nearly everything can; it is one page."""
    return keys(loom) if touched else ()


def draft(loom: Loom, key: str) -> Draft | None:
    """The home page."""
    groups = loom.store.column(_GROUPS)
    view = HomePage(
        articles=lately.from_many(loom),
        letters=letters(loom),
        topics=lately.active_topics(loom),
        newcomers=lately.newcomers(loom),
        jams=jams.ahead(loom)[:_JAMS],
        groups=tuple(blog_link(loom, handle) for handle in groups),
        pages=menu(loom),
        feeds=(FeedLink(title=loom.site.name, url="feed.atom"),),
    )
    return Draft(path="index.html", view=view)


_GROUPS = """
SELECT handle FROM team CROSS JOIN filed ON filed.catalogue = 'blogs' AND filed.key = team.handle
ORDER BY place, sort_key, handle LIMIT 50
"""


def not_found(loom: Loom, key: str) -> Draft | None:
    """The page for addresses that lead nowhere."""
    return Draft(path="404.html", view=NotFoundPage())
