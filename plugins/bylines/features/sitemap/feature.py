"""The declaration of the capability `sitemap`."""

from bylines.engine.feature import Feature, PageKind
from bylines.features.sitemap import pages
from bylines.features.sitemap.pages import IndexInputs, PartInputs, RobotsInputs

_XML = "bylines.features.sitemap.xml"

FEATURE = Feature(
    name="sitemap",
    needs=("posts", "pages"),
    addresses=("sitemap.xml", "sitemaps/", "robots.txt"),
    pages=(
        PageKind("sitemap-part", pages.keys, pages.draft, pages.reach, render=f"{_XML}:part", inputs=PartInputs),
        PageKind(
            "sitemap",
            pages.index_keys,
            pages.index_draft,
            pages.index_reach,
            render=f"{_XML}:index",
            inputs=IndexInputs,
        ),
        PageKind("robots", pages.index_keys, pages.robots_draft, render=f"{_XML}:robots", inputs=RobotsInputs),
    ),
)
