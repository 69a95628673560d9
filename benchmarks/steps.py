"""Where the time of a clean build goes: wall time and processor time of each step, in the building process and in workers.

It takes the corpus that `python -m benchmarks.measure` has left, and builds it once more beside its output. `--profile`
lists the functions that take the most time of the building process instead.
"""

from __future__ import annotations

import argparse
import cProfile
import itertools
import os
import pstats
import shutil
import sys
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import WORK
from benchmarks.table import show
from benchmarks.timed import tree
from bylines import frame
from bylines.engine.build import BuildOptions

_TICKS = os.sysconf("SC_CLK_TCK")


class Spent(NamedTuple):
    """Seconds of wall time, of this process's CPU time, and of its workers'."""

    wall: float
    own: float
    workers: float


class StepClock:
    """A `ProgressListener` that records the time at the beginning of each step."""

    def __init__(self) -> None:
        self._marks: list[tuple[str, Spent]] = [("start", _now())]

    def begin(self, name: str, total: int) -> None:
        self._marks.append((name, _now()))

    def advance(self, count: int) -> None:
        """Nothing."""

    def wait(self, holder: str) -> None:
        """Nothing."""

    def end(self) -> None:
        wall, own, _ = _now()  # the workers have ended; the last step runs in this process
        self._marks.append(("", Spent(wall, own, self._marks[-1][1].workers)))

    def steps(self) -> dict[str, Spent]:
        """The time that each step took."""
        following = itertools.pairwise(self._marks)
        return {
            name: Spent(*(b - a for a, b in zip(mark, after, strict=True))) for (name, mark), (_, after) in following
        }


def _now() -> Spent:
    workers = sum(_ticks(pid) for pid in tree(os.getpid())[1:]) / _TICKS
    return Spent(time.perf_counter(), time.process_time(), workers)


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def spent(site: Path, clock: StepClock) -> None:
    """Runs a clean build of a site, in a folder beside its own output."""
    aside = site.parent / "steps"
    shutil.rmtree(aside, ignore_errors=True)
    places = {"OUTPUT_PATH": str(aside / "output"), "CACHE_PATH": str(aside / "cache")}
    try:
        frame.build(str(site / "pelicanconf.py"), places, options=BuildOptions(clock))
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def table(posts: int, steps: dict[str, Spent]) -> str:
    """A Markdown table of µs per post."""
    lines = ["| µs a post | wall | CPU, building process | CPU, workers |", "|---|---:|---:|---:|"]
    total = Spent(*(sum(step[n] for step in steps.values()) for n in range(3)))
    for name, found in [*steps.items(), ("**all**", total)]:
        lines.append(f"| {name} | {' | '.join(f'{1e6 * seconds / posts:,.0f}' for seconds in found)} |")
    return "\n".join(lines)


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.steps", description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000, help="which corpus of measure.py's (10000)")
    parser.add_argument("--work", type=Path, default=WORK, help="where measure.py made it (benchmarks/.work)")
    parser.add_argument("--profile", action="store_true", help="list functions instead of steps")
    parser.add_argument("--insert", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    site = options.work.absolute() / str(options.posts) / "ours"
    if not site.is_dir():
        parser.error(f"there is no {site}: run python -m benchmarks.measure --posts {options.posts}")
    clock = StepClock()
    if options.profile:
        with cProfile.Profile() as profile:
            spent(site, clock)
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)
    else:
        spent(site, clock)
        show("steps", table(options.posts, clock.steps()), insert=options.insert)
    return 0


if __name__ == "__main__":
    sys.exit(main())
