"""The pages of the directory."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bylines.engine import listing
from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.features.directory import index
from bylines.features.people.bylines import byline
from bylines.views import Entry, FeedLink, Letter
from bylines.words import day_in_words

_EVERYBODY = """
SELECT place, letter, sort_key, handle, title, family, 0 FROM person
WHERE NOT EXISTS (SELECT 1 FROM team WHERE team.handle = person.handle)
UNION ALL SELECT place, letter, sort_key, handle, title, '', 1 FROM team
ORDER BY place, letter, sort_key, handle
"""


def entries(loom: Loom) -> index.Index:
    """Everybody's blog as a line of the directory, under its letter."""
    memo = loom.memo("directory")
    if "all" not in memo:
        rows = loom.store.rows(_EVERYBODY)
        memo["all"] = index.Index("blogs/", "directory/", [(row[1], _entry(loom, *row[3:])) for row in rows])
    found: index.Index = memo["all"]
    return found


def _entry(loom: Loom, handle: str, title: str, family: str, group: int) -> Entry:
    posts, newest = listing.tally(loom, f"blog:{handle}")
    moment = loom.moment(newest) if posts else None
    return Entry(
        title=title,
        url=f"blogs/{handle}/",
        posts=posts,
        newest=moment,
        locale_newest=day_in_words(moment.date(), loom.site.lang) if moment else "",
        byline=byline(loom, handle),
        group=bool(group),
        family=family,
    )


def letters(loom: Loom) -> tuple[Letter, ...]:
    """The letters of the directory, without entries or counts, for other pages to lead to."""
    page = entries(loom).page(loom)
    return tuple(Letter(label=letter.label, id=letter.id, url=letter.url, count=0) for letter in page.letters)


def index_keys(loom: Loom) -> Iterable[str]:
    """The one directory."""
    return ("index",)


def _is_touched(touched: Touched) -> bool:
    return touched.any("person", "byline", "group", "filed") or any(
        row.list.startswith("blog:") for row in touched["row"]
    )


def index_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Whoever comes, goes, is renamed or writes."""
    return ("index",) if _is_touched(touched) else ()


def index_draft(loom: Loom, key: str) -> Draft | None:
    """The directory's first page."""
    page = msgspec.structs.replace(entries(loom).page(loom), feeds=(FeedLink(title=loom.site.name, url="feed.atom"),))
    return Draft(path="blogs/index.html", view=page)


def letter_keys(loom: Loom) -> Iterable[str]:
    """A page for each letter, where people are many."""
    return entries(loom).split_letters(loom)


def letter_reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """All letters that are or were pages, when anything in the directory changed; what differs is found by digest."""
    if not _is_touched(touched):
        return ()
    before = loom.store.column("SELECT key FROM page WHERE kind = 'directory-letter'")
    return {*before, *letter_keys(loom)}


def letter_draft(loom: Loom, key: str) -> Draft | None:
    """The page of one letter."""
    view = entries(loom).letter_page(loom, key)
    return Draft(path=f"{view.letter.url}index.html", view=view) if view else None
