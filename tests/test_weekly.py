"""`report`: what a week brought, from the store that a build left, by queries that indexes cover."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylines import frame
from bylines.commands.weekly import Weekly, report
from bylines.engine.context import BuildContext
from bylines.engine.paths import store_path
from bylines.engine.store import Store, opened_to_read
from bylines.weekly_report import collect, faults, people, posts, render, sizes, topics
from bylines.weekly_report.week import Person, Week
from tests.bombs import soon
from tests.building import NOW, SmallSite, clock, files_below
from tests.projects import configure, run

TODAY = dt.date(2026, 9, 21)


def _day(back: int) -> str:
    return str(TODAY - dt.timedelta(days=back))


@pytest.fixture
def project(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    """A site with a settings file, in which we are, at the tests' now."""
    configure(site)
    monkeypatch.chdir(site.folder)
    with clock(NOW):
        yield site


def _week(project: SmallSite, since: dt.date | None = None) -> Week:
    frame.build("pelicanconf.py")
    site, _ = frame.load("pelicanconf.py")
    with contextlib.closing(opened_to_read(store_path(site))) as db:
        return collect.collect_week(BuildContext(Store(store_path(site), db, "", fresh=False), site, NOW), since)


def _git(folder: Path, *arguments: str, date: str = "") -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@x.example"]
    dated = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, env={**os.environ, **dated})


def test_what_was_written_and_by_whom_is_counted_and_a_first_post_is_told(project: SmallSite) -> None:
    project.person("grace", "Grace Hopper")
    project.person("zoe", "Zoe New")
    project.post("ada/old.md", date=_day(40))
    project.post("ada/now.md", date=_day(1), authors="[ada, grace]")
    project.post("zoe/first.md", date=_day(2))
    project.post("zoe/second.md", date=_day(0))
    project.post("grace/early.md", date=_day(10))
    project.post("grace/draft.md", date=_day(1), status="draft")
    week = _week(project)
    assert (week.since, week.until) == (TODAY - dt.timedelta(days=7), TODAY)
    assert (week.written.posts, week.written.people, week.written.blogs, week.written.before) == (3, 3, 2, 1)
    assert week.new_people == (Person("Zoe New", "zoe"),)
    assert _week(project, TODAY - dt.timedelta(days=60)).written.posts == 5


def test_who_became_quiet_these_days_is_named_and_who_left_is_not(project: SmallSite) -> None:
    for handle in ("grace", "joan", "alan"):
        project.person(handle)
    project.person("alan", left=_day(3))
    project.post("ada/x.md", date="2025-09-18")  # a year before the week's midst
    project.post("grace/x.md", date="2024-01-01")
    project.post("joan/x.md", date=_day(30))
    project.post("alan/x.md", date="2025-09-18")
    week = _week(project)
    assert week.quiet == (Person("Ada Lovelace", "ada"),)
    assert week.quiet_in_all == 2
    assert week.left == (Person("Alan", "alan"),)


def test_profiles_that_came_and_went_are_told_by_git_but_not_those_that_moved(project: SmallSite) -> None:
    project.post("ada/x.md")
    project.person("grace", "Grace Hopper", bio="Long enough that git sees the same file under another name.")
    project.person("joan")
    _git(project.folder, "init", "-q")
    _git(project.folder, "add", "authors")
    _git(project.folder, "commit", "-qm", "before", date="2026-08-01T00:00:00Z")
    project.remove("authors/joan.yaml")
    (project.folder / "authors/grace.yaml").rename(project.folder / "authors/amazing.yaml")
    project.person("new")
    _git(project.folder, "add", "-A", "authors")
    _git(project.folder, "commit", "-qm", "now", date="2026-09-20T00:00:00Z")
    week = _week(project)
    assert week.new_profiles == (Person("New", "new"),)
    assert week.deleted == ("joan",)


def test_problems_are_counted_by_owner_and_no_address_is_shown(project: SmallSite) -> None:
    project.person("grace", emails="[grace@corp]", role="[grace@corp.example]")
    project.post("ada/x.md", "[a](nowhere.md)\n\n[b](gone.md)\n", colour="red")
    project.write("content/pages/about.md", "---\ntitle: About\nodd: grace@corp.example\n---\n[c](missing.md)\n")
    project.write("content/blogs/team/blog.yaml", "title: The Team\nmembers: [nobody]\n")
    week = _week(project)
    assert [(each.owner, each.name, each.count) for each in week.faults][:2] == [
        ("ada", "Ada Lovelace", 3),
        ("", "", 2),
    ]
    assert ("team", "The Team", 1) in [(each.owner, each.name, each.count) for each in week.faults]
    assert week.broken_links == (
        "content/blogs/ada/x.md:6: nowhere.md leads nowhere",
        "content/blogs/ada/x.md:8: gone.md leads nowhere",
        "content/pages/about.md:5: missing.md leads nowhere",
    )
    for text in (render.as_text(week), render.as_markdown(week), render.as_html(week), str(week)):
        assert "grace@" not in text
    assert faults.without_addresses("'a.b@corp.example' and @ada") == "'…' and @ada"


