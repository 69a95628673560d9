"""Measures how long the guard takes: `python -m benchmarks.guard FOLDER`.

Creates a repository of 17,000 blogs with e-mail addresses in their profiles. Checks each kind of change in a new process, as
a workflow does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import Corpus, write_ours

_BLOGS, _POSTS = 17_000, 34_000
_OWN = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "K"), ("EMAIL", "k@corp.example"))
}


def main(folder: Path) -> None:
    if not (folder / ".git").exists():
        _make(folder)
    people = sorted(file.stem for file in (folder / "authors").glob("*.yaml"))
    one, other = people[100], people[9000]
    print(f"{len(people):,} profiles")
    for name, who, commits, paths in (
        ("a post", one, 1, lambda n: [f"content/blogs/{one}/new.md"]),
        ("a post in another's folder", one, 1, lambda n: [f"content/blogs/{other}/new.md"]),
        ("somebody new", "nina", 1, lambda n: ["authors/nina.yaml", "content/blogs/nina/new.md"]),
        ("a page of the wiki", one, 1, lambda n: ["content/wiki/new.md"]),
        ("3,000 files", one, 1, lambda n: [f"content/blogs/{one}/{m}.md" for m in range(3_000)]),
        ("a thousand commits", one, 1_000, lambda n: [f"content/blogs/{one}/{n}.md"]),
    ):
        _branch(folder, who, commits, paths)
        began = time.monotonic()
        command = [sys.executable, "-m", "bylines", "guard", "--base", "main", "--head", "change"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        print(f"{name:28} {time.monotonic() - began:6.2f} s  {(done.stdout + done.stderr).splitlines()[-1]}")


def _make(folder: Path) -> None:
    write_ours(folder, Corpus(_POSTS, _BLOGS))
    for file in (folder / "authors").glob("*.yaml"):
        file.write_text(f"{file.read_text()}emails: [{file.stem}@corp.example]\n")
    for command in ("init -q -b main", "add -A", "commit -q -m all", "repack -adq"):
        _git(folder, *command.split())


def _branch(folder: Path, who: str, commits: int, paths: Callable[[int], list[str]]) -> None:
    """Resets the branch `change` to commits of one person on top of main."""
    text = [f"feature done\nreset refs/heads/change\nfrom {_git(folder, 'rev-parse', 'main')}\n"]
    for number in range(commits):
        text.append(f"commit refs/heads/change\nauthor A <{who}@corp.example> {number} +0000\n")
        text.append(f"committer A <a@corp.example> {number} +0000\ndata 1\nx\n")
        body = f"data <<E\nname: N\nemails: [{who}@corp.example]\nE\n"
        text += [f"M 644 inline {path}\n{body}" for path in paths(number)]
    _git(folder, "fast-import", "--quiet", "--force", given="".join([*text, "done\n"]))


def _git(folder: Path, *arguments: str, given: str = "") -> str:
    own = {**os.environ, **_OWN}
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=own, input=given, text=True, capture_output=True, check=True
    ).stdout.strip()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
