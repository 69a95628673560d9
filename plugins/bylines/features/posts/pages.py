"""The page of a post: its text, who wrote it and when, its translations and its neighbours in the same blog."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine import links, listing
from bylines.engine.feature import Draft
from bylines.engine.listing import Row
from bylines.engine.loom import Loom, Touched
from bylines.engine.places import prefix_of
from bylines.features.posts import cards
from bylines.features.posts.relations import HIDDEN, LISTED, TRANSLATION
from bylines.records import Written
from bylines.views import FeedLink, PostPage, Translation
from bylines.words import language_name

_WORDS_A_MINUTE = 220


def keys(loom: Loom) -> Iterable[str]:
    """Every post that is published, blog by blog, so that workers meet a blog's bodies together."""
    return loom.store.column("SELECT name FROM post WHERE state > 0 ORDER BY blog, name")


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """The posts themselves, their neighbours in the blog, and their translations."""
    found = set(touched["body"]) | touched["card"] | touched["removed"]
    rows = {row for row in touched["row"] if row.list.startswith("blog:")}
    for name in touched["card"]:
        rows.update(Row(*row) for row in loom.store.rows(_PLACES, (name,)))
    for row in rows:
        found.update(name for name in listing.neighbours(loom, row) if name)
    for name in touched["card"] | touched["address"]:
        found.update(loom.store.column(_SIBLINGS, (name,)))
    return found


_PLACES = "SELECT list, date, post FROM listing WHERE post = ? AND list >= 'blog:' AND list < 'blog;'"
_SIBLINGS = "SELECT other.name FROM post JOIN post AS other ON other.family = post.family WHERE post.name = ?"


def draft(loom: Loom, name: str) -> Draft | None:
    """The page of a post; None where it is not published."""
    row = loom.store.row("SELECT blog, url, date, family, state FROM post WHERE name = ?", (name,))
    if row is None or not row[4]:
        return None
    blog, url, date, family, state = row
    record = cards.post(loom, name)
    # A translation stands where its original stands, though it is not in the list itself.
    at = Row(f"blog:{blog}", date, name)
    older, newer = listing.neighbours(loom, at) if state == LISTED else (None, None)
    card = cards.article(loom, name)
    body = cards.body(loom, name, prefix_of(loom.site, url))
    view = PostPage(
        article=card,
        modified=record.modified,
        locale_modified=cards.day(record.modified, loom),
        minutes=max(1, round(record.words / _WORDS_A_MINUTE)),
        image=image(loom, name, record),
        image_alt=record.image_alt,
        image_sizes=body.pictures.get(record.image or ""),
        translations=_translations(loom, name, family) if state >= TRANSLATION else (),
        prev_article=cards.post_link(loom, older),
        next_article=cards.post_link(loom, newer),
        hidden=state == HIDDEN,
        feeds=(FeedLink(title=card.blog.title, url=f"blogs/{blog}/feed.atom"),),
    )
    return Draft(path=f"{url}index.html", view=view, body=body)


def image(loom: Loom, name: str, record: Written) -> str | None:
    """The address of a post's picture: absolute, or relative to the root; None where there is none."""
    if not record.image:
        return None
    if "://" in record.image:
        return record.image
    if record.image.startswith("/"):
        return record.image.lstrip("/")
    for candidate in links.candidates(name, record.image):
        url = loom.address(candidate)
        if url:
            return url
    return None


def _translations(loom: Loom, name: str, family: str) -> tuple[Translation, ...]:
    rows = loom.store.rows(
        f"SELECT name, lang, url FROM post WHERE family = ? AND state >= {TRANSLATION} AND name <> ? ORDER BY lang, name",
        (family, name),
    )
    return tuple(
        Translation(lang=lang, language=language_name(lang, lang), title=cards.post(loom, other).title, url=url)
        for other, lang, url in rows
    )
