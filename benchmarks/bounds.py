"""What must hold: the bounds of the issue that asked for it, by case and number of posts, on 2 cores."""

from __future__ import annotations

from benchmarks import edits, results

_SIZES = results.SIZES


def _row(*values: float) -> dict[int, float]:
    return dict(zip(_SIZES, values, strict=True))


SHARE = {1_000: 1.0, 10_000: 0.4, 170_000: 0.25}
"""Of Hugo's seconds, for a clean build; a million posts are to be finished."""
MEMORY = _row(150, 250, 800, 2_000)
"""MB of all processes."""
_REACHING = _row(0.6, 0.8, 2, 8)
BOUNDS = {
    edits.NOTHING: _row(0.4, 0.5, 1.2, 5),
    edits.WORD: _row(0.5, 0.6, 1.5, 6),
    edits.NEW: _REACHING,
    edits.AUTHOR: _REACHING,
    edits.RENAMED: _REACHING,
    results.FRESH: _row(0.6, 1, 4, 25),
}
"""Seconds."""
WRITTEN = _row(15, 15, 20, 25)
"""Files written for a new post."""
