"""The site's own pages in the store, and the page of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bylines import messages
from bylines.engine import links, naming
from bylines.engine.changes import Changes
from bylines.engine.claims import Claim
from bylines.engine.facts import BODY
from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.engine.naming import Named
from bylines.engine.opening import is_open
from bylines.engine.places import prefix_of
from bylines.engine.read import language_of, slug_of
from bylines.engine.read.names import date_of, is_index
from bylines.features.pages.facts import SITE_PAGE
from bylines.features.posts import cards
from bylines.records import AnyRecord, SitePage
from bylines.settings.declared import LANGUAGES
from bylines.views import SitePageView, Translation
from bylines.words import direction, language_name

SCHEMA = """
CREATE TABLE site_page (
    name TEXT PRIMARY KEY, url TEXT NOT NULL, title TEXT NOT NULL, lang TEXT NOT NULL, family TEXT NOT NULL,
    listed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX site_page_family ON site_page (family);
"""


def is_page(name: str) -> bool:
    """Whether a source is a page of the site's own."""
    return name.startswith("content/pages/") and name.endswith((".md", ".rst"))


def url_of(loom: Loom, name: str, record: SitePage) -> str:
    """`pages/about.md` stands at /about/; the language of a translation follows."""
    return naming.place_of(loom, name, record).below("")


def named(loom: Loom, name: str, record: AnyRecord | None) -> Named | None:
    """What a page's file says of its name."""
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
    known = bool(ending) and naming.declared((loom.site.lang, *loom.site.of(LANGUAGES), *own), ending)
    return Named(name, "", slug, ending, dated, known, bool(ending) and original)


def _family(loom: Loom, name: str, record: SitePage) -> str:
    """What a page and its translations have in common: the slug of the original."""
    return (record.translation_of or naming.place_of(loom, name, record).slug).strip("/")


def claims_of(loom: Loom, name: str, record: AnyRecord) -> Sequence[Claim]:
    """A page asks for its address and for its old ones."""
    if not isinstance(record, SitePage) or not is_open(loom, record):
        return ()
    return naming.claims_of(loom, name, record, "")


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Brings the pages up to date."""
    for change in changes.of(SitePage):
        name = change.name
        touched.add(BODY, name)
        touched.add(SITE_PAGE, *loom.store.column(_SIBLINGS, (name,)))
        loom.store.run("DELETE FROM site_page WHERE name = ?", (name,))
        record = change.new
        url = url_of(loom, name, record) if isinstance(record, SitePage) and is_open(loom, record) else None
        if isinstance(record, SitePage) and url is not None and loom.owns(name, url):
            family, lang = _family(loom, name, record), naming.lang_of(loom, name, record)
            values = (name, url, record.title, lang, family, record.status != "hidden")
            loom.store.run("INSERT INTO site_page VALUES (?, ?, ?, ?, ?, ?)", values)
            loom.place(name, url, touched)
            loom.report(name, "naming", naming.problems(loom, name, record, ""))
        else:
            loom.report(name, "naming", ())
            loom.place(name, None, touched)
        links.forget(loom, (name,))
        links.put(loom, [(name, record)] if isinstance(record, SitePage) else [])
        touched.add(SITE_PAGE, name, *loom.store.column(_SIBLINGS, (name,)))
    _check_originals(loom, changes, touched)


def _check_originals(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Reports translations of pages that are not there."""
    for name in sorted({*filter(is_page, changes), *touched[SITE_PAGE]}):
        change = changes.get(name)
        record = change.new if change else loom.record(name)
        original = record.translation_of if isinstance(record, SitePage) else None
        alone = original and not loom.store.row(_HAS_ORIGINAL, (original.strip("/"), name))
        problem = messages.NO_ORIGINAL.problem(loom.shown(name), original=original)
        loom.report(name, "pages", [problem] if alone else [])


_HAS_ORIGINAL = "SELECT 1 FROM site_page WHERE family = ? AND name <> ?"


_SIBLINGS = "SELECT other.name FROM site_page p JOIN site_page AS other ON other.family = p.family WHERE p.name = ?"


def menu(loom: Loom) -> tuple[tuple[str, str], ...]:
    """The (title, url) of the site's own pages, translations left out."""
    rows = loom.store.rows("SELECT title, url, family FROM site_page WHERE listed ORDER BY family, length(url), name")
    first: dict[str, tuple[str, str]] = {}
    for title, url, family in rows:
        first.setdefault(family, (title, url))
    return tuple(first.values())


def keys(loom: Loom) -> Iterable[str]:
    """Every page that is published."""
    return loom.store.column("SELECT name FROM site_page ORDER BY name")


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Pages that changed, their translations, and pages whose links lead elsewhere."""
    return {name for name in touched[SITE_PAGE] | touched[BODY] if is_page(name)}


def draft(loom: Loom, name: str) -> Draft | None:
    """A page of the site's own."""
    row = loom.store.row("SELECT url, family, lang FROM site_page WHERE name = ?", (name,))
    if row is None:
        return None
    url, family, own_lang = row
    record: SitePage = loom.record(name)
    others = loom.store.rows(
        "SELECT lang, title, url FROM site_page WHERE family = ? AND name <> ? ORDER BY lang, name", (family, name)
    )
    body = cards.body(loom, name, prefix_of(loom.site, url))
    view = SitePageView(
        title=record.title,
        url=url,
        page_lang=own_lang,
        page_dir=direction(own_lang),
        summary=record.summary or record.excerpt,
        modified=record.modified,
        locale_modified=cards.day(record.modified, loom),
        translations=tuple(
            Translation(lang=lang, language=language_name(lang, lang), title=title, url=other)
            for lang, title, other in others
        ),
        image=cards.image(loom, name, record),
        image_alt=record.image_alt,
        image_sizes=body.pictures.get(record.image or ""),
    )
    return Draft(path=f"{url}index.html", view=view, body=body)
