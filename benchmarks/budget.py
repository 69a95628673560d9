"""What an edit may cost, by counting: pages rendered and files written of each kind, on the seeded corpus of 1,000 posts.

The counts that are allowed stand in budget.tsv. They do not depend on the machine, so one more is a fault, or is meant:
then `--accept` writes the file anew, and the change stands in the commit for whoever reads it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import Corpus, Ours, write
from benchmarks.edits import Planner, Repository
from benchmarks.timed import ROOT
from bylines import frame
from bylines.engine.build import BuildOptions

FILE = ROOT / "benchmarks/budget.tsv"
_HEADING = "edit\tkind\trendered\twritten"
_NOW = "1790000000"  # the build's clock: later than every post of the corpus
_ACCEPT = "python -m benchmarks.budget --accept"


class Cost(NamedTuple):
    """The numbers of rendered and of written pages of one kind. Only pages that differ are written."""

    rendered: int
    written: int


class Line(NamedTuple):
    """A cost in the file, and its line number."""

    number: int
    cost: Cost


Costs = dict[tuple[str, str], Cost]
"""Costs by (edit, kind of page)."""


def counted(posts: int = 1_000) -> Costs:
    """Builds the corpus, and again after each edit. Returns the costs of the edits."""
    with tempfile.TemporaryDirectory() as folder, _clock():
        planner = Planner()
        site = Path(folder) / "site"
        write(Corpus(posts, posts // 10), [Ours(site), planner])
        repository = Repository(site, planner.plan())
        repository.begin(ROOT / "theme", covers=True)
        return dict(_costs(repository))


@contextlib.contextmanager
def _clock() -> Iterator[None]:
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = _NOW
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _costs(repository: Repository) -> Iterator[tuple[tuple[str, str], Cost]]:
    _built(repository)
    for name, edit in repository.edits():
        edit(0)
        repository.commit(name)
        for kind, cost in sorted(_built(repository).items()):
            yield (name, kind), cost


def _built(repository: Repository) -> dict[str, Cost]:
    result = frame.build(str(repository.folder / "pelicanconf.py"), options=BuildOptions(by_kind=True))
    return {kind.name: Cost(kind.rendered, kind.written) for kind in result.kinds if kind.rendered or kind.written}


def read(file: Path) -> dict[tuple[str, str], Line]:
    """Reads the allowed costs, by (edit, kind of page)."""
    found = {}
    for number, line in enumerate(file.read_text().splitlines()[1:], 2):
        edit, kind, rendered, written = line.split("\t")
        found[edit, kind] = Line(number, Cost(int(rendered), int(written)))
    return found


def save(file: Path, costs: Costs) -> None:
    """Writes the given costs as those allowed."""
    lines = [f"{edit}\t{kind}\t{cost.rendered}\t{cost.written}" for (edit, kind), cost in costs.items()]
    file.write_text("\n".join([_HEADING, *lines]) + "\n")


def compared(shown: str, costs: Costs, allowed: Mapping[tuple[str, str], Line]) -> tuple[list[str], list[str]]:
    """Returns lines for the costs that grew and for those that shrank. `shown` is the file's name in them."""
    grew: list[str] = []
    shrank: list[str] = []
    last = max((line.number for line in allowed.values()), default=1)
    for edit, kind in [*costs, *(key for key in allowed if key not in costs)]:
        line = allowed.get((edit, kind), Line(last, Cost(0, 0)))
        cost = costs.get((edit, kind), Cost(0, 0))
        for what, now, then in zip(("rendered", "written"), cost, line.cost, strict=True):
            said = f"{shown}:{line.number}: {edit}: {now} of the pages '{kind}' {what}, where {then} are allowed"
            if now != then:
                (grew if now > then else shrank).append(said)
    return grew, shrank


def main(arguments: list[str] | None = None) -> int:
    """Counts and compares; returns 1 if a cost grew."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.budget", description=__doc__)
    parser.add_argument("--accept", action="store_true", help="allow what is counted now")
    parser.add_argument("--posts", type=int, default=1_000, help="how many posts (1000)")
    parser.add_argument("--file", type=Path, default=FILE, help="what is allowed (benchmarks/budget.tsv)")
    options = parser.parse_args(arguments)
    costs = counted(options.posts)
    if options.accept:
        save(options.file, costs)
        return 0
    grew, shrank = compared(os.path.relpath(options.file), costs, read(options.file))
    print(*grew, *shrank, sep="\n", end="\n" if grew or shrank else "")
    if grew:
        print(f"an edit costs more than it did; if that is meant, accept it: {_ACCEPT}")
    elif shrank:
        print(f"an edit costs less than it did; keep it so: {_ACCEPT}")
    return 1 if grew else 0


if __name__ == "__main__":
    sys.exit(main())
