"""Measures search: what an index of a shard costs a build and a commit, and what a query costs a reader of a large site.

A site of one full shard is built with search and without, and again after commits. Then that shard is listed many times
under other names, as a larger site would have so many, and asked in Chromium: what is measured of the browser is real
(files, bytes, milliseconds, with nothing kept before), but for the posts being the same in all of the shards.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks.corpus import Corpus, Ours, write
from benchmarks.edits import NEW, NOTHING, WORD, Planner, Repository
from benchmarks.timed import ROOT, Run, timed
from tests.browsing import opened_browser, served

_BUILD = [sys.executable, "-m", "bylines", "build"]
_COMMITS = (NOTHING, WORD, NEW)
_HERE = 'SITEURL = ""\n'  # so that what is built can be asked on this machine
_ON = "BYLINES_SEARCH = True\n"
_SHARD = "en"


def repository(folder: Path, posts: int) -> Repository:
    """Writes a corpus of `posts` posts, with search off."""
    planner = Planner()
    write(Corpus(posts, posts // 10), [Ours(folder), planner])
    found = Repository(folder, planner.plan())
    found.begin(ROOT / "theme")
    return found


def builds(site: Repository) -> Iterator[tuple[str, Run]]:
    """Measures clean builds without and with search, and a build after each kind of commit."""
    settings = site.folder / "pelicanconf.py"
    plain = settings.read_text() + _HERE
    edits = dict(site.edits())
    for name, text in (("without", plain), ("with", plain + _ON)):
        settings.write_text(text)
        yield f"clean, {name}", timed(_BUILD, site.folder)
        for commit in _COMMITS:
            edits[commit](1 if text == plain else 2)
            site.commit(commit)
            yield f"{commit}, {name}", timed(_BUILD, site.folder)


def of_a_corpus(folder: Path) -> Iterator[tuple[str, Run]]:
    """Measures a corpus that `measure` has left: a clean build with search, and builds after a word in one post."""
    plain = (folder / "pelicanconf.py").read_text()
    own = 'OUTPUT_PATH = "output-search"\nCACHE_PATH = "cache-search"\n'
    (folder / "searchconf.py").write_text(plain + _HERE + _ON + own)
    build = [*_BUILD, "--quiet", "--settings", "searchconf.py"]
    yield "clean, with", timed(build, folder)
    yield "nothing changed, with", timed(build, folder)
    post = max((folder / "content/blogs").glob("*/post-*.md"), key=lambda file: int(file.stem[5:]))
    for _ in range(2):
        post.write_text(post.read_text() + "\nOne word more.\n")
        yield "one word in the newest post, with", timed(build, folder)


def sizes(folder: Path) -> dict[str, tuple[int, int]]:
    """The numbers of files and bytes of each kind of file."""
    found: dict[str, tuple[int, int]] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            kind = file.suffix if "pf_" in file.suffix or file.suffix == ".pagefind" else file.name
            kind = "facts" if file.parent.name == "facts" else kind
            files, size = found.get(kind, (0, 0))
            found[kind] = files + 1, size + file.stat().st_size
    return found


def multiply(search: Path, shards: int) -> None:
    """Lists the only shard `shards` times, under the names of months."""
    list_file = search / "-list.json"
    listed = msgspec.json.decode(list_file.read_bytes())
    (shard,) = [name for name, *_ in listed["shards"]]
    names = [f"{_SHARD}-{2026 - number // 12}-{12 - number % 12:02}" for number in range(shards)]
    for name in names:
        os.symlink(search / "shards" / shard, search / "shards" / name)
        os.symlink(search / "facts" / f"{shard}.json", search / "facts" / f"{name}.json")
    listed["shards"] = [[name, _SHARD, [int(name[3:7])]] for name in names]
    list_file.write_bytes(msgspec.json.encode(listed))


class Asked(NamedTuple):
    """The cost of a query: milliseconds until its answer, requests, bytes; and the answer's text."""

    milliseconds: float
    requests: int
    bytes: int
    said: str


def ask(browser: Any, address: str, query: str) -> Asked:
    """Opens the search page with a query, in a browser with an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    seen: list[Any] = []
    page.on("response", lambda answer: seen.append(answer))  # noqa: PLW0108 (Playwright marks what it is given)
    page.goto(f"{address}/robots.txt")
    seen.clear()
    started = time.perf_counter()
    page.goto(f"{address}/search/?q={query}", wait_until="commit")
    # Uses a locator, because the page's policy forbids evaluating code in it.
    page.get_by_text(re.compile("^(Posts found|No post)")).wait_for(timeout=120_000)
    seconds = time.perf_counter() - started
    said = page.inner_text(".search-status")
    about = [
        answer
        for answer in seen
        if any(part in answer.url for part in ("/search", "/find/", "/people.js", "/files.js", "/fold.js"))
    ]
    size = sum(int(answer.headers.get("content-length", 0)) for answer in about)
    context.close()
    return Asked(seconds * 1_000, len(about), size, said)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--posts", type=int, default=990, help="posts of the shard, at most 990 (two are added)")
    parser.add_argument(
        "--shards", type=int, default=240, help="shards of the large site (about those of 170,000 posts)"
    )
    parser.add_argument(
        "--corpus", type=Path, help="a corpus that measure.py has left, in place of one shard listed often"
    )
    chosen = parser.parse_args()
    if chosen.corpus:
        for name, run in of_a_corpus(chosen.corpus):
            print(f"{name}: {run.seconds:.2f} s, {run.cpu:.2f} CPU s, {run.memory:.0f} MB", flush=True)
        words = next((chosen.corpus / "content/blogs").glob("*/post-*.md")).read_text().partition("title: ")[2]
        _ask_all(chosen.corpus / "output-search", words.split()[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        site = repository(Path(folder) / "site", chosen.posts)
        for name, run in builds(site):
            print(f"{name}: {run.seconds:.2f} s, {run.cpu:.2f} CPU s, {run.memory:.0f} MB", flush=True)
        search = site.folder / "output/search"
        for kind, (files, size) in sizes(search).items():
            print(f"{kind}: {files:,} files, {size:,} bytes")
        word = Path(site.folder / site.plan.post).read_text().partition("title: ")[2].split()[0]
        multiply(search, chosen.shards)
        _ask_all(site.folder / "output", word)


def _ask_all(output: Path, word: str) -> None:
    """Searches for a common word, one that does not occur, and one of which only the beginning does."""
    with served(output) as address, opened_browser() as browser:
        for what, query in (
            ("a common word", word),
            ("a word that is nowhere", "qqqq"),
            ("one with a beginning", "baxxxxxxx"),
        ):
            runs = [ask(browser, address, query) for _ in range(3)]
            middle = statistics.median(run.milliseconds for run in runs)
            print(f"{what}: {middle:.0f} ms, {runs[0].requests:,} requests, {runs[0].bytes:,} bytes ({runs[0].said})")


if __name__ == "__main__":
    main()
