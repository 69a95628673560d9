"""What we measure with: the same corpus for everybody, edits that touch what they say, a budget that notices, a picture."""

from __future__ import annotations

import itertools
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import bounds, budget, draw, results, table
from benchmarks.corpus import Corpus, Ours, write
from benchmarks.edits import NEW, RENAMED, Planner, Repository
from benchmarks.layouts import Hugo, StockPelican
from benchmarks.results import Figure
from tests.building import ROOT

_POSTS = 40


def _figures() -> list[Figure]:
    """Figures that nobody measured, for the picture and the tables alone."""
    cases = (results.PELICAN, results.HUGO, results.CLEAN, *bounds.BOUNDS)
    return [
        Figure("2026-01-01", "0000000", "nowhere", posts, case, posts / 1000 / (1 + number), 50 + number)
        for posts in results.SIZES
        for number, case in enumerate(cases)
        if case != results.PELICAN or posts <= 10_000
    ]


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A budget file with the costs of a small corpus."""
    file = tmp_path_factory.mktemp("budget") / "budget.tsv"
    assert budget.main(["--posts", str(_POSTS), "--file", str(file), "--accept"]) == 0
    return file


def _doctored(accepted: Path, folder: Path, by: int) -> tuple[Path, int]:
    """The file with another count of rendered posts for a new post, and the number of that line."""
    lines = accepted.read_text().splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(f"{NEW}\tpost\t"))
    edit, kind, rendered, written = lines[at].split("\t")
    lines[at] = "\t".join((edit, kind, str(int(rendered) + by), written))
    file = folder / "budget.tsv"
    file.write_text("\n".join(lines) + "\n")
    return file, at + 1


def test_an_edit_that_costs_more_than_its_budget_fails_and_says_where(
    accepted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, line = _doctored(accepted, tmp_path, -1)
    assert budget.main(["--posts", str(_POSTS), "--file", str(file)]) == 1
    said = capsys.readouterr().out
    assert re.search(rf"budget\.tsv:{line}: a new post: 2 of the pages 'post' rendered, where 1 are allowed", said)
    assert "--accept" in said


def test_an_edit_that_costs_less_is_to_be_kept_so_and_fails_nobody(
    accepted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, line = _doctored(accepted, tmp_path, 3)
    assert budget.main(["--posts", str(_POSTS), "--file", str(file)]) == 0
    said = capsys.readouterr().out
    assert f"budget.tsv:{line}: " in said
    assert "costs less" in said


def test_a_kind_of_page_that_no_line_allows_has_grown() -> None:
    grew, shrank = budget.compared("b.tsv", {("a title", "home"): budget.Cost(1, 0)}, {})
    assert grew == ["b.tsv:1: a title: 1 of the pages 'home' rendered, where 0 are allowed"]
    assert shrank == []


def test_a_renamed_topic_is_renamed_in_each_of_its_posts_and_nowhere_else(tmp_path: Path) -> None:
    planner = Planner()
    write(Corpus(120, 12), [Ours(tmp_path), planner])
    plan = planner.plan()
    repository = Repository(tmp_path, plan)
    repository.begin(ROOT / "theme")
    for number in range(2):
        dict(repository.edits())[RENAMED](number)
        changed = subprocess.run(
            ["git", "diff", "--name-only"], cwd=tmp_path, check=True, stdout=subprocess.PIPE, text=True
        )
        assert sorted(changed.stdout.split()) == sorted(plan.of_topic)
        repository.commit("Rename")
    assert len(plan.of_topic) > 10
    assert not [
        file for file in tmp_path.rglob("*.md") if re.search(rf"^topics:.*\b{plan.topic}\b", file.read_text(), re.M)
    ]


def test_each_layout_holds_every_post(tmp_path: Path) -> None:
    corpus = Corpus(120, 12)
    write(corpus, [Ours(tmp_path / "ours"), Hugo(tmp_path / "hugo"), StockPelican(tmp_path / "pelican")])
    titles = sorted(post.title for post in corpus.posts())
    for layout in ("ours", "hugo", "pelican"):
        texts = [file.read_text() for file in (tmp_path / layout / "content").rglob("*.md")]
        found = [re.search(r'^title: "?([^"\n]*)', text, re.M | re.I) for text in texts]
        assert sorted(match[1] for match in found if match) == titles, layout


@given(st.lists(st.floats(0, 500), max_size=20).map(sorted))
def test_labels_at_the_ends_of_lines_never_touch_and_keep_their_order(wanted: list[float]) -> None:
    found = draw.apart(wanted, 0, 500)
    assert len(found) == len(wanted)
    assert all(below - above > 17.9 for above, below in itertools.pairwise(found))
    assert all(-0.1 <= place <= 500.1 for place in found)


def test_the_picture_is_svg_that_names_each_line_and_needs_nothing_from_elsewhere() -> None:
    picture = draw.drawn(results.latest(_figures()))
    words = " ".join(ET.fromstring(picture).itertext())
    for name in ("Hugo, any build", "stock Pelican", "fresh clone", "a topic of 100 posts renamed", "nothing changed"):
        assert name in words
    assert "prefers-color-scheme: dark" in picture
    assert not re.search(r"@import|url\(|<image|<script|href=", picture)


def test_a_picture_of_the_smallest_size_alone_can_be_drawn() -> None:
    figures = [figure for figure in _figures() if figure.posts == 1_000]
    ET.fromstring(draw.drawn(results.latest(figures)))
    ET.fromstring(draw.drawn({}))


def test_the_figures_that_are_kept_can_be_read_and_stand_in_the_page() -> None:
    figures = results.latest(results.read())
    page = (ROOT / "docs/performance.md").read_text()
    assert table.inserted(page, "figures", table.tables(figures)) == page, "run: invoke figures"
    assert (ROOT / "docs/growth.svg").read_text() == draw.drawn(figures), "run: invoke figures"


def test_figures_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "results.tsv"
    figures = [
        *_figures(),
        _figures()[0]._replace(runs=3, cpu=0.25, rendered=1, written=2, removed=0, pages=7, store=3800),
    ]
    results.add(figures[:1], file)
    results.add(figures[1:], file)
    assert results.read(file) == figures
