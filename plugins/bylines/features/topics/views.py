"""What the templates of topics see."""

from __future__ import annotations

from bylines.engine.views import FeedLink, Html, View
from bylines.features.people.views import Byline
from bylines.features.posts.views import Listing
from bylines.features.topics.links import TopicLink


class Writer(View, frozen=True, kw_only=True):
    """Somebody who writes on a topic, and how many of its newest posts are theirs."""

    byline: Byline
    posts: int


class TopicPage(View, frozen=True, kw_only=True):
    """topics/topic.html: the newest page of a topic."""

    topic: TopicLink
    listing: Listing
    description: Html = Html()
    synonyms: tuple[str, ...] = ()
    parents: tuple[TopicLink, ...] = ()
    children: tuple[TopicLink, ...] = ()
    related: tuple[TopicLink, ...] = ()
    """Topics that the same posts are about, those that share the most first."""
    writers: tuple[Writer, ...] = ()
    """Who writes about it, those who do most first."""
    lately: int = 0
    """Posts in the twelve months up to the month of the newest."""
    until: str = ""
    """That month in words."""
    feeds: tuple[FeedLink, ...] = ()


class ActiveTopic(View, frozen=True, kw_only=True):
    """A topic that is much written about, and by how many people lately."""

    topic: TopicLink
    people: int


class ActiveTopics(View, frozen=True, kw_only=True):
    """topics/home.html: the topics on which the most people write."""

    topics: tuple[ActiveTopic, ...]
