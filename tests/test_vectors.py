"""Attack vectors wherever somebody may write something, in a real browser and in the bytes: nothing runs, nothing is left."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import html5lib
import pytest
from playwright import sync_api

from fuzz.harmless import faults_in_text
from tests import hostile
from tests.browsing import served
from tests.building import SmallSite, files_below
from tests.conftest import SHARED

_LIVE = {
    "a handler": '<img src=x onerror="alert(1)">',
    "a script": "<script>alert(1)</script>",
    "an svg": '<svg onload="alert(1)"></svg>',
    "a link": '<a href="java&#10;script:alert(1)">x</a>',
    "a frame": '<iframe srcdoc="x"></iframe>',
    "a picture of another host": '<img src="//elsewhere.example/x.png">',
    "a style": '<p style="position:fixed">x</p>',
    "a form": '<form action="https://elsewhere.example/"><input name=x></form>',
    "a redirect": '<meta http-equiv="refresh" content="0; url=/other.html">',
    "a base": '<base href="https://elsewhere.example/">',
    "a request": "<script>fetch('https://elsewhere.example/')</script>",
    "a dialog": "<script>onbeforeunload = null; Object.getPrototypeOf(window); delete window.alert; alert(1)</script>",
    "an error": "<script>nothing.at.all()</script>",
    "a clobbered name": "<img name=querySelector src=/x.png>",
}


class Built(NamedTuple):
    """A site of vectors: what it holds, where it lies, what the build said."""

    vectors: list[hostile.Vector]
    output: Path
    problems: tuple[Any, ...]


def _built(folder: Path, step: int) -> Built:
    if not SHARED.is_dir():
        pytest.skip(f"the vectors are not here ({SHARED})")
    site = SmallSite(folder, SITEURL="", BYLINES_SEARCH=True, STATIC_PATHS=[])
    site.person("ada", "Ada Lovelace")
    vectors = hostile.vectors(SHARED / "vectors")[::step]
    hostile.write(site, vectors)
    result = site.build()
    posts = 2 * len(vectors) + 2 * len(vectors[::10])
    assert result.posts == posts, (result.posts, posts)
    return Built(vectors, folder / "output", result.problems)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A part of the vectors, of each source."""
    return _built(tmp_path_factory.mktemp("few"), 60)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """All vectors."""
    return _built(tmp_path_factory.mktemp("everything"), 1)


def test_live_vectors_are_seen(browser: Any, tmp_path: Path) -> None:
    """What follows is worth nothing unless these are found."""
    for number, live in enumerate(_LIVE.values()):
        page = (
            f'<!DOCTYPE html><meta charset="utf-8"><title>x</title><link rel="icon" href="/x.png"><main>{live}</main>'
        )
        (tmp_path / f"live{number}.html").write_text(page)
    (tmp_path / "other.html").write_text("<!DOCTYPE html><title>x</title>")
    with served(tmp_path) as address, _watched(browser, address) as watched:
        seen = {what: watched.faults(f"live{number}.html") for number, what in enumerate(_LIVE)}
    assert [what for what, faults in seen.items() if not faults] == []
    in_bytes = {what: faults_in_text(live) for what, live in _LIVE.items()}
    assert [what for what, faults in in_bytes.items() if not faults] == []


def test_a_harmless_page_has_no_fault(browser: Any, tmp_path: Path) -> None:
    site = SmallSite(tmp_path, SITEURL="", BYLINES_SEARCH=True)
    site.person("ada", "Ada Lovelace")
    site.post("ada/x.md", "# Head\n\n[a link](https://x.example/) and `code` and $x$[^1]\n\n[^1]: A note.\n")
    site.build()
    with hostile.served_without_policy(tmp_path / "output") as address, _watched(browser, address) as watched:
        pages = ("", "blogs/", "blogs/ada/", "blogs/ada/x/", "search/")
        assert {page: faults for page in pages if (faults := watched.faults(page))} == {}


def _watched(browser: Any, address: str) -> contextlib.AbstractContextManager[hostile.Watched]:
    return contextlib.closing(hostile.Watched(browser, address))


_LISTS = ("", "blogs/", "topics/", "jams/", "pulse/", "jams/j0/")


def test_nothing_of_a_vector_runs_or_is_left(browser: Any, few: Built) -> None:
    """Where nothing forbids scripts: the pages' policy is a second lock, not the first."""
    pages = [page for page in hostile.pages_of(few.output) if page.count("/") == 3 or page in _LISTS]
    assert len(pages) > 2 * len(few.vectors)
    assert _faults(browser, few, pages, ["img", "script"], policy=False) == {}


@pytest.mark.long
@pytest.mark.parametrize("policy", [False, True])
def test_nothing_of_any_vector_runs_or_is_left(browser: Any, everything: Built, policy: bool) -> None:
    pages = list(hostile.pages_of(everything.output))
    assert len(pages) > 4 * len(everything.vectors)
    asked = ["a", "img", "script", "svg", "alert", "onerror", "javascript", "href", "x"]
    assert _faults(browser, everything, pages, asked, policy=policy) == {}


