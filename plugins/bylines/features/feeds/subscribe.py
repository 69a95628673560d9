"""The page that says what a feed is, and where they are; and the style sheet of a feed that is opened in a browser."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import PageInputs
from bylines.engine.views import FeedLink, View
from bylines.features.feeds.views import SubscribePage
from bylines.features.posts import post_lists
from bylines.locale_format import language_name


def keys(build: BuildContext) -> Iterable[str]:
    """There is one of each."""
    return ("index",)


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Only a language that is the first of its kind, or is gone."""
    return keys(build) if post_lists.languages_moved(build, dirty) else ()


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """The page."""
    found = sorted((language_name(lang, lang), lang) for lang in post_lists.languages(build))
    feeds = tuple(
        (lang, FeedLink(title=name, url=f"{post_lists.language_folder(lang)}feed.atom")) for name, lang in found
    )
    return PageInputs(path="subscribe/index.html", view=SubscribePage(languages=feeds))


STYLE = "css/feed.css"
"""Where the style sheet stands among the theme's files."""


def style(build: BuildContext, key: str) -> PageInputs | None:
    """The style sheet: a template, since it has words to say."""
    return PageInputs(path=f"{build.site.theme_static}/{STYLE}", view=View())
