"""Which feeds there are, what reaches them, and what goes into each."""

from __future__ import annotations

import datetime as dt
import posixpath
import urllib.parse
from collections import Counter
from collections.abc import Iterable

import msgspec

from bylines.engine import links, listing
from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.features.blogs.relations import blog_link
from bylines.features.feeds.inputs import FeedAuthor, FeedEntry, FeedInputs, FeedSource
from bylines.features.people.bylines import byline
from bylines.features.posts import cards
from bylines.features.topics import relations as topics
from bylines.records import Post
from bylines.views import Article

_SITE = "site"
# The date of a feed in which nothing has been published yet.
_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def keys(loom: Loom) -> Iterable[str]:
    """The lists that have a feed: the site, each blog, each topic that is written about; each in every format."""
    blogs = loom.store.column("SELECT handle FROM person UNION SELECT handle FROM team ORDER BY handle")
    written = loom.store.column("SELECT list FROM tally WHERE list >= 'topic:' AND list < 'topic;'")
    return _in_formats(loom, [*(f"blog:{handle}" for handle in blogs), *written, _SITE])


def _in_formats(loom: Loom, lists: Iterable[str]) -> list[str]:
    """The formats of a list stand together, so that its inputs are put together once."""
    return [f"{name} {form}" for name in lists for form in loom.site.feed_formats]


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Feeds whose newest posts are others or have changed, and those of whoever is called otherwise."""
    found = {f"{prefix}{name}" for prefix in ("blog:", "topic:") for name in _newest(loom, touched, prefix)}
    found.update(f"blog:{handle}" for handle in touched["person"] | touched["group"] | touched["byline"])
    found.update(f"topic:{topic}" for topic in touched["topic_label"])
    return _in_formats(loom, found | ({_SITE} if touched else set()))


def _newest(loom: Loom, touched: Touched, prefix: str) -> set[str]:
    size = loom.site.feed_size
    moved = Counter(row.list for row in touched["row"] if row.list.startswith(prefix))
    # An old post may be no part of a feed, and yet end its being whole.
    filled = {name[len(prefix) :] for name, rows in moved.items() if listing.tally(loom, name)[0] <= size + rows}
    return filled | listing.reached_newest(loom, touched, prefix, size)


def draft(loom: Loom, key: str) -> Draft | None:
    """The feed of a list in one format; None where there is no such list."""
    list_key, _, form = key.rpartition(" ")
    if form not in loom.site.feed_formats:
        return None
    memo = loom.memo("feed")
    if list_key not in memo:
        memo.clear()
        memo[list_key] = _feed(loom, list_key)
    made = memo[list_key]
    if made is None:
        return None
    url, inputs, posts = made
    own = msgspec.structs.replace(inputs, format=form, feed=_absolute(loom, f"{url}feed.{form}"))
    if form != "atom":
        own = msgspec.structs.replace(own, entries=tuple(_sourced(entry, form) for entry in own.entries))
    return Draft(path=f"{url}feed.{form}", view=own, texts=posts)


def _sourced(entry: FeedEntry, form: str) -> FeedEntry:
    """The entry as it stands in a format: its source is named by the feed of the same format."""
    if entry.source is None:
        return entry
    feed = entry.source.feed.removesuffix("atom") + form
    return msgspec.structs.replace(entry, source=msgspec.structs.replace(entry.source, feed=feed))


def _feed(loom: Loom, key: str) -> tuple[str, FeedInputs, tuple[str, ...]] | None:
    """The address of a list, what its feeds hold (said of Atom's) and the posts that stand in them."""
    kind, _, name = key.partition(":")
    head = _blog(loom, name) if kind == "blog" else _topic(loom, name) if kind == "topic" else (loom.site.name, "")
    if head is None:
        return None
    title, url = head
    posts = tuple(listing.newest(loom, key, loom.site.feed_size))
    entries = tuple(_entry(loom, post, kind, name) for post in posts)
    inputs = FeedInputs(
        format="atom",
        id=f"{loom.site.tag}:feed/{urllib.parse.quote(url)}",
        title=title,
        subtitle=loom.site.name if url else "",
        url=_absolute(loom, url),
        feed=_absolute(loom, f"{url}feed.atom"),
        updated=max((entry.updated for entry in entries), default=_NEVER),
        lang=loom.site.lang,
        entries=entries,
        whole=listing.tally(loom, key)[0] <= loom.site.feed_size,
        stylesheet=f"{loom.site.url}/{loom.site.theme_static}/css/feed.css",
    )
    return url, inputs, posts


def _blog(loom: Loom, handle: str) -> tuple[str, str] | None:
    blog = blog_link(loom, handle)
    return (blog.title, blog.url) if byline(loom, handle) else None


def _topic(loom: Loom, topic: str) -> tuple[str, str] | None:
    if not listing.tally(loom, f"topic:{topic}")[0]:
        return None
    own = topics.link(loom, topic)
    return own.name, own.url


def _entry(loom: Loom, name: str, kind: str, owner: str) -> FeedEntry:
    record = cards.post(loom, name)
    card = cards.article(loom, name)
    return FeedEntry(
        id=record.id if record.id and loom.owns(name, record.id) else minted(loom, record),
        title=record.title,
        url=_absolute(loom, card.url),
        published=record.date,
        updated=max(record.modified or record.date, record.date),
        lang=record.lang,
        authors=tuple(FeedAuthor(person.name, _absolute(loom, person.url)) for person in card.authors),
        topics=tuple((topic.slug, topic.name) for topic in card.tags),
        summary=record.summary or "",
        body=cards.body(loom, name, loom.site.url, _absolute(loom, card.url)),
        source=None if kind == "blog" and owner == card.blog.handle else _source(loom, card),
    )


def minted(loom: Loom, record: Post) -> str:
    """The id of a post that says none: a tag URI (RFC 4151) that follows from the path of its source."""
    path = posixpath.splitext(record.path)[0].removesuffix("/index")
    return f"{loom.site.tag}:{urllib.parse.quote(path)}"


def _source(loom: Loom, card: Article) -> FeedSource:
    url = card.blog.url
    feed = f"{loom.site.tag}:feed/{urllib.parse.quote(url)}"
    return FeedSource(feed, card.blog.title, _absolute(loom, url), _absolute(loom, f"{url}feed.atom"))


def _absolute(loom: Loom, url: str) -> str:
    return loom.site.url + links.quoted(url)