def _faults(browser: Any, built: Built, pages: list[str], asked: list[str], *, policy: bool) -> dict[str, list[str]]:
    serving = served if policy else hostile.served_without_policy
    with serving(built.output) as address, _watched(browser, address) as watched:
        found = {page: faults for page in (*pages, *_feeds(built)) if (faults := watched.faults(page))}
        found |= {f"finder {text}": faults for text in asked if (faults := _faults_of_finder(watched, text))}
        found |= {f"search {text}": faults for text in asked if (faults := _faults_of_search(watched, text))}
    return found


def _feeds(built: Built) -> Iterator[str]:
    """Feeds as a browser shows them, with their style sheet."""
    for name in ("feed.atom", "feed.rss", "blogs/ada/feed.atom", "blogs/ada/feed.rss"):
        assert (built.output / name).is_file(), name
        yield name


def _faults_of_finder(watched: hostile.Watched, text: str) -> list[str]:
    watched.faults("blogs/")
    watched.page.fill("[role=combobox]", text)
    sync_api.expect(watched.page.locator(".finder [role=status]")).not_to_have_text("", use_inner_text=False)
    return watched.left()


def _faults_of_search(watched: hostile.Watched, text: str) -> list[str]:
    watched.noted.clear()
    watched.page.goto(f"{watched.address}/search/?q={text}")
    sync_api.expect(watched.page.locator(".search-status")).not_to_have_text("", timeout=20_000)
    watched.page.wait_for_timeout(50)
    return watched.left()


def test_the_finder_and_search_find_vectors_and_show_them_as_text(browser: Any, few: Built) -> None:
    """So that the lists which are looked at above are not empty."""
    with hostile.served_without_policy(few.output) as address, _watched(browser, address) as watched:
        _faults_of_finder(watched, "img")
        assert "<" in "".join(watched.page.locator("[role=option]").all_inner_texts())
        _faults_of_search(watched, "script")
        watched.page.wait_for_selector(".search-results li")


def test_no_feed_or_file_for_programs_has_anything_left_of_a_vector(few: Built) -> None:
    _assert_files_are_harmless(few)


@pytest.mark.long
def test_no_feed_or_file_for_programs_has_anything_left_of_any_vector(everything: Built) -> None:
    _assert_files_are_harmless(everything)


def _assert_files_are_harmless(built: Built) -> None:
    texts = dict(_texts_for_readers(built.output))
    assert len(texts) > len(built.vectors)
    faults = {name: found for name, text in texts.items() if (found := faults_in_text(text))}
    assert faults == {}


def _texts_for_readers(output: Path) -> Iterator[tuple[str, str]]:
    """Each piece of HTML that feeds hand on, by where it stands."""
    from lxml import etree

    for name, data in files_below(output).items():
        if name.endswith((".atom", ".rss")):
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, recover=False))
            for number, element in enumerate(root.iter()):
                if _is_html(element):
                    yield f"{name} {number}", element.text or ""
        elif name.endswith("feed.json"):
            for entry in json.loads(data)["items"]:
                yield f"{name} {entry['id']}", entry["content_html"]
        elif name.endswith(".json"):
            json.loads(data)
        elif name.endswith((".opml", ".xml")):
            etree.fromstring(data)


def _is_html(element: Any) -> bool:
    tag = str(element.tag)
    return (
        element.get("type") == "html"
        or tag.endswith("}encoded")
        or (tag == "description" and element.getparent().tag == "item")
    )


def test_drawings_of_vectors_are_published_only_if_nothing_in_them_could_run(few: Built, browser: Any) -> None:
    drawings = sorted(few.output.rglob("drawing.svg"))
    refused = [problem for problem in few.problems if problem.path.endswith("drawing.svg")]
    assert len(drawings) + len(refused) == len(few.vectors)
    with served(few.output) as address, _watched(browser, address) as watched:
        for drawing in drawings:
            watched.noted.clear()
            watched.page.goto(f"{address}/{drawing.relative_to(few.output)}")
            assert watched.noted == []
            assert watched.page.evaluate("window.__ran ?? []") == []


def test_what_is_written_as_text_or_code_is_read_as_it_was_written(few: Built) -> None:
    for number, vector in enumerate(few.vectors):
        page = html5lib.parse((few.output / f"blogs/ada/f{number}/index.html").read_text(), namespaceHTMLElements=False)
        title = page.find(".//h1[@class='p-name']")
        assert _said(title) == unicodedata.normalize("NFC", hostile.line(vector.text)), vector.file
        codes = [_said(code) for code in page.iter("code")]
        assert " ".join(vector.text.split()) in [" ".join(code.split()) for code in codes], vector.file


def _said(element: Any) -> str:
    return "".join(element.itertext()).strip()
