"""The bounds that builds must keep, by case and number of posts, on 2 cores."""

from __future__ import annotations

from benchmarks import edits, results

_SIZES = results.SIZES


def _row(*values: float) -> dict[int, float]:
    return dict(zip(_SIZES, values, strict=True))


SHARE = {1_000: 1.0, 10_000: 0.4, 170_000: 0.25}
"""The share of Hugo's seconds that a clean build may take. A million posts only have to finish."""
MEMORY = _row(150, 250, 800, 2_000)
"""The most MB of all processes together."""
_REACHING = _row(0.6, 0.8, 2, 8)
BOUNDS = {
    edits.NOTHING: _row(0.4, 0.5, 1.2, 5),
    edits.WORD: _row(0.5, 0.6, 1.5, 6),
    edits.NEW: _REACHING,
    edits.AUTHOR: _REACHING,
    edits.RENAMED: _REACHING,
    results.FRESH: _row(0.6, 1, 4, 25),
}
"""The most seconds of a build."""
WRITTEN = _row(15, 15, 20, 25)
"""The most files written for a new post."""
