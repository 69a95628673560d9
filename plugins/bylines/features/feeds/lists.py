"""The lists of posts that have feeds. Capabilities contribute them."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import ListHead, PostList
from bylines.features.feeds.settings import FEED_ARCHIVES


def every(build: BuildContext) -> tuple[PostList, ...]:
    """Return the kinds of lists that have feeds. Of two kinds with the same name, the later one counts."""
    return tuple({each.kind: each for each in build.contributions(PostList)}.values())


def archived(build: BuildContext) -> tuple[PostList, ...]:
    """Return the kinds of lists whose feeds have archives."""
    return tuple(each for each in every(build) if each.kind in build.site.of(FEED_ARCHIVES))


def kind_of(build: BuildContext, name: str) -> PostList | None:
    """Return the kind of a list; None if no capability has lists with such a name."""
    return next((each for each in every(build) if name.startswith(each.prefix)), None)


def head(build: BuildContext, name: str) -> ListHead | None:
    """Return the title and addresses of a list; None if there is no such list (any more)."""
    kind = kind_of(build, name)
    return kind.head(build, name.removeprefix(kind.prefix)) if kind else None


def affected(build: BuildContext, dirty: Invalidations, kinds: Iterable[PostList]) -> set[str]:
    """Return the lists of these kinds whose title or addresses may have changed."""
    return {kind.prefix + key for kind in kinds for key in kind.affected(build, dirty)}
