"""What the templates of blogs see."""

from __future__ import annotations

from bylines.engine.views import FeedLink, Html, View
from bylines.features.blogs.links import BlogLink
from bylines.features.people.views import Byline
from bylines.features.posts.views import Listing
from bylines.features.topics.links import TopicLink


class Person(View, frozen=True, kw_only=True):
    """Everything about a person, for the head of their blog."""

    byline: Byline
    bio: Html = Html()
    location: str = ""
    pronouns: str = ""
    joined: str = ""
    """In words; '' where unknown."""
    left: str = ""
    languages: tuple[str, ...] = ()
    """Names of languages, in the site's language."""
    links: tuple[tuple[str, str], ...] = ()
    feeds: tuple[str, ...] = ()
    follows: tuple[Byline, ...] = ()
    groups: tuple[BlogLink, ...] = ()


class BlogPage(View, frozen=True, kw_only=True):
    """blogs/blog.html: the newest page of a blog. Exactly one of `person` and `group` is there."""

    blog: BlogLink
    listing: Listing
    person: Person | None = None
    description: Html = Html()
    """A group's."""
    members: tuple[Byline, ...] = ()
    """A group's."""
    topics: tuple[TopicLink, ...] = ()
    """What it is mostly about."""
    disclaimer: Html = Html()
    before: BlogLink | None = None
    """The blog before this one in the directory …"""
    after: BlogLink | None = None
    """… and the one after it."""
    feeds: tuple[FeedLink, ...] = ()


class GroupBlogs(View, frozen=True, kw_only=True):
    """blogs/home.html: the first blogs of groups, in the directory's order."""

    groups: tuple[BlogLink, ...]
