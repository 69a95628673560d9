"""What capabilities contribute to each other: sections of pages, lists with feeds, addresses; also a company's own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bylines.engine.build import Result
from bylines.problems import SettingsError
from bylines.settings import FEATURES
from tests.building import ROOT, SmallSite
from tests.test_incremental import compare

# Lunch: the people of a place are told where they eat, and posts about lunch are a list of their own.
_LUNCH = """
from collections.abc import Iterable

from bylines.engine.weave import listing
from bylines.engine.contributions import FramePiece, ListHead, PostList, Section, SitemapUrls
from bylines.engine.feature import Feature, PageInputs, PageKind
from bylines.engine.weave.listing import ROW, Row
from bylines.engine.views import View
from bylines.features.people.facts import PERSON
from bylines.features.people.relations import source_of
from bylines.features.posts.list_pages import list_pages
from bylines.features.posts import lists
from bylines.features.posts.views import Listing
from bylines.features.people.records import Profile
from bylines.features.posts.records import Post


class Canteen(View, frozen=True, kw_only=True):
    place: str


class LunchPage(View, frozen=True, kw_only=True):
    listing: Listing


def canteen(build, handle):
    profile = build.record(source_of(handle))
    return Canteen(place=profile.location) if isinstance(profile, Profile) and profile.location else None


def weave(build, changes, dirty):
    names = [change.name for change in changes.of(Post)]
    build.store.select(names)
    before = {row for row in listing.rows_of(build) if row.list == "lunch:all"}
    build.store.many("DELETE FROM listing WHERE list = ? AND date = ? AND post = ?", before)
    after = {
        Row("lunch:all", date, name)
        for name in names
        for (date,) in build.store.rows("SELECT date FROM post WHERE name = ? AND state >= 3", (name,))
        if "lunch" in build.record(name).title.lower()
    }
    build.store.many("INSERT INTO listing VALUES (?, ?, ?)", sorted(after))
    listing.recount_moved(build, before ^ after)
    dirty.add(ROW, *(before ^ after))


def head(build, key):
    return ListHead("Lunch", "lunch/", "lunch/") if listing.count(build, "lunch:" + key)[0] else None


def page(build, key):
    if head(build, key) is None:
        return None
    return PageInputs(path="lunch/index.html", view=LunchPage(listing=lists.newest_page(build, "lunch:all", "lunch/")))


LISTS = PostList(kind="lunch", prefix="lunch:", names=lambda build: listing.names(build, "lunch:"), head=head)
FEATURE = Feature(
    name="lunch",
    needs=("people", "posts"),
    addresses=("lunch/",),
    weave=weave,
    pages=list_pages(LISTS, PageKind("lunch", lambda build: ("all",), page, template="lunch/index.html", view=LunchPage)),
    contributes=(
        LISTS,
        FramePiece(place="menu", template="lunch/menu.html", order=15),
        Section(
            host="blog",
            place=PLACE,
            name="canteen",
            template="lunch/canteen.html",
            view=Canteen,
            inputs=canteen,
            affected=lambda build, dirty: dirty[PERSON],
        ),
        SitemapUrls(
            part="pages",
            urls=lambda build: ("lunch/",) if head(build, "all") else (),
            count=lambda build: 1 if head(build, "all") else 0,
            is_affected=lambda dirty: any(row.list == "lunch:all" for row in dirty[ROW]),
        ),
    ),
)
"""
_CANTEEN = '<p class="canteen">Eats in {{ place }}</p>\n'
_MENU = '<li><a href="{{ SITEURL }}/lunch/"{% if current == "lunch/" %} aria-current="page"{% endif %}>Lunch</a></li>'
_PAGE = '{% extends "base.html" %}{% block main %}{{ lists.by_year(listing) }}{{ lists.pager(listing) }}{% endblock %}'


def _with_lunch(folder: Path, place: str = "foot") -> SmallSite:
    site = SmallSite(
        folder,
        BYLINES_FEATURES=[*FEATURES, "ours_lunch"],
        BYLINES_COVERS=False,
        BYLINES_PAGE_SIZE=1,
        THEME_TEMPLATES_OVERRIDES=[str(folder / "mine")],
    )
    site.write("ours_lunch/__init__.py", "")
    site.write("ours_lunch/feature.py", _LUNCH.replace("PLACE", repr(place)))
    site.write("mine/lunch/canteen.html", _CANTEEN)
    site.write("mine/lunch/index.html", _PAGE)
    site.write("mine/lunch/menu.html", _MENU)
    site.person("ada", "Ada Lovelace", location="London")
    site.person("grace", "Grace Hopper", location="New York")
    site.person("alan", "Alan Turing")
    site.post("ada/soup.md", title="Soup for lunch", date="2026-03-01")
    site.post("grace/sail.md", title="A sail", date="2026-03-02")
    return site


@pytest.fixture
def lunch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    """A site of a company with a capability of its own."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield _with_lunch(tmp_path)
    _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "ours_lunch"]:
        del sys.modules[name]


