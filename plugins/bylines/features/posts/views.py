"""What the templates of posts, and of lists of posts, see."""

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
    """Only ever true in `serve`."""


class PostLink(View, frozen=True, kw_only=True):
    """A neighbouring post."""

    title: str
    url: str
    locale_date: str
    lang: str
    dir: Direction


class RelatedPost(View, frozen=True, kw_only=True):
    """An older post on the same topics; `by` names those who wrote it."""

    title: str
    url: str
    locale_date: str
    by: str
    lang: str
    dir: Direction


class PostPage(View, frozen=True, kw_only=True):
    """posts/post.html. `content` (Html) and `toc` (TocEntry list, empty for short posts) are added when it is rendered."""

    article: Article
    modified: dt.datetime | None = None
    locale_modified: str = ""
    minutes: int = 1
    """Reading time."""
    image: str | None = None
    """An absolute address, or one relative to the root."""
    image_alt: str = ""
    image_sizes: Sizes | None = None
    """Where `image` is a picture of the site's."""
    cover: str = ""
    """The picture for those who share it, relative to the root; '' where that is `image`, or there is none."""
    translations: tuple[Translation, ...] = ()
    prev_article: PostLink | None = None
    """The next older post in the same blog."""
    next_article: PostLink | None = None
    """The next newer one."""
    hidden: bool = False
    feeds: tuple[FeedLink, ...] = ()
    related: tuple[RelatedPost, ...] = ()
    source: str = ""
    """The file's place at the git host, as BYLINES_SOURCE_URL says; '' where that is not set."""
    reply: str = ""
    """Where a reply begins, as BYLINES_REPLY_URL says."""
    disclaimer: Html = Html()
    """The blog's own, else the site's."""


class PageStep(View, frozen=True, kw_only=True):
    """A way to another page of a list."""

    url: str


class Listing(View, frozen=True, kw_only=True):
    """One page of a paged list, newest first. Numbered pages count from the oldest; the newest page bears no number."""

    articles: tuple[Article, ...]
    total: int | None = None
    """All posts in the list; only on the newest page (a figure that changes has one home)."""
    number: int | None = None
    newer: PageStep | None = None
    older: PageStep | None = None
    oldest: PageStep | None = None
    """Where the list begins, if that is not the next older page."""
    years: tuple[tuple[int, str], ...] = ()
    """(year, url of the page and heading where it begins), newest first; only on the newest page."""


class ArchivePage(View, frozen=True, kw_only=True):
    """blogs/archive.html and topics/archive.html: an older, numbered page of a list."""

    title: str
    """The blog's or topic's."""
    url: str
    """Its newest page."""
    listing: Listing
    byline: Byline | None = None
