"""Seconds from saving a draft to the page reloaded in Chromium, and what `check` takes, in the corpus that `measure` has left.

`serve` builds all of the site once first. A draft of a blog in the middle of the corpus is saved several times; what is timed is the
way from the write to the new title on the screen. The draft is of today, as most are: one of an earlier day changes the pulse too.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

from benchmarks.timed import ROOT, timed
from tools.browser import installed

_POST = "---\ntitle: Draft {}\ndate: {}\nstatus: draft\n---\n[Nowhere](nowhere.md). Not many words.\n"
_TODAY = dt.date.today().isoformat()
_SAVES = 7


def served(folder: Path, port: int) -> list[float]:
    """Measures the seconds from each save to the reloaded page."""
    blog = sorted((folder / "content/blogs").iterdir())[len(os.listdir(folder / "content/blogs")) // 2]
    draft = blog / "a-draft-of-mine.md"
    draft.write_text(_POST.format(0, _TODAY))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    code = f"from bylines.commands.serve import serve; raise SystemExit(serve('pelicanconf.py', {port}))"
    found: list[float] = []
    with (
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
        ) as server,
        sync_playwright() as started,
    ):
        try:
            assert server.stdout is not None
            address = re.match(r"http://\S+", server.stdout.readline())
            assert address is not None
            browser = started.chromium.launch(executable_path=installed(), args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(f"{address[0]}blogs/{blog.name}/a-draft-of-mine/")
            time.sleep(5)  # until the folders are watched
            for number in range(1, _SAVES + 1):
                begun = time.perf_counter()
                draft.write_text(_POST.format(number, _TODAY))
                _wait_for(page, f"Draft {number}")
                found.append(time.perf_counter() - begun)
                time.sleep(0.5)
            browser.close()
        finally:
            server.terminate()
            draft.unlink()
    return found


def _wait_for(page: Any, title: str) -> None:
    """Waits until a page shows a title. Polls itself, because Playwright looks only twice a second."""
    while True:
        with contextlib.suppress(Error):  # the page is loading
            if page.locator("h1").inner_text(timeout=1_000) == title:
                return
        time.sleep(0.01)


def main() -> None:
    """Measures and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000, help="which corpus of measure.py's (10000)")
    parser.add_argument("--work", type=Path, default=Path(__file__).parent / ".work", help="where measure.py made it")
    parser.add_argument("--port", type=int, default=8321, help="a port that is free (8321)")
    options = parser.parse_args()
    folder = options.work / str(options.posts) / "ours"
    blog = min((folder / "content/blogs").iterdir())
    (blog / "checked.md").write_text(_POST.format(0, _TODAY))
    command = [
        sys.executable,
        "-c",
        "import sys; from bylines.__main__ import main; main(sys.argv[1:])",
        "check",
        "--json",
    ]
    runs = [timed(command, folder) for _ in range(5)]
    (blog / "checked.md").unlink()
    print(f"check of one post: {statistics.median(run.seconds for run in runs):.2f} s, {runs[0].said[-60:]}")
    saved = served(folder, options.port)
    print(f"from saving to the page: median {statistics.median(saved):.2f} s, most {max(saved):.2f} s")


if __name__ == "__main__":
    main()
