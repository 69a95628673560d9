"""The newest posts and people. Both are found among the site's newest posts only, so a build looks at few posts."""

from __future__ import annotations

from bylines.engine.context import BuildContext
from bylines.engine.weave import listing
from bylines.features.home.settings import HOME_EACH, HOME_SIZE
from bylines.features.home.views import Newcomer
from bylines.features.people.bylines import byline
from bylines.features.posts import cards
from bylines.features.posts.views import Article

_LOOKED_AT = 5
"""The posts on the home page are chosen from this many times their number."""
_NEWCOMERS = 4
_NEW = 2
"""A first post counts as new among this many times the number of posts on the home page."""


def from_many(build: BuildContext) -> tuple[Article, ...]:
    """Return the newest posts, with at most BYLINES_HOME_EACH of each author."""
    size, each = build.site.of(HOME_SIZE), build.site.of(HOME_EACH)
    seen: dict[str, int] = {}
    found: list[Article] = []
    for name in listing.newest(build, "site", size * _LOOKED_AT):
        card = cards.article(build, name)
        handles = [person.handle for person in card.authors] or [card.blog.handle]
        if all(seen.get(handle, 0) < each for handle in handles):
            found.append(card)
            seen.update((handle, seen.get(handle, 0) + 1) for handle in handles)
        if len(found) == size:
            break
    return tuple(found)


def newcomers(build: BuildContext) -> tuple[Newcomer, ...]:
    """Return the people whose first post is among the newest posts, the latest first."""
    found = []
    for handle, post in build.store.rows(_FIRST, ("site", build.site.of(HOME_SIZE) * _NEW, _NEWCOMERS)):
        own, first = byline(build, handle), cards.post_link(build, post)
        if own and first:
            found.append(Newcomer(byline=own, first=first))
    return tuple(found)


_FIRST = f"""
SELECT a.handle, newest.post FROM {listing.NEWEST} CROSS JOIN post_author a ON a.post = newest.post AND a.known
CROSS JOIN person ON person.handle = a.handle AND person.profile = 1
WHERE NOT EXISTS (
    SELECT 1 FROM listing l WHERE l.list = 'blog:' || a.handle AND (l.date, l.post) < (newest.date, newest.post)
) ORDER BY newest.date DESC, newest.post DESC, a.position LIMIT ?
"""
