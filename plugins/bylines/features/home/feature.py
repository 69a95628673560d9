"""The declaration of the capability `home`."""

from bylines.engine.feature import Feature, PageKind
from bylines.features.home import pages, settings
from bylines.settings.setting import rows_of
from bylines.views import HomePage, NotFoundPage

FEATURE = Feature(
    name="home",
    settings=rows_of(vars(settings)),
    needs=("people", "topics", "blogs", "posts", "pages", "directory"),
    addresses=("", "index.html", "404.html"),
    pages=(
        PageKind("home", pages.keys, pages.inputs, pages.affected, "home/index.html", HomePage),
        PageKind("404", pages.keys, pages.not_found, template="pages/404.html", view=NotFoundPage),
    ),
)
