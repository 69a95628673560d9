"""Feeds (Atom, RSS, JSON Feed) of the site, each author, group, topic, team, jam and language.

It has no sources or relations of its own: feeds follow from the lists of posts.
"""

from bylines.engine.feature import Feature, PageKind
from bylines.features.feeds import archives, pages, settings, subscribe
from bylines.features.feeds.inputs import FeedInputs
from bylines.settings.setting import rows_of
from bylines.views import SubscribePage

FEATURE = Feature(
    name="feeds",
    settings=rows_of(vars(settings)),
    addresses=("feed.atom", "feed.rss", "feed.json", "subscribe/", "languages/"),
    pages=(
        PageKind(
            "feed",
            pages.keys,
            pages.draft,
            pages.reach,
            render="bylines.features.feeds.formats:render",
            inputs=FeedInputs,
        ),
        PageKind(
            "feed-archive",
            archives.keys,
            archives.draft,
            archives.reach,
            render="bylines.features.feeds.formats:render",
            inputs=FeedInputs,
        ),
        PageKind("feed-style", subscribe.keys, subscribe.style, template="feeds/feed.css"),
        PageKind(
            "subscribe",
            subscribe.keys,
            subscribe.draft,
            subscribe.reach,
            "feeds/subscribe.html",
            SubscribePage,
        ),
    ),
)
