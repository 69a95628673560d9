"""Whatever happens to a build, and whenever: each page stays whole, nothing is lost, and the next build is right."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.corpus import Corpus, write_ours
from bylines.engine.build import BuildOptions
from bylines.engine.build import build as built
from bylines.engine.progress import Silent
from bylines.engine.publish import output_tree
from bylines.problems import BuildError, BusyError, OutputError
from tests.building import NOW, SmallSite, clock, files_below
from tests.projects import configure, run, started

# Builds in children of one process that has everything imported. Each line is a number of seconds, after which the child
# and its workers are killed, or 'N' with a number: at the Nth file that publishing moves, notes or deletes.
_KILLED = """
import os, signal, sys, time
from bylines import frame
from bylines.engine import publish

def kill_at(number):
    left = [number]
    def hook(event, arguments):
        if event in ("os.rename", "os.remove", "os.rmdir", "open", "os.mkdir") and hook.on:
            left[0] -= 1
            if left[0] < 0:
                os.killpg(0, signal.SIGKILL)
    hook.on = False
    publishing = publish.Output.publish
    def counted(self, *arguments):
        hook.on = True
        return publishing(self, *arguments)
    publish.Output.publish = counted
    sys.addaudithook(hook)

for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        if line.startswith("N"):
            kill_at(int(line[1:]))
        frame.build("pelicanconf.py")
        os._exit(0)
    if not line.startswith("N"):
        time.sleep(float(line))
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    os.waitpid(pid, 0)
    while True:  # its workers hold the lock until they are gone too
        try:
            os.killpg(pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.005)
    print("over", flush=True)
"""


class Killer:
    """A site that is built, and killed, in other processes."""

    def __init__(self, folder: Path, choose: random.Random, *, covers: bool) -> None:
        self.site = SmallSite(folder, BYLINES_COVERS=covers)
        self.choose = choose
        self.killed = 0
        configure(self.site, workers=2)
        with (folder / "pelicanconf.py").open("a") as file:
            file.write(f"BYLINES_COVERS = {covers}\n")
        write_ours(folder, Corpus(120, 12))
        from tests.building import ROOT

        environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": str(NOW)}
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", _KILLED]
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdin=pipe, stdout=pipe, text=True)

    def build(self, moment: str) -> None:
        """A build that is killed at a moment."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{moment}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "over\n"

    def edit(self, number: int) -> None:
        """A few edits: words, a title, a new post, one that goes, a new name, a folder that comes and goes."""
        posts = sorted((self.site.folder / "content/blogs").rglob("*.md"))
        for file in self.choose.sample(posts, 3):
            file.write_text(file.read_text() + f"\nword {number}\n")
        titled = self.choose.choice(posts)
        titled.write_text(titled.read_text().replace("title: ", f"title: {number} ", 1))
        self.choose.choice(posts).unlink()
        owner = self.choose.choice(posts).relative_to(self.site.folder / "content/blogs").parts[0]
        self.site.post(f"{owner}/new-{number}/index.md", topics="[new]")
        self.site.write(f"content/blogs/{owner}/new-{number}/data.csv", f"{number}")
        self.site.person(f"new-{number % 3}", f"New {number}")


def _plays(folder: Path, moments: int, seed: int, *, covers: bool) -> None:
    killer = Killer(folder, random.Random(seed), covers=covers)
    site = killer.site
    try:
        old: dict[str, bytes] = {}
        started_at = time.monotonic()
        new = _clean(site)
        longest = time.monotonic() - started_at
        for number in range(moments):
            if number % 4 == 0:  # a clean build
                for name in ("output", "cache", "clean-cache"):
                    shutil.rmtree(folder / name, ignore_errors=True)
                old = {}
            moment = f"N{killer.choose.randint(0, 60)}" if number % 2 else f"{killer.choose.uniform(0, longest):.3f}"
            killer.build(moment)
            _each_page_is_whole(files_below(folder / "output"), old, new, moment)
            site.build()
            assert _ours(site) == new, moment
            assert not (folder / ".output.stage").exists()
            old = new
            killer.edit(number)
            new = _clean(site)
    finally:
        killer.process.kill()
        killer.process.wait()


def _clean(site: SmallSite) -> dict[str, bytes]:
    for name in ("clean", "clean-cache"):
        shutil.rmtree(site.folder / name, ignore_errors=True)
    site.build("clean", "clean-cache")
    return site.built("clean")


def _ours(site: SmallSite) -> dict[str, bytes]:
    return site.built()


