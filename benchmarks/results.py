"""Reads and writes the measured figures in results.tsv, one per line."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "results.tsv"
ALL = Path(__file__).parent / "results-all.tsv"
"""The figures with covers and search, which the other programs lack."""
SIZES = (1_000, 10_000, 170_000, 1_000_000)
HUGO, PELICAN, CLEAN, FRESH = "hugo, clean", "stock pelican, clean", "clean", "fresh clone"


class Figure(NamedTuple):
    """The figures of one case, as medians of its runs. A count that was not taken is None."""

    day: str
    commit: str
    """The short hash, followed by + if the code had uncommitted changes."""
    machine: str
    posts: int
    case: str
    seconds: float
    mb: float | None
    runs: int | None = None
    cpu: float | None = None
    """CPU seconds of all processes."""
    rendered: int | None = None
    written: int | None = None
    removed: int | None = None
    pages: int | None = None
    store: int | None = None
    """Bytes of the store per post."""


def here(posts: int, case: str, seconds: float, mb: float) -> Figure:
    """A figure with today's date, the current commit and this machine."""
    machine = f"{platform.machine()} {os.cpu_count()} cores"
    return Figure(time.strftime("%Y-%m-%d"), _commit(), machine, posts, case, round(seconds, 2), round(mb))


def _commit() -> str:
    def git(*arguments: str) -> str:
        command = ["git", *arguments]
        return subprocess.run(command, cwd=FILE.parent.parent, capture_output=True, text=True, check=False).stdout

    changed = git("status", "--porcelain", "--", "plugins", "theme")
    return git("rev-parse", "--short", "HEAD").strip() + ("+" if changed else "")


def add(figures: Iterable[Figure], file: Path = FILE) -> None:
    """Appends figures to a file. Writes the heading first if the file is new."""
    lines = [] if file.exists() else ["\t".join(Figure._fields)]
    lines += ["\t".join("" if value is None else str(value) for value in figure) for figure in figures]
    with file.open("a") as opened:
        opened.writelines(f"{line}\n" for line in lines)


def read(file: Path = FILE) -> list[Figure]:
    """Reads all figures, in order. Raises ValueError if the heading is wrong."""
    heading, *lines = file.read_text().splitlines()
    if tuple(heading.split("\t")) != Figure._fields:
        raise ValueError(f"{file}:1: the columns are not {' '.join(Figure._fields)}")
    return [_figure(line.split("\t")) for line in lines]


def _figure(fields: list[str]) -> Figure:
    day, commit, machine, posts, case, seconds, mb, runs, cpu, *counts = fields
    whole = [int(count) if count else None for count in (runs, *counts)]
    took = float(cpu) if cpu else None
    return Figure(
        day, commit, machine, int(posts), case, float(seconds), float(mb) if mb else None, whole[0], took, *whole[1:]
    )


def latest(figures: Iterable[Figure]) -> dict[int, dict[str, Figure]]:
    """The latest figures by size and case. For each size they are all from the last measured commit."""
    by_size: dict[int, list[Figure]] = {}
    for figure in figures:
        by_size.setdefault(figure.posts, []).append(figure)
    return {
        posts: {figure.case: figure for figure in found if figure.commit == found[-1].commit}
        for posts, found in sorted(by_size.items())
    }
