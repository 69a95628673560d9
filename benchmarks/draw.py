"""Draws how each column of the table grows with the site, as docs/growth.svg, from the figures measured last.

Both axes are logarithmic: what doubles with the site is a line of one slope, and what does not care is level. Each line is
named at its end; short strokes are the bounds of the issue that asked for all this.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from benchmarks import edits, results
from benchmarks.bounds import BOUNDS, MEMORY, SHARE
from benchmarks.results import Figure

FILE = Path(__file__).parent.parent / "docs/growth.svg"
_WIDTH, _LEFT, _RIGHT = 880, 76, 610
_SECONDS, _MEGABYTES = (92, 500), (592, 740)
_HEIGHT = 826
_LABEL = 18
"""The height of a label in pixels, with the space around it."""
_LINES = {
    results.PELICAN: ("pelican", "stock Pelican, clean"),
    results.HUGO: ("hugo", "Hugo, any build"),
    results.CLEAN: ("clean", "clean"),
    results.FRESH: ("fresh", "fresh clone, store restored"),
    edits.RENAMED: ("renamed", "a topic of 100 posts renamed"),
    edits.AUTHOR: ("author", "a new author"),
    edits.NEW: ("new", "a new post"),
    edits.WORD: ("word", "one word in one post"),
    edits.NOTHING: ("nothing", "nothing changed"),
}
_COLOURS = {
    "pelican": ("#8b8880", "#8d9199"),
    "hugo": ("#8b8880", "#8d9199"),
    "clean": ("#1c1b19", "#f1efe9"),
    "fresh": ("#8c4a97", "#cf9dd9"),
    "renamed": ("#b2501c", "#ee9b66"),
    "author": ("#2c7a4b", "#7ccb9b"),
    "new": ("#1b6c8c", "#70c1e0"),
    "word": ("#94700a", "#dfba50"),
    "nothing": ("#5d6470", "#aab2bf"),
}
_PLAIN = """
  .paper { fill: #fdfcf9 } .ink { fill: #1c1b19 } .soft { fill: #6a675f } .grid { stroke: #e3e0d7 } .axis { stroke: #b9b5aa }
  .halo { stroke: #fdfcf9 }
"""
_DARK = """
  .paper { fill: #17191c } .ink { fill: #f1efe9 } .soft { fill: #a2a5ab } .grid { stroke: #2d3136 } .axis { stroke: #565b63 }
  .halo { stroke: #17191c }
"""
_SHAPES = """
  text { font: 13px/1 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums }
  .head { font-size: 15px; font-weight: 600 } .small { font-size: 12px }
  .halo { stroke-width: 4; paint-order: stroke }
  .grid, .axis { stroke-width: 1; fill: none }
  .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round }
  .line.clean { stroke-width: 2.4 } .line.hugo { stroke-dasharray: 6 4 } .line.pelican { stroke-dasharray: 1 4 }
  .lead { stroke-width: .7; fill: none; opacity: .55 } .bound { stroke-width: 2.4; opacity: .5 }
"""


class Point(NamedTuple):
    """A point of a line: the number of posts, and seconds or MB."""

    posts: int
    value: float


class Line(NamedTuple):
    """A line of a panel: its CSS class, its name, its points by size of site, and its bounds."""

    style: str
    name: str
    points: list[Point]
    bounds: list[Point]


class Panel(NamedTuple):
    """The place of a panel in the picture, and the values at its lower and upper edge."""

    top: float
    bottom: float
    lowest: float
    highest: float

    def x(self, posts: float) -> float:
        """The x coordinate of a number of posts; equal in all panels."""
        return _LEFT + 34 + _share(posts, results.SIZES[0], results.SIZES[-1]) * (_RIGHT - _LEFT - 54)

    def y(self, value: float) -> float:
        """The y coordinate of a value."""
        return self.bottom - _share(value, self.lowest, self.highest) * (self.bottom - self.top)


def _share(value: float, lowest: float, highest: float) -> float:
    return math.log(value / lowest) / math.log(highest / lowest)


def drawn(figures: Mapping[int, Mapping[str, Figure]]) -> str:
    """Draws the figures, given by size and case, as SVG."""
    sizes = [posts for posts in results.SIZES if posts in figures]
    seconds = [line for line in (_line(figures, sizes, case) for case in _LINES) if line.points]
    memory = [_memory(figures, sizes, case) for case in (results.HUGO, results.CLEAN) if _has(figures, sizes, case)]
    parts = [*_panel(_SECONDS, seconds, "s"), *_panel(_MEGABYTES, memory, "MB"), *_sizes(), *_words(figures, sizes)]
    return "\n".join([_OPENING, f"<style>{_style()}</style>", _GROUND, *parts, "</svg>", ""])


def _has(figures: Mapping[int, Mapping[str, Figure]], sizes: Iterable[int], case: str) -> bool:
    return any(case in figures[posts] for posts in sizes)


def _line(figures: Mapping[int, Mapping[str, Figure]], sizes: Sequence[int], case: str) -> Line:
    points = [Point(posts, max(0.01, figures[posts][case].seconds)) for posts in sizes if case in figures[posts]]
    bounds = [Point(posts, bound) for posts, bound in BOUNDS.get(case, {}).items() if posts in sizes]
    if case == results.CLEAN:
        hugo = {posts: figures[posts][results.HUGO].seconds for posts in sizes if results.HUGO in figures[posts]}
        bounds = [Point(posts, SHARE[posts] * hugo[posts]) for posts in hugo if posts in SHARE]
    return Line(*_LINES[case], points, bounds)


def _memory(figures: Mapping[int, Mapping[str, Figure]], sizes: Sequence[int], case: str) -> Line:
    measured = ((posts, figures[posts][case].mb) for posts in sizes if case in figures[posts])
    points = [Point(posts, max(1.0, mb)) for posts, mb in measured if mb is not None]
    bounds = [Point(posts, MEMORY[posts]) for posts in sizes] if case == results.CLEAN else []
    name = "Hugo" if case == results.HUGO else "clean, all processes"
    return Line(_LINES[case][0], name, points, bounds)


def _panel(place: tuple[float, float], lines: Sequence[Line], unit: str) -> list[str]:
    values = [point.value for line in lines for point in (*line.points, *line.bounds)] or [1.0]
    lowest, highest = 10.0 ** math.floor(math.log10(min(values))), 10.0 ** math.ceil(math.log10(max(values)))
    panel = Panel(*place, lowest, max(highest, 10 * lowest))
    parts = [*_grid(panel, unit)]
    for line in lines:
        parts += [*_strokes(panel, line), *_path(panel, line)]
    return parts + _labels(panel, lines, unit)


def _grid(panel: Panel, unit: str) -> list[str]:
    parts = []
    decades = round(math.log10(panel.highest / panel.lowest))
    for decade in range(decades + 1):
        value = panel.lowest * 10**decade
        y = panel.y(value)
        parts.append(f'<path class="{"axis" if not decade else "grid"}" d="M{_LEFT} {y:.1f}H{_RIGHT}"/>')
        parts.append(
            f'<text class="soft small" x="{_LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{value:,g} {unit}</text>'
        )
    for posts in results.SIZES:
        x = panel.x(posts)
        parts.append(f'<path class="grid" d="M{x:.1f} {panel.top}V{panel.bottom}"/>')
    return parts


def _strokes(panel: Panel, line: Line) -> list[str]:
    found = []
    for bound in line.bounds:
        x, y = panel.x(bound.posts), panel.y(bound.value)
        start = x - 14 if line.style in ("fresh", "clean") else x  # two that are the same stand side by side
        found.append(f'<path class="bound s-{line.style}" d="M{start:.1f} {y:.1f}h14"/>')
    return found


def _path(panel: Panel, line: Line) -> list[str]:
    places = [(panel.x(point.posts), panel.y(point.value)) for point in line.points]
    route = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = [f'<circle class="f-{line.style}" cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>' for x, y in places]
    return [f'<path class="line {line.style} s-{line.style}" d="M{route}"/>', *dots]


def _labels(panel: Panel, lines: Sequence[Line], unit: str) -> list[str]:
    """The names of the lines at their ends: side by side with leader lines, or above a line that ends by itself."""
    last = max((line.points[-1].posts for line in lines), default=results.SIZES[0])
    parts: list[str] = []
    for posts in sorted({line.points[-1].posts for line in lines}):
        ending = [line for line in lines if line.points[-1].posts == posts]
        if len(ending) == 1 and posts < last:
            parts.append(_above(panel, ending[0], unit))
        else:
            parts += _beside(panel, ending, unit)
    return parts


def _beside(panel: Panel, lines: Sequence[Line], unit: str) -> list[str]:
    parts = []
    ending = sorted(lines, key=lambda line: panel.y(line.points[-1].value))
    wanted = [panel.y(line.points[-1].value) for line in ending]
    x = panel.x(ending[0].points[-1].posts)
    for line, want, y in zip(ending, wanted, apart(wanted, panel.top, panel.bottom), strict=True):
        lead = f"M{x + 6:.1f} {want:.1f}C{x + 18:.1f} {want:.1f} {x + 14:.1f} {y:.1f} {x + 26:.1f} {y:.1f}"
        parts.append(f'<path class="lead s-{line.style}" d="{lead}"/>')
        parts.append(
            f'<text class="halo f-{line.style}" x="{x + 30:.1f}" y="{y + 4.5:.1f}">{_named(line, unit)}</text>'
        )
    return parts


def _above(panel: Panel, line: Line, unit: str) -> str:
    x, y = panel.x(line.points[-1].posts), panel.y(line.points[-1].value)
    beside = line.points[-1].posts == results.SIZES[0]  # on its left there is no room
    place = f'x="{x + 9:.1f}" y="{y + 4.5:.1f}"' if beside else f'x="{x - 2:.1f}" y="{y - 11:.1f}" text-anchor="end"'
    return f'<text class="halo f-{line.style}" {place}>{_named(line, unit)}</text>'


def _named(line: Line, unit: str) -> str:
    return f"{escape(line.name)}, {_told(line.points[-1].value, unit)}"


def apart(wanted: Sequence[float], top: float, bottom: float) -> list[float]:
    """Moves labels apart so that they do not touch. Takes and returns their y coordinates, from top to bottom."""
    found: list[list[float]] = []  # groups that stand close together
    for place in wanted:
        found.append([place])
        while len(found) > 1 and _first(found[-1], top, bottom) - _last(found[-2], top, bottom) < _LABEL:
            found[-2:] = [found[-2] + found[-1]]
    return [_first(group, top, bottom) + _LABEL * number for group in found for number in range(len(group))]


def _first(group: Sequence[float], top: float, bottom: float) -> float:
    height = _LABEL * (len(group) - 1)
    return max(top, min(bottom - height, sum(group) / len(group) - height / 2))


def _last(group: Sequence[float], top: float, bottom: float) -> float:
    return _first(group, top, bottom) + _LABEL * (len(group) - 1)


def _told(value: float, unit: str) -> str:
    digits = 0 if value >= 100 or unit == "MB" else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def _sizes() -> list[str]:
    panel = Panel(*_MEGABYTES, 1, 10)
    parts = []
    for posts in results.SIZES:
        place = f'x="{panel.x(posts):.1f}" text-anchor="middle"'
        parts.append(f'<text class="ink small" {place} y="{panel.bottom + 22}">{posts:,}</text>')
        parts.append(f'<text class="soft small" {place} y="{panel.bottom + 38}">{posts // 10:,}</text>')
    for y, word in ((22, "posts"), (38, "blogs")):
        parts.append(
            f'<text class="soft small" x="{_LEFT - 10}" y="{panel.bottom + y}" text-anchor="end">{word}</text>'
        )
    return parts


def _words(figures: Mapping[int, Mapping[str, Figure]], sizes: Sequence[int]) -> list[str]:
    found = {(figure.commit, figure.machine) for posts in sizes for figure in figures[posts].values()}
    by_machine = {
        machine: ", ".join(sorted(commit for commit, other in found if other == machine)) for _, machine in found
    }
    where = "; ".join(f"{machine}: {commits}" for machine, commits in sorted(by_machine.items()))
    return [
        f'<text class="ink head" x="{_LEFT}" y="36">Seconds from start to exit, by the size of the site</text>',
        f'<text class="soft small" x="{_LEFT}" y="58">Both axes are logarithmic. Short strokes are the bounds that were set '
        "beforehand; that of the clean build is a share of Hugo’s.</text>",
        f'<text class="ink head" x="{_LEFT}" y="{_MEGABYTES[0] - 26}">Memory of a clean build</text>',
        f'<text class="soft small" x="{_LEFT}" y="{_HEIGHT - 18}">{escape(where)}</text>',
    ]


def _style() -> str:
    def colours(index: int) -> str:
        return "".join(
            f"  .s-{name} {{ stroke: {found[index]} }} .f-{name} {{ fill: {found[index]} }}\n"
            for name, found in _COLOURS.items()
        )

    return f"{_SHAPES}{_PLAIN}{colours(0)}  @media (prefers-color-scheme: dark) {{{_DARK}{colours(1)}  }}\n"


_OPENING = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="t d">
<title id="t">How the time and memory of a build grow with the site</title>
<desc id="d">Two panels with logarithmic axes. The figures are in the tables of performance.md.</desc>"""
_GROUND = f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}" rx="10"/>'


def main() -> None:
    """Draws the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, default=results.FILE, help="the figures (benchmarks/results.tsv)")
    parser.add_argument("--to", type=Path, default=FILE, help="the picture (docs/growth.svg)")
    options = parser.parse_args()
    options.to.write_text(drawn(results.latest(results.read(options.results))))


if __name__ == "__main__":
    main()
