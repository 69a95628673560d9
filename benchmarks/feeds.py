"""What feeds cost: clean builds of one corpus with none, with one format, two, three, and with archives; and a new post.

Processor seconds are of whole builds in one process, without covers, the least of runs that take turns; bytes and files are
of the output; what a new post writes is counted in feeds and archives alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from benchmarks.corpus import Corpus, Ours, write
from benchmarks.edits import SETTINGS
from benchmarks.timed import ROOT, timed
from bylines.features.feeds.settings import LISTS
from bylines.settings import FEATURES

# Without covers: they do not depend on feeds, and cost more than anything else.
_FEATURES = tuple(name for name in FEATURES if name != "bylines.features.covers")
_WITHOUT = tuple(name for name in _FEATURES if name != "bylines.features.feeds")
_ALL = ("atom", "rss", "json")
Cases: TypeAlias = Mapping[str, Mapping[str, Any]]
"""The settings of each case, by its name."""
CASES: Cases = {
    "no feeds": {"BYLINES_FEATURES": _WITHOUT},
    "Atom": {"BYLINES_FEED_FORMATS": _ALL[:1], "BYLINES_FEED_ARCHIVES": ()},
    "Atom, RSS": {"BYLINES_FEED_FORMATS": _ALL[:2], "BYLINES_FEED_ARCHIVES": ()},
    "all three": {"BYLINES_FEED_ARCHIVES": ()},
    "and archives of blogs in Atom (the default)": {},
    "and of the site": {"BYLINES_FEED_ARCHIVES": ("site", "blogs")},
    "archives of all lists in all formats": {
        "BYLINES_FEED_ARCHIVES": LISTS,
        "BYLINES_FEED_ARCHIVE_FORMATS": _ALL,
    },
}
_HEADING = "| | CPU s | than none, µs a post | files of feeds | MB | for a new post |\n|---|---:|---:|---:|---:|---:|"
_POST = "---\ntitle: A new one\ndate: 2026-08-01\ntopics: [{topic}]\n---\nNot many words.\n"
_KINDS = ("feed", "feed-archive")


class Cost(NamedTuple):
    """The CPU seconds of a clean build, the number and bytes of its feeds, and the cost of a new post."""

    cpu: float
    files: int
    size: int
    edit: float
    """CPU seconds of the build after a new post."""
    written: int
    """Feed files that this build writes."""
    written_in_all: int
    pages: int
    """All files of the site."""


def measured(folder: Path, posts: int, runs: int, cases: Cases) -> dict[str, Cost]:
    """Measures the cost of each case: `runs` clean builds in turn, then a new post."""
    corpus = Corpus(posts, posts // 10)
    write(corpus, [Ours(folder)])
    first = next(corpus.posts())
    spent: dict[str, list[float]] = {case: [] for case in cases}
    for run in range(runs):
        for number, (case, own) in enumerate(cases.items()):
            settings = _settings(folder, own, f"{number}-{run}")
            spent[case].append(timed([sys.executable, "-m", "bylines", "build", "--settings", settings], folder).cpu)
    (folder / f"content/blogs/{first.blog}/a-new-one.md").write_text(_POST.format(topic=first.topics[0]))
    found = {}
    for number, case in enumerate(cases):
        files = list(_feeds(folder / f"output-{number}-0"))
        size = sum(file.stat().st_size for file in files)
        settings = f"conf-{number}-0.py"
        run = timed([sys.executable, "-m", "bylines", "build", "--json", "--settings", settings], folder)
        kinds = {name: (kind["written"], kind["pages"]) for name, kind in json.loads(run.said)["kinds"].items()}
        written = sum(kinds.get(kind, (0, 0))[0] for kind in _KINDS)
        in_all, pages = (sum(column) for column in zip(*kinds.values(), strict=True))
        found[case] = Cost(min(spent[case]), len(files), size, run.cpu, written, in_all, pages)
    return found


def _settings(folder: Path, case: Mapping[str, Any], name: str) -> str:
    own = {
        "BYLINES_FEATURES": _FEATURES,
        **case,
        "OUTPUT_PATH": f"output-{name}",
        "CACHE_PATH": f"cache-{name}",
        "BYLINES_WORKERS": 1,
    }
    lines = "".join(f"{key} = {value!r}\n" for key, value in own.items())
    (folder / f"conf-{name}.py").write_text(
        SETTINGS.format(theme=str(ROOT / "theme"), covers=False, search=False) + lines
    )
    return f"conf-{name}.py"


def _feeds(output: Path) -> list[Path]:
    feeds = (file for form in _ALL for file in output.rglob(f"*.{form}"))
    return [file for file in feeds if file.stem == "feed" or file.parent.name == "feed"]


def table(found: dict[str, Cost], posts: int) -> str:
    """Formats the costs as Markdown, each with its difference to the first case, per post."""
    lines = [_HEADING]
    none = next(iter(found.values())).cpu
    for case, cost in found.items():
        more = f"{(cost.cpu - none) / posts * 1e6:,.0f}"
        lines.append(f"| {case} | {cost.cpu:.2f} | {more} | {cost.files:,} | {cost.size / 1e6:.1f} | {cost.written} |")
    return "\n".join(lines)


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.feeds", description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000, help="how many posts (1000)")
    parser.add_argument("--runs", type=int, default=3, help="how many clean builds of each case (3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(measured(Path(folder), options.posts, options.runs, CASES), options.posts))


if __name__ == "__main__":
    main()
