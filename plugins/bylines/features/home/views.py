"""What the home page's template sees."""

from __future__ import annotations

from bylines.engine.views import FeedLink, View
from bylines.features.people.views import Byline
from bylines.features.posts.views import Article, PostLink


class Newcomer(View, frozen=True, kw_only=True):
    """Somebody who began to write, and their first post."""

    byline: Byline
    first: PostLink


class Newcomers(View, frozen=True, kw_only=True):
    """home/newcomers.html: who began to write lately, the last first."""

    newcomers: tuple[Newcomer, ...]


class HomePage(View, frozen=True, kw_only=True):
    """home/index.html: the newest posts, of many people. What else is on it are sections."""

    articles: tuple[Article, ...]
    feeds: tuple[FeedLink, ...] = ()


class NotFoundPage(View, frozen=True, kw_only=True):
    """pages/404.html: nothing but the ways on, which the template knows."""
