"""Feeds: ids that never change, dates that move with real edits alone, absolute addresses, sources in aggregates."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from bylines.features.feeds import xml
from bylines.problems import SettingsError
from tests.building import SmallSite
from tests.test_incremental import compare

_ATOM = "{http://www.w3.org/2005/Atom}"
_GOLDEN = Path(__file__).parent / "golden"


def _entries(site: SmallSite, path: str) -> list[ET.Element]:
    return list(ET.fromstring(site.page(path)).iter(f"{_ATOM}entry"))


def test_a_feed_is_this_byte_for_byte(site: SmallSite) -> None:
    site.person("grace", "Grace Hopper")
    site.write("content/blogs/crew/blog.yaml", "title: The crew\nmembers: [ada, grace]\n")
    site.post("crew/x.md", "See [y](y/index.md) & <b>more</b>. Ω\n\n## Head\n", title="'R&D < all'", authors="[grace, ada]",
              topics="[Tides]", summary="In short", modified="2026-03-01 12:00 +02:00")  # fmt: skip
    site.post("crew/y/index.md", "![p](p.svg)\n", title="שלום", lang="he", date="2026-01-01", authors="[ada]")
    site.write("content/blogs/crew/y/p.svg", "<svg/>")
    site.build()
    for path, golden in (
        ("feed.atom", "site.atom"),
        ("feed.rss", "site.rss"),
        ("feed.json", "site.json"),
        ("blogs/crew/feed.atom", "group.atom"),
        ("blogs.opml", "blogs.opml"),
    ):
        assert site.page(path) == (_GOLDEN / golden).read_text(), path


@given(st.text("ab &<>\"'\r\n\té漢😀\u0085\u2028]", max_size=12))
def test_texts_and_attributes_are_escaped_as_lxml_does(text: str) -> None:
    element = etree.Element("a", b=text)
    element.text = text
    assert f'<a b="{xml.attribute(text)}">{xml.text(text)}</a>' == etree.tostring(element, encoding="unicode")


def test_an_id_stays_when_the_title_or_the_text_changes_and_the_date_too(site: SmallSite) -> None:
    site.post("ada/x.md", title="One", date="2026-01-01")
    site.build()
    before = _entries(site, "feed.atom")[0]
    site.post("ada/x.md", "Another text.\n", title="Two", date="2026-01-01")
    site.build()
    after = _entries(site, "feed.atom")[0]
    for name in ("id", "updated", "published"):
        assert before.findtext(_ATOM + name) == after.findtext(_ATOM + name)
    site.post("ada/x.md", title="Two", date="2026-01-01", modified="2026-02-01")
    site.build()
    assert (_entries(site, "feed.atom")[0].findtext(f"{_ATOM}updated") or "").startswith("2026-02-01")


def test_an_own_id_goes_with_a_post_wherever_it_moves(site: SmallSite) -> None:
    site.post("ada/x.md", id="urn:uuid:1")
    site.build()
    site.remove("content/blogs/ada/x.md")
    site.post("ada/moved/index.md", id="urn:uuid:1")
    site.build()
    assert _entries(site, "feed.atom")[0].findtext(f"{_ATOM}id") == "urn:uuid:1"


def test_everybody_has_a_feed_even_before_the_first_post(site: SmallSite) -> None:
    site.build()
    feed = feedparser.parse(site.page("blogs/ada/feed.atom"))
    assert not feed.bozo
    assert feed.entries == []
    assert feed.feed.title == "Ada Lovelace"


def test_a_feed_has_full_content_with_absolute_addresses(site: SmallSite) -> None:
    site.post("ada/x/index.md", "[data](data.csv) [head](#head) ![p](p.svg)\n\n# Head\n")
    for name in ("data.csv", "p.svg"):
        site.write(f"content/blogs/ada/x/{name}", "x")
    site.settings["RELATIVE_URLS"] = True
    site.build()
    content = feedparser.parse(site.page("blogs/ada/feed.atom"), sanitize_html=False).entries[0].content[0].value
    for address in ("x/data.csv", "x/#head", "x/p.svg"):
        assert f'"https://test.example/blogs/ada/{address}"' in content


def test_an_aggregate_names_the_source_of_each_entry(site: SmallSite) -> None:
    site.post("ada/x.md", topics="[tides]")
    site.build()
    for path in ("feed.atom", "topics/tides/feed.atom"):
        source = _entries(site, path)[0].find(f"{_ATOM}source")
        assert source is not None
        assert source.findtext(f"{_ATOM}title") == "Ada Lovelace"
    assert _entries(site, "blogs/ada/feed.atom")[0].find(f"{_ATOM}source") is None


def test_every_format_has_the_same_entries_in_the_same_order(site: SmallSite) -> None:
    site.post("ada/x.md", "[y](y.md)\n", topics="[tides]", summary="a < b", id="urn:uuid:1")
    site.post("ada/y.md", date="2026-01-03")
    site.build()
    for folder in ("", "blogs/ada/", "topics/tides/"):
        entries = feedparser.parse(site.page(f"{folder}feed.atom")).entries
        items = feedparser.parse(site.page(f"{folder}feed.rss")).entries
        wanted = [(entry.id, entry.title, entry.link) for entry in entries]
        found = json.loads(site.page(f"{folder}feed.json"))
        assert [(entry.id, entry.title, entry.link) for entry in items] == wanted
        assert [(item["id"], item["title"], item["url"]) for item in found["items"]] == wanted
        assert found["feed_url"] == f"https://test.example/{folder}feed.json"
    assert found["items"][0]["_source"]["feed_url"] == "https://test.example/blogs/ada/feed.json"
    assert "https://test.example/blogs/ada/y/" in found["items"][0]["content_html"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.text(max_size=40))
def test_whatever_people_write_a_feed_is_well_formed(site: SmallSite, title: str, text: str) -> None:
    site.post(
        "ada/x.md", text.encode(errors="replace").decode(), title=json.dumps("T" + title), summary=json.dumps(title)
    )
    site.build()
    for form in ("atom", "rss"):
        etree.fromstring(site.page(f"feed.{form}").encode())
    json.loads(site.page("feed.json"))


def test_a_small_feed_says_that_it_is_whole_until_even_an_old_post_makes_it_too_long(site: SmallSite) -> None:
    site.settings["BYLINES_FEED_SIZE"] = 2
    for day in (2, 3):
        site.post(f"ada/x{day}.md", date=f"2026-01-0{day}", topics="[tides]")
    site.build()
    feeds = [f"{folder}feed.{form}" for folder in ("", "blogs/ada/", "topics/tides/") for form in ("atom", "rss")]
    assert all("<fh:complete " in site.page(feed) for feed in feeds)
    site.post("ada/x1.md", date="2026-01-01", topics="[tides]")
    site.build()
    assert not any("<fh:complete " in site.page(feed) for feed in feeds)


def _chain(site: SmallSite, path: str) -> Iterator[tuple[str, ET.Element]]:
    """A feed, and the archives that it leads to, one after the other."""
    while path:
        root = ET.fromstring(site.page(path))
        yield path, root
        links = [link for link in root.iter(f"{_ATOM}link") if link.get("rel") == "prev-archive"]
        path = links[0].get("href", "").removeprefix("https://test.example/") if links else ""


def _ids(root: ET.Element) -> list[str]:
    return [entry.findtext(f"{_ATOM}id") or "" for entry in root.iter(f"{_ATOM}entry")]


def test_a_feed_leads_to_every_post_and_a_new_one_changes_no_archive(site: SmallSite) -> None:
    site.settings["BYLINES_FEED_ARCHIVES"] = ["site", "blogs"]
    site.settings["BYLINES_FEED_SIZE"] = 2
    site.settings["BYLINES_PAGE_SIZE"] = 3
    before: dict[str, bytes] = {}
    for day in range(1, 9):
        site.post(f"ada/x{day}.md", date=f"2026-01-0{day}", topics="[tides]")
        site.build()
        for folder, feed in (("", "feed.atom"), ("blogs/ada/", "blogs/ada/feed.atom")):
            (_, first), *rest = _chain(site, feed)
            assert {own for _, root in ((feed, first), *rest) for own in _ids(root)} == {
                f"tag:bylines.example,2026:blogs/ada/x{n}" for n in range(1, day + 1)
            }
            assert [path for path, _ in rest] == [f"{folder}feed/{n}.atom" for n in range((day - 1) // 2, 0, -1)]
            for path, root in rest:
                links = {link.get("rel"): link.get("href") for link in root.findall(f"{_ATOM}link")}
                assert (links["self"], links["current"]) == (
                    f"https://test.example/{path}",
                    f"https://test.example/{feed}",
                )
                assert root.find(f"{{{xml.HISTORY}}}archive") is not None
                assert root.findtext(f"{_ATOM}id") == first.findtext(f"{_ATOM}id")
                assert len(_ids(root)) == 2
            assert (first.find(f"{{{xml.HISTORY}}}complete") is None) == bool(rest)
        archives = {path: data for path, data in site.built().items() if "feed/" in path}
        assert before.items() <= archives.items(), "none changes"
        assert len(archives) - len(before) in (0, 2), "one of the site and one of the blog, when they are full"
        before = archives


def test_an_old_post_changes_the_archives_from_its_own_on(site: SmallSite) -> None:
    site.settings["BYLINES_FEED_ARCHIVES"] = ["site", "blogs"]
    site.settings["BYLINES_FEED_SIZE"] = 2
    for day in range(1, 8):
        site.post(f"ada/x{day}.md", date=f"2026-01-0{day}")
    site.build()
    site.post("ada/x3.md", "Another text.\n", date="2026-01-03")
    assert {path for path in site.build().changed if "feed" in path} == {"feed/2.atom", "blogs/ada/feed/2.atom"}
    site.post("ada/x3a.md", "Late.\n", date="2026-01-03 12:00")
    changed = {path for path in site.build().changed if path.startswith("feed")}
    assert changed == {"feed/2.atom", "feed/3.atom"}
    site.person("ada", "Ada King")
    changed = {path for path in site.build().changed if path.startswith("blogs/ada/feed/")}
    assert changed == {f"blogs/ada/feed/{n}.atom" for n in (1, 2, 3)}
    for day in range(1, 4):
        site.remove(f"content/blogs/ada/x{day}.md")
    site.build()
    assert sorted(path for path in site.built() if path.startswith("feed/")) == ["feed/1.atom", "feed/2.atom"]


def test_archives_are_of_the_lists_and_formats_that_are_wanted(site: SmallSite) -> None:
    site.settings.update(
        BYLINES_FEED_SIZE=1,
        BYLINES_FEED_ARCHIVES=["topics", "site"],
        BYLINES_FEED_ARCHIVE_FORMATS=["json", "rss"],
    )
    for day in (1, 2, 3):
        site.post(f"ada/x{day}.md", date=f"2026-01-0{day}", topics="[tides]")
    site.build()
    forms = [f"{folder}feed/{n}.{form}" for folder in ("", "topics/tides/") for n in (1, 2) for form in ("json", "rss")]
    assert sorted(path for path in site.built() if "feed/" in path) == forms
    assert "prev-archive" not in site.page("feed.atom")
    assert "prev-archive" not in site.page("blogs/ada/feed.rss")
    path, seen = "topics/tides/feed.json", []
    while path:
        found = json.loads(site.page(path))
        assert found["feed_url"] == "https://test.example/topics/tides/feed.json"
        seen += [item["title"] for item in found["items"]]
        path = found.get("next_url", "").removeprefix("https://test.example/")
    assert len(seen) == 3
    archive = ET.fromstring(site.page("feed/2.rss"))
    links = {link.get("rel"): link.get("href") for link in archive.iter(f"{_ATOM}link")}
    assert links == {
        "self": "https://test.example/feed/2.rss",
        "current": "https://test.example/feed.rss",
        "prev-archive": "https://test.example/feed/1.rss",
    }
    site.settings["BYLINES_FEED_ARCHIVES"] = ()
    site.build()
    assert not any("feed/" in path for path in site.built())
    site.settings["BYLINES_FEED_ARCHIVES"] = ["months"]
    with pytest.raises(SettingsError, match="whichever you want of 'site', 'blogs', 'topics'"):
        site.build()


def test_archives_of_a_language_come_with_the_second_language(site: SmallSite) -> None:
    site.settings.update(BYLINES_FEED_SIZE=1, BYLINES_FEED_ARCHIVES=["languages"])
    for day in (1, 2, 3):
        site.post(f"ada/{day}.md", date=f"2026-01-0{day}")
    site.build()
    assert not any(path.startswith("languages/") for path in site.built())
    site.post("ada/drei.md", date="2026-02-01", lang="de")
    site.build()
    assert "languages/en/feed/2.atom" in site.built()
    compare(site, ["a second language"])


def _titles(site: SmallSite, path: str) -> list[str]:
    return [entry.title for entry in feedparser.parse(site.page(path)).entries]


def test_a_team_has_a_feed_of_what_its_people_write_wherever_they_do(site: SmallSite) -> None:
    site.person("ada", "Ada Lovelace", team="Engine Room")
    site.person("grace", "Grace Hopper", team="engine room")
    site.person("bob", "Bob")
    site.write("content/blogs/crew/blog.yaml", "title: The crew\nmembers: [ada, bob]\n")
    site.post("ada/x.md", title="X", date="2026-01-01")
    site.post("crew/y.md", title="Y", date="2026-01-02", authors="[bob, grace]")
    site.post("bob/z.md", title="Z", date="2026-01-03")
    site.build()
    feed = "directory/teams/engine-room/feed.atom"
    assert _titles(site, feed) == ["Y", "X"]
    assert feedparser.parse(site.page(feed)).feed.title == "Engine Room"
    site.post("grace/new.md", title="New", date="2026-01-04")
    changed = site.build().changed
    assert {path for path in changed if "teams/" in path} == {
        feed.replace("atom", form) for form in ("atom", "rss", "json")
    }
    site.person("ada", "Ada Lovelace", team="Yard")
    site.build()
    assert _titles(site, feed) == ["New", "Y"]
    assert feedparser.parse(site.page(feed)).feed.title == "engine room"
    assert _titles(site, "directory/teams/yard/feed.rss") == ["X"]
    site.person("ada", "Ada Lovelace")
    site.build()
    assert not (site.folder / "output/directory/teams/yard").exists()
    assert feed in site.page("directory/teams/engine-room/index.html")
    site.person("new", "New", team="Night shift")
    site.build()
    assert _titles(site, "directory/teams/night-shift/feed.atom") == []


def test_each_language_has_a_feed_once_there_are_two_and_translations_stand_in_theirs(site: SmallSite) -> None:
    site.post("ada/x.md", title="X", date="2026-01-01")
    site.build()
    assert not (site.folder / "output/languages").exists()
    assert "languages/" not in site.page("subscribe/index.html")
    site.post("ada/x.de.md", title="Ix", date="2026-01-01")
    site.build()
    assert _titles(site, "languages/en/feed.atom") == ["X"]
    assert _titles(site, "languages/de/feed.rss") == ["Ix"]
    found = json.loads(site.page("languages/de/feed.json"))
    assert (found["title"], found["language"]) == ("Test (Deutsch)", "de")
    assert "language" not in found["items"][0]
    assert 'languages/de/feed.atom" hreflang="de" lang="de">Deutsch' in site.page("subscribe/index.html")
    site.post("ada/y.md", title="Y", date="2026-01-02")
    changed = site.build().changed
    assert {path for path in changed if path.startswith("languages/")} == {
        f"languages/en/feed.{f}" for f in ("atom", "rss", "json")
    }
    assert "subscribe/index.html" not in changed
    site.remove("content/blogs/ada/x.de.md")
    site.build()
    assert not (site.folder / "output/languages").exists()


def test_formats_that_are_not_wanted_are_not_made_and_atom_always_is(site: SmallSite) -> None:
    site.build()
    site.settings["BYLINES_FEED_FORMATS"] = ["json", "atom"]
    site.build()
    assert {path for path in site.built() if path.startswith("feed.")} == {"feed.atom", "feed.json"}
    site.settings["BYLINES_FEED_FORMATS"] = ["rss"]
    with pytest.raises(SettingsError, match="it is 'atom' and whichever you want"):
        site.build()


def test_control_characters_never_reach_a_feed(site: SmallSite) -> None:
    site.post("ada/x.md", "A\x0bB &#11; &#x1b;\n", title='"T\\x07itle"')
    site.build()
    assert not feedparser.parse(site.page("feed.atom")).bozo


def test_a_sitemaps_parts_stay_when_nothing_in_them_changed(site: SmallSite) -> None:
    site.post("ada/x.md", date="2026-01-01")
    site.build()
    site.post("ada/y.md", date="2026-02-01")
    changed = site.build().changed
    assert "sitemaps/posts-2026-02.xml" in changed
    assert "sitemaps/posts-2026-01.xml" not in changed
    assert "<lastmod>2026-01-01</lastmod>" in site.page("sitemaps/posts-2026-01.xml")
    assert "Sitemap: https://test.example/sitemap.xml" in site.page("robots.txt")
    site.settings["SITEURL"] = ""
    site.build()
    assert not (site.folder / "output/sitemap.xml").exists()
