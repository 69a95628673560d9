"""Follows 'Your first post in five minutes' of docs/employee.md word for word, and says what it took.

`python tools/first_post.py`: in a fresh clone, with an empty home, from the clone to the post on the site that is built of what was
pushed. The repository's own HEAD is served in place of https://git.example/blogs. `--environment .venv` takes an environment that
is there, in place of installing one. Exits with 1 where a command fails or the post is not on the site.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs/employee.md"
_ADDRESS = "https://git.example/blogs"
_PAGE = "blogs/ada/what-the-winch-said/index.html"
_BLOCK = re.compile(r"^( *)```sh\n(.*?)^\1```$", re.M | re.S)
# Stands for the editor: publishes the draft and writes its text.
_EDITOR = """#!/bin/sh
sed -i.before -e '/^status: draft$/d' -e 's/^Write here.*/The winch has a voice./' "$1" && rm "$1.before"
"""


class Took(NamedTuple):
    """A command of the guide, and the seconds that it took."""

    command: str
    seconds: float


def steps(guide: str) -> list[str]:
    """The commands in the guide's first section, in order."""
    return commands(guide.partition("\n## ")[0])


def commands(section: str) -> list[str]:
    """The commands in a section's code blocks, in order."""
    return [line.strip() for block in _BLOCK.finditer(section) for line in block[2].splitlines() if line.strip()]


def follow(folder: Path, environment: Path | None = None) -> list[Took]:
    """Runs the guide in a folder. Raises CalledProcessError if a command fails."""
    variables = home(folder, _ADDRESS, _EDITOR)
    return followed(steps(GUIDE.read_text()), folder, variables, lambda at: _lend(at, environment))


def followed(said: list[str], folder: Path, variables: dict[str, str], enter: Callable[[Path], None]) -> list[Took]:
    """Runs commands, starting in a folder; calls `enter` with each folder that they change to. Raises CalledProcessError."""
    at, done = folder, []
    for command in said:
        if command.startswith("cd "):
            at = (at / command.removeprefix("cd ")).resolve()
            enter(at)
            continue
        begun = time.monotonic()
        subprocess.run(command, shell=True, cwd=at, env=variables, check=True, stdin=subprocess.DEVNULL)
        done.append(Took(command, time.monotonic() - begun))
    return done


def home(folder: Path, address: str, writes: str) -> dict[str, str]:
    """Creates an empty home and returns its environment. In it, `address` leads to a copy of this repository.

    `writes` is the script that serves as editor.
    """
    origin, home, editor = folder / "origin.git", folder / "home", folder / "editor"
    subprocess.run(["git", "clone", "-q", "--bare", str(ROOT), str(origin)], check=True)
    branch = subprocess.run(["git", "symbolic-ref", "HEAD"], cwd=origin, check=True, capture_output=True, text=True)
    assert branch.stdout, "the repository has a branch"
    home.mkdir()
    (home / ".gitconfig").write_text(f'[url "{origin}"]\n\tinsteadOf = {address}\n')
    editor.write_text(writes)
    editor.chmod(0o755)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "XDG_", "VIRTUAL"))
    }
    pip = os.path.expanduser("~/.config/pip/pip.conf")
    found = {"PIP_CONFIG_FILE": pip} if os.path.exists(pip) else {}
    return {**kept, **found, "HOME": str(home), "EDITOR": str(editor)}


def _lend(clone: Path, environment: Path | None) -> None:
    """Links an existing environment into a clone, as if it had been installed there."""
    if environment is not None:
        (clone / ".venv").mkdir()
        for name in ("bin", "lib", "pyvenv.cfg"):
            (clone / ".venv" / name).symlink_to(environment.absolute() / name)
        (clone / ".venv/site.stamp").touch()


def published(folder: Path) -> bool:
    """Whether the post is on the site that is built from what was pushed."""
    clone = folder / "published"
    subprocess.run(["git", "clone", "-q", str(folder / "origin.git"), str(clone)], check=True)
    python = folder / "blogs/.venv/bin/python"
    variables = {**os.environ, "PYTHONPATH": str(clone / "plugins")}
    subprocess.run([python, "-m", "bylines", "build", "--quiet"], cwd=clone, env=variables, check=True)
    page = clone / "output" / _PAGE
    return page.exists() and "The winch has a voice." in page.read_text()


def main() -> int:
    """Follows the guide, prints the seconds of each command, and returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, help="an environment to take in place of installing one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = follow(Path(folder), options.environment)
        there = published(Path(folder))
    for command, seconds in done:
        print(f"{seconds:7.1f} s  {command}")
    print(
        f"{sum(took.seconds for took in done):7.1f} s  {len(done)} commands; the post is {'' if there else 'not '}on the site"
    )
    return 0 if there else 1


if __name__ == "__main__":
    sys.exit(main())
