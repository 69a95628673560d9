"""The entries of feeds and archives, made from posts."""

from __future__ import annotations

import datetime as dt
import urllib.parse
from collections.abc import Iterable

import msgspec

from bylines.engine.context import BuildContext, Cache
from bylines.engine.contributions import ListHead
from bylines.engine.feed_ids import id_of
from bylines.engine.weave import links
from bylines.features.feeds.inputs import FeedAuthor, FeedEntry, FeedInputs, FeedSource
from bylines.features.people.bylines import called
from bylines.features.posts import cards
from bylines.features.posts.records import Post
from bylines.features.posts.views import Article
from bylines.settings.declared import TAG

_ENTRIES = Cache[str, FeedEntry]("a post in a feed that is not its blog's")

# The date of a feed without entries.
_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def inputs(build: BuildContext, name: str, head: ListHead, posts: Iterable[str]) -> FeedInputs:
    """Return the inputs of an Atom feed with these posts of a list."""
    wanted = tuple(posts)
    memo = build.cache(_ENTRIES)
    new = [post for post in wanted if post not in memo]
    cards.bring(build, new)
    cards.articles(build, wanted)
    entries = tuple(_entry(build, post, name) for post in wanted)
    return FeedInputs(
        format="atom",
        id=_id(build, head.folder),
        title=head.title,
        subtitle=build.site.name if head.folder else "",
        url=links.absolute(build, head.url),
        feed=links.absolute(build, f"{head.folder}feed.atom"),
        updated=max((entry.updated for entry in entries), default=_NEVER),
        lang=head.lang or build.site.lang,
        entries=entries,
        whole=False,
        stylesheet=f"{build.site.url}/{build.site.theme_static}/css/feed.css",
    )


def in_format(made: FeedInputs, form: str) -> FeedInputs:
    """Return the inputs of an Atom feed for another format, with the addresses of its feeds in that format."""
    if form == made.format:
        return made
    feed = _of_format(made.feed, form)
    return msgspec.structs.replace(made, format=form, feed=feed, entries=tuple(_sourced(e, form) for e in made.entries))


def _of_format(feed: str, form: str) -> str:
    return feed.removesuffix("atom") + form


def _sourced(entry: FeedEntry, form: str) -> FeedEntry:
    if entry.source is None:
        return entry
    source = msgspec.structs.replace(entry.source, feed=_of_format(entry.source.feed, form))
    return msgspec.structs.replace(entry, source=source)


def _entry(build: BuildContext, post: str, name: str) -> FeedEntry:
    """Return a post as an entry of a list's feed. The source is left out in the feed of the post's own blog."""
    memo = build.cache(_ENTRIES)
    found = memo.get(post)
    if found is None:
        found = memo[post] = _of_post(build, post)
    return (
        msgspec.structs.replace(found, source=None)
        if name == f"blog:{cards.article(build, post).blog.handle}"
        else found
    )


def _of_post(build: BuildContext, post: str) -> FeedEntry:
    record = cards.post(build, post)
    card = cards.article(build, post)
    return FeedEntry(
        id=record.id if record.id and build.owns(post, record.id) else minted(build, record),
        title=record.title,
        url=links.absolute(build, card.url),
        published=record.date,
        updated=max(record.modified or record.date, record.date),
        lang=record.lang,
        authors=tuple(FeedAuthor(called(person), links.absolute(build, person.url)) for person in card.authors),
        topics=tuple((topic.slug, topic.name) for topic in card.tags),
        summary=record.summary or "",
        body=cards.body(build, post, build.site.url, links.absolute(build, card.url)),
        source=_source(build, card),
    )


def minted(build: BuildContext, record: Post) -> str:
    """Return the id for a post without one of its own: a tag URI (RFC 4151) made from its source's path."""
    return id_of(build.site.of(TAG), record.path)


def _id(build: BuildContext, url: str) -> str:
    return f"{build.site.of(TAG)}:feed/{urllib.parse.quote(url)}"


def _source(build: BuildContext, card: Article) -> FeedSource:
    url = card.blog.url
    return FeedSource(
        _id(build, url), card.blog.title, links.absolute(build, url), links.absolute(build, f"{url}feed.atom")
    )
