"""The page that explains feeds and lists them, and the style sheet that browsers use for a feed."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import PageInputs
from bylines.engine.views import FeedLink, View
from bylines.features.feeds.views import SubscribePage
from bylines.features.posts import post_lists
from bylines.locale_format import language_name


def keys(build: BuildContext) -> Iterable[str]:
    """Return the one key, for the page and for the style sheet."""
    return ("index",)


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the page if a language got its first post or lost its last."""
    return keys(build) if post_lists.languages_moved(build, dirty) else ()


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the page, with a feed for each language."""
    found = sorted((language_name(lang, lang), lang) for lang in post_lists.languages(build))
    feeds = tuple(
        (lang, FeedLink(title=name, url=f"{post_lists.language_folder(lang)}feed.atom")) for name, lang in found
    )
    return PageInputs(path="subscribe/index.html", view=SubscribePage(languages=feeds))


STYLE = "css/feed.css"
"""The path of the style sheet among the theme's files."""


def style(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the style sheet. It is a template because it contains words in the site's language."""
    return PageInputs(path=f"{build.site.theme_static}/{STYLE}", view=View())
