"""The declaration of the capability `sitemap`."""

from bylines.engine.feature import Feature, PageKind
from bylines.features.sitemap import pages
from bylines.features.sitemap.pages import IndexInputs, PartInputs, RobotsInputs

_XML = "bylines.features.sitemap.xml"

FEATURE = Feature(
    name="sitemap",
    needs=("posts",),
    addresses=("sitemap.xml", "sitemaps/", "robots.txt"),
    folders=("sitemaps/",),
    pages=(
        PageKind(
            "sitemap-part", pages.keys, pages.inputs, pages.affected, render=f"{_XML}:part", render_inputs=PartInputs
        ),
        PageKind(
            "sitemap",
            pages.index_keys,
            pages.index_inputs,
            pages.index_affected,
            render=f"{_XML}:index",
            render_inputs=IndexInputs,
        ),
        PageKind("robots", pages.index_keys, pages.robots_inputs, render=f"{_XML}:robots", render_inputs=RobotsInputs),
    ),
)
