"""The declaration of the capability `feeds`."""

from bylines.engine.contributions import FramePiece
from bylines.engine.feature import Feature, PageKind
from bylines.features.feeds import archives, links, pages, settings, subscribe
from bylines.features.feeds.inputs import FeedInputs
from bylines.features.feeds.views import SubscribePage
from bylines.settings.setting import rows_of

FEATURE = Feature(
    name="feeds",
    needs=("people", "posts", "home"),
    settings=rows_of(vars(settings)),
    addresses=("feed.atom", "feed.rss", "feed.json", "subscribe/", "languages/"),
    folders=("languages/", "subscribe/"),
    pages=(
        PageKind(
            "feed",
            pages.keys,
            pages.inputs,
            pages.affected,
            render="bylines.features.feeds.formats:render",
            render_inputs=FeedInputs,
        ),
        PageKind(
            "feed-archive",
            archives.keys,
            archives.inputs,
            archives.affected,
            render="bylines.features.feeds.formats:render",
            render_inputs=FeedInputs,
        ),
        PageKind("feed-style", subscribe.keys, subscribe.style, template="feeds/feed.css"),
        PageKind(
            "subscribe",
            subscribe.keys,
            subscribe.inputs,
            subscribe.affected,
            "feeds/subscribe.html",
            SubscribePage,
            places=("ways",),
        ),
    ),
    contributes=(
        links.LINKS,
        FramePiece(place="foot", template="feeds/foot.html", order=10),
    ),
)
