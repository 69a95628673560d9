"""The directory by team, place, language and year, by who is new, who writes and who is quiet: who stands where, and what it costs."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from bylines.features.facets import relations
from tests.building import NOW, SmallSite

DAY = 86_400


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """On 21 September 2026."""
    site = SmallSite(tmp_path)
    site.person("ada", "Ada Lovelace", team="tools", location="Porto", languages="[en, pt]", joined="2026-02-01")
    site.person("bo", "Bo Lund", team="Tools", location="Łódź", languages="[en]", joined="2019-02-01")
    site.person("cy", "Cy Moss", team="C++", left="2026-01-01", joined="2026-11-01")
    site.write("content/blogs/crew/blog.yaml", "title: Crew\nmembers: [ada]\n")
    site.post("ada/x.md", date="2026-07-01")
    site.post("bo/x.md", date="2025-09-30")
    site.post("cy/x.md", date="2020-01-01")
    return site


def listed(site: SmallSite, path: str) -> list[str]:
    """The handles (or, of values, the ends of their addresses) that a page lists."""
    page = site.page(f"directory/{path}index.html")
    names = re.findall(r'<li class="entry">\s*<a href="https://test.example/[^"]*?([^/"]+)/">', page)
    assert bool(names) != ('class="empty"' in page), path
    return names


def changed(site: SmallSite) -> set[str]:
    """The facets' pages that a build writes; a team's or language's feeds are lists of posts."""
    folders = tuple(f"directory/{folder}/" for folder in relations.FOLDERS.values())
    pages = (path for path in site.build().changed if path.startswith(folders))
    return {path.removeprefix("directory/").removesuffix("index.html") for path in pages if "/feed." not in path}


def everywhere(site: SmallSite, facets: Iterable[str] = relations.FOLDERS.values()) -> dict[str, list[str]]:
    return {facet: listed(site, f"{facet}/") for facet in facets}


def test_everybody_stands_where_they_say_and_where_their_posts_put_them(site: SmallSite) -> None:
    site.build()
    assert everywhere(site) == {
        "teams": ["c-plus-plus", "tools"],
        "places": ["łódź", "porto"],
        "languages": ["en", "pt"],
        "joined": ["2026", "2019"],
        "new": ["ada", "cy"],
        "groups": ["crew"],
        "alumni": ["cy"],
        "active": ["ada"],
        "quiet": ["bo"],
    }
    assert listed(site, "teams/tools/") == ["ada", "bo"]
    assert "<h1>Tools</h1>" in site.page("directory/teams/tools/index.html"), "the first spelling by the alphabet"
    assert "<h1>English</h1>" in site.page("directory/languages/en/index.html")
    assert listed(site, "joined/2026/") == ["ada", "cy"]
    for facet in relations.FOLDERS.values():
        assert f'href="https://test.example/directory/{facet}/"' in site.page("blogs/index.html")


def test_an_empty_facet_says_what_fills_it(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.build()
    assert set(map(tuple, everywhere(site).values())) == {()}
    assert "blog.yaml" in site.page("directory/groups/index.html")


def test_a_new_post_touches_no_facet_until_tomorrow(site: SmallSite) -> None:
    site.build()
    site.post("bo/y.md", date="2026-09-21 08:00")
    assert changed(site) == set()
    site.now += DAY
    assert changed(site) == {"active/", "quiet/"}
    assert listed(site, "active/") == ["ada", "bo"]
    site.post("ada/y.md", date="2026-09-21 09:00")
    assert changed(site) == set(), "who is active already"
    site.remove("content/blogs/bo/y.md")
    assert changed(site) == {"active/", "quiet/"}


def test_months_pass(site: SmallSite) -> None:
    site.build()
    site.now = NOW + 10 * DAY  # the first of October; yesterday is September
    assert changed(site) == set()
    site.now += DAY
    assert changed(site) == {"active/", "quiet/"}
    assert everywhere(site, ("active", "quiet"))["active"] == []
    site.now = NOW + 110 * DAY  # January
    assert changed(site) == {"quiet/", "new/"}, "nobody was active before"
    assert listed(site, "new/") == []
    site.now = NOW
    site.build()
    assert everywhere(site, ("active", "quiet", "new")) == {"active": ["ada"], "quiet": ["bo"], "new": ["ada", "cy"]}


def test_somebody_new_changes_the_pages_that_they_are_on(site: SmallSite) -> None:
    site.build()
    site.person("di", "Di Moss", team="TOOLS", languages="[pt]")
    assert changed(site) == {"teams/", "teams/tools/", "languages/", "languages/pt/"}
    site.person("di", "Di Moss", team="Looms", languages="[pt]", role="Weaver")
    assert changed(site) == {"teams/", "teams/tools/", "teams/looms/", "languages/pt/"}
    site.person("di", "Di Moss", team="Looms", languages="[pt]", role="Weaver", bio="Hello")
    assert changed(site) == set(), "what no line shows"


def test_long_facets_are_split_and_pages_stay_small(site: SmallSite) -> None:
    site.settings["BYLINES_LETTERS_FROM"] = 5
    for number in range(12):
        site.person(f"p{number}", f"P{number} {'ABS'[number % 3]}x{number}", team="Big", location=f"Town {number}")
    site.build()
    assert listed(site, "teams/big/a/") == ["p0", "p3", "p6", "p9"]
    assert listed(site, "places/-/l/") == ["łódź"]
    assert "directory/places/-/t/town1/" in site.page("directory/places/-/t/index.html")
    site.person("new", "New Bx", team="big")
    assert changed(site) == {"teams/", "teams/big/", "teams/big/b/"}
    site.person("new", "New Bx", team="BIG")
    assert {"teams/", "teams/big/", "teams/big/a/", "teams/big/b/", "teams/big/s/"} >= changed(site)
    site.remove("authors/new.yaml")
    site.person("p0", "P0 Zed", team="Big", location="Town 0")
    assert {"teams/big/a/", "teams/big/b/", "teams/big/s/", "teams/big/z/"} <= changed(site), "a new letter"


def test_what_a_build_asks_is_answered_by_indexes(site: SmallSite) -> None:
    site.build()
    with sqlite3.connect(next((site.folder / "cache").glob("*.sqlite"))) as db:
        for name, sql in relations.QUERIES.items():
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", [0] * sql.count("?"))]
            assert not any("SCAN" in step or "TEMP B-TREE" in step for step in plan), (name, plan)
