"""The pulse: figures up to the end of yesterday, drawn and as tables, that a post of today does not touch."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zoneinfo
from collections import Counter
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines.features.pulse.figures import QUERIES, Months, _count_months
from bylines.features.pulse.inputs import TableInputs
from bylines.features.pulse.table import render
from tests.building import SmallSite
from tests.test_incremental import compare

_DAY = 86_400


def _table(site: SmallSite, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.page(f"pulse/{name}.csv"))))


def _totals(site: SmallSite) -> dict[str, int]:
    found = re.findall(r"<dt>([^<]+)</dt><dd>([\d,]+)</dd>", site.page("pulse/index.html"))
    return {what: int(figure.replace(",", "")) for what, figure in found}


def test_an_empty_site_and_one_whose_people_are_silent_say_so(site: SmallSite) -> None:
    site.build()
    assert "There is nothing to count yet" in site.page("pulse/index.html")
    assert _table(site, "months") == []
    assert _table(site, "days") == []


def test_everything_that_was_written_is_counted_once_for_each_it_belongs_to(site: SmallSite) -> None:
    site.person("ada", team="Engines")
    site.person("grace", team="engines")
    site.person("bob", team="Yard")
    site.write("content/blogs/crew/blog.yaml", "title: The crew\nmembers: [ada]\n")
    site.post("ada/a.md", date="2026-07-01", topics="[tides]")
    site.post("ada/a.de.md", date="2026-07-02")
    site.post("crew/b.md", date="2026-08-01", authors="[ada, grace]", topics="[Tides, boats]")
    site.post("bob/hidden.md", date="2026-08-01", status="hidden", topics="[secrets]")
    site.post("bob/draft.md", date="2026-08-01", status="draft")
    site.post("grace/old.md", date="2019-05-05", topics="[history]")
    site.build()
    assert _totals(site) == {
        "posts in all": 3, "blogs with posts": 3, "people who have written": 2, "posts in 30 days": 0,
        "people who wrote in 30 days": 0, "people who write regularly": 0,
    }  # fmt: skip
    months = {row["month"]: row for row in _table(site, "months")}
    assert months["2019-05"] | {} == {
        "month": "2019-05", "posts": "1", "writers": "1", "first_posts": "1", "regular_writers": "0", "all_posts": "1",
        "all_writers": "1",
    }  # fmt: skip
    assert (months["2026-08"]["writers"], months["2026-08"]["first_posts"]) == ("2", "0")
    assert (months["2026-09"]["all_posts"], months["2026-09"]["all_writers"]) == ("3", "2")
    assert len(months) == (2026 - 2019) * 12 + 5
    assert _table(site, "teams") == [{"team": "Engines", "posts": "3", "writers": "2"}]
    assert [(row["name"], row["posts"]) for row in _table(site, "topics")] == [("tides", "2"), ("boats", "1")]
    assert _table(site, "languages") == [{"language": "en", "posts": "2"}, {"language": "de", "posts": "1"}]


def test_a_day_ends_at_midnight_where_the_site_is(site: SmallSite) -> None:
    site.settings["TIMEZONE"] = "Asia/Kathmandu"
    zone = zoneinfo.ZoneInfo("Asia/Kathmandu")
    site.now = int(dt.datetime(2026, 9, 21, 0, 30, tzinfo=zone).timestamp())
    site.post("ada/before.md", date="2026-09-20 23:59")
    site.post("ada/after.md", date="2026-09-21 00:01")
    site.build()
    assert _totals(site)["posts in all"] == 1
    assert [row for row in _table(site, "days") if row["posts"] != "0"] == [{"day": "2026-09-20", "posts": "1"}]
    assert "20 September 2026" in site.page("pulse/index.html")


def test_a_post_of_today_touches_no_page_of_it_and_tomorrow_counts_it(site: SmallSite) -> None:
    site.person("grace", team="Yard")
    site.post("ada/a.md", date="2026-09-01", topics="[tides]")
    site.build()
    before = {path: data for path, data in site.built().items() if path.startswith("pulse/")}
    site.post("grace/new.md", date="2026-09-21 09:00", topics="[tides, novel]")
    site.write("content/blogs/crew/blog.yaml", "title: The crew\nmembers: [ada]\n")
    site.person("zoe", team="Yard")
    result = site.build()
    assert not [kind for kind in result.kinds if kind.name.startswith("pulse") and kind.rendered]
    assert {path: data for path, data in site.built().items() if path.startswith("pulse/")} == before
    compare(site, ["a post of today, by somebody new to it, on a new topic"])
    site.now += _DAY
    compare(site, ["and the day after"])
    assert _totals(site)["posts in all"] == 2
    assert [row["topic"] for row in _table(site, "topics")] == ["tides", "novel"]


@pytest.mark.parametrize(
    "header",
    [{"lang": "de"}, {"topics": "[Boats]"}, {"date": "2026-02-02"}, {"status": "hidden"}, {"authors": "[grace]"}],
)
def test_an_edit_of_an_old_post_is_seen(site: SmallSite, header: dict[str, str]) -> None:
    site.person("grace", team="Yard")
    site.post("ada/a.md", date="2026-02-01", topics="[boats]")
    site.post("ada/b.md", date="2026-02-03")
    site.build()
    site.post("ada/a.md", **{"date": "2026-02-01", "topics": "[boats]", **header})
    compare(site, [str(header)])
    site.remove("content/blogs/ada/a.md")
    compare(site, ["removed"])


def test_a_team_and_a_group_that_come_and_go_are_seen(site: SmallSite) -> None:
    site.post("crew/a.md", date="2026-02-01")
    site.post("ada/a.md", date="2026-02-01")
    site.build()
    for team in ("Engines", "ENGINES", None):
        site.person("ada", "Ada Lovelace", **({"team": team} if team else {}))
        compare(site, [f"a team: {team}"])
    site.write("content/blogs/crew/blog.yaml", "title: The crew\nmembers: [ada]\n")
    compare(site, ["a group"])
    assert _totals(site)["people who have written"] == 1
    site.remove("content/blogs/crew/blog.yaml")
    compare(site, ["no group"])


def test_a_post_of_long_ago_makes_no_endless_table(site: SmallSite) -> None:
    site.post("ada/old.md", date="1066-10-14")
    site.post("ada/new.md", date="2026-08-01")
    site.build()
    months = _table(site, "months")
    assert len(months) == 240
    assert (months[0]["all_posts"], months[-1]["all_posts"]) == ("1", "2")
    assert (months[0]["all_writers"], months[-1]["all_writers"]) == ("1", "1")


def test_each_drawing_has_its_words_and_no_style_of_its_own(site: SmallSite) -> None:
    site.post("ada/a.md", date="2026-08-01", topics='["<script>"]')
    site.build()
    page = site.page("pulse/index.html")
    main = page[page.index("<main") : page.index("</main>")]
    drawings = re.findall(r'<svg class="[^"]+" role="img" aria-labelledby="(\S+) (\S+)"', main)
    assert len(drawings) == 8
    for title, about in drawings:
        assert re.search(rf'<title id="{title}">[^<]+</title>\s*<desc id="{about}">[^<]+</desc>', main)
    assert "style=" not in main and "<script" not in main
    assert main.count("<details>") == 2
    assert set(re.findall(r'href="[^"]*/pulse/(\w+)\.csv"', main)) == {
        "days",
        "months",
        "teams",
        "topics",
        "languages",
    } - {"teams"}, "nobody names a team"


def test_every_page_leads_to_it_but_where_it_is_off(site: SmallSite) -> None:
    site.post("ada/a.md")
    site.build()
    assert "/pulse/" in site.page("blogs/ada/a/index.html")
    site.settings["BYLINES_FEATURES"] = [name for name in site.site().features if not name.endswith(".pulse")]
    site.build()
    assert "/pulse/" not in site.page("blogs/ada/a/index.html")
    assert not (site.folder / "output/pulse/index.html").exists()


def test_no_cell_of_a_table_is_a_formula(site: SmallSite) -> None:
    rows = (("=1+1", 3), ("@x", 1), ('a, "b"', 1), ("C++", 1))
    text = render(site.site(), TableInputs(("topic", "posts"), rows), lambda body: "").decode()
    assert text == 'topic,posts\r\n\'=1+1,3\r\n\'@x,1\r\n"a, ""b""",1\r\nC++,1\r\n'