def _each_page_is_whole(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes], moment: str) -> None:
    for path, data in found.items():
        assert data in (old.get(path), new.get(path)), (path, moment)
    assert (old.keys() & new.keys()) <= found.keys(), moment


def test_a_build_that_is_killed_leaves_whole_pages_and_the_next_one_is_right(tmp_path: Path) -> None:
    _plays(tmp_path, 5, 1, covers=False)


@pytest.mark.long
def test_two_hundred_builds_that_are_killed(tmp_path: Path) -> None:
    _plays(tmp_path, 200, random.randrange(1 << 30), covers=True)


@pytest.fixture
def project(site: SmallSite) -> SmallSite:
    configure(site)
    site.post("ada/x.md")
    return site


class _Hold:
    """The lock of a project's output, held by a process that ends when it is told to."""

    def __init__(self, site: SmallSite) -> None:
        program = (
            "import sys\nfrom bylines.engine.lock import locked\nfrom bylines.engine.progress import Silent\n"
            f"with locked({str(site.folder / 'output')!r}, Silent(), 0):\n    print('held', flush=True)\n    sys.stdin.read()\n"
        )
        from tests.building import ROOT

        environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([sys.executable, "-c", program], env=environment, stdin=pipe, stdout=pipe)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"held\n"

    def end(self) -> None:
        self.process.communicate()


def test_who_comes_second_waits_and_is_told_for_whom(project: SmallSite) -> None:
    hold = _Hold(project)
    second = started(project.folder, "build")
    assert second.stderr is not None
    line = second.stderr.readline()
    assert line.startswith(f"another build is at work here (process {hold.process.pid}, since ")
    assert second.poll() is None
    hold.end()
    out, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert "1 posts of 1 blogs" in out


def test_who_does_not_want_to_wait_is_told_who_builds(project: SmallSite) -> None:
    hold = _Hold(project)
    done = run(project.folder, "build", "--no-wait")
    hold.end()
    assert done.returncode == 1
    assert f"(process {hold.process.pid}, since " in done.stderr
    assert "Traceback" not in done.stderr


def test_waiting_has_an_end(project: SmallSite) -> None:
    hold = _Hold(project)
    with clock(project.now), pytest.raises(BusyError, match=str(hold.process.pid)):
        built(project.site(), options=BuildOptions(wait=0.3))
    hold.end()


def test_two_builds_at_once_both_end_well(project: SmallSite) -> None:
    both = [started(project.folder, "build") for _ in range(2)]
    for process in both:
        process.communicate(timeout=60)
    assert [process.returncode for process in both] == [0, 0]
    assert project.build().changed == ()


class During(Silent):
    """Does something when a step begins."""

    def __init__(self, name: str, act: object) -> None:
        self._name, self._act = name, act

    def begin(self, name: str, total: int) -> None:
        if name == self._name:
            self._act()  # type: ignore[operator]


def _build_during(site: SmallSite, step: str, act: object) -> None:
    with clock(site.now):
        built(site.site(), options=BuildOptions(During(step, act)))


@pytest.mark.parametrize("step", ["read", "render", "publish"])
@pytest.mark.parametrize("gone", ["output", ".output.stage"])
@pytest.mark.parametrize("look_at", [1, 20_000])
def test_a_folder_that_goes_away_under_way_is_said_and_put_right(
    site: SmallSite, step: str, gone: str, look_at: int
) -> None:
    site.settings["BYLINES_LOOK_AT"] = look_at
    site.post("ada/x.md")
    site.build()
    site.post("ada/y.md")
    with pytest.raises(OutputError, match="build again"):
        _build_during(site, step, lambda: shutil.rmtree(site.folder / gone))
    site.build()
    assert site.built() == _clean(site)


def test_an_output_that_is_gone_is_noticed_however_large(site: SmallSite) -> None:
    site.settings["BYLINES_LOOK_AT"] = 1
    site.post("ada/x.md")
    site.build()
    shutil.rmtree(site.folder / "output")
    site.build()
    assert site.built() == _clean(site)


