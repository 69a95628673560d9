"""The links from a page of posts to its feeds."""

from __future__ import annotations

from bylines.engine.context import BuildContext
from bylines.engine.contributions import FeedLinks
from bylines.engine.views import FeedLink
from bylines.features.feeds.settings import FEED_FORMATS


def _link(build: BuildContext, title: str, folder: str) -> FeedLink:
    return FeedLink(title=title, url=f"{folder}feed.atom")


LINKS = FeedLinks(of=_link, formats=lambda build: build.site.of(FEED_FORMATS))
