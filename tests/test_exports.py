"""The directory for other programs: whose blogs stand in which list, and what a change costs."""

from __future__ import annotations

import json
import sqlite3
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bylines.features.blogs import relations
from bylines.features.exports import opml_pages
from tests.building import SmallSite


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    site = SmallSite(tmp_path)
    site.person(
        "ada", "Ada Lovelace", team="Engines", joined="1833-06-05", languages="[en, fr]", emails="[a@b.example]"
    )
    site.person("li", "李娜")
    site.person("bo", "Bo & Co. <Lund>")
    site.write("content/blogs/crew/blog.yaml", "title: Crew\nmembers: [li, ada, nobody]\n")
    site.post("ada/x.md", topics="[Tides]")
    site.post("crew/y.md", topics="[Tides, Sand]", authors="[bo]", date="2026-01-01")
    return site


def opml(site: SmallSite, path: str) -> list[str]:
    root = ET.fromstring(site.page(path))
    assert root.get("version") == "2.0"
    leaves = list(root.iter("outline"))
    for leaf in leaves:
        assert leaf.get("type") == "rss"
        assert leaf.get("xmlUrl") == f"{leaf.get('htmlUrl')}feed.atom"
    return [leaf.get("text", "") for leaf in leaves]


def test_opml_of_all_of_each_letter_topic_and_group(site: SmallSite) -> None:
    site.build()
    assert opml(site, "blogs.opml") == ["Crew", "Ada Lovelace", "Bo & Co. <Lund>", "李娜"]
    assert opml(site, "directory/l/blogs.opml") == ["Ada Lovelace", "Bo & Co. <Lund>"]
    assert opml(site, "directory/han/blogs.opml") == ["李娜"]
    assert opml(site, "topics/tides/blogs.opml") == ["Crew", "Ada Lovelace", "Bo & Co. <Lund>"]
    assert opml(site, "topics/sand/blogs.opml") == ["Crew", "Bo & Co. <Lund>"]
    assert opml(site, "blogs/crew/members.opml") == ["Ada Lovelace", "李娜"]
    for page, link in (("topics/tides/", "blogs.opml"), ("blogs/crew/", "members.opml")):
        assert f"test.example/{page}{link}" in site.page(f"{page}index.html")


def test_the_directory_as_json_says_what_the_blogs_show(site: SmallSite) -> None:
    site.build()
    index = json.loads(site.page("blogs.json"))
    assert [letter["letter"] for letter in index["letters"]] == ["C", "L", "漢"]
    files = [letter["url"].removeprefix("https://test.example/") for letter in index["letters"]]
    assert files == ["directory/c/blogs.json", "directory/l/blogs.json", "directory/han/blogs.json"]
    crew, (ada, _) = (json.loads(site.page(file))["blogs"] for file in files[:2])
    assert crew[0]["kind"] == "group"
    assert crew[0]["members"] == ["li", "ada"], "whom its own page names"
    assert ada == {
        "handle": "ada",
        "name": "Ada Lovelace",
        "filed_as": "Lovelace, Ada",
        "url": "https://test.example/blogs/ada/",
        "feeds": {form: f"https://test.example/blogs/ada/feed.{form}" for form in ("atom", "rss", "json")},
        "kind": "person",
        "team": "Engines",
        "joined": "1833-06-05",
        "languages": ["en", "fr"],
    }


def test_a_new_person_changes_one_letter_and_a_new_post_nothing_but_a_new_writers_topic(site: SmallSite) -> None:
    site.build()
    site.person("lea", "Lea Lamb")
    assert exported(site) == {"blogs.opml", "directory/l/blogs.opml", "directory/l/blogs.json"}
    site.post("ada/z.md", topics="[Tides]", date="2026-02-01")
    assert exported(site) == set()
    site.post("lea/z.md", topics="[Tides]", date="2026-02-02")
    assert exported(site) == {"topics/tides/blogs.opml"}
    site.post("lea/z.md", topics="[Sand]", date="2026-02-02")
    assert exported(site) == {"topics/tides/blogs.opml", "topics/sand/blogs.opml"}
    site.post("crew/y.md", topics="[Tides, Sand]", date="2026-01-01")
    assert exported(site) == {"topics/tides/blogs.opml", "topics/sand/blogs.opml"}, "a co-author is none any more"
    site.person("ada", "Ada Lovelace", team="Looms")
    assert exported(site) == {"directory/l/blogs.json"}


def exported(site: SmallSite) -> set[str]:
    """The files for other programs that a build writes."""
    return {path for path in site.build().changed if path.endswith((".opml", "blogs.json"))}


def test_nobody_goes_through_the_directory_to_find_a_few(site: SmallSite) -> None:
    site.build()
    few = {"topic": opml_pages.QUERIES["topic"], "group": opml_pages.QUERIES["group"], "groups of": relations.GROUPS_OF}
    with sqlite3.connect(next((site.folder / "cache").glob("*.sqlite"))) as db:
        for name, sql in few.items():
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", [""] * sql.count("?"))]
            filed = [step for step in plan if " index_entry " in step]
            assert filed == ["SEARCH index_entry USING PRIMARY KEY (catalogue=? AND key=?)"], (name, plan)
