"""Assembles the page of a post: its text, authors and date, its translations, its neighbours, and older posts on its topics.

The related posts of a post are older than it: from each of its first topics, the few posts before it. So a new post
changes no related posts but its own. A change in a post affects the few posts that follow it in each of its topics.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterable

from bylines.engine.context import BuildContext, Cache, Invalidations
from bylines.engine.contributions import feed_links, share_picture
from bylines.engine.facts import ADDRESS, BODY, CARD, REMOVED
from bylines.engine.feature import PageInputs
from bylines.engine.paths import prefix_of
from bylines.engine.views import Translation
from bylines.engine.weave import listing
from bylines.engine.weave.listing import ROW, Row
from bylines.engine.workers.pool import batched
from bylines.features.blogs.disclaimers import disclaimer
from bylines.features.people.bylines import called
from bylines.features.posts import cards
from bylines.features.posts.records import Post
from bylines.features.posts.relations import HIDDEN, LISTED, TRANSLATION
from bylines.features.posts.settings import REPLY_URL, SOURCE_URL
from bylines.features.posts.views import Article, PostPage, RelatedPost
from bylines.locale_format import language_name, list_in_words

_RELATED = Cache[str, RelatedPost]("a post as others name it beside their text")

_WORDS_A_MINUTE = 220
_TOGETHER = 200
"""How many posts one query looks up when all pages are rendered."""
_TOPICS, _OF_EACH, _SHOWN = 3, 3, 3
"""The related posts of a post: how many of its topics, and posts of each, are considered; and how many are shown."""


def keys(build: BuildContext) -> Iterable[str]:
    """Yield all published posts, blog by blog, so that a worker renders a blog's posts together."""
    names = build.store.column("SELECT name FROM post WHERE state > 0 ORDER BY blog, name")
    for some in batched(names, _TOGETHER):
        cards.bring(build, some)
        yield from some


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the changed posts, their neighbours in the blog, their translations, and the posts that show them as related."""
    found = set(dirty[BODY]) | dirty[CARD] | dirty[REMOVED]
    rows = {row for row in dirty[ROW] if row.list.startswith("blog:")}
    for name in dirty[CARD]:
        rows.update(Row(*row) for row in build.store.rows(_PLACES, (name,)))
    for row in rows:
        found.update(name for name in listing.neighbours(build, row) if name)
    for name in dirty[CARD] | dirty[ADDRESS]:
        found.update(build.store.column(_SIBLINGS, (name,)))
    return found.union(_after(build, dirty))


def _after(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Yield the posts that may show a changed one among their related posts."""
    rows = {row for row in dirty[ROW] if row.list.startswith("topic:")}
    for name in dirty[CARD]:
        rows.update(Row(*row) for row in build.store.rows(_TOPIC_PLACES, (name,)))
    for row in rows:
        yield from build.store.column(_LATER, (*row, _OF_EACH))


_TOPIC_PLACES = "SELECT list, date, post FROM listing WHERE post = ? AND list >= 'topic:' AND list < 'topic;'"
_LATER = "SELECT post FROM listing WHERE list = ? AND (date, post) > (?, ?) ORDER BY date, post LIMIT ?"
_EARLIER = (
    "SELECT post, date FROM listing WHERE list = ? AND (date, post) < (?, ?) ORDER BY date DESC, post DESC LIMIT ?"
)


_PLACES = "SELECT list, date, post FROM listing WHERE post = ? AND list >= 'blog:' AND list < 'blog;'"
_SIBLINGS = "SELECT other.name FROM post JOIN post AS other ON other.family = post.family WHERE post.name = ?"


_POST = """
SELECT blog, url, date, family, state, EXISTS (SELECT 1 FROM post AS other WHERE other.family = post.family AND other.name <> ?1)
FROM post WHERE name = ?1
"""


def inputs(build: BuildContext, name: str) -> PageInputs | None:
    """Return the inputs of a post's page; None if the post is not published."""
    row = build.store.row(_POST, (name,))
    if row is None or not row[4]:
        return None
    blog, url, date, family, state, translated = row
    record = cards.post(build, name)
    # Only a listed post has neighbours and related posts.
    at = Row(f"blog:{blog}", date, name)
    older, newer = listing.neighbours(build, at) if state == LISTED else (None, None)
    card = cards.article(build, name)
    body = cards.body(build, name, prefix_of(build.site, url))
    shown = cards.image(build, name, record)
    view = PostPage(
        article=card,
        modified=record.modified,
        locale_modified=cards.day(record.modified, build),
        minutes=max(1, round(record.words / _WORDS_A_MINUTE)),
        image=shown,
        image_alt=record.image_alt,
        image_sizes=body.pictures.get(record.image or ""),
        cover=share_picture(build, url, shown),
        translations=_translations(build, name, family) if translated and state >= TRANSLATION else (),
        prev_article=cards.post_link(build, older),
        next_article=cards.post_link(build, newer),
        hidden=state == HIDDEN,
        feeds=feed_links(build, card.blog.title, card.blog.url),
        related=_related(build, at, card, older) if state == LISTED and card.tags else (),
        source=_fill(build, build.site.of(SOURCE_URL), record, url) if build.site.of(SOURCE_URL) else "",
        reply=_fill(build, build.site.of(REPLY_URL), record, url) if build.site.of(REPLY_URL) else "",
        disclaimer=disclaimer(build, blog, url),
    )
    return PageInputs(path=f"{url}index.html", view=view, body=body)


def _related(build: BuildContext, at: Row, card: Article, beside: str | None) -> tuple[RelatedPost, ...]:
    """Return older posts on the same topics, without the neighbour `beside`.

    Those that share the most topics come first, then the newest.
    """
    shared: dict[tuple[str, int], int] = {}
    for topic in card.tags[:_TOPICS]:
        for place in build.store.rows(_EARLIER, (f"topic:{topic.slug}", at.date, at.post, _OF_EACH)):
            shared[place] = shared.get(place, 0) + 1
    best = sorted(shared, key=lambda place: (-shared[place], -place[1], place[0]))
    return tuple(_related_post(build, post) for post in [post for post, _ in best if post != beside][:_SHOWN])


def _related_post(build: BuildContext, name: str) -> RelatedPost:
    """Return a post as the related posts of another one show it."""
    memo = build.cache(_RELATED)
    found = memo.get(name)
    if found is None:
        card = cards.article(build, name)
        by = list_in_words(tuple(called(person) for person in card.authors), build.site.lang)
        found = memo[name] = RelatedPost(
            title=card.title, url=card.url, locale_date=card.locale_date, by=by, lang=card.lang, dir=card.dir
        )
    return found


def _fill(build: BuildContext, address: str, record: Post, url: str) -> str:
    """Return an address from the settings with its fields replaced by a post's values."""
    values = {"{path}": record.path, "{url}": f"{build.site.url}/{url}", "{title}": record.title}
    for field, value in values.items():
        if field in address:
            address = address.replace(field, urllib.parse.quote(value, safe="/" if field == "{path}" else ""))
    return address


def _translations(build: BuildContext, name: str, family: str) -> tuple[Translation, ...]:
    """Return the published translations of a post, in the order of their languages."""
    rows = build.store.rows(
        f"SELECT name, lang, url FROM post WHERE family = ? AND state >= {TRANSLATION} AND name <> ? ORDER BY lang, name",
        (family, name),
    )
    return tuple(
        Translation(lang=lang, language=language_name(lang, lang), title=cards.post(build, other).title, url=url)
        for other, lang, url in rows
    )