def test_the_figures_are_counted_by_covering_indexes(site: SmallSite) -> None:
    import sqlite3

    site.post("ada/a.md")
    site.build()
    with sqlite3.connect(next((site.folder / "cache").glob("*.sqlite"))) as db:
        for name, sql in QUERIES.items():
            values = [0] * sql.count("?")
            plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
            for step in plan:
                assert "TEMP B-TREE" not in step, (name, plan)
                assert "listing" not in step or "PRIMARY KEY" in step, (name, plan)
                assert " post " not in f"{step} " or "COVERING INDEX pulse_post" in step, (name, plan)


@given(st.lists(st.sets(st.integers(0, 30), min_size=1), max_size=5))
def test_who_writes_regularly_wrote_in_three_of_six_months(people: list[set[int]]) -> None:
    months = Months([dt.date(2020, 1, 1)] * 31, *([0] * 31 for _ in range(3)))
    steps = [0] * 32
    wanted: Counter[int] = Counter()
    for wrote in people:
        _count_months(months, sorted(wrote), steps)
        wanted.update(month for month in range(31) if len(wrote & set(range(month - 5, month + 1))) >= 3)
    assert list(accumulate(steps)) == [*(wanted[month] for month in range(31)), 0]
    assert sum(months.beginners) == len(people)
