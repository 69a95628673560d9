"""The demo site, which a newcomer sees first: without a fault, and a pleasure in a real browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import served, watched_page
from tests.building import ROOT, clock
from tests.looking import a_few_of_each_kind, faults_of_access, faults_of_weight, faults_seen

sys.path.insert(0, str(ROOT / "tools"))
_AFTER = 1_795_500_000


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, built for publication, for a server on this machine, and for that in Arabic."""
    from bylines import frame

    folder = tmp_path_factory.mktemp("demo")
    for name, url, lang in (
        ("published", "https://blogs.meridian-tideworks.example", "en"),
        ("served", "", "en"),
        ("arabic", "", "ar"),
    ):
        overrides = {
            "OUTPUT_PATH": str(folder / name), "CACHE_PATH": str(folder / "cache" / name), "SITEURL": url, "DEFAULT_LANG": lang,
        }  # fmt: skip
        with clock(_AFTER):
            result = frame.build(str(ROOT / "pelicanconf.py"), overrides)
        assert result.problems == ()
    return folder


def test_every_link_id_and_feed_is_in_order(demo: Path) -> None:
    from bylines.verifying.pages import check

    assert check(demo / "published") == []
    assert check(demo / "served") == []


def test_the_demo_shows_every_feature(demo: Path) -> None:
    pages = [file.read_text() for file in (demo / "published").rglob("*.html")]
    posts = [page for page in pages if 'class="post h-entry"' in page]
    assert len(posts) >= 80
    assert len(list((ROOT / "authors").glob("*.yaml"))) == 26
    for sign in (
        "<table", 'class="highlight"', "<math", "alert-warning", "<figure", 'dir="rtl"', 'class="footnotes"', 'class="toc"',
        'class="mention"', "hreflang", "Group blog", "alumni", 'http-equiv="refresh"', "photo.webp", 'type="checkbox"', "<dl>",
        'class="dt-updated"', 'rel="me"', "data-place=\"youtube.com\"", 'data-place=""', "<audio", "<figcaption", "srcset",
        "covers/site.png", "covers/kofi-mensah/",
    ):  # fmt: skip
        assert any(sign in page for page in pages), sign


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the demo is served."""
    with served(demo / "served") as found:
        yield found


@pytest.mark.parametrize("name", ["served", "arabic"])
@pytest.mark.parametrize("scripts", [True, False])
def test_no_kind_of_page_is_too_wide_or_jumps_or_reaches_out(
    browser: Any, demo: Path, name: str, scripts: bool
) -> None:
    pages = a_few_of_each_kind(demo / "cache" / name)
    assert len(pages) > 15
    assert "/search/" in pages
    assert faults_seen(browser, demo / name, pages, scripts=scripts) == []


@pytest.mark.long
@pytest.mark.parametrize("name", ["served", "arabic"])
def test_axe_finds_nothing_wrong(browser: Any, demo: Path, name: str) -> None:
    assert faults_of_access(browser, demo / name, a_few_of_each_kind(demo / "cache" / name)) == []


def test_every_kind_of_page_is_light(demo: Path) -> None:
    assert faults_of_weight(demo / "served", a_few_of_each_kind(demo / "cache/served")) == []


def test_a_page_works_without_a_mouse_and_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/blogs/oyvind-aasen/what-the-winch-said/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.bounding_box()["y"] >= 0, "the way to the content shows itself when it has the focus"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/blogs/oyvind-aasen/")
    assert page.locator("h1").inner_text() == "Øyvind Aasen"
    context.close()


def test_a_site_in_arabic_is_mirrored(browser: Any, demo: Path) -> None:
    with served(demo / "arabic") as address, watched_page(browser, address) as page:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{address}/blogs/kofi-mensah/")
        name, switch = page.locator(".masthead-name").bounding_box(), page.locator(".scheme-switch").bounding_box()
        assert name["x"] > switch["x"] + 600, "the site's name stands at the right, where a line begins"
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign") in ("start", "right")
        page.goto(f"{address}/blogs/")
        letter, first = page.locator("main h2").first.bounding_box(), page.locator("main h2 ~ * a").first.bounding_box()
        assert letter["x"] > first["x"], "a letter stands in the right margin"


def test_a_right_to_left_post_is_set_from_the_right(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/blogs/yael-baron/arbaim-turbinot/")
    assert page.evaluate("getComputedStyle(document.querySelector('.prose')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).direction") == "ltr"
    page.close()
