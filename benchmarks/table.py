"""The figures measured last as Markdown, a table for each size; `--insert` puts them into docs/performance.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks import edits, results
from benchmarks.bounds import BOUNDS, MEMORY, SHARE, WRITTEN
from benchmarks.results import Figure

FILE = Path(__file__).parent.parent / "docs/performance.md"
_NAMES = {
    results.HUGO: "Hugo 0.168, any build",
    results.PELICAN: "stock Pelican, clean",
    results.CLEAN: "clean",
    edits.NOTHING: "nothing changed",
    edits.WORD: "one word in one post",
    edits.TITLE: "a title",
    edits.NEW: "a new post",
    edits.REMOVED: "a removed post",
    edits.AUTHOR: "a new author",
    edits.RENAMED: "a topic of 100 posts renamed",
    results.FRESH: "fresh clone, store restored, a new post",
}
_HEADING = """| | seconds | allowed | CPU s | MB | rendered | written | removed |
|---|---:|---:|---:|---:|---:|---:|---:|"""


def tables(figures: Mapping[int, Mapping[str, Figure]]) -> str:
    """A table for each size that was measured."""
    return "\n\n".join(_table(figures[posts]) for posts in results.SIZES if posts in figures)


def _table(figures: Mapping[str, Figure]) -> str:
    known = [(case, figures[case]) for case in _NAMES if case in figures]
    hugo = figures.get(results.HUGO)
    return "\n".join([_title(figures), "", _HEADING, *(_row(case, figure, hugo) for case, figure in known)])


def _title(figures: Mapping[str, Figure]) -> str:
    *_, figure = figures.values()
    stores = [found.store for found in figures.values() if found.store]
    pages = [found.pages for found in figures.values() if found.pages]
    size = f"**{figure.posts:,} posts, {figure.posts // 10:,} blogs**"
    more = f", {pages[0]:,} pages" if pages else ""
    more += f"; a store of {stores[0]:,} bytes a post" if stores else ""
    runs = f"; {figure.runs} run{'s' if figure.runs != 1 else ''}" if figure.runs else ""
    return f"{size}{more} ({figure.day}, commit {figure.commit}, {figure.machine}{runs})"


def _row(case: str, figure: Figure, hugo: Figure | None) -> str:
    counts = ["" if count is None else f"{count:,}" for count in (figure.rendered, figure.written, figure.removed)]
    if case == edits.NEW and figure.written is not None and figure.posts in WRITTEN:
        counts[1] += f" of {WRITTEN[figure.posts]}"
    memory = "" if figure.mb is None else f"{figure.mb:,.0f}"
    if case == results.CLEAN and figure.posts in MEMORY:
        memory += f" of {MEMORY[figure.posts]:,}"
    cpu = "" if figure.cpu is None else _seconds(figure.cpu)
    cells = [_NAMES[case], _seconds(figure.seconds), _allowed(case, figure, hugo), cpu, memory, *counts]
    return f"| {' | '.join(cells)} |"


def _allowed(case: str, figure: Figure, hugo: Figure | None) -> str:
    if case == results.CLEAN and hugo is not None and figure.posts in SHARE:
        share = SHARE[figure.posts]
        return f"{_seconds(share * hugo.seconds)} ({share:g} of Hugo’s; it is {figure.seconds / hugo.seconds:.2f})"
    bound = BOUNDS.get(case, {}).get(figure.posts)
    return f"{bound:g}" if bound is not None else ""


def _seconds(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def inserted(page: str, name: str, text: str) -> str:
    """Puts a text between the marks of a name in a page. Raises ValueError if the marks are missing."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, mark, rest = page.partition(begin)
    _, end_mark, after = rest.partition(end)
    if not mark or not end_mark:
        raise ValueError(f"{begin.strip()} and {end} are not in the page")
    return f"{before}{begin}\n{text}\n\n{end}{after}"


def show(name: str, text: str, *, insert: bool) -> None:
    """Prints a table, or puts it into docs/performance.md between its marks."""
    if insert:
        FILE.write_text(inserted(FILE.read_text(), name, text))
    else:
        print(text)


def main() -> int:
    """Prints the tables, or with `--insert` puts them into docs/performance.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.table", description=__doc__)
    parser.add_argument("--results", type=Path, default=results.FILE, help="the figures (benchmarks/results.tsv)")
    parser.add_argument("--insert", action="store_true", help="put them into docs/performance.md")
    options = parser.parse_args()
    text = tables(results.latest(results.read(options.results)))
    show("figures", text, insert=options.insert)
    if results.ALL.exists():
        show("figures of all", tables(results.latest(results.read(results.ALL))), insert=options.insert)
    return 0


if __name__ == "__main__":
    sys.exit(main())
