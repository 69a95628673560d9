"""Every kind of page of a built site, looked at in a browser and weighed: no wider than the screen, steady, light, alone."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import served

WIDTHS = (1280, 768, 360)
SCHEMES = ("light", "dark")
AXE = Path(os.environ.get("CHECKERS", Path.home() / ".cache/site-checkers")) / "node_modules/axe-core/axe.min.js"
_FIRST_PAINT = 14 * 1024
"""Bytes, compressed, of the style sheet and of more than a screen of the page."""
_SCREENS = 16 * 1024
_WHOLE_PAGE = 60 * 1024
_STEADY = 0.005
"""Layout shift that is none: columns that grow while a long page still arrives."""
_JUMPS = """() => new Promise(done => {
  let sum = 0
  new PerformanceObserver(list => list.getEntries().forEach(jump => { sum += jump.value }))
    .observe({type: 'layout-shift', buffered: true})
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)))
})"""

_RUN_AXE = "async () => (await axe.run(document)).violations.map(fault => fault.id + ' ' + fault.nodes[0].html)"


def a_few_of_each_kind(cache: Path) -> list[str]:
    """The addresses of the smallest, the largest and the middle page of each kind."""
    (store,) = cache.glob("*.sqlite")
    found: dict[str, list[str]] = {}
    with sqlite3.connect(store) as rows:
        for kind, path in rows.execute(
            "SELECT kind, path FROM page WHERE path LIKE '%.html' ORDER BY kind, size, path"
        ):
            found.setdefault(kind, []).append("/" + path.removesuffix("index.html"))
    for kind in ("redirect", "redirect-synonym"):  # they lead away at once
        found.pop(kind, None)
    chosen = [path for paths in found.values() for path in (paths[0], paths[len(paths) // 2], paths[-1])]
    return list(dict.fromkeys(chosen))


def faults_seen(browser: Any, folder: Path, paths: list[str], *, scripts: bool) -> list[str]:
    """What is wrong with pages in a browser: too wide, a jump while they load, a word in the console, a foreign request."""
    with watched(browser, folder, scripts=scripts) as (page, faults, address):
        for path in paths:
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            page.goto(address + path)
            if scripts and (jump := page.evaluate(_JUMPS)) > _STEADY:
                faults.append(f"{path} jumps by {jump}")
            for width, scheme in itertools.product(WIDTHS, SCHEMES):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
                    faults.append(f"{path} needs {needed} of {width} pixels, {scheme}")
    return faults


def faults_of_access(browser: Any, folder: Path, paths: list[str]) -> list[str]:
    """What axe-core finds in pages at each width, light and dark. Skips where axe is not here."""
    if not AXE.exists():
        pytest.skip(f"axe is not here ({AXE})")
    axe = AXE.read_text()
    with watched(browser, folder, scripts=True) as (page, faults, address):
        for path, scheme in itertools.product(paths, SCHEMES):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(address + path)
            page.evaluate(axe)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                faults += [f"{path} at {width}, {scheme}: {fault}" for fault in page.evaluate(_RUN_AXE)]
    return faults


@contextlib.contextmanager
def watched(browser: Any, folder: Path, *, scripts: bool) -> Iterator[tuple[Any, list[str], str]]:
    """A page, the list into which its faults go, and the address at which the folder is served."""
    with served(folder) as address:
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("request", lambda request: faults.extend(_foreign(request.url, address, page.url)))
        yield page, faults, address
        context.close()


def _foreign(url: str, address: str, asker: str) -> Iterator[str]:
    if not url.startswith((address, "data:")):
        yield f"{asker} asks for {url}"


def faults_of_weight(folder: Path, paths: list[str]) -> list[str]:
    """Pages that are too heavy, compressed: for the first paint, or with their scripts and without their pictures."""
    sheet = _packed((folder / "theme/css/site.css").read_bytes())
    found = []
    for path in paths:
        file = folder / path.removeprefix("/")
        data = (file / "index.html" if path.endswith("/") else file).read_bytes()
        first = sheet + _packed(data[:_SCREENS])
        names = re.findall(rb'<script[^>]* src="/([^"]+)"', data)
        whole = sheet + _packed(data) + sum(_packed((folder / name.decode()).read_bytes()) for name in names)
        found += [f"{path}: {first} bytes before the first paint"] * (first > _FIRST_PAINT)
        found += [f"{path}: {whole} bytes"] * (whole > _WHOLE_PAGE)
    return found


def _packed(data: bytes) -> int:
    return len(gzip.compress(data, 6))
