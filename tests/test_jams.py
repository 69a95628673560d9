"""Jams: calls for ideas that are open for a while, and the posts that answer them."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from bylines.engine.read import ReadOptions
from bylines.features.jams.records import JAM, Jam
from tests.building import NOW, SmallSite
from tests.test_incremental import compare

DAY = 86_400
# Now is 21 September 2026, 14:13 UTC.
TODAY = dt.datetime.fromtimestamp(NOW, dt.UTC).date()


def jam(
    site: SmallSite, slug: str = "harbour", opens: str = "2026-09-14", closes: str = "2026-09-27", **more: str
) -> None:
    """A jam of these days."""
    header = {"title": "What should the harbour be?", "opens": opens, "closes": closes, **more}
    lines = "".join(f"{key}: {value}\n" for key, value in header.items())
    site.write(f"content/jams/{slug}/jam.md", f"---\n{lines}---\nThe old quay is *empty*. ![Quay](quay.svg)\n")


@pytest.fixture
def asked(site: SmallSite) -> SmallSite:
    """A site with an open jam and two ideas."""
    site.person("ada", "Ada Lovelace")
    site.person("grace", "Grace Hopper")
    site.write("content/jams/harbour/quay.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    jam(site, hosts="[grace]")
    site.post("ada/swim.md", title="Let us swim", date="2026-09-15", jam="harbour")
    site.post("grace/read.md", title="A library", date="2026-09-16 10:00", jam="harbour")
    site.post("ada/other.md", title="Another matter", date="2026-09-16")
    return site


def test_a_jam_has_a_page_with_its_ideas_the_newest_first(asked: SmallSite) -> None:
    assert asked.problems() == []
    page = asked.page("jams/harbour/index.html")
    assert "Open until <time" in page
    assert page.index("A library") < page.index("Let us swim")
    assert "Another matter" not in page
    assert "2 ideas" in page
    assert '"@type":"Event"' in page
    assert ">Grace Hopper</" in page
    assert "<em>empty</em>" in page
    assert 'src="https://test.example/jams/harbour/quay.svg"' in page
    assert (asked.folder / "output/jams/harbour/quay.svg").is_file()
    assert "What should the harbour be?" in asked.page("jams/index.html")
    assert "https://test.example/jams/harbour/" in asked.page("sitemaps/pages.xml")
    assert "A library" in asked.page("jams/harbour/feed.atom")


def test_an_idea_names_its_jam_and_another_post_does_not(asked: SmallSite) -> None:
    asked.build()
    assert 'An idea for <a href="https://test.example/jams/harbour/">What should the harbour be?</a>' in asked.page(
        "blogs/ada/swim/index.html"
    )
    assert "An idea for" not in asked.page("blogs/ada/other/index.html")


def test_home_names_what_is_open_and_what_is_to_come_alone(asked: SmallSite) -> None:
    jam(asked, "roof", "2026-11-02", "2026-11-06", title="What about the roof?")
    jam(asked, "past", "2026-01-05", "2026-01-09", title="What about the past?")
    asked.build()
    home = asked.page("index.html")
    assert home.index("What should the harbour be?") < home.index("What about the roof?")
    assert "What about the past?" not in home
    index = asked.page("jams/index.html")
    assert [index.index(f'id="site-{part}"') for part in ("open", "to-come", "closed")] == sorted(
        index.index(f'id="site-{part}"') for part in ("open", "to-come", "closed")
    )
    assert "What about the past?" in index


def test_home_names_the_first_few_of_many(asked: SmallSite) -> None:
    for number in range(10, 20):
        jam(asked, f"j{number}", f"2026-10-{number}", f"2026-10-{number}", title=f"Jam {number}")
    asked.build()
    assert re.findall(r"Jam \d+", asked.page("index.html")) == [f"Jam {number}" for number in range(10, 15)]
    assert "Jam 19" in asked.page("jams/index.html")


def test_a_site_without_jams_has_no_page_of_them_and_no_link(site: SmallSite) -> None:
    site.post("ada/a.md")
    site.build()
    assert not (site.folder / "output/jams").exists()
    assert "/jams/" not in site.page("index.html") + site.page("sitemaps/pages.xml")


def test_an_hour_that_a_jam_opens_or_closes_is_a_change_of_its_pages_alone(asked: SmallSite) -> None:
    jam(asked, "roof", "2026-09-22 09:00 +00:00", "2026-09-23", title="What about the roof?")
    asked.build()
    assert "To come: <time" in asked.page("jams/roof/index.html")
    for moment, words in ((NOW + DAY, "Open until <time"), (NOW + 3 * DAY, "Closed: <time")):
        asked.now = moment
        changed = {path for path in asked.build().changed if not path.startswith("pulse/")}
        assert changed == {"index.html", "jams/index.html", "jams/roof/index.html"}
        assert words in asked.page("jams/roof/index.html")
    compare(asked, ["a jam opened and closed"])


def test_a_day_alone_is_meant_to_its_end_where_the_site_is(asked: SmallSite) -> None:
    jam(asked, closes=str(TODAY))
    asked.post("ada/late.md", title="Late in the evening", date=f"{TODAY} 12:59")
    asked.build()
    assert "Open until <time" in asked.page("jams/harbour/index.html")
    asked.now = int(dt.datetime(2026, 9, 21, 22, 59, 59, tzinfo=dt.UTC).timestamp())
    asked.build()
    assert "Open until <time" in asked.page("jams/harbour/index.html")
    asked.now += 1  # midnight in Lisbon
    asked.build()
    assert "Closed: <time" in asked.page("jams/harbour/index.html")


def test_a_post_that_is_dated_outside_is_told_so_and_is_no_idea(asked: SmallSite) -> None:
    asked.post("ada/early.md", title="Too early", date="2026-09-13 23:59", jam="harbour")
    assert asked.problems() == [
        "content/blogs/ada/early.md: the jam harbour is open from 2026-09-14 to 2026-09-27, and this is dated 2026-09-13; "
        "take 'jam' out, or ask those who run it for more time"
    ]
    assert "Too early" not in asked.page("jams/harbour/index.html")
    assert "An idea for" not in asked.page("blogs/ada/early/index.html")
    jam(asked, opens="2026-09-13")
    assert asked.problems() == []
    assert "Too early" in asked.page("jams/harbour/index.html")
    assert "An idea for" in asked.page("blogs/ada/early/index.html")
    compare(asked, ["more time was given"])


def test_edits_of_a_jam_lead_to_what_a_clean_build_makes(asked: SmallSite) -> None:
    asked.settings["BYLINES_PAGE_SIZE"] = 2
    for number in range(5):
        asked.post(f"ada/idea{number}.md", title=f"Idea {number}", date=f"2026-09-1{number + 4}", jam="harbour")
    asked.build()
    assert (asked.folder / "output/jams/harbour/page/2/index.html").is_file()
    for edit in (
        lambda: jam(asked, title="The harbour, once more", hosts="[ada]"),
        lambda: asked.person("ada", "Ada King"),
        lambda: jam(asked, opens="2026-09-16", closes="2026-09-17"),
        lambda: asked.post("ada/swim.md", title="Let us swim", date="2026-09-16"),
        lambda: asked.remove("content/jams/harbour/jam.md"),
        lambda: jam(asked, status="hidden", aliases="[/jams/quay/]"),
        lambda: jam(asked, status="draft"),
    ):
        edit()
        asked.build()
        compare(asked, ["an edit of a jam"])


def test_a_new_idea_writes_the_jam_and_no_other_list_than_a_post_does(asked: SmallSite) -> None:
    asked.build()
    asked.post("ada/new.md", title="New", date="2026-09-17")
    without = set(asked.build().changed)
    asked.remove("content/blogs/ada/new.md")
    asked.build()
    asked.post("ada/new.md", title="New", date="2026-09-17", jam="harbour")
    assert set(asked.build().changed) - without == {
        "jams/harbour/index.html",
        *(f"jams/harbour/feed.{form}" for form in ("atom", "rss", "json")),
    }


def test_whoever_writes_without_a_profile_is_no_host_yet(asked: SmallSite) -> None:
    jam(asked, hosts="[zoe, grace]")
    assert asked.problems() == [
        "content/jams/harbour/jam.md: the host zoe has no profile; mend the handle, or add the profile"
    ]
    asked.post("zoe/a.md", date="2026-01-02")
    asked.build()
    assert "zoe" not in asked.page("jams/harbour/index.html")
    compare(asked, ["a folder of the host's came"])
    jam(asked, hosts="[zoe, grace]", status="draft")
    asked.build()
    asked.person("zoe", "Zoe Lee")
    asked.build()
    compare(asked, ["a profile of a draft's host came"])
    jam(asked, hosts="[zoe, grace]")
    assert asked.problems() == []
    assert "Zoe Lee" in asked.page("jams/harbour/index.html")
    compare(asked, ["a profile of the host's came"])


@pytest.mark.parametrize("original", ["other", "not a slug"])
def test_a_jam_is_told_once_that_it_has_no_original_and_keeps_none(original: str) -> None:
    header = f"title: T\nopens: 2026-09-14\ncloses: 2026-09-27\ntranslation_of: {original}\n"
    reading = JAM.read("content/jams/harbour/jam.md", f"---\n{header}---\nText.\n".encode(), ReadOptions())
    assert isinstance(reading.record, Jam)
    assert reading.record.translation_of is None
    assert [(problem.line, problem.code) for problem in reading.problems] == [(5, "unknown-key")]