@pytest.mark.parametrize("name", ["x.md", "x/pic.svg"])
def test_a_source_that_goes_away_under_way_is_said(site: SmallSite, name: str) -> None:
    site.post("ada/x.md")
    site.post("ada/x/index.md", slug="z")
    site.write("content/blogs/ada/x/pic.svg", "<svg/>")
    with pytest.raises(BuildError, match="went away while the site was built; build again"):
        _build_during(site, "render", lambda: site.remove(f"content/blogs/ada/{name}"))
    site.build()
    assert site.built() == _clean(site)


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of two megabytes."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    if shutil.which("mount") is None:
        pytest.skip("there is no mount on this machine")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("only root can mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_an_output_on_another_file_system_is_staged_in_it(tmp_path: Path, mounted: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada", "Ada Lovelace")
    site.settings |= {"DELETE_OUTPUT_DIRECTORY": True}
    for number in range(3):
        site.post(f"ada/x{number}.md")
        (mounted / ".bylines-stage").mkdir()
        site.build("mounted")
        assert not (mounted / ".bylines-stage").exists()
        assert site.built("mounted") == _clean(site)
    assert not (tmp_path / ".mounted.stage").exists()


def test_a_mount_of_the_same_file_system_is_another_one_too(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.post("ada/x.md")
    for name in ("elsewhere", "output"):
        (tmp_path / name).mkdir()
    mount = ["mount", "--bind", tmp_path / "elsewhere", tmp_path / "output"]
    if shutil.which("mount") is None:
        pytest.skip("there is no mount on this machine")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount")
    try:
        site.build()
        assert site.built() == _clean(site)
    finally:
        subprocess.run(["umount", "-l", tmp_path / "output"], check=True)


@pytest.mark.parametrize("full", ["output", "cache"])
def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path, mounted: Path, full: str) -> None:
    site = SmallSite(mounted.parent)
    configure(site, **{full: "mounted/site"})
    site.person("ada", "Ada Lovelace")
    site.post("ada/x.md")
    assert run(tmp_path, "build").returncode == 0
    folder = mounted / "site"
    before = files_below(folder if full == "output" else tmp_path / "output")
    write_ours(tmp_path, Corpus(150, 10))
    filler = mounted / "filler"
    filler.write_bytes(b"x" * (os.statvfs(mounted).f_bavail * 4096 - 16384))
    done = run(tmp_path, "build")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "o space left on device" in done.stderr or "is full" in done.stderr
    assert files_below(folder if full == "output" else tmp_path / "output") == before
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,size=50m", mounted], check=True)
    assert run(tmp_path, "build").returncode == 0
    site.build("clean", "clean-cache")
    assert files_below(folder if full == "output" else tmp_path / "output") == site.built("clean")


def test_a_store_that_cannot_be_written_is_done_without(tmp_path: Path, mounted: Path) -> None:
    site = SmallSite(tmp_path)
    configure(site, cache="mounted")
    site.person("ada", "Ada Lovelace")
    site.post("ada/x.md")
    assert run(tmp_path, "build").returncode == 0
    subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)
    site.post("ada/y.md")
    done = run(tmp_path, "build")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("kept no store") == 1
    assert site.built() == _clean(site)
    site.remove("content/blogs/ada/x.md")
    assert run(tmp_path, "build").returncode == 0
    assert site.built() == _clean(site)
    subprocess.run(["mount", "-o", "remount,rw", mounted], check=True)
    site.post("ada/z.md")
    assert run(tmp_path, "build", "--quiet").stderr == ""
    assert site.built() == _clean(site)


def test_a_disk_that_takes_a_part_of_a_page_is_noticed(tmp_path: Path) -> None:
    import io

    from bylines.engine.files import write_all

    class Filling(io.FileIO):
        def write(self, data: object) -> int:
            return super().write(bytes(data)[:3])  # type: ignore[call-overload]

    with Filling(tmp_path / "page", "w") as file:
        write_all(file, b"all of this page")
    assert (tmp_path / "page").read_bytes() == b"all of this page"


def test_half_a_line_in_the_journal_spoils_no_other(site: SmallSite) -> None:
    site.post("ada/x.md")
    site.build()
    journal = site.folder / ".output.written"
    with journal.open("a") as file:
        file.write("+blogs/ada/hal")
    output = output_tree.Output(str(site.folder / "output"))
    output._note(["+blogs/ada/y/index.html"])
    assert "blogs/ada/y/index.html" in output.written()


def test_a_worker_that_is_killed_is_said(site: SmallSite) -> None:
    site.settings |= {"BYLINES_WORKERS": 2, "BYLINES_PARALLEL_FROM": 2}
    for number in range(80):
        site.post(f"ada/x{number}.md")
    site.build()
    before = site.built()

    def kill() -> None:
        import multiprocessing

        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)

    for number in range(80):
        site.post(f"ada/x{number}.md", "Other words.\n")
    with pytest.raises(BuildError, match="worker"):
        _build_during(site, "render", kill)
    assert site.built() == before
    site.build()
    assert site.built() == _clean(site)
