"""What each capability costs: clean builds with all of them, and with all but one; and a new post.

Processor seconds are of whole builds in one process, the least of runs that take turns. A capability costs what a build with
all has more than one without it; where others need it, it is not in the list.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.feeds import Cases, Cost, measured
from bylines.settings import FEATURES

_ALL = {"BYLINES_FEATURES": FEATURES, "BYLINES_SEARCH": True, "BYLINES_COVERS": True}
_OPTIONAL = ("facets", "finder", "home", "feeds", "exports", "sitemap", "look", "redirects", "pulse")
CASES: Cases = {
    "all": _ALL,
    **{
        f"without {name}": {
            **_ALL,
            "BYLINES_FEATURES": tuple(own for own in FEATURES if own != f"bylines.features.{name}"),
        }
        for name in _OPTIONAL
    },
    "without covers": {**_ALL, "BYLINES_COVERS": False},
    "without search": {**_ALL, "BYLINES_SEARCH": False},
}
_HEADING = """| capability | clean build, CPU s | files | a new post, CPU s | its files |
|---|---:|---:|---:|---:|"""


def table(found: dict[str, Cost]) -> str:
    """What a build with all takes, and what each capability has of it, as Markdown."""
    whole = found["all"]
    lines = [_HEADING, f"| all | {whole.cpu:.2f} | {whole.pages:,} | {whole.edit:.2f} | {whole.written_in_all} |"]
    for case, cost in found.items():
        if case == "all":
            continue
        more = (f"{whole.cpu - cost.cpu:.2f}", f"{whole.pages - cost.pages:,}", f"{whole.edit - cost.edit:.2f}")
        written = whole.written_in_all - cost.written_in_all
        lines.append(f"| {case.removeprefix('without ')} | {' | '.join(more)} | {written} |")
    return "\n".join(lines)


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.features", description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000, help="how many posts (1000)")
    parser.add_argument("--runs", type=int, default=3, help="how many clean builds of each case (3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(measured(Path(folder), options.posts, options.runs, CASES)))


if __name__ == "__main__":
    main()
