"""The page that says what a feed is, and where they are; and the style sheet of a feed that is opened in a browser."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.feature import Draft
from bylines.engine.loom import Loom
from bylines.views import SubscribePage, View


def keys(loom: Loom) -> Iterable[str]:
    """There is one of each."""
    return ("index",)


def draft(loom: Loom, key: str) -> Draft | None:
    """The page."""
    return Draft(path="subscribe/index.html", view=SubscribePage())


STYLE = "css/feed.css"
"""Where the style sheet stands among the theme's files."""


def style(loom: Loom, key: str) -> Draft | None:
    """The style sheet: a template, since it has words to say."""
    return Draft(path=f"{loom.site.theme_static}/{STYLE}", view=View())
