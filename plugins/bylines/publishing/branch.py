"""A branch that a git host publishes (GitHub Pages, Codeberg Pages …). It holds one commit: what is served, without a history.

The whole arrives with one push, so there is no moment in which half of it is served.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
from collections.abc import Iterable, Sequence

from bylines.git import cannot_run, is_foreign, reason
from bylines.problems import PublishError
from bylines.publishing import slip
from bylines.publishing.hold import held
from bylines.publishing.slip import Slip

_KEPT = ".nojekyll"
"""Tells GitHub to publish the files as they are."""
_AUTHOR = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Bylines"), ("EMAIL", "bylines@localhost"))
}


class Branch:
    """`git:REMOTE#BRANCH`: a remote of the site's repository by its name, or any address of git's."""

    takes_copies = False

    def __init__(self, name: str, remote: str, branch: str, root: str, cache: str) -> None:
        self.name = name
        self._ref = f"refs/heads/{branch}"
        self._root = root
        self._remote = remote
        self._there = ""
        self._folder = os.path.join(cache, f"pages-{hashlib.sha256(name.encode()).hexdigest()[:12]}.git")
        self._lock: io.FileIO | None = None
        self._index = os.path.join(self._folder, "bylines-index")

    def open(self) -> Slip | None:
        """Fetches the branch; gives its slip."""
        known = self._git("remote", "get-url", self._remote, folder=self._root, may_fail=True).strip()
        self._remote = known or self._remote
        if os.path.isdir(self._remote):
            self._remote = os.path.abspath(self._remote)
        if not os.path.isdir(self._folder):
            self._git("init", "-q", "--bare", self._folder, folder=self._root)
        self._hold()
        said = self._git("ls-remote", "--", self._remote, self._ref)
        self._there = said.split()[0] if said else ""
        if self._there:
            self._git("fetch", "-q", "--depth=1", "--no-tags", "--", self._remote, self._ref)
            self._git("read-tree", self._there)
        elif os.path.exists(self._index):
            os.remove(self._index)
        return slip.read(
            self._git("cat-file", "blob", f"{self._there}:{slip.NAME}", may_fail=True).encode() if self._there else None
        )

    def others(self, kept: set[str]) -> list[str]:
        """The files that lie there and are not in `kept`."""
        found = self._git("ls-files", "-z").split("\0")[:-1]
        return [path for path in found if path not in kept and path not in (slip.NAME, _KEPT)]

    def begin(self, found: Slip) -> None:
        """Nothing arrives before the end."""

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Nothing arrives before the end."""

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Puts files into the tree that is to be pushed."""
        listed = "".join(f"{os.path.abspath(folder)}/{path}\n" for path in paths)
        digests = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=listed.encode()).split()
        self._update(f"100644 {digest} 0\t{path}\0" for digest, path in zip(digests, paths, strict=True))

    def delete(self, paths: Sequence[str]) -> None:
        """Takes files out of it."""
        self._update(f"0 {'0' * 40} 0\t{path}\0" for path in paths)

    def end(self, found: Slip) -> None:
        """Pushes the tree, if the branch is still what was fetched."""
        own = ((slip.NAME, slip.written(found)), (_KEPT, b""))
        digests = [(path, self._git("hash-object", "-w", "--stdin", given=data).strip()) for path, data in own]
        self._update(f"100644 {digest} 0\t{path}\0" for path, digest in digests)
        tree = self._git("write-tree").strip()
        commit = self._git("commit-tree", tree, "-m", f"The site as of {found.commit or found.served}").strip()
        lease = f"--force-with-lease={self._ref}:{self._there}"
        self._git("push", "-q", lease, "--", self._remote, f"{commit}:{self._ref}")

    def close(self) -> None:
        """Lets go of the lock."""
        if self._lock is not None:
            self._lock.close()

    def _hold(self) -> None:
        """Holds a lock of our own, which ends with the process; git's outlive it, and are removed."""
        self._lock = held(os.path.join(self._folder, "bylines-lock"), self.name)
        for name in os.listdir(self._folder):
            if name.endswith(".lock"):
                os.remove(os.path.join(self._folder, name))

    def _update(self, lines: Iterable[str]) -> None:
        self._git("update-index", "-z", "--index-info", given=os.fsencode("".join(lines)))

    def _git(self, *arguments: str, folder: str = "", given: bytes = b"", may_fail: bool = False) -> str:
        where = ["-C", folder] if folder else [f"--git-dir={self._folder}"]
        environment = {
            **os.environ,
            **_AUTHOR,
            "GIT_INDEX_FILE": self._index,
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
        }
        try:
            done = subprocess.run(
                ["git", *where, *arguments], input=given, env=environment, capture_output=True, check=False
            )
        except OSError as error:
            raise PublishError(f"{self.name}: {cannot_run(folder or self._root, error)}") from error
        if done.returncode and not (may_fail and not is_foreign(done.stderr)):
            raise PublishError(f"{self.name}: {reason(folder or self._folder, done.stderr, arguments)}")
        return "" if done.returncode else os.fsdecode(done.stdout)
