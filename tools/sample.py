"""Prints addresses of posts for checkers that open pages: `python tools/sample.py BASE FOLDER`.

Chooses posts of a built site with content that a theme can get wrong: tables, code, formulas, alerts, other scripts.
"""

from __future__ import annotations

import sys
from pathlib import Path

_SIGNS = (
    "<table", 'class="highlight"', "<math", 'class="alert', "<figure", 'dir="rtl"', 'lang="zh', "footnotes", '"toc"'
)  # fmt: skip


def sample(folder: Path, base: str) -> list[str]:
    """The addresses of the first post with each of the signs, sorted."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("blogs/*/*/index.html")):
        text = file.read_text()
        for sign in _SIGNS:
            if sign in text:
                found.setdefault(sign, f"{base}/{file.parent.relative_to(folder)}/")
    return sorted(set(found.values()))


if __name__ == "__main__":
    print("\n".join(sample(Path(sys.argv[2]), sys.argv[1])))
