"""The variables of the templates of topics."""

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
    """Variables of topics/topic.html: the newest page of a topic."""

    topic: TopicLink
    listing: Listing
    description: Html = Html()
    synonyms: tuple[str, ...] = ()
    parents: tuple[TopicLink, ...] = ()
    children: tuple[TopicLink, ...] = ()
    related: tuple[TopicLink, ...] = ()
    """Topics that share posts with this one, those with the most first."""
    writers: tuple[Writer, ...] = ()
    """The people who write on it, those with the most posts first."""
    lately: int = 0
    """The number of posts in the twelve months that end with the month of the newest post."""
    until: str = ""
    """The month of the newest post, in words."""
    feeds: tuple[FeedLink, ...] = ()


class ActiveTopic(View, frozen=True, kw_only=True):
    """A topic, and how many people wrote on it lately."""

    topic: TopicLink
    people: int


class ActiveTopics(View, frozen=True, kw_only=True):
    """Variables of topics/home.html: the topics on which the most people write."""

    topics: tuple[ActiveTopic, ...]
