"""Publishes to a branch that a git host serves (GitHub Pages, Codeberg Pages …). The branch holds a single commit, without history.

The site arrives with one push, so readers never see half of it.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
from collections.abc import Iterable, Sequence

from bylines.git import cannot_run, is_foreign, reason
from bylines.problems import PublishError
from bylines.publishing import deploy_marker
from bylines.publishing.deploy_marker import DeployMarker
from bylines.publishing.remote_lock import acquire

_NO_JEKYLL = ".nojekyll"
"""An empty file that tells GitHub to publish the files unchanged, without running Jekyll."""
_AUTHOR = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Bylines"), ("EMAIL", "bylines@localhost"))
}


class Branch:
    """The target `git:REMOTE#BRANCH`. REMOTE is the name of a remote of the site's repository, or any address that git accepts."""

    takes_copies = False

    def __init__(self, name: str, remote: str, branch: str, root: str, cache: str) -> None:
        self.name = name
        self._ref = f"refs/heads/{branch}"
        self._root = root
        self._remote = remote
        self._remote_commit = ""
        self._folder = os.path.join(cache, f"pages-{hashlib.sha256(name.encode()).hexdigest()[:12]}.git")
        self._lock: io.FileIO | None = None
        self._index = os.path.join(self._folder, "bylines-index")

    def open(self) -> DeployMarker | None:
        """Lock the local copy and fetch the branch. Return its deploy marker, or None if it has none."""
        known = self._git("remote", "get-url", self._remote, folder=self._root, may_fail=True).strip()
        self._remote = known or self._remote
        if os.path.isdir(self._remote):
            self._remote = os.path.abspath(self._remote)
        if not os.path.isdir(self._folder):
            self._git("init", "-q", "--bare", self._folder, folder=self._root)
        self._acquire_lock()
        answer = self._git("ls-remote", "--", self._remote, self._ref)
        self._remote_commit = answer.split()[0] if answer else ""
        if self._remote_commit:
            self._git("fetch", "-q", "--depth=1", "--no-tags", "--", self._remote, self._ref)
            self._git("read-tree", self._remote_commit)
        elif os.path.exists(self._index):
            os.remove(self._index)
        return deploy_marker.decode(
            self._git("cat-file", "blob", f"{self._remote_commit}:{deploy_marker.NAME}", may_fail=True).encode()
            if self._remote_commit
            else None
        )

    def others(self, kept: set[str]) -> list[str]:
        """Return the paths on the branch that are not in `kept`."""
        found = self._git("ls-files", "-z").split("\0")[:-1]
        return [path for path in found if path not in kept and path not in (deploy_marker.NAME, _NO_JEKYLL)]

    def begin(self, found: DeployMarker) -> None:
        """Do nothing: the branch changes only in `end`."""

    def put_new(self, folder: str, paths: Sequence[str]) -> None:
        """Do nothing: `put` is called with these files, too, and the branch changes only in `end`."""

    def put(self, folder: str, paths: Sequence[str]) -> None:
        """Add files to the tree that `end` pushes."""
        listed = "".join(f"{os.path.abspath(folder)}/{path}\n" for path in paths)
        digests = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=listed.encode()).split()
        self._update(f"100644 {digest} 0\t{path}\0" for digest, path in zip(digests, paths, strict=True))

    def delete(self, paths: Sequence[str]) -> None:
        """Remove files from the tree that `end` pushes."""
        self._update(f"0 {'0' * 40} 0\t{path}\0" for path in paths)

    def end(self, found: DeployMarker) -> None:
        """Push the tree with its marker. Raise PublishError if the branch changed since `open`."""
        own = ((deploy_marker.NAME, deploy_marker.encode(found)), (_NO_JEKYLL, b""))
        digests = [(path, self._git("hash-object", "-w", "--stdin", given=data).strip()) for path, data in own]
        self._update(f"100644 {digest} 0\t{path}\0" for path, digest in digests)
        tree = self._git("write-tree").strip()
        commit = self._git("commit-tree", tree, "-m", f"The site as of {found.commit or found.served}").strip()
        lease = f"--force-with-lease={self._ref}:{self._remote_commit}"
        self._git("push", "-q", lease, "--", self._remote, f"{commit}:{self._ref}")

    def close(self) -> None:
        """Release the lock."""
        if self._lock is not None:
            self._lock.close()

    def _acquire_lock(self) -> None:
        """Acquire our own lock, which ends with the process. Then remove git's lock files, which outlive a killed process."""
        self._lock = acquire(os.path.join(self._folder, "bylines-lock"), self.name)
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
