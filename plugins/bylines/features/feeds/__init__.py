"""Feeds (Atom, RSS, JSON Feed) for the site, each author, each group and each topic.

It has no sources or relations of its own: feeds follow from the lists of posts.
"""

from bylines.engine.feature import Feature, PageKind
from bylines.features.feeds import pages
from bylines.features.feeds.inputs import FeedInputs

FEATURE = Feature(
    name="feeds",
    addresses=("feed.atom", "feed.rss", "feed.json"),
    pages=(
        PageKind(
            "feed",
            pages.keys,
            pages.draft,
            pages.reach,
            render="bylines.features.feeds.formats:render",
            inputs=FeedInputs,
        ),
    ),
)