def test_drafts_that_are_old_posts_that_go_and_posts_to_come_are_named(project: SmallSite) -> None:
    project.post("ada/a.md", title="Old", date=_day(90), status="draft")
    project.post("ada/b.md", title="Fresh", date=_day(3), status="draft")
    project.post("ada/c.md", title="Soon gone", date=_day(90), expires=_day(-5))
    project.post("ada/d.md", title="Later gone", date=_day(90), expires=_day(-50))
    project.post("ada/e.md", title="Tomorrow", date=_day(-1))
    project.post("ada/f.md", title="Gone", date=_day(90), expires=_day(5))
    week = _week(project)
    assert [post.title for post in week.old_drafts] == ["a"], "the store knows where a draft lies, not what it says"
    assert [(post.title, post.day) for post in week.expiring] == [("Soon gone", TODAY + dt.timedelta(days=5))]
    assert [(post.title, post.path) for post in week.coming] == [("Tomorrow", "content/blogs/ada/e.md")]


def test_what_takes_room_is_told_by_file_and_by_person(project: SmallSite) -> None:
    project.post("ada/winch/index.md", "[The smaller one](../small.csv)\n")
    project.write("content/blogs/ada/winch/data.csv", b"1,2\n" * 5_000)
    project.write("content/blogs/ada/small.csv", b"1,2\n")
    week = _week(project)
    assert [(each.name, each.bytes) for each in week.largest_files] == [
        ("content/blogs/ada/winch/data.csv", 20_000),
        ("content/blogs/ada/small.csv", 4),
    ]
    assert [(each.name, each.bytes) for each in week.largest_people] == [("ada", 20_004)]
    built = files_below(project.folder / "output")
    assert week.output_bytes == sum(map(len, built.values()))
    assert week.store_bytes == (project.folder / "cache/bylines-pelicanconf.sqlite").stat().st_size


def test_topics_that_are_nearly_alike_come_with_the_command_that_merges_them(project: SmallSite) -> None:
    for number in range(3):
        project.post(f"ada/{number}.md", topics="[Tides, machine learning, Café]")
    project.post("ada/x.md", topics="[tide, machinelearning, cafe, boats, goats]")
    week = _week(project)
    assert [(twin.topic, twin.posts, twin.into, twin.into_posts) for twin in week.twins] == [
        ("cafe", 1, "Café", 3),
        ("machinelearning", 1, "machine learning", 3),
        ("tide", 1, "Tides", 3),
    ]
    assert "invoke merge-topics machinelearning 'machine learning'" in render.as_text(week)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("tide", "tides", True),
        ("process", "processes", True),
        ("machine-learning", "machinelearning", True),
        ("kubernetes", "kubernets", True),
        ("kubernetes", "kubernetse", True),
        ("organisation", "organization", True),
        ("boats", "goats", False),
        ("python2", "python3", False),
        ("2025", "2026", False),
        ("c", "c-plus-plus", False),
        ("c-sharp", "c", False),
        ("ai", "ais", False),
        ("cloud", "clouds", True),
        ("sales", "scales", False),
        ("潮汐", "潮流", False),
    ],
)
def test_which_spellings_are_nearly_alike(one: str, other: str, alike: bool) -> None:
    assert topics.are_alike(one, other) is alike
    assert ((min(one, other), max(one, other)) in topics.pairs([one, other])) is alike


@given(st.lists(st.text("abest-", min_size=1, max_size=9), max_size=12, unique=True))
def test_the_shelves_lose_no_pair(slugs: list[str]) -> None:
    wanted = {(a, b) for a in slugs for b in slugs if a < b and topics.are_alike(a, b)}
    assert topics.pairs(slugs) == wanted


