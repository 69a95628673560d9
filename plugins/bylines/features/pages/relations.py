"""Keeps the table of the site's own pages, and assembles the page of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.contributions import SitemapUrls
from bylines.engine.facts import BODY
from bylines.engine.feature import PageInputs
from bylines.engine.paths import prefix_of
from bylines.engine.read import language_of, slug_of
from bylines.engine.read.names import date_of, is_index
from bylines.engine.views import Translation
from bylines.engine.weave import links, naming
from bylines.engine.weave.changes import Changes
from bylines.engine.weave.claims import Claim
from bylines.engine.weave.naming import Named
from bylines.engine.weave.opening import is_open
from bylines.features.pages.facts import SITE_PAGE
from bylines.features.pages.records import PAGE, SitePage
from bylines.features.pages.views import SitePageView
from bylines.features.posts import cards
from bylines.features.posts.messages import NO_ORIGINAL
from bylines.locale_format import direction, language_name
from bylines.records import Record
from bylines.settings.declared import LANGUAGES

SCHEMA = """
CREATE TABLE site_page (
    name TEXT PRIMARY KEY, url TEXT NOT NULL, title TEXT NOT NULL, lang TEXT NOT NULL, family TEXT NOT NULL,
    listed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX site_page_family ON site_page (family);
"""


def is_page(name: str) -> bool:
    """Return whether a source is one of the site's own pages."""
    return PAGE.matches(name)


def url_of(build: BuildContext, name: str, record: SitePage) -> str:
    """Return a page's address: /about/ for `pages/about.md`. A translation's address ends with its language."""
    return naming.place_of(build, name, record).below("")


def named(build: BuildContext, name: str, record: Record | None) -> Named | None:
    """Return how a page is named by its file and its header; None for other sources."""
    if not is_page(name):
        return None
    path = name.removeprefix("content/")
    ending, dated = language_of(path), date_of(path) or ""
    own: tuple[str, ...] = ()
    slug, original = slug_of(path), is_index(path)
    if isinstance(record, SitePage):
        slug, dated = record.slug, record.dated
        own = (record.lang,) if record.lang_given else ()
        original = original or record.translation_of is not None
    known = bool(ending) and naming.declared((build.site.lang, *build.site.of(LANGUAGES), *own), ending)
    return Named(name, "", slug, ending, dated, known, bool(ending) and original)


def _family(build: BuildContext, name: str, record: SitePage) -> str:
    """Return the slug of the original, which a page and its translations have in common."""
    return (record.translation_of or naming.place_of(build, name, record).slug).strip("/")


def claims_of(build: BuildContext, name: str, record: Record) -> Sequence[Claim]:
    """Return a page's claims to its address and to its old ones; none if it is not published now."""
    if not isinstance(record, SitePage) or not is_open(build, record):
        return ()
    return naming.claims_of(build, name, record, "")


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Update the table of pages, their addresses and their links."""
    for change in changes.of(SitePage):
        name = change.name
        dirty.add(BODY, name)
        dirty.add(SITE_PAGE, *build.store.column(_SIBLINGS, (name,)))
        build.store.run("DELETE FROM site_page WHERE name = ?", (name,))
        record = change.new
        url = url_of(build, name, record) if isinstance(record, SitePage) and is_open(build, record) else None
        if isinstance(record, SitePage) and url is not None and build.owns(name, url):
            family, lang = _family(build, name, record), naming.lang_of(build, name, record)
            values = (name, url, record.title, lang, family, record.status != "hidden")
            build.store.run("INSERT INTO site_page VALUES (?, ?, ?, ?, ?, ?)", values)
            build.place(name, url, dirty)
            build.report(name, "naming", naming.problems(build, name, record, ""))
        else:
            build.report(name, "naming", ())
            build.place(name, None, dirty)
        links.forget(build, (name,))
        links.put(build, [(name, record)] if isinstance(record, SitePage) else [])
        dirty.add(SITE_PAGE, name, *build.store.column(_SIBLINGS, (name,)))
    _check_originals(build, changes, dirty)


def _check_originals(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Report translations whose original does not exist."""
    for name in sorted({*filter(is_page, changes), *dirty[SITE_PAGE]}):
        change = changes.get(name)
        record = change.new if change else build.record(name)
        original = record.translation_of if isinstance(record, SitePage) else None
        alone = original and not build.store.row(_HAS_ORIGINAL, (original.strip("/"), name))
        problem = NO_ORIGINAL.problem(build.shown(name), original=original)
        build.report(name, "pages", [problem] if alone else [])


_HAS_ORIGINAL = "SELECT 1 FROM site_page WHERE family = ? AND name <> ?"


_SIBLINGS = "SELECT other.name FROM site_page p JOIN site_page AS other ON other.family = p.family WHERE p.name = ?"


def menu(build: BuildContext) -> tuple[tuple[str, str], ...]:
    """Return the (title, url) of the pages for the menu: without hidden ones, and each only in one language."""
    rows = build.store.rows("SELECT title, url, family FROM site_page WHERE listed ORDER BY family, length(url), name")
    first: dict[str, tuple[str, str]] = {}
    for title, url, family in rows:
        first.setdefault(family, (title, url))
    return tuple(first.values())


def keys(build: BuildContext) -> Iterable[str]:
    """Return the sources of all published pages."""
    return build.store.column("SELECT name FROM site_page ORDER BY name")


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the pages that changed, their translations, and pages with a link whose target moved."""
    return {name for name in dirty[SITE_PAGE] | dirty[BODY] if is_page(name)}


def inputs(build: BuildContext, name: str) -> PageInputs | None:
    """Return the inputs of a page; None if it is not published."""
    row = build.store.row("SELECT url, family, lang FROM site_page WHERE name = ?", (name,))
    if row is None:
        return None
    url, family, own_lang = row
    record: SitePage = build.record(name)
    others = build.store.rows(
        "SELECT lang, title, url FROM site_page WHERE family = ? AND name <> ? ORDER BY lang, name", (family, name)
    )
    body = cards.body(build, name, prefix_of(build.site, url))
    view = SitePageView(
        title=record.title,
        url=url,
        page_lang=own_lang,
        page_dir=direction(own_lang),
        summary=record.summary or record.excerpt,
        modified=record.modified,
        locale_modified=cards.day(record.modified, build),
        translations=tuple(
            Translation(lang=lang, language=language_name(lang, lang), title=title, url=other)
            for lang, title, other in others
        ),
        image=cards.image(build, name, record),
        image_alt=record.image_alt,
        image_sizes=body.pictures.get(record.image or ""),
    )
    return PageInputs(path=f"{url}index.html", view=view, body=body)


SITEMAP = SitemapUrls(
    part="pages",
    urls=lambda build: build.store.column("SELECT url FROM site_page WHERE listed ORDER BY url"),
    count=lambda build: int(build.store.rows("SELECT count(*) FROM site_page WHERE listed")[0][0]),
    is_affected=lambda dirty: bool(dirty[SITE_PAGE]),
    order=10,
)
