"""Returns posts as other pages need them: as a card in a list, as a link, and as a body to render."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

import msgspec

from bylines.engine.context import BuildContext, Cache
from bylines.engine.feature import Body
from bylines.engine.read.document import Document
from bylines.engine.weave import links
from bylines.features.blogs.relations import blog_link
from bylines.features.files import pictures
from bylines.features.people.bylines import bylines
from bylines.features.posts.records import Post
from bylines.features.posts.views import Article, PostLink
from bylines.features.topics import relations as topics
from bylines.languages import tag_of as language_tag
from bylines.locale_format import day_in_words, direction

_Found = TypeVar("_Found")
_JSON = msgspec.json.Encoder()
_ENCODER = msgspec.msgpack.Encoder()
_ARTICLE = msgspec.msgpack.Decoder(Article)


def article(build: BuildContext, name: str) -> Article:
    """Return the card of a published post."""
    memo = build.cache(_ARTICLES)
    found = memo.get(name)
    if found is None:
        found = memo[name] = _load_card(build, name) or _article(build, name)
    return found


def _lay_aside(build: BuildContext, cards: Mapping[str, Article]) -> None:
    """Store cards that the cache has no more room for, so that they need not be assembled again.

    Only a first build does so: there, many lists show the same card at different times.
    """
    if not build.store.fresh:
        return
    rows = ((name, _ENCODER.encode(card)) for name, card in cards.items())
    build.store.many("INSERT OR IGNORE INTO card VALUES (?, ?)", rows)
    build.cache(_LAID_ASIDE)[None] = True


_ARTICLES = Cache[str, Article]("the card of a post", full=_lay_aside)
_LAID_ASIDE = Cache[None, bool]("whether the store holds cards that memory had no room for")


def _load_card(build: BuildContext, name: str) -> Article | None:
    """Return the stored card of a post; None if there is none."""
    if not build.cache(_LAID_ASIDE):
        return None
    row = build.store.row("SELECT card FROM card WHERE name = ?", (name,))
    return _ARTICLE.decode(row[0]) if row else None


def articles(build: BuildContext, names: Iterable[str]) -> tuple[Article, ...]:
    """Return the cards of published posts, in the order of `names`."""
    wanted = tuple(names)
    if build.cache(_LAID_ASIDE):
        _load(build, build.cache(_ARTICLES), wanted, _CARDS, lambda row: _ARTICLE.decode(row[1]))
    return tuple(article(build, name) for name in wanted)


_CARDS = "SELECT name, card FROM card WHERE name IN (SELECT value FROM json_each(?))"


def bring(build: BuildContext, names: Iterable[str]) -> None:
    """Load posts that will soon be asked for into the cache. One query for all takes half as long as one for each."""
    _load(build, build.cache(_SOURCES_READ), names, _SOURCES, functools.partial(_read, build))


def _load(
    build: BuildContext, memo: dict[str, _Found], names: Iterable[str], sql: str, convert: Callable[[Any], _Found]
) -> None:
    """Load what `memo` lacks of `names` with one query; `convert` turns a row into a value."""
    missing = [name for name in names if name not in memo]
    if len(missing) > 1:
        for row in build.store.rows(sql, (_JSON.encode(missing).decode(),)):
            memo[row[0]] = convert(row)


class Source(NamedTuple):
    """A post in the store: its record, the digest of its file, and its address (empty if it is not published)."""

    record: Post
    digest: str
    url: str


_SOURCES_READ = Cache[str, Source]("what the store holds of a post")


def source(build: BuildContext, name: str) -> Source:
    """Return a post's record, digest and address from the store."""
    memo = build.cache(_SOURCES_READ)
    found = memo.get(name)
    if found is None:
        found = memo[name] = _read(build, build.store.rows(_SOURCE, (name,))[0])
    return found


def _read(build: BuildContext, row: tuple[str, bytes, str, str | None, str | None]) -> Source:
    """Return a row as a `Source`. The post's language may be that of its name."""
    _, data, digest, url, ending = row
    record = build.kinds.decode(data)
    lang = language_tag(ending) if ending and not record.lang_given else None
    return Source(msgspec.structs.replace(record, lang=lang) if lang else record, digest, url or "")


_FACTS = """
SELECT source.name, record, digest, url, naming.lang FROM source LEFT JOIN address USING (name)
LEFT JOIN naming ON naming.source = source.name
"""
_SOURCE = f"{_FACTS} WHERE source.name = ?"
_SOURCES = f"{_FACTS} WHERE source.name IN (SELECT value FROM json_each(?))"


def post(build: BuildContext, name: str) -> Post:
    """Return the record of a post."""
    return source(build, name).record


def _article(build: BuildContext, name: str) -> Article:
    record, _, url = source(build, name)
    handles = build.store.column(_AUTHORS, (name,)) if record.authors else ()
    about = build.store.column(_TOPICS, (name,)) if record.topics else ()
    return Article(
        title=record.title,
        url=url,
        date=record.date,
        locale_date=day_in_words(record.date.date(), build.site.lang),
        authors=bylines(build, handles or (record.blog,)),
        blog=blog_link(build, record.blog),
        lang=record.lang,
        dir=direction(record.lang),
        summary=record.summary or record.excerpt,
        tags=topics.links(build, about),
        year=record.date.astimezone(build.zone).year,
        draft=record.status == "draft",
    )


_AUTHORS = "SELECT handle FROM post_author WHERE post = ? AND known ORDER BY position"
_TOPICS = "SELECT topic FROM post_topic WHERE post = ? ORDER BY position"


def post_link(build: BuildContext, name: str | None) -> PostLink | None:
    """Return a link to a post for the pages of its neighbours; None if `name` is None."""
    if name is None:
        return None
    record, _, url = source(build, name)
    day = day_in_words(record.date.date(), build.site.lang)
    return PostLink(title=record.title, url=url, locale_date=day, lang=record.lang, dir=direction(record.lang))


def body(build: BuildContext, name: str, prefix: str, page_url: str = "") -> Body:
    """Return the inputs for rendering the text of a source. Links begin with `prefix`; `page_url` is set for feeds."""
    record, digest, _ = source(build, name)
    hrefs, mentions = links.hrefs(build, name, prefix) if record.targets or record.mentions else ({}, {})
    some = not page_url and pictures.shows_some(record.targets)
    shown = pictures.shown_in(build, name, record.targets, prefix) if some else {}
    lang = record.lang if record.lang != build.site.lang else ""
    return Body(
        source=name, digest=digest, links=hrefs, mentions=mentions, pictures=shown, page_url=page_url, lang=lang
    )


def image(build: BuildContext, name: str, record: Document) -> str | None:
    """Return the address of a text's picture, absolute or relative to the root; None if it has none."""
    if not record.image:
        return None
    if "://" in record.image:
        return record.image
    for candidate in links.candidates(name, record.image):
        url = build.address(candidate)
        if url:
            return links.quoted(url)[1:]
    return record.image.lstrip("/") if record.image.startswith("/") else None


def day(moment: dt.datetime | None, build: BuildContext) -> str:
    """Return the day of a moment in words; empty if it is None."""
    return day_in_words(moment.date(), build.site.lang) if moment else ""
