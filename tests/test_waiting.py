"""What a person sees while a build is at work, at its end, and when they end it."""

from __future__ import annotations

import io
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.corpus import Corpus, write_ours
from bylines import display
from bylines.engine.build import BuildOptions
from bylines.engine.build import build as built
from bylines.engine.progress import STEPS, Silent
from tests.building import NOW, ROOT, SmallSite, clock, files_below
from tests.projects import configure, run, started


@pytest.fixture
def project(site: SmallSite) -> SmallSite:
    configure(site)
    site.post("ada/x.md", "[y](y.md)\n", topics="[tides]")
    return site


class Noting(Silent):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int]] = []

    def begin(self, name: str, total: int) -> None:
        self.told.append((name, total))

    def advance(self, count: int) -> None:
        self.told.append(("+", count))


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(display.time, "monotonic", lambda: self.now)


def test_a_build_tells_its_steps_by_batch(site: SmallSite) -> None:
    for number in range(100):
        site.post(f"ada/p{number}.md")
    noting = Noting()
    with clock(site.now):
        result = built(site.site(), options=BuildOptions(noting))
    assert [name for name, _ in noting.told if name != "+"] == list(STEPS)
    assert len(noting.told) < 40, "it is called per batch, not per page"
    assert {step.name: step.done for step in result.steps}["render"] == result.rendered == result.pages


def test_a_template_that_changed_announces_all_its_pages(site: SmallSite) -> None:
    shutil.copytree(ROOT / "theme", site.folder / "theme")
    for number in range(9):
        site.post(f"ada/p{number}.md")
    site.build()
    template = site.folder / "theme/templates/posts/post.html"
    template.write_text(template.read_text() + "<!-- new -->")
    noting = Noting()
    with clock(site.now):
        result = built(site.site(), options=BuildOptions(noting))
    assert dict(noting.told)["render"] >= result.rendered >= 9


def test_a_build_says_one_line_of_what_it_built(project: SmallSite) -> None:
    done = run(project.folder, "build")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1


def test_lines_say_what_took_long_and_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    time_ = Clock(monkeypatch)
    out = io.StringIO()
    lines = display.Lines(out)
    lines.begin("read", 1000)
    lines.advance(10)
    time_.now += 20
    lines.advance(190)
    lines.begin("weave", 11)
    time_.now += 0.5
    lines.end()
    assert out.getvalue().splitlines() == [
        "reading sources: 200 of about 1,000, 1:20 to go",
        "reading sources: 200 in 20.0 s",
    ]


def test_a_bar_shows_the_step_the_counts_and_the_time_that_remains(monkeypatch: pytest.MonkeyPatch) -> None:
    time_ = Clock(monkeypatch)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign]
    bar = display.display(out)
    bar.begin("scan", 0)
    bar.begin("read", 1000)
    bar.advance(10)
    assert out.getvalue() == "", "nothing in the first second"
    time_.now += 2
    bar.advance(490)
    bar.begin("render", 0)
    time_.now += 2
    bar.advance(40)
    bar.end()
    shown = out.getvalue()
    assert "2/5 reading sources" in shown
    assert "500/1000" in shown
    assert "4/5 rendering pages" in shown


def test_a_terminal_gets_a_bar_and_is_left_clean(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    configure(site)
    write_ours(tmp_path, Corpus(300, 20))
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "plugins"),
            "SOURCE_DATE_EPOCH": str(NOW),
            "TERM": "xterm",
        }
        os.execve(sys.executable, [sys.executable, "-m", "bylines", "build"], environment)
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 65536)
        except OSError:
            break
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert b"300 posts of 20 blogs" in shown.splitlines()[-1]
    assert b"rendering pages" in shown


