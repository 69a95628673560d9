"""Reading and rendering on a Dask cluster: the same bytes, whatever happens to it."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bylines.engine.read import batch as reading
from bylines.engine.render import batch
from bylines.engine.workers.cluster import Pace
from bylines.problems import BuildError, SettingsError
from tests.building import NOW, ROOT, SmallSite
from tests.cluster import DaskCluster, wait_until
from tests.test_incremental import Keeper, play


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler and two workers that nobody kills."""
    with DaskCluster(tmp_path_factory.mktemp("dask") / "empty", workers=2) as found:
        yield found


@pytest.fixture
def filled(site: SmallSite) -> SmallSite:
    """A site of enough posts for many batches, with files to copy, a mistake, links and topics."""
    for number in range(12):
        handle = f"p{number}"
        site.person(handle, f"Person {number}")
        for post in range(20):
            body = f"Some *text* {number}.{post}\n\n## Heading\n\n[on](x{post + 1}.md), `code`, $a^2$\n" * 5
            site.post(
                f"{handle}/x{post}.md", body, title=f"Title {post}", date=f"2026-01-{post + 1:02}", topics="[a, b]"
            )
    site.post("ada/broken.md", date="someday")
    site.write("content/blogs/ada/with/index.md", "---\ntitle: With\ndate: 2026-02-03\n---\n[data](data.csv)\n")
    site.write("content/blogs/ada/with/data.csv", "1,2\n")
    site.write("authors/p1.png", b"\x89PNG\r\n\x1a\n")
    site.settings |= {"BYLINES_PARALLEL_FROM": 1, "BYLINES_COVERS": False}
    return site


def _on(cluster: DaskCluster, site: SmallSite) -> None:
    site.settings |= {"BYLINES_EXECUTOR": "dask", "BYLINES_SCHEDULER": cluster.address}


def _serially(site: SmallSite) -> dict[str, bytes]:
    """What a clean build makes of the site in this process."""
    before = dict(site.settings)
    site.settings["BYLINES_EXECUTOR"] = "serial"
    shutil.rmtree(site.folder / "serial-cache", ignore_errors=True)
    site.build("serial", "serial-cache")
    site.settings = before
    return site.built("serial")


def _at_page(monkeypatch: pytest.MonkeyPatch, count: int, act: Callable[[], object]) -> list[int]:
    """Acts when so many pages have come back from the cluster; gives a list of how often one did."""
    real, came = batch._laid_down, [0]

    def laid_down(*arguments: Any) -> batch.Rendered:
        came[0] += 1
        if came[0] == count:
            act()
        return real(*arguments)

    monkeypatch.setattr(batch, "_laid_down", laid_down)
    return came


def test_a_cluster_makes_the_same_bytes(cluster: DaskCluster, filled: SmallSite) -> None:
    filled.settings["BYLINES_COVERS"] = True
    expected = _serially(filled)
    problems = [str(problem) for problem in filled.build("serial", "serial-cache").problems]
    _on(cluster, filled)
    result = filled.build()
    assert filled.built() == expected
    assert [str(problem) for problem in result.problems] == problems
    assert len(problems) >= 1
    assert "blogs/ada/with/data.csv" in expected


def test_edits_and_a_new_theme_on_a_cluster(cluster: DaskCluster, filled: SmallSite) -> None:
    _on(cluster, filled)
    filled.build()
    filled.post("p1/x3.md", "Another text.\n", title="Renamed", date="2026-01-04", topics="[b, c]")
    filled.post("p2/new.md", "A new one, [on](x3.md).\n", date="2026-03-01")
    filled.remove("content/blogs/p3/x7.md")
    result = filled.build()
    assert filled.built() == _serially(filled)
    assert 5 < len(result.changed) < 100
    shutil.copytree(ROOT / "theme", filled.folder / "theme")
    base = filled.folder / "theme" / "templates" / "base.html"
    base.write_text(base.read_text().replace("<body", "<!-- ours --><body", 1))
    filled.build()
    assert b"<!-- ours -->" in filled.built()["blogs/p1/x3/index.html"], "every text was read again, from its source"
    assert filled.built() == _serially(filled)


