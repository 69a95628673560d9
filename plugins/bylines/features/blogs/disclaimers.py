"""The disclaimer below each post: the blog's own, or else the site's ('These are my own views')."""

from __future__ import annotations

from bylines import markup
from bylines.engine.context import BuildContext, Cache
from bylines.engine.paths import prefix_of
from bylines.engine.views import Html
from bylines.features.blogs.records import Group
from bylines.features.blogs.relations import is_group
from bylines.features.blogs.relations import source_of as source_of_group
from bylines.features.blogs.settings import DISCLAIMER
from bylines.features.people.records import Profile
from bylines.features.people.relations import source_of as source_of_person

_DISCLAIMERS = Cache[tuple[str, str], Html]("the disclaimer of a blog, for pages at a depth")


def disclaimer(build: BuildContext, handle: str, url: str) -> Html:
    """Return a blog's disclaimer with links relative to the page at `url`; empty if neither the blog nor the site has one."""
    memo = build.cache(_DISCLAIMERS)
    prefix = prefix_of(build.site, url)
    if (handle, prefix) not in memo:
        record = build.record(source_of_group(handle) if is_group(build, handle) else source_of_person(handle))
        own = record.disclaimer if isinstance(record, Group | Profile) else ""
        text = own or build.site.of(DISCLAIMER)
        memo[handle, prefix] = Html(markup.inline(text, prefix)) if text else Html()
    return memo[handle, prefix]