def test_quiet_says_only_what_is_wrong(project: SmallSite) -> None:
    done = run(project.folder, "build", "--quiet")
    assert done.stdout == ""
    assert "content/blogs/ada/x.md:6" in done.stderr
    project.post("ada/x.md")
    done = run(project.folder, "build", "--quiet")
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("command", ["build", "check"])
def test_json_says_everything_as_one_object(project: SmallSite, command: str) -> None:
    done = run(project.folder, command, "--json")
    assert done.returncode == 0, "a link that leads nowhere keeps no text in"
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert (said["posts"], said["blogs"], said["removed"]) == (1, 1, 0)
    assert said["pages"] == said["rendered"] == said["written"] == sum(kind["pages"] for kind in said["kinds"].values())
    assert said["kinds"]["post"] == {"pages": 1, "rendered": 1, "written": 1}
    assert list(said["steps"]) == list(STEPS)
    assert sum(step["seconds"] for step in said["steps"].values()) <= said["seconds"]
    (problem,) = said["problems"]
    assert problem.keys() == {"path", "line", "message", "mend", "level", "code"}
    assert (problem["path"], problem["line"]) == ("content/blogs/ada/x.md", 6)


def test_json_says_why_there_was_no_build(project: SmallSite) -> None:
    done = run(project.folder, "build", "--json", "--settings", "nothing.py")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {"error": "there is no settings file nothing.py; name one with --settings"}


@pytest.mark.parametrize(("workers", "sign"), [(1, "pages"), (2, "texts-*/*"), (2, "pages/blogs/*/*/index.html")])
def test_an_interrupt_ends_a_build_cleanly_and_at_once(tmp_path: Path, workers: int, sign: str) -> None:
    site = SmallSite(tmp_path)
    configure(site, workers=workers)
    write_ours(tmp_path, Corpus(200, 20))
    process = started(tmp_path, "build")
    while not list((tmp_path / ".output.stage").glob(sign)):
        time.sleep(0.005)
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    since = time.monotonic()
    out, err = process.communicate(timeout=20)
    assert time.monotonic() - since < 10  # on a quiet machine a tenth of a second; the build would go on for longer
    assert process.returncode == 130
    assert out == ""
    assert [line for line in err.splitlines() if " in " not in line] == [
        "error: interrupted; the next build goes on from what was published before"
    ]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # no worker is left
    assert files_below(tmp_path / "output") == {}
    site.build()
    assert not (tmp_path / ".output.stage").exists()
    site.build("clean", "clean-cache")
    assert site.built() == site.built("clean")


def test_a_build_that_is_told_to_end_leaves_no_worker_behind(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    configure(site, workers=2)
    write_ours(tmp_path, Corpus(400, 20))
    for sign, code in ((signal.SIGTERM, 143), (signal.SIGKILL, -9)):
        process = started(tmp_path, "build")
        while not list((tmp_path / ".output.stage").glob("texts-*/*")):
            time.sleep(0.01)
        os.kill(process.pid, sign)
        process.communicate(timeout=20)
        assert process.returncode == code
        until = time.monotonic() + 5
        while time.monotonic() < until and _is_there(process.pid):
            time.sleep(0.05)
        assert not _is_there(process.pid)


_ENDED = """
import sys, time
from bylines.engine.workers.pool import Workers

class Site:
    def of(self, setting):
        return {"BYLINES_WORKERS": 2, "BYLINES_PARALLEL_FROM": 1}.get(setting.name, setting.default)

def large():
    return bytes(400_000_000)

try:
    with Workers(Site()) as workers:
        workers._suitable(10).submit(large)
        time.sleep(float(sys.argv[1]))
        raise KeyboardInterrupt
except KeyboardInterrupt:
    print("ended")
"""


@pytest.mark.parametrize("after", [0.1, 0.2, 0.3, 0.4])
def test_a_worker_that_is_ended_while_it_writes_holds_nobody_up(after: float) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    command = [sys.executable, "-c", _ENDED, str(after)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=False)
    assert done.stdout == "ended\n", done.stderr


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
