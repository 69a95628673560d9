"""The declaration of the capability `home`."""

from bylines.engine.contributions import FramePiece
from bylines.engine.feature import Feature, PageKind
from bylines.features.home import pages, sections, settings
from bylines.features.home.views import HomePage, NotFoundPage
from bylines.settings.setting import rows_of

FEATURE = Feature(
    name="home",
    settings=rows_of(vars(settings)),
    needs=("people", "posts"),
    addresses=("", "index.html", "404.html"),
    pages=(
        PageKind("home", pages.keys, pages.inputs, pages.affected, "home/index.html", HomePage, places=("aside",)),
        PageKind("404", pages.keys, pages.not_found, template="pages/404.html", view=NotFoundPage),
    ),
    contributes=(pages.SITEMAP, sections.NEWCOMERS, FramePiece(place="name", template="home/name.html")),
)
