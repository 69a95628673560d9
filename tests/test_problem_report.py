"""What is not published comes first and is counted; long lists are told by kind; a later build tells what is new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bylines.build_report import lines
from bylines.checking.formats import FORMATS, Findings
from bylines.engine.read.messages import CRLF, NO_DATE
from bylines.engine.weave.messages import BROKEN_LINK
from bylines.problem_report import report
from bylines.problems import ContentProblem
from tests.building import NOW, SmallSite
from tests.projects import configure, run

_DAY = 86_400


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/good.md")
    return site


def _links(count: int) -> list[ContentProblem]:
    return [BROKEN_LINK.problem(f"content/blogs/ada/{n:03}.md", 5, target=f"x{n}.md") for n in range(count)]


def test_what_is_not_published_comes_first_and_each_line_says_what_becomes_of_the_text(site: SmallSite) -> None:
    site.post("ada/a.md", "[x](gone.md)")
    site.post("ada/b.md", title=None)
    site.write("content/blogs/ada/c.md", "---\r\ntitle: C\r\ndate: 2026-01-02\r\n---\r\nText.\r\n")
    assert lines(site.build()) == [
        "content/blogs/ada/b.md:2: title is missing; add a line 'title: …' (not published)",
        "content/blogs/ada/a.md:5: gone.md leads nowhere; mend the path, or add the file (published; the link leads nowhere)",
        "content/blogs/ada/c.md:1: this has Windows line ends, which were read as plain ones; save it with LF line ends "
        "(nothing is lost)",
        "3 problems in 3 files; 1 post is not published; `check --fix` mends 1",
    ]


def test_a_text_that_is_not_published_says_so_in_each_of_its_lines(site: SmallSite) -> None:
    site.write("content/blogs/ada/c.md", "---\r\ntitle: C\r\ntaggs: x\r\n---\r\nText.\r\n")
    assert [line.rpartition(" (")[2] for line in lines(site.build())[:-1]] == ["not published)"] * 3


def test_a_value_that_keeps_a_text_out_is_an_error(site: SmallSite) -> None:
    site.post("ada/x.md", date="soon")
    site.post("ada/y.md", modified="soon")
    assert [(problem.path[-4:], problem.level) for problem in site.build().problems] == [
        ("x.md", "error"),
        ("y.md", "warning"),
    ]


def test_kinds_with_many_are_told_with_examples() -> None:
    told = report([*_links(50), NO_DATE.problem("content/blogs/ada/z.md", 2)])
    assert told[0].startswith("content/blogs/ada/z.md:2: date is missing")
    assert [line.partition(":")[0] for line in told[1:4]] == [f"content/blogs/ada/00{n}.md" for n in range(3)]
    assert told[4:] == [
        "… and 47 more of this kind (broken-link)",
        "51 problems in 51 files; 1 post is not published; --all-messages shows each",
    ]
    assert len(report(_links(50), everything=True)) == 51
    assert len(report(_links(40))) == 41


def test_a_later_build_tells_what_is_new_and_how_many_are_old(site: SmallSite) -> None:
    for n in range(60):
        site.post(f"ada/p{n:02}.md", f"[x](gone{n}.md)")
    assert lines(site.build())[-1] == "60 problems in 60 files; --all-messages shows each"
    site.post("ada/good.md", "Text.\n\n[x](lost.md)\n")
    later = site.build()
    assert lines(later) == [
        "content/blogs/ada/good.md:7: lost.md leads nowhere; mend the path, or add the file "
        "(published; the link leads nowhere)",
        "61 problems in 61 files; 1 of them new; --all-messages shows each",
    ]
    site.post("ada/p00.md", "A line more.\n\n[x](gone0.md)\n")
    assert lines(site.build()) == ["61 problems in 61 files; --all-messages shows each"], "a line that moved is not new"
    assert len(lines(later, everything=True)) == 62


def test_each_host_hears_the_level() -> None:
    problems = [
        NO_DATE.problem("a.md", 1),
        BROKEN_LINK.problem("b.md", 1, target="x"),
        CRLF.problem("c.md", 1),
    ]
    found = Findings(problems, 3, 3, "main")
    assert [line.partition(" ")[0] for line in FORMATS["github"](found).splitlines()] == [
        "::error",
        "::warning",
        "::notice",
    ]
    assert [each["severity"] for each in json.loads(FORMATS["gitlab"](found))] == ["major", "minor", "info"]
    results = json.loads(FORMATS["sarif"](found))["runs"][0]["results"]
    assert [each["level"] for each in results] == ["error", "warning", "note"]
    assert [each["level"] for each in json.loads(FORMATS["json"](found))["problems"]] == ["error", "warning", "note"]


@pytest.mark.parametrize(
    ("header", "body", "code", "strict"),
    [
        ({}, "Text.", 0, 0),
        ({}, "[x](gone.md)", 0, 1),
        ({"date": None}, "Text.", 1, 1),
    ],
    ids=["sound", "warning", "error"],
)
def test_check_fails_for_what_is_not_published_and_strictly_for_all(
    header: dict[str, str], body: str, code: int, strict: int, site: SmallSite
) -> None:
    site.post("ada/x.md", body, **header)
    configure(site)
    assert run(site.folder, "check").returncode == code
    assert run(site.folder, "check", "--strict").returncode == strict


def test_a_post_of_the_future_is_named_at_the_end_of_each_build(site: SmallSite) -> None:
    site.post("ada/later.md", date="2026-10-01 09:30")
    site.post("ada/draft.md", date="2026-10-01", status="draft")
    result = site.build()
    assert result.problems == ()
    assert lines(result) == [
        "note: content/blogs/ada/later.md will be published by the first build after 2026-10-01 09:30"
    ]
    site.now += 30 * _DAY
    assert lines(site.build()) == []


def test_many_posts_of_the_future_are_counted(site: SmallSite) -> None:
    for n in range(5):
        site.post(f"ada/later{n}.md", date=f"2026-10-0{n + 1}")
    assert lines(site.build())[-1] == "note: 2 more posts will be published later"


def test_a_date_more_than_a_year_ahead_is_asked_about_until_it_is_near(site: SmallSite) -> None:
    site.post("ada/x.md", date="2062-01-02")
    said = "content/blogs/ada/x.md: date is 2062-01-02, more than a year ahead; mend 'date' unless you mean that day"
    assert [str(problem) for problem in site.build().problems] == [said]
    site.now = NOW + 35 * 366 * _DAY
    assert site.build().problems == ()
    site.now = NOW
    assert [str(problem) for problem in site.build().problems] == [said], "as a clean build says it"


def test_a_post_that_expires_before_its_date_is_named(site: SmallSite) -> None:
    site.post("ada/x.md", date="2026-01-02", expires="2025-01-02")
    assert [str(problem) for problem in site.build().problems] == [
        "content/blogs/ada/x.md: expires is 2025-01-02 00:00, and date is 2026-01-02 00:00; "
        "let 'expires' be later than 'date', or take it out"
    ]
