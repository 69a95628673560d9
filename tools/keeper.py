"""Follows 'Set up' of docs/keeper.md word for word, and prints the time that it took: `python tools/keeper.py`.

It starts in an empty folder with an empty home, and ends with a published site and a pushed repository. This repository's
HEAD stands in for https://git.example/bylines, an empty repository for https://git.example/blogs. Both environments are
really installed. Exits with 1 if a command fails, or if pages or pushed files are missing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it works as a program and in tests

from tools.first_post import Took, commands, followed, home  # noqa: E402

GUIDE = ROOT / "docs/keeper.md"
_BYLINES, _BLOGS = "https://git.example/bylines", "https://git.example/blogs"
# Stands for the editor: publishes the draft.
_EDITOR = """#!/bin/sh
sed -i.before -e '/^status: draft$/d' "$1" && rm "$1.before"
"""
_PAGES = ("index.html", "about/index.html", "guidelines/index.html", "blogs/ada/index.html", "search/index.html")


def steps(guide: str) -> list[str]:
    """The commands in 'Set up', in order."""
    return commands(guide.partition("\n## Set up\n")[2].partition("\n## ")[0])


def follow(folder: Path) -> list[Took]:
    """Runs the guide in a folder. Raises CalledProcessError if a command fails."""
    variables = home(folder, _BYLINES, _EDITOR)
    host = folder / "blogs.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(host)], check=True)
    with (folder / "home/.gitconfig").open("a") as file:
        file.write(f'[url "{host}"]\n\tinsteadOf = {_BLOGS}\n')
        file.write("[user]\n\tname = Ada Lovelace\n\temail = ada@corp.example\n")
    return followed(steps(GUIDE.read_text()), folder, variables, lambda _: None)


def lacks(folder: Path) -> list[str]:
    """The paths that are missing: pages on the site, and sources on the git host."""
    served = [path for path in _PAGES if not (folder / "home/www" / path).is_file()]
    tree = ["git", "-C", str(folder / "blogs.git"), "ls-tree", "-r", "--name-only", "main"]
    pushed = subprocess.run(tree, capture_output=True, text=True, check=True).stdout.split("\n")
    return [*served, *({"pelicanconf.py", "content/pages/about.md", ".github/workflows/publish.yml"} - set(pushed))]


def main() -> int:
    """Follows the guide, prints the seconds of each command, and returns the exit code."""
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
