"""The variables of the templates of posts and of lists of posts."""

from __future__ import annotations

import datetime as dt

from bylines.engine.views import Direction, FeedLink, Html, Sizes, Translation, View
from bylines.features.blogs.links import BlogLink
from bylines.features.people.views import Byline
from bylines.features.topics.links import TopicLink


class Article(View, frozen=True, kw_only=True):
    """A post in a list (Pelican's article, without its content)."""

    title: str
    url: str
    date: dt.datetime
    locale_date: str
    authors: tuple[Byline, ...]
    blog: BlogLink
    lang: str
    dir: Direction
    summary: str = ""
    tags: tuple[TopicLink, ...] = ()
    year: int = 0
    draft: bool = False
    """Whether it is a draft. Drafts are shown only with BYLINES_DRAFTS, as in `serve`."""


class PostLink(View, frozen=True, kw_only=True):
    """A neighbouring post."""

    title: str
    url: str
    locale_date: str
    lang: str
    dir: Direction


class RelatedPost(View, frozen=True, kw_only=True):
    """An older post on the same topics; `by` names its authors."""

    title: str
    url: str
    locale_date: str
    by: str
    lang: str
    dir: Direction


class PostPage(View, frozen=True, kw_only=True):
    """Variables of posts/post.html. Rendering adds `content` (Html) and `toc` (TocEntry list, empty for short posts)."""

    article: Article
    modified: dt.datetime | None = None
    locale_modified: str = ""
    minutes: int = 1
    """How long reading takes."""
    image: str | None = None
    """An absolute address, or one relative to the root."""
    image_alt: str = ""
    image_sizes: Sizes | None = None
    """The sizes of `image`, if it is one of the site's own pictures."""
    cover: str = ""
    """The picture for sharing the post, relative to the root; empty if that is `image`, or if there is none."""
    translations: tuple[Translation, ...] = ()
    prev_article: PostLink | None = None
    """The next older post in the same blog."""
    next_article: PostLink | None = None
    """The next newer post in the same blog."""
    hidden: bool = False
    feeds: tuple[FeedLink, ...] = ()
    related: tuple[RelatedPost, ...] = ()
    source: str = ""
    """The address of the file at the git host (BYLINES_SOURCE_URL); empty if that is not set."""
    reply: str = ""
    """The address for a reply (BYLINES_REPLY_URL); empty if that is not set."""
    disclaimer: Html = Html()
    """The disclaimer of the blog, else that of the site."""


class PageStep(View, frozen=True, kw_only=True):
    """A link to another page of a list."""

    url: str


class Listing(View, frozen=True, kw_only=True):
    """One page of a list, newest post first. Pages are numbered from the oldest; the newest page has no number."""

    articles: tuple[Article, ...]
    total: int | None = None
    """The number of all posts in the list; only on the newest page, so that a new post changes no other page."""
    number: int | None = None
    newer: PageStep | None = None
    older: PageStep | None = None
    oldest: PageStep | None = None
    """The oldest page, if it is not the next older one."""
    years: tuple[tuple[int, str], ...] = ()
    """(year, url of its first heading), newest first; only on the newest page."""


class ArchivePage(View, frozen=True, kw_only=True):
    """Variables of posts/archive.html: an older, numbered page of a list."""

    title: str
    """The title of the blog, topic or other list."""
    url: str
    """The address of the newest page."""
    listing: Listing
    byline: Byline | None = None
