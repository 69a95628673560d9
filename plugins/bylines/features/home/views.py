"""The views that the templates of the home page get."""

from __future__ import annotations

from bylines.engine.views import FeedLink, View
from bylines.features.people.views import Byline
from bylines.features.posts.views import Article, PostLink


class Newcomer(View, frozen=True, kw_only=True):
    """A new author, and their first post."""

    byline: Byline
    first: PostLink


class Newcomers(View, frozen=True, kw_only=True):
    """home/newcomers.html: the people who began to write lately, the latest first."""

    newcomers: tuple[Newcomer, ...]


class HomePage(View, frozen=True, kw_only=True):
    """home/index.html: the newest posts, by many people. Sections show everything else."""

    articles: tuple[Article, ...]
    feeds: tuple[FeedLink, ...] = ()


class NotFoundPage(View, frozen=True, kw_only=True):
    """pages/404.html: only links to other pages, which are in the template."""
