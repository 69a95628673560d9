"""From a push to the page that is served: what a CI machine does, step by step, with a real sshd and rsync on this machine.

A clone of the newest commit, the store of the last run restored, the build, and the publication of what differs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import servers
from benchmarks.edits import Repository
from benchmarks.measure import WORK, Row
from benchmarks.timed import timed

_CI = {"CI": "1"}


class Live:
    """A corpus with a published site, and pushes to it."""

    def __init__(self, row: Row, served: Path, port: int, ssh: str) -> None:
        self._row, self._served = row, served
        self._options = ["--settings", "liveconf.py", "--json"]
        self._conf = (
            f"from pelicanconf import *\nBYLINES_SETTINGS_FILE = __file__\nBYLINES_PUBLISH_SSH = {ssh!r}\n"
            f"BYLINES_PUBLISH_TO = 'ssh://127.0.0.1:{port}{served}'\n"
        )

    def first(self, repository: Repository) -> float:
        """Publishes the whole site; returns the seconds it took."""
        (self._row.ours / "liveconf.py").write_text(self._conf)
        repository.commit("Where it is published")
        return self._publish(self._row.ours)[0]

    def push(self, repository: Repository, number: int) -> dict[str, float]:
        """Pushes a new post; returns the seconds of each step until it is served."""
        repository.new_post(number)
        repository.commit("A new post")
        clone, took = self._row.folder / "live-clone", {}
        shutil.rmtree(clone, ignore_errors=True)
        with _timed(took, "clone"):
            subprocess.run(["git", "clone", "-q", "--depth=50", f"file://{self._row.ours}", str(clone)], check=True)
        with _timed(took, "restore the store"):
            shutil.copytree(self._row.ours / "cache", clone / "cache", copy_function=shutil.copyfile)
        whole, built = self._publish(clone)
        took |= {"build": built, "publish": whole - built}
        page = self._served / f"blogs/{repository.plan.blog}/new-{number}/index.html"
        assert page.is_file(), f"{page} is not served"
        shutil.rmtree(self._row.ours / "cache")
        shutil.move(clone / "cache", self._row.ours / "cache")
        shutil.rmtree(clone)
        return took

    def _publish(self, folder: Path) -> tuple[float, float]:
        """Publishes; returns the seconds in total, and those of the build."""
        run = timed([sys.executable, "-m", "bylines", "publish", *self._options], folder, _CI)
        return run.seconds, float(json.loads(run.said)["seconds"])


@contextmanager
def _timed(took: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took[name] = time.perf_counter() - began


def main() -> None:
    """Prints the seconds of each push."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=__doc__)
    parser.add_argument("--posts", type=int, default=170_000)
    parser.add_argument("--pushes", type=int, default=3)
    parser.add_argument("--work", type=Path, default=WORK, help="where the site is made (benchmarks/.work)")
    parser.add_argument("--keep", action="store_true", help="take the corpus of an earlier run, if it is there")
    options = parser.parse_args()
    if lost := servers.missing():
        parser.error(lost)
    row = Row(options.work.absolute() / f"{options.posts}-live", options.posts, options.posts // 10, [], 1, Path())
    repository = row.write(keep=options.keep)
    served = row.folder / "served"
    with tempfile.TemporaryDirectory() as home, servers.sshd(Path(home)) as (port, ssh):
        live = Live(row, served, port, ssh)
        print(f"{options.posts:,} posts; published as a whole in {live.first(repository):.1f} s", flush=True)
        for number in range(options.pushes):
            took = live.push(repository, 1_000 + number)
            steps = ", ".join(f"{name} {seconds:.2f}" for name, seconds in took.items())
            print(f"push to live {sum(took.values()):.2f} s: {steps}", flush=True)


if __name__ == "__main__":
    main()
