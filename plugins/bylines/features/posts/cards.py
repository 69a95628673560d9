"""A post as lists show it (the card), and as a feed or page needs its body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bylines.engine import links
from bylines.engine.feature import Body
from bylines.engine.loom import Loom
from bylines.features.blogs.relations import blog_link
from bylines.features.people.bylines import bylines
from bylines.features.topics import relations as topics
from bylines.records import Post
from bylines.views import Article, PostLink
from bylines.words import day_in_words, direction


def article(loom: Loom, name: str) -> Article:
    """The card of a post that is published."""
    memo = loom.memo("article")
    found: Article | None = memo.get(name)
    if found is None:
        found = memo[name] = _article(loom, name, post(loom, name))
    return found


def articles(loom: Loom, names: Iterable[str]) -> tuple[Article, ...]:
    """The cards of posts, in the order of their names."""
    return tuple(article(loom, name) for name in names)


def post(loom: Loom, name: str) -> Post:
    """The record of a post that is in the store."""
    memo = loom.memo("post")
    found: Post | None = memo.get(name)
    if found is None:
        found = memo[name] = loom.record(name)
    return found


def _article(loom: Loom, name: str, record: Post) -> Article:
    handles = loom.store.column("SELECT handle FROM post_author WHERE post = ? AND known ORDER BY position", (name,))
    about = loom.store.column("SELECT topic FROM post_topic WHERE post = ? ORDER BY position", (name,))
    return Article(
        title=record.title,
        url=loom.address(name) or "",
        date=record.date,
        locale_date=day_in_words(record.date.date(), loom.site.lang),
        authors=bylines(loom, handles or (record.blog,)),
        blog=blog_link(loom, record.blog),
        lang=record.lang,
        dir=direction(record.lang),
        summary=record.summary or record.excerpt,
        tags=topics.links(loom, about),
        year=record.date.astimezone(loom.zone).year,
        draft=record.status == "draft",
    )


def post_link(loom: Loom, name: str | None) -> PostLink | None:
    """A post as its neighbours name it."""
    if name is None:
        return None
    record = post(loom, name)
    day = day_in_words(record.date.date(), loom.site.lang)
    return PostLink(title=record.title, url=loom.address(name) or "", locale_date=day)


def body(loom: Loom, name: str, prefix: str, page_url: str = "") -> Body:
    """What is needed to render the text of a source; its links lead below `prefix`."""
    row = loom.store.row("SELECT digest FROM source WHERE name = ?", (name,))
    hrefs, mentions = links.hrefs(loom, name, prefix)
    return Body(source=name, digest=row[0] if row else "", links=hrefs, mentions=mentions, page_url=page_url)


def day(moment: dt.datetime | None, loom: Loom) -> str:
    """A moment's day in words, '' for none."""
    return day_in_words(moment.date(), loom.site.lang) if moment else ""
