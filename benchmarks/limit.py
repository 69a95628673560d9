"""The limit of this machine: what it takes to read, hash, parse and write the same bytes as a clean build, and no more.

It takes the corpus and the output that `python -m benchmarks.measure` has left, in one process and in two. Sanitising, which
no build that trusts nobody can leave out, is measured beside it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.measure import WORK
from benchmarks.table import show
from bylines.engine.digest import digest_of
from bylines.markup import MarkupOptions
from bylines.markup.engines import engine_html
from bylines.markup.policy import clean

Item = TypeVar("Item")
Made = TypeVar("Made")
_AT_ONCE = 500
READ, HASH, PARSE, SANITISE, WRITE = STEPS = ("read", "hash", "parse", "sanitise", "write")


class Spent(NamedTuple):
    """Seconds of wall time and of CPU time."""

    wall: float
    cpu: float


class Share(NamedTuple):
    """The work of one process: posts to read, and pages with their sizes in bytes to write below a folder."""

    posts: list[str]
    pages: list[tuple[str, int]]
    to: str


def spent(site: Path, processes: int) -> dict[str, Spent]:
    """Measures each step for a built site, split among processes: the longest wall time, and the sum of CPU time."""
    posts = [str(file) for file in sorted((site / "content/blogs").rglob("*.md"))]
    pages = list(_sizes(site / "output"))
    to = site.parent / "limit"
    shares = [Share(posts[n::processes], pages[n::processes], f"{to}/{n}") for n in range(processes)]
    try:
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            found = pool.map(_done, shares, chunksize=1)
    finally:
        shutil.rmtree(to, ignore_errors=True)
    return {
        step: Spent(max(one[step].wall for one in found), sum(one[step].cpu for one in found)) for step in STEPS
    }  # fmt: skip


def _sizes(output: Path) -> Iterator[tuple[str, int]]:
    for folder, _, names in os.walk(output):
        below = os.path.relpath(folder, output)
        yield from ((f"{below}/{name}", os.path.getsize(f"{folder}/{name}")) for name in names)


def _done(share: Share) -> dict[str, Spent]:
    watch = _Watch()
    options = MarkupOptions()
    engine_html("*once*", "md", options)
    for first in range(0, len(share.posts), _AT_ONCE):
        data = watch(READ, _bytes, share.posts[first : first + _AT_ONCE])
        watch(HASH, digest_of, data)
        texts = [text.decode().split("\n---\n", 1)[-1] for text in data]
        made = watch(PARSE, lambda text: engine_html(text, "md", options)[0], texts)
        watch(SANITISE, clean, made)
    tree = _Tree(share.to, max((size for _, size in share.pages), default=0))
    watch(WRITE, tree.write, share.pages)
    return watch.spent


class _Watch:
    """Runs steps on items and adds up the time they take."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(STEPS, Spent(0.0, 0.0))

    def __call__(self, step: str, act: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
        wall, cpu = time.perf_counter(), time.process_time()
        made = [act(item) for item in items]
        before = self.spent[step]
        self.spent[step] = Spent(
            before.wall + time.perf_counter() - wall, before.cpu + time.process_time() - cpu
        )  # fmt: skip
        return made


class _Tree:
    """Writes files of given sizes with as few system calls as possible."""

    def __init__(self, folder: str, largest: int) -> None:
        self._folder = folder
        self._made: set[str] = set()
        self._bytes = memoryview(os.urandom(1 << 16) * (1 + (largest >> 16)))

    def write(self, page: tuple[str, int]) -> None:
        path, size = page
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(f"{self._folder}/{parent}", exist_ok=True)
            self._made.add(parent)
        file = os.open(f"{self._folder}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        os.write(file, self._bytes[:size])
        os.close(file)


def _bytes(path: str) -> bytes:
    file = os.open(path, os.O_RDONLY)
    data = os.read(file, os.fstat(file).st_size)
    os.close(file)
    return data


def table(posts: int, site: Path) -> str:
    """A Markdown table of µs per post, in one process and in two."""
    found = [spent(site, processes) for processes in (1, 2)]
    lines = [
        "| µs a post | 1 process: wall | CPU | 2 processes: wall | CPU |",
        "|---|---:|---:|---:|---:|",
        *(_row(step, posts, [one[step] for one in found]) for step in STEPS),
    ]
    for name, steps in (("without sanitising", set(STEPS) - {SANITISE}), ("all", set(STEPS))):
        total = [Spent(*(sum(one[step][n] for step in steps) for n in range(2))) for one in found]
        lines.append(_row(f"**{name}**", posts, total))
    return "\n".join(lines)


def _row(name: str, posts: int, found: Sequence[Spent]) -> str:
    cells = [f"{1e6 * seconds / posts:,.0f}" for one in found for seconds in one]
    return f"| {name} | {' | '.join(cells)} |"


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.limit", description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000, help="which corpus of measure.py's (10000)")
    parser.add_argument("--work", type=Path, default=WORK, help="where measure.py made it (benchmarks/.work)")
    parser.add_argument("--insert", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    site = options.work.absolute() / str(options.posts) / "ours"
    if not (site / "output").is_dir():
        parser.error(f"{site} has no output: run python -m benchmarks.measure --posts {options.posts}")
    show("limit", table(options.posts, site), insert=options.insert)
    return 0


if __name__ == "__main__":
    sys.exit(main())