def test_a_site_without_a_capability_that_a_report_reads_is_told_so(
    project: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("content/style.css", "")
    conf = project.folder / "pelicanconf.py"
    conf.write_text(conf.read_text() + "\nBYLINES_FEATURES = []\n")
    frame.build("pelicanconf.py")
    assert report("pelicanconf.py") == 1
    said = capsys.readouterr().err
    assert "a report is made of posts, blogs, people, topics, which BYLINES_FEATURES leaves out" in said


def test_the_command_says_it_in_every_form_and_writes_nothing_else(
    project: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    project.post("ada/x.md", "[a](nowhere.md)\n", title="'<b>Loud</b> *stars*'", date=_day(-2), topics="[tides]")
    project.post("ada/y.md", "[a](nowhere.md)\n", date=_day(1))
    frame.build("pelicanconf.py")
    before = files_below(project.folder)
    text = run(project.folder, "report")
    assert (text.returncode, text.stderr) == (0, "")
    assert "Written                  1 post by 1 person on 1 blog; none in as many days before\n" in text.stdout
    assert report("pelicanconf.py", Weekly(json=True)) == 0
    assert json.loads(capsys.readouterr().out)["written"]["posts"] == 1
    assert files_below(project.folder) == before
    assert report("pelicanconf.py", Weekly(html="week.html", markdown="week.md")) == 0
    page = (project.folder / "week.html").read_text()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<b>" not in page and "&lt;b&gt;Loud" in page
    assert r"\<b\>Loud\</b\> \*stars\*" in (project.folder / "week.md").read_text()


def test_without_a_store_that_can_be_believed_one_is_made_aside(
    project: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    project.post("ada/x.md", date=_day(1))
    assert report("pelicanconf.py") == 0
    told = capsys.readouterr()
    assert told.err.startswith("note: no store can be believed, so the site is built in .check/ first\n")
    assert "1 post by 1 person" in told.out
    assert not (project.folder / "output").exists()
    frame.build("pelicanconf.py")
    with clock(NOW + 5 * 86_400):
        assert report("pelicanconf.py") == 0
    assert capsys.readouterr().err == "note: the last build is of 2026-09-21; build, for what came since\n"


def test_while_a_build_is_at_work_it_says_so_and_begins_none(
    project: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    project.post("ada/x.md")
    frame.build("pelicanconf.py")
    with (project.folder / ".output.lock").open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert report("pelicanconf.py") == 1
    assert capsys.readouterr().err.startswith(f"error: a build is at work in output/ (process {os.getpid()}, since ")
    assert not (project.folder / ".check").exists()


def test_the_store_of_the_settings_for_publication_is_taken_where_it_is_the_one_that_was_built(
    project: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("publishconf.py", (project.folder / "pelicanconf.py").read_text().replace('"Test"', '"Published"'))
    project.post("ada/x.md", date=_day(1))
    frame.build("publishconf.py")
    assert report("pelicanconf.py") == 0
    assert capsys.readouterr().out.startswith("Published: 2026-09-14 to 2026-09-21")


def test_a_day_that_is_none_and_a_file_that_cannot_be_written_are_said(
    project: SmallSite, capsys: pytest.CaptureFixture[str]
) -> None:
    project.post("ada/x.md")
    frame.build("pelicanconf.py")
    assert report("pelicanconf.py", Weekly(since="Monday")) == 1
    assert report("pelicanconf.py", Weekly(since="0001-01-01")) == 1
    assert report("pelicanconf.py", Weekly(since="2026-12-01")) == 1
    assert report("pelicanconf.py", Weekly(months=40_000)) == 1
    assert report("pelicanconf.py", Weekly(html="no/where.html")) == 1
    assert capsys.readouterr().err.splitlines() == [
        "error: --since is 'Monday'; it is a day, such as 2026-05-04",
        "error: --since is 0001-01-01; it is a day that has been, such as 2026-05-04",
        "error: --since is 2026-12-01; it is a day that has been, such as 2026-05-04",
        "error: --months is 40000; it is a number from 1 to 600",
        "error: no/where.html cannot be written (No such file or directory); name another file",
    ]


def test_thousands_of_spellings_of_one_topic_are_looked_through_soon() -> None:
    letters = "abcdefghijkl"
    spelled = {"".join(c + "-" * (number >> at & 1) for at, c in enumerate(letters)) for number in range(1_500)}
    with soon():
        found = topics.pairs([*spelled, *(f"{'x' * 290}{number}" for number in range(1_000)), "harbour", "harbor"])
    assert ("harbor", "harbour") in found and len(found) > 1_500


_QUERIES = {
    people.AUTHORS: (0, 1),
    people.FIRST: ("blog:ada",),
    people.QUIET: (0,),
    people.LEFT: (0, 1),
    people.NAME: ("ada",),
    people.TITLE: ("ada",),
    posts.COUNT: (0, 1),
    posts.NOWHERE: (0, 1),
    posts.EXPIRING: (0, 1),
    sizes.OF_KIND: ("file",),
    topics.COUNTS: (),
}
_WHOLE = {sizes.TOTAL: "page", faults.ALL: "problem", topics.LABELS: "topic_label"}
"""Queries that look at each row of a table, on purpose."""


def test_every_query_goes_by_an_index(project: SmallSite) -> None:
    project.post("ada/x.md")
    frame.build("pelicanconf.py")
    site, _ = frame.load("pelicanconf.py")
    with contextlib.closing(opened_to_read(store_path(site))) as db:
        for sql, values in _QUERIES.items():
            for *_, step in db.execute(f"EXPLAIN QUERY PLAN {sql}", values):
                assert "SCAN" not in step, (sql, step)
        for sql, table in _WHOLE.items():
            assert [step for *_, step in db.execute(f"EXPLAIN QUERY PLAN {sql}")] == [f"SCAN {table}"]
    asked = {value for module in (people, posts, sizes, topics, faults) for name, value in vars(module).items()
             if name.isupper() and isinstance(value, str) and "SELECT" in value}  # fmt: skip
    assert asked == {*_QUERIES, *_WHOLE}, "each query is looked at here"
