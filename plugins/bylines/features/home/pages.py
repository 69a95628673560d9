"""The home page and the 404 page."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import SitemapUrls, feed_links
from bylines.engine.feature import PageInputs
from bylines.features.home import recent
from bylines.features.home.views import HomePage, NotFoundPage


def keys(build: BuildContext) -> Iterable[str]:
    """Return the one key: there is a single home page."""
    return ("index",)


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the home page if anything changed, since nearly every change affects it."""
    return keys(build) if dirty else ()


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the home page."""
    view = HomePage(
        articles=recent.from_many(build),
        feeds=feed_links(build, build.site.name, ""),
    )
    return PageInputs(path="index.html", view=view)


def not_found(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the page for addresses that do not exist."""
    return PageInputs(path="404.html", view=NotFoundPage())


SITEMAP = SitemapUrls(part="pages", urls=lambda build: ("",), count=lambda build: 1, is_affected=lambda dirty: False)
