"""The page that says what a feed is, and where they are; and the style sheet of a feed that is opened in a browser."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.features.feeds import lists
from bylines.views import FeedLink, SubscribePage, View
from bylines.words import language_name


def keys(loom: Loom) -> Iterable[str]:
    """There is one of each."""
    return ("index",)


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Only a language that is the first of its kind, or is gone."""
    return keys(loom) if lists.languages_moved(loom, touched) else ()


def draft(loom: Loom, key: str) -> Draft | None:
    """The page."""
    found = sorted((language_name(lang, lang), lang) for lang in lists.languages(loom))
    feeds = tuple((lang, FeedLink(title=name, url=f"{lists.language_folder(lang)}feed.atom")) for name, lang in found)
    return Draft(path="subscribe/index.html", view=SubscribePage(languages=feeds))


STYLE = "css/feed.css"
"""Where the style sheet stands among the theme's files."""


def style(loom: Loom, key: str) -> Draft | None:
    """The style sheet: a template, since it has words to say."""
    return Draft(path=f"{loom.site.theme_static}/{STYLE}", view=View())
