"""How readers follow: pages lead to their feeds, in every format, and a feed that is opened in a browser can be read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import served
from tests.building import ROOT, SmallSite

sys.path.insert(0, str(ROOT / "tools"))


def _alternates(page: str) -> list[tuple[str, str]]:
    return re.findall(
        r'<link rel="alternate" type="(application/[^"]+)" title="[^"]*" href="https://test.example/([^"]+)"', page
    )


def test_a_page_names_its_feeds_in_every_format(site: SmallSite) -> None:
    site.post("ada/x.md", topics="[tides]")
    site.build()
    types = ("application/atom+xml", "application/rss+xml", "application/feed+json")
    own = [(kind, f"feed.{form}") for kind, form in zip(types, ("atom", "rss", "json"), strict=True)]
    assert _alternates(site.page("index.html")) == own
    for page, folder in (
        ("blogs/ada/", "blogs/ada/"),
        ("blogs/ada/x/", "blogs/ada/"),
        ("topics/tides/", "topics/tides/"),
    ):
        assert _alternates(site.page(f"{page}index.html")) == [*own, *((kind, folder + name) for kind, name in own)]
    site.settings["BYLINES_FEED_FORMATS"] = ["json", "atom"]
    site.build()
    assert _alternates(site.page("index.html")) == [own[0], own[2]]
    assert "feed.rss" not in site.page("subscribe/index.html") + site.page("blogs/ada/index.html")


def test_the_page_that_says_how_to_follow_changes_with_nothing_that_is_written(site: SmallSite) -> None:
    site.build()
    assert "https://test.example/feed.rss</code>" in site.page("subscribe/index.html")
    site.post("ada/x.md", topics="[tides]")
    site.person("grace", "Grace Hopper")
    changed = site.build().changed
    assert "feed.rss" in changed
    assert "subscribe/index.html" not in changed


def test_texts_can_link_to_feeds(site: SmallSite) -> None:
    site.settings.update(BYLINES_FEED_SIZE=1, BYLINES_FEED_ARCHIVES=["site", "blogs"])
    site.post("ada/y.md", date="2026-01-01")
    links = ("/feed.atom", "/feed.rss", "/feed.json", "/feed/1.atom", "/blogs.opml", "/subscribe/", "/blogs/ada/feed.rss",
             "/blogs/ada/feed.json", "/blogs/ada/feed/1.atom")  # fmt: skip
    site.post(
        "ada/x.md", " ".join(f"[f]({link})" for link in links) + " [g](/blogs/grace/feed.rss)\n", topics="[tides]"
    )
    problems = site.problems()
    assert len(problems) == 1
    assert "/blogs/grace/feed.rss" in problems[0]
    for link in links:
        assert f'href="https://test.example{link}"' in site.page("blogs/ada/x/index.html")


def test_feeds_keep_their_rules_and_what_breaks_them_is_said(site: SmallSite) -> None:
    from bylines.verifying.pages import check

    site.settings.update(BYLINES_FEED_SIZE=2, BYLINES_FEED_ARCHIVES=["site", "blogs"])
    site.settings["BYLINES_FEED_ARCHIVE_FORMATS"] = ["atom", "rss", "json"]
    for day in range(1, 6):
        site.post(f"ada/x{day}.md", topics="[tides]", date=f"2026-01-0{day}", summary="In short")
    site.person("grace", "Grace Hopper")
    site.build()
    assert check(site.folder / "output") == []
    for path, old, new, said in (
        ("feed.atom", "<updated>2026-01-05T", "<updated>2026-01-05 ", "is no moment"),
        ("feed/1.atom", "<fh:archive ", "<fh:complete ", "an archive without its feed"),
        ("feed/2.atom", "/feed/1.atom", "/feed/0.atom", "leads nowhere"),
        ("blogs/ada/feed.rss", 'isPermaLink="false"', "", "a guid that is no address"),
        ("blogs/ada/feed/1.rss", "/blogs/ada/feed/1.rss", "/feed/1.rss", "it says that it is"),
        ("feed.json", '"date_published":"', '"date_published":"x', "is no moment"),
        ("feed.json", '"url":"https://test.example', '"url":"', "is not absolute"),
        ("topics/tides/feed.json", '"items"', '"entries"', "no items"),
        ("feed/2.json", "feed/1.json", "feed/2.json", "it leads to itself"),
        ("blogs/grace/feed.atom", "<author>", "<contributor>", "is not well-formed"),
        ("blogs.opml", "/blogs/grace/feed.atom", "/blogs/ada/feed.atom", "stands 2 times"),
    ):
        file = site.folder / "output" / path
        text = file.read_text()
        assert old in text, path
        file.write_text(text.replace(old, new, 1))
        found = check(site.folder / "output")
        assert found, path
        assert all(fault.startswith(f"{path}: ") for fault in found)
        assert any(said in fault for fault in found), (said, found)
        file.write_text(text)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site is served that has something to follow."""
    site = SmallSite(Path(tmp_path_factory.mktemp("follow")), SITEURL="", SITENAME="Test & Sons")
    site.person("ada", "Ada Lovelace")
    site.post("ada/x.md", "The *whole* text.\n", title="Of the engine", summary="In short", topics="[tides]")
    site.post("ada/y.md", "Nothing else.\n", title="W" * 400, date="2026-01-01")
    site.build()
    with served(site.folder / "output") as found:
        yield found


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_that_is_opened_in_a_browser_can_be_read(browser: Any, address: str, form: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/blogs/ada/feed.{form}")
    shown = page.evaluate("document.documentElement.innerText ?? (() => { const s = getSelection(); s.selectAllChildren("
                          "document.documentElement); return s.toString() })()")  # fmt: skip
    if form == "atom":  # whose links hold no text
        link = "getComputedStyle(document.querySelector('entry > link'), '::after').content"
        shown += page.evaluate(link)
    for text in ("Ada Lovelace", "Of the engine", "In short", "/blogs/ada/x/"):
        assert text in shown, text
    for text in ("whole", "tag:bylines", "Bylines", "2026"):
        assert text not in shown, text
    style = "getComputedStyle(document.documentElement, {}).{}"
    assert "This is a feed." in page.evaluate(style.format('"::before"', "content"))
    assert page.evaluate(style.format("null", "backgroundColor")) == "rgb(23, 22, 20)"
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_a_blog_shows_the_addresses_to_copy_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/blogs/ada/")
    copied = page.get_by_role("link", name="/blogs/ada/feed.atom", exact=True)
    assert not copied.is_visible()
    page.locator(".ways > summary").press("Enter")
    assert copied.is_visible()
    page.locator(".ways").get_by_role("link", name="How to follow").click()
    assert page.get_by_role("heading", level=1).inner_text() == "How to follow"
    context.close()