def test_a_companys_capability_has_a_section_on_the_persons_page(lunch: SmallSite) -> None:
    assert lunch.problems() == []
    assert '<p class="canteen">Eats in London</p>\n' in lunch.page("blogs/ada/index.html")
    assert "canteen" not in lunch.page("blogs/alan/index.html")


def test_a_companys_lists_have_pages_feeds_and_a_place_in_the_sitemap(lunch: SmallSite) -> None:
    lunch.post("grace/again.md", title="Lunch again", date="2026-03-03")
    lunch.build()
    assert "Lunch again" in lunch.page("lunch/index.html")
    lunch.post("ada/third.md", title="Third lunch", date="2026-03-04")
    lunch.build()
    assert "Soup for lunch" in lunch.page("lunch/page/1/index.html")
    feed = lunch.page("lunch/feed.atom")
    assert "Soup for lunch" in feed
    assert "A sail" not in feed
    assert "https://test.example/lunch/</loc>" in lunch.page("sitemaps/pages.xml")


def test_a_companys_entry_stands_in_the_menu_of_every_page(lunch: SmallSite) -> None:
    lunch.build()
    for path, current in (
        ("index.html", ""),
        ("blogs/ada/soup/index.html", ""),
        ("lunch/index.html", ' aria-current="page"'),
    ):
        page = lunch.page(path)
        entry = f'<li><a href="https://test.example/lunch/"{current}>Lunch</a></li>'
        assert page.index(">Blogs</a>") < page.index(entry) < page.index(">Topics</a>"), path
    lunch.write("mine/lunch/menu.html", _MENU.replace("Lunch", "Food"))
    lunch.build()
    assert ">Food</a>" in lunch.page("blogs/ada/soup/index.html")
    compare(lunch, ["the menu"])


def test_edits_of_what_is_contributed_lead_to_what_a_clean_build_makes(lunch: SmallSite) -> None:
    edits = {
        "a place that is another": lambda: lunch.person("ada", "Ada Lovelace", location="Ockham"),
        "a place that goes": lambda: lunch.person("grace", "Grace Hopper"),
        "a place that comes": lambda: lunch.person("alan", "Alan Turing", location="Bletchley"),
        "a post that comes": lambda: lunch.post("alan/lunch.md", title="No lunch", date="2026-03-04"),
        "one that is none any more": lambda: lunch.post("ada/soup.md", title="Soup", date="2026-03-01"),
        "the last one goes": lambda: lunch.remove("content/blogs/alan/lunch.md"),
    }
    lunch.build()
    for words, edit in edits.items():
        edit()
        compare(lunch, [words])


def test_an_edit_of_a_sections_template_renders_the_hosts_and_nothing_else(lunch: SmallSite) -> None:
    lunch.build()
    lunch.write("mine/lunch/canteen.html", "<p>At table in {{ place }}</p>\n")
    result = lunch.build()
    assert set(result.changed) == {"blogs/ada/index.html", "blogs/grace/index.html"}
    assert result.rendered == 3  # Alan's page, too: it might have had one
    assert "<p>At table in London</p>" in lunch.page("blogs/ada/index.html")
    compare(lunch, ["a section's template"])


def _edited(site: SmallSite, template: str) -> Result:
    """The build after an edit that shows in each section that a template makes."""
    theme = site.folder / "theme"
    if not theme.exists():
        shutil.copytree(ROOT / "theme", theme)
        site.build()
    file = theme / "templates" / template
    file.write_text(file.read_text().replace("<p ", '<p data-x="" ').replace("<section ", '<section data-x="" '))
    return site.build()


def test_an_edit_of_our_own_sections_reaches_the_pages_that_show_them(site: SmallSite) -> None:
    site.settings["BYLINES_COVERS"] = False
    site.write("content/jams/x/jam.md", "---\ntitle: What?\nopens: 2026-09-01\ncloses: 2026-09-30\n---\nTell us.\n")
    site.post("ada/idea.md", title="An idea", date="2026-09-02", jam="x")
    site.post("ada/other.md", title="Another", date="2026-09-03")
    result = _edited(site, "jams/home.html")
    assert (result.changed, result.rendered) == (("index.html",), 1)
    result = _edited(site, "jams/idea.html")
    assert (result.changed, result.rendered) == (("blogs/ada/idea/index.html",), 2)
    compare(site, ["templates of sections"])


def test_a_section_for_a_place_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    site = _with_lunch(tmp_path, place="attic")
    try:
        with pytest.raises(SettingsError, match="for the place 'attic' of pages of the kind 'blog', whose places are"):
            site.build()
    finally:
        _forget()


def test_a_template_that_fails_in_a_section_is_named(lunch: SmallSite) -> None:
    lunch.write("mine/lunch/canteen.html", "{{ nothing.at_all }}\n")
    with pytest.raises(Exception, match=r"lunch/canteen\.html"):
        lunch.build()