def test_a_worker_of_another_version_is_refused(
    cluster: DaskCluster, filled: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    _on(cluster, filled)
    monkeypatch.setattr("bylines.engine.workers.cluster.code_digest", lambda: "another")
    with pytest.raises(BuildError, match="has another version of Bylines"):
        filled.build()


def test_a_template_that_fails_on_a_worker_is_named(cluster: DaskCluster, filled: SmallSite) -> None:
    shutil.copytree(ROOT / "theme", filled.folder / "theme")
    base = filled.folder / "theme" / "templates" / "base.html"
    base.write_text("{{ nonsense.attribute }}")
    _on(cluster, filled)
    with pytest.raises(BuildError, match=r"theme/templates/.*nonsense"):
        filled.build()


def test_little_work_does_not_ask_for_the_cluster(site: SmallSite) -> None:
    site.settings |= {"BYLINES_EXECUTOR": "dask", "BYLINES_SCHEDULER": "tcp://127.0.0.1:1"}
    site.post("ada/x.md")
    assert site.build().posts == 1


def test_workers_are_killed_while_they_read_and_render_and_another_comes_late(
    tmp_path: Path, filled: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _serially(filled)
    with DaskCluster(tmp_path / "empty", workers=2) as cluster:
        first, second = cluster.workers
        real = reading._unpack

        def unpack(*arguments: Any) -> reading.Done:
            if first.poll() is None:
                cluster.kill(first)
            return real(*arguments)

        def replace() -> None:
            cluster.kill(second)
            cluster.start_worker()

        monkeypatch.setattr(reading, "_JOB", dataclasses.replace(reading._JOB, unpack=unpack))
        came = _at_page(monkeypatch, 5, replace)
        _on(cluster, filled)
        filled.build()
        assert first.poll() is not None
    assert filled.built() == expected
    assert came[0] > 240, "most pages were made after that, by the worker that came late"


def test_a_scheduler_that_goes_away(tmp_path: Path, filled: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.build()
    before = filled.built()
    filled.settings["SITENAME"] = "Another"
    with DaskCluster(tmp_path / "empty", workers=1) as cluster:
        _at_page(monkeypatch, 5, lambda: cluster.kill(cluster.scheduler))
        _on(cluster, filled)
        started = time.monotonic()
        with pytest.raises(BuildError, match=f"{cluster.address} went away"):
            filled.build()
        assert time.monotonic() - started < 30
    assert filled.built() == before
    filled.settings["BYLINES_EXECUTOR"] = "serial"
    filled.build()
    assert filled.built() == _serially(filled)


def test_a_lost_scheduler_ends_the_command_with_one_line(tmp_path: Path, filled: SmallSite) -> None:
    with DaskCluster(tmp_path / "empty", workers=1) as cluster:
        _on(cluster, filled)
        settings = {
            "THEME": str(ROOT / "theme"),
            "TIMEZONE": "UTC",
            "PELICAN_CLASS": "bylines.Frame",
            "PLUGINS": ["bylines"],
        }
        lines = [f"{name} = {value!r}\n" for name, value in {**filled.settings, **settings}.items()]
        filled.write("pelicanconf.py", "PATH = 'content'\nOUTPUT_PATH = 'output'\n" + "".join(lines))
        build = subprocess.Popen(
            [sys.executable, "-m", "bylines", "build", "--quiet"],
            cwd=filled.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": str(NOW)},
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_until(lambda: any(filled.folder.glob(".output.stage/pages/blogs/*/*")), 30)
        cluster.kill(cluster.scheduler)
        said = build.communicate(timeout=30)[1]
    assert build.returncode == 1
    assert said.startswith(f"error: the scheduler {cluster.address} went away")
    assert said.count("\n") == 1, said
    assert not any((filled.folder / "output").iterdir())


def test_no_scheduler_and_no_worker(tmp_path: Path, filled: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bylines.engine.workers.cluster._PATIENCE", 1.0)
    monkeypatch.setattr("bylines.engine.workers.cluster._WITHOUT_WORKERS", 1.0)
    filled.settings |= {"BYLINES_EXECUTOR": "dask", "BYLINES_SCHEDULER": "tcp://127.0.0.1:1"}
    with pytest.raises(BuildError, match=r"tcp://127.0.0.1:1 cannot be reached"):
        filled.build()
    monkeypatch.setattr("bylines.engine.workers.cluster._PATIENCE", 10.0)
    with DaskCluster(tmp_path / "empty") as cluster:
        _on(cluster, filled)
        with pytest.raises(BuildError, match=r"has had no worker .*; start one .*: dask worker tcp:"):
            filled.build()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"BYLINES_EXECUTOR": "threads"}, "it is one of 'processes', 'serial', 'dask'"),
        ({"BYLINES_EXECUTOR": "dask"}, "set BYLINES_SCHEDULER"),
        (
            {"BYLINES_EXECUTOR": "dask", "BYLINES_SCHEDULER": "tcp://x:1", "JINJA_FILTERS": {"up": str.upper}},
            "bring code for templates",
        ),
    ],
)
def test_settings_that_do_not_go_together(site: SmallSite, settings: dict[str, Any], said: str) -> None:
    site.settings |= settings
    with pytest.raises(SettingsError, match=said):
        site.build()


def test_without_the_package_it_says_how_to_install_it(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bylines.engine.workers.pool.importlib.util.find_spec", lambda name: None)
    site.settings |= {"BYLINES_EXECUTOR": "dask", "BYLINES_SCHEDULER": "tcp://x:1"}
    with pytest.raises(SettingsError, match=r"pip install distributed=="):
        site.build()


def test_another_executor_does_not_mean_another_site(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.build()
    site.settings["BYLINES_EXECUTOR"] = "serial"
    site.settings["BYLINES_WORKERS"] = 2
    assert site.site().digest == SmallSite(site.folder).site().digest


def test_batches_are_sized_by_what_they_took() -> None:
    pace = Pace(40, 1_000_000)
    assert pace.next(2) == 40
    pace.note(40, seconds=0.02, size=40_000)
    assert pace.next(2) == 1_000, "half a second"
    pace.note(1_000, seconds=5.0, size=1_000_000)
    assert pace.next(2) == pytest.approx(181, abs=1), "they take ten times as long: on the way there"
    pace = Pace(40, 1_000_000)
    pace.note(40, seconds=0.001, size=4_000_000)
    assert pace.next(2) == 80, "eight megabytes"
    pace = Pace(40, 600)
    pace.note(40, seconds=0.0001, size=40)
    assert [pace.next(2) for _ in range(4)] == [150, 112, 84, 63], "smaller ones towards the end"


def _play(cluster: DaskCluster, seed: int, steps: int) -> None:
    """Random edits, built by the cluster: into an output tree, or, every other time, as deltas."""
    executor = {"BYLINES_EXECUTOR": "dask", "BYLINES_SCHEDULER": cluster.address, "BYLINES_PARALLEL_FROM": 1}
    kinds = [Keeper] if seed % 2 else []
    play(seed, steps, *kinds, **executor)


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_edits_that_a_cluster_builds_give_what_a_clean_build_gives(cluster: DaskCluster, seed: int) -> None:
    _play(cluster, seed, 3)


@pytest.mark.long
@settings(max_examples=int(os.environ.get("SEQUENCES", "1000")), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_a_thousand_sequences_of_edits_that_a_cluster_builds(cluster: DaskCluster, seed: int) -> None:
    _play(cluster, seed, 8)
