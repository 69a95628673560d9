"""A repository of people in which changes are made as anybody could make them, and judged."""

from __future__ import annotations

import functools
import os
import subprocess
import tempfile
from pathlib import Path

from bylines.guard import refusals
from bylines.problems import ContentProblem
from tests.building import files_below
from tests.old_guard.answers import old_refusals

RULES = """keepers: [kim]
accounts:
  kim-at-work: kim
  "*-corp": "*"
"""


class Repository:
    """`main` has Ada, Grace and the keeper Kim, and a group of Ada's and Grace's; a change is made on `change`."""

    has_kinds = False
    """Whether its rules name a company's kinds."""

    def __init__(self, folder: Path, rules: str = RULES) -> None:
        self.folder = folder
        self.has_kinds = "\nkinds:" in rules
        for path, data in _begun(rules).items():
            self.write(path, data)

    def git(self, *arguments: str, given: bytes = b"", **environment: str) -> str:
        """What git says; an error is one of the test."""
        own = {
            **os.environ, "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_COMMITTER_NAME": "Host",
            "GIT_COMMITTER_EMAIL": "host@git.example", "GIT_AUTHOR_NAME": "Somebody", "GIT_AUTHOR_EMAIL": "nobody@corp.example",
            **environment,
        }  # fmt: skip
        settings = ("-c", "core.protectHFS=false", "-c", "core.protectNTFS=false", "-c", "protocol.file.allow=always")
        done = subprocess.run(
            ["git", *settings, *arguments], cwd=self.folder, env=own, input=given, capture_output=True, check=False
        )
        assert done.returncode == 0, (arguments, done.stderr)
        return os.fsdecode(done.stdout).strip()

    def write(self, path: str, text: str | bytes = "New words.\n") -> Path:
        """Writes a file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def commit(self, who: str, message: str = "a change") -> str:
        """Commits all that differs, as somebody (a handle, or an address)."""
        email = who if "@" in who else f"{who}@corp.example"
        self.git("add", "-A", "-f")
        self.git("commit", "-q", "--allow-empty", "-m", message, GIT_AUTHOR_EMAIL=email, GIT_AUTHOR_NAME=who)
        return self.git("rev-parse", "HEAD")

    def put(self, path: bytes, data: bytes = b"New words.\n", mode: str = "100644") -> None:
        """Puts an entry into the index whatever the file system says of its name."""
        blob = self.git("hash-object", "-w", "--stdin", given=data)
        self.git("update-index", "--add", "-z", "--index-info", given=f"{mode} {blob}\t".encode() + path + b"\0")

    def commit_index(self, who: str) -> str:
        """Commits what is in the index alone."""
        self.git("commit", "-q", "-m", "a change", GIT_AUTHOR_EMAIL=f"{who}@corp.example", GIT_AUTHOR_NAME=who)
        return self.git("rev-parse", "HEAD")

    def said(self, account: str = "", base: str = "main", head: str = "change") -> list[str]:
        """What is refused of the change."""
        return [str(problem) for problem in self._problems(base, head, account)]

    def refused(self, account: str = "", base: str = "main", head: str = "change") -> list[str]:
        """The paths of which anything is refused."""
        return sorted({problem.path for problem in self._problems(base, head, account)})

    def _problems(self, base: str, head: str, account: str) -> list[ContentProblem]:
        """What is refused, which is what the old rules refuse unless a company's kinds are known, and then all of that."""
        found = refusals(str(self.folder), base, head, account)
        before = old_refusals(str(self.folder), base, head, account)
        if self.has_kinds:
            assert {each.path for each in before} <= {each.path for each in found}, before
        else:
            assert found == before
        return found


class _Empty(Repository):
    """A folder in which a repository is to be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder


@functools.cache
def _begun(rules: str) -> dict[str, bytes]:
    """The files of a repository in which nothing is changed yet, those of git among them: made once, since git takes its time."""
    with tempfile.TemporaryDirectory() as folder:
        made = _Empty(Path(folder))
        made.git("init", "-q", "-b", "main", "--template=")
        for handle in ("ada", "grace", "kim"):
            made.write(f"authors/{handle}.yaml", f"name: {handle.title()}\nemails: [{handle}@corp.example]\n")
            made.write(f"content/blogs/{handle}/old.md", f"Old words of {handle}.\n")
        made.write("content/blogs/engines/blog.yaml", "title: Engines\nmembers: [ada, grace]\n")
        made.write("content/blogs/engines/old.md", "Old words.\n")
        made.write("content/wiki/home.md", "Words.\n")
        made.write("content/pages/about.md", "Words.\n")
        made.write("pelicanconf.py", 'SITENAME = "Test"\n')
        made.write("writers.yaml", rules)
        made.commit("kim")
        made.git("switch", "-q", "-c", "change")
        return files_below(made.folder)
