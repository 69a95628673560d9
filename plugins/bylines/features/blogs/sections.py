"""The section of group blogs on the home page."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import Section
from bylines.engine.weave import filing
from bylines.features.blogs.facts import GROUP, GROUP_TITLE
from bylines.features.blogs.relations import blog_link
from bylines.features.blogs.views import GroupBlogs
from bylines.features.people.relations import CATALOGUE


def _groups(build: BuildContext, key: str) -> GroupBlogs | None:
    found = tuple(blog_link(build, handle) for handle in build.store.column(_GROUPS))
    return GroupBlogs(groups=found) if found else None


_GROUPS = """
SELECT handle FROM team CROSS JOIN index_entry ON index_entry.catalogue = 'blogs' AND index_entry.key = team.handle
ORDER BY place, sort_key, handle LIMIT 50
"""


def _affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    return ("index",) if dirty.any(GROUP, GROUP_TITLE) or filing.moved(dirty, CATALOGUE) else ()


GROUPS = Section(
    host="home",
    place="aside",
    name="groups",
    order=50,
    template="blogs/home.html",
    view=GroupBlogs,
    inputs=_groups,
    affected=_affected,
)
