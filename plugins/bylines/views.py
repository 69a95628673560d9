"""What templates see: the inputs of a page, as frozen and typed as records. Names follow Pelican's templates.

`url` is always relative to the site's root, without a leading slash (`blogs/ada/`), as in Pelican: a template writes
`{{ SITEURL }}/{{ article.url }}`. Texts are plain (the template escapes them), but for `Html` fields, which were sanitised.
Words for dates are ready to show (`locale_date`); `date` is there for `<time datetime>`.

Beside its own inputs every template sees the settings (SITENAME, SITEURL, SITESUBTITLE, DEFAULT_LANG, THEME_STATIC_DIR,
MENUITEMS, LINKS, SOCIAL …), FEATURES (the names of the capabilities that are on), FEED_FORMATS ('atom' first), `lang` and
`dir` of the page, `page_url` (its own address, relative to the root).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

Direction = Literal["ltr", "rtl"]


class Html(str):
    """Sanitised HTML: templates show it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """The text itself (the protocol of MarkupSafe)."""
        return str(self)


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all views."""


class Byline(View, frozen=True, kw_only=True):
    """A person wherever they are named: the site's one ornament."""

    handle: str
    name: str
    url: str
    role: str = ""
    team: str = ""
    photo: str | None = None
    """The photo's url."""
    initials: str = ""
    hue: int = 0
    """0, 15 … 345, follows from the handle: the colour of the seal with the initials (class `hue-…`)."""
    left: bool = False
    """An alumna or alumnus."""
    apart: str = ""
    """What tells the person from others of the name: team, place or handle; empty if nobody else has it."""


class Sizes(View, frozen=True, kw_only=True):
    """A picture in the sizes that were made of it. Width and height are the original's, in pixels."""

    width: int
    height: int
    src: str
    """The address of one size, as it stands in an attribute."""
    srcset: str = ""
    """All sizes, as the attribute has them; '' for a picture that is shown as it is."""


class TopicLink(View, frozen=True, kw_only=True):
    """A topic where it is named (Pelican's tag)."""

    name: str
    slug: str
    url: str


class BlogLink(View, frozen=True, kw_only=True):
    """The blog that a post stands in."""

    handle: str
    title: str
    url: str
    group: bool = False


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


class Translation(View, frozen=True, kw_only=True):
    """The same post in another language; `language` is that language's own name for itself."""

    lang: str
    language: str
    title: str
    url: str


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


class FeedLink(View, frozen=True, kw_only=True):
    """A feed that a page offers."""

    title: str
    url: str
    """In Atom; in another format it ends with that format's name instead."""


class TocEntry(View, frozen=True, kw_only=True):
    """A heading in a table of contents; `level` 2–4 as it stands in the page."""

    level: int
    id: str
    title: str


class JamName(View, frozen=True, kw_only=True):
    """A jam where an idea names it."""

    title: str
    url: str
    lang: str
    dir: Direction


class JamLink(JamName, frozen=True, kw_only=True):
    """A jam with its time. `closes` is the first moment at which it is open no more, `locale_closes` its last day."""

    state: Literal["to come", "open", "closed"]
    opens: dt.datetime
    closes: dt.datetime
    locale_opens: str
    locale_closes: str
    summary: str = ""


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
    jam: JamName | None = None
    """Of which it is an idea."""


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


class ArchivePage(View, frozen=True, kw_only=True):
    """blogs/archive.html and topics/archive.html: an older, numbered page of a list."""

    title: str
    """The blog's or topic's."""
    url: str
    """Its newest page."""
    listing: Listing
    byline: Byline | None = None


class Entry(View, frozen=True, kw_only=True):
    """A line of the directory, or of the topics."""

    title: str
    """As filed: 'Lovelace, Ada' where it is known which is the family name, else the name."""
    url: str
    posts: int
    newest: dt.datetime | None = None
    locale_newest: str = ""
    byline: Byline | None = None
    """None for a topic or a group."""
    group: bool = False
    family: str = ""
    """The part of `title` to stress, '' where it is not known."""
    people: int = 0
    """How many are of it: a team's, a place's."""


class Letter(View, frozen=True, kw_only=True):
    """A letter of an index with its entries (empty where they stand on a page of their own, `url`)."""

    label: str
    id: str
    url: str
    count: int
    entries: tuple[Entry, ...] = ()


class IndexPage(View, frozen=True, kw_only=True):
    """directory/index.html and topics/index.html: letters in order, with entries while they are few."""

    letters: tuple[Letter, ...]
    total: int
    feeds: tuple[FeedLink, ...] = ()


class LetterPage(View, frozen=True, kw_only=True):
    """directory/letter.html and topics/letter.html: one letter, or a part of a long one, with its neighbours."""

    letter: Letter
    parts: tuple[Letter, ...] = ()
    """The parts of a letter that is too long for one page, each with a page of its own."""
    above: tuple[Letter, ...] = ()
    """What this is a part of: the letter first."""
    previous: Letter | None = None
    next: Letter | None = None
    letters: tuple[Letter, ...] = ()
    """All letters of the index, without counts: a way to each."""


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


class Newcomer(View, frozen=True, kw_only=True):
    """Somebody who began to write, and their first post."""

    byline: Byline
    first: PostLink


class HomePage(View, frozen=True, kw_only=True):
    """home/index.html: the newest posts, of many people, and a way into everything."""

    articles: tuple[Article, ...]
    letters: tuple[Letter, ...]
    """Of the directory, without entries or counts."""
    topics: tuple[ActiveTopic, ...] = ()
    newcomers: tuple[Newcomer, ...] = ()
    jams: tuple[JamLink, ...] = ()
    """Those that are open, then those to come."""
    groups: tuple[BlogLink, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    """(title, url) of the site's own pages."""
    feeds: tuple[FeedLink, ...] = ()


class SitePageView(View, frozen=True, kw_only=True):
    """pages/page.html. `content` and `toc` are added when it is rendered."""

    title: str
    url: str
    page_lang: str
    """The text's language, which need not be that of what stands around it; and its direction."""
    page_dir: Direction
    summary: str = ""
    locale_modified: str = ""
    modified: dt.datetime | None = None
    translations: tuple[Translation, ...] = ()
    image: str | None = None
    image_alt: str = ""
    image_sizes: Sizes | None = None


class SubscribePage(View, frozen=True, kw_only=True):
    """feeds/subscribe.html: what a feed is, and where they are."""

    languages: tuple[tuple[str, FeedLink], ...] = ()
    """(language, its feed, by its own name for itself), where the site has several."""


class NotFoundPage(View, frozen=True, kw_only=True):
    """pages/404.html: nothing but the ways on, which the template knows."""


class RedirectPage(View, frozen=True, kw_only=True):
    """redirects/redirect.html: a page at an old address that leads to the new one."""

    title: str
    url: str
