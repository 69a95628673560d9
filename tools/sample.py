"""Prints the addresses of some posts of a built site with what a theme can get wrong: `python tools/sample.py BASE FOLDER`.

For checkers that open pages: tables, code, formulas, alerts, other scripts.
"""

from __future__ import annotations

import sys
from pathlib import Path

_SIGNS = (
    "<table", 'class="highlight"', "<math", 'class="alert', "<figure", 'dir="rtl"', 'lang="zh', "footnotes", '"toc"'
)  # fmt: skip


def sample(folder: Path, base: str) -> list[str]:
    """The first post for each sign."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("blogs/*/*/index.html")):
        text = file.read_text()
        for sign in _SIGNS:
            if sign in text:
                found.setdefault(sign, f"{base}/{file.parent.relative_to(folder)}/")
    return sorted(set(found.values()))


if __name__ == "__main__":
    print("\n".join(sample(Path(sys.argv[2]), sys.argv[1])))
