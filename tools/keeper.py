"""Follows 'Set up' of docs/keeper.md word for word, and says what it took.

`python tools/keeper.py`: in an empty folder with an empty home, from nothing to a site that is published and a repository that
is pushed. This repository's own HEAD is served in place of https://git.example/bylines, an empty one in place of
https://git.example/blogs. Both environments are really installed. Exits with 1 where a command fails, or where the site is not
there or holds something else than what was pushed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # whether it is run as a program or taken in by a test

from tools.first_post import Took, commands, followed, home  # noqa: E402

GUIDE = ROOT / "docs/keeper.md"
_BYLINES, _BLOGS = "https://git.example/bylines", "https://git.example/blogs"
# What somebody does in their editor.
_EDITOR = """#!/bin/sh
sed -i.before -e '/^status: draft$/d' "$1" && rm "$1.before"
"""
_PAGES = ("index.html", "about/index.html", "guidelines/index.html", "blogs/ada/index.html", "search/index.html")


def steps(guide: str) -> list[str]:
    """The commands of 'Set up', in their order."""
    return commands(guide.partition("\n## Set up\n")[2].partition("\n## ")[0])


def follow(folder: Path) -> list[Took]:
    """Runs the guide in a folder. Raises CalledProcessError where a command fails."""
    variables = home(folder, _BYLINES, _EDITOR)
    host = folder / "blogs.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(host)], check=True)
    with (folder / "home/.gitconfig").open("a") as file:
        file.write(f'[url "{host}"]\n\tinsteadOf = {_BLOGS}\n')
        file.write("[user]\n\tname = Ada Lovelace\n\temail = ada@corp.example\n")
    return followed(steps(GUIDE.read_text()), folder, variables, lambda _: None)


def lacks(folder: Path) -> list[str]:
    """What is not as it is to be: pages that are not served, sources that are not on the host."""
    served = [path for path in _PAGES if not (folder / "home/www" / path).is_file()]
    tree = ["git", "-C", str(folder / "blogs.git"), "ls-tree", "-r", "--name-only", "main"]
    pushed = subprocess.run(tree, capture_output=True, text=True, check=True).stdout.split("\n")
    return [*served, *({"pelicanconf.py", "content/pages/about.md", ".github/workflows/publish.yml"} - set(pushed))]


def main() -> int:
    """Follows the guide, prints each command with its seconds; gives the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = follow(folder)
        missing = lacks(folder)
    for took in done:
        print(f"{took.seconds:7.1f} s  {took.command}")
    all_ = sum(took.seconds for took in done)
    print(f"{all_:7.1f} s  {len(done)} commands; not there: {', '.join(missing) or 'nothing'}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
