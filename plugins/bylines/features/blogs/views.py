"""The views that the templates of blogs get."""

from __future__ import annotations

from bylines.engine.views import FeedLink, Html, View
from bylines.features.blogs.links import BlogLink
from bylines.features.people.views import Byline
from bylines.features.posts.views import Listing
from bylines.features.topics.links import TopicLink


class Person(View, frozen=True, kw_only=True):
    """Everything about a person that the head of their blog shows."""

    byline: Byline
    bio: Html = Html()
    location: str = ""
    pronouns: str = ""
    joined: str = ""
    """In words; empty if unknown."""
    left: str = ""
    languages: tuple[str, ...] = ()
    """The names of languages, in the site's language."""
    links: tuple[tuple[str, str], ...] = ()
    feeds: tuple[str, ...] = ()
    follows: tuple[Byline, ...] = ()
    groups: tuple[BlogLink, ...] = ()


class BlogPage(View, frozen=True, kw_only=True):
    """blogs/blog.html: the newest page of a blog. Either `person` or `group` is set, never both."""

    blog: BlogLink
    listing: Listing
    person: Person | None = None
    description: Html = Html()
    """For a group only."""
    members: tuple[Byline, ...] = ()
    """For a group only."""
    topics: tuple[TopicLink, ...] = ()
    """The topics that the blog writes about most."""
    disclaimer: Html = Html()
    before: BlogLink | None = None
    """The blog before this one in the directory."""
    after: BlogLink | None = None
    """The blog after this one in the directory."""
    feeds: tuple[FeedLink, ...] = ()


class GroupBlogs(View, frozen=True, kw_only=True):
    """blogs/home.html: the first group blogs, in the directory's order."""

    groups: tuple[BlogLink, ...]
