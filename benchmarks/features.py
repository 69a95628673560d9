"""What each capability costs: clean builds with all of them, and with all but one; and a new post.

Processor seconds are of whole builds in one process, the least of runs that take turns. A capability costs what a build with
it has more than one without it; one that others need is not in the list. Covers and search, which take more than all others,
are added to the rest.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.feeds import Cases, Cost, measured
from bylines.settings import FEATURES

_PLAIN = {"BYLINES_FEATURES": FEATURES, "BYLINES_COVERS": False}
_OPTIONAL = ("facets", "finder", "feeds", "exports", "sitemap", "redirects", "pulse")
_WHOLE = "all but covers and search"
CASES: Cases = {
    _WHOLE: _PLAIN,
    **{
        name: {**_PLAIN, "BYLINES_FEATURES": tuple(own for own in FEATURES if own != f"bylines.features.{name}")}
        for name in _OPTIONAL
    },
    "covers": {**_PLAIN, "BYLINES_COVERS": True},
    "search": {**_PLAIN, "BYLINES_SEARCH": True},
}
_HEADING = """| capability | clean build, CPU s | files | a new post, CPU s | its files |
|---|---:|---:|---:|---:|"""


def table(found: dict[str, Cost]) -> str:
    """Formats the costs as Markdown: the whole without covers and search, the share of each capability, and those two."""
    whole = found[_WHOLE]
    lines = [_HEADING, f"| {_WHOLE} | {whole.cpu:.2f} | {whole.pages:,} | {whole.edit:.2f} | {whole.written_in_all} |"]
    for case, cost in found.items():
        if case != _WHOLE:
            less, more = (cost, whole) if case in _OPTIONAL else (whole, cost)
            written = more.written_in_all - less.written_in_all
            lines.append(
                f"| {case} | {more.cpu - less.cpu:.2f} | {more.pages - less.pages:,} | {more.edit - less.edit:.2f} | {written} |"
            )
    return "\n".join(lines)


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.features", description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000, help="how many posts (1000)")
    parser.add_argument("--runs", type=int, default=3, help="how many clean builds of each case (3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(measured(Path(folder), options.posts, options.runs, CASES)))


if __name__ == "__main__":
    main()
