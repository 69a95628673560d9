"""Search in a real browser: typing, keys, filters, people first, languages, what is marked, the address; and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright import sync_api

from bylines.features.search import shards
from tests.browsing import served, watched_page
from tests.building import SmallSite
from tests.looking import AXE

_TIDE = "The tide turns twice a day, and <b> &amp; `code` stay as they are.\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site in a sub-folder of a host, with relative addresses; English posts are in more shards than are asked at once."""
    site = SmallSite(tmp_path_factory.mktemp("searched"), SITEURL="", RELATIVE_URLS=True, BYLINES_SEARCH=True)
    site.person("ada", "Ada Lovelace", team="Engines")
    site.person("zoe", "Zoë Tide", left="2020-01-01")
    for number in range(12):
        site.post(f"ada/t{number}.md", _TIDE, title=f"Number {number}", date="2026-01-02", topics="[Water]")
    for year in range(2015, 2023):
        site.post(f"zoe/y{year}.md", f"Nothing but boats in {year}.\n", title=f"Year {year}", date=f"{year}-05-04")
    site.post("zoe/old.md", "A barnacle, and a tide.\n", title="Long ago", date="2014-05-04", topics="[Boats]")
    site.post("zoe/haus.md", "Die Häuser stehen am Wasser.\n", title="Größe", lang="de")
    site.post("zoe/tokyo.md", "日本語の文章を検索する。\n", title="東京の話", lang="ja")
    site.post("zoe/more.md", "Вятърът и морето.\n", title="Море", lang="bg")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "MOST", 13)
        site.build(output="host/sub")
    with served(site.folder / "host") as root:
        yield f"{root}/sub"


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    with watched_page(browser, address) as found:
        found.goto(f"{address}/search/")
        yield found


def status(page: Any, text: str) -> None:
    """Waits until it is said."""
    sync_api.expect(page.locator(".search-status")).to_have_text(re.compile(text), timeout=20_000)


def titles(page: Any) -> list[str]:
    return list(page.locator(".search-posts h3").all_inner_texts())


def test_results_come_as_one_types_people_first_and_lead_on(page: Any, address: str) -> None:
    page.wait_for_selector(".search-field:focus")
    page.keyboard.type("tides")  # the stem is 'tide'
    status(page, "^Posts found so far: 12")
    assert page.locator(".search-people li").all_inner_texts() == []
    page.fill(".search-field", "tide")
    page.wait_for_selector(".search-people a")
    status(page, "^Posts found so far: 12")
    assert page.locator(".search-people li").all_inner_texts() == ["Zoë Tide alumni"]
    assert page.locator(".search h2:visible").all_inner_texts() == ["People", "Posts"]
    assert len(titles(page)) == 10
    assert page.url.endswith("/search/?q=tide")
    first = page.locator(".search-results li").first
    assert first.locator("mark").all_inner_texts() == ["tide"]
    assert "<b> &" not in first.inner_html()
    sync_api.expect(first.locator("time")).to_have_text("2 January 2026")
    assert first.locator(".p-author").inner_text() == "Ada Lovelace"

    page.click("text=More results")
    sync_api.expect(page.locator(".search-results li")).to_have_count(12)
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('.search-results li')[10]")
    page.click("text=Search the other posts too")  # those of 2021 and before have it once
    sync_api.expect(page.locator(".search-results li")).to_have_count(13)
    assert titles(page)[-1] == "Long ago"

    page.locator(".search-results a").first.click()
    page.wait_for_url("**/sub/blogs/ada/t*/")
    page.go_back()
    status(page, "^Posts found so far: 12")
    assert page.input_value(".search-field") == "tide"


def test_a_rare_word_is_found_however_old_and_one_that_is_nowhere_is_not(page: Any) -> None:
    page.fill(".search-field", "barnacles")
    page.keyboard.press("Enter")
    status(page, "^Posts found so far: 1")
    assert titles(page) == ["Long ago"]
    page.fill(".search-field", "abracadabra")  # 'a' is a word of several posts
    status(page, "^No post has these words")
    assert titles(page) == []
    page.fill(".search-field", "")
    status(page, "^$")


@pytest.mark.parametrize(
    ("query", "title"),
    [("haus", "Größe"), ("grösse", "Größe"), ("文章", "東京の話"), ("東京", "東京の話"), ("морето", "Море")],
)
def test_each_language_is_searched_by_its_own_rules(page: Any, query: str, title: str) -> None:
    page.fill(".search-field", query)
    page.keyboard.press("Enter")
    status(page, "^Posts found")
    assert titles(page) == [title]
    assert page.locator(".search-results h3").get_attribute("lang") in ("de", "ja", "bg")


def test_filters_narrow_and_stand_in_the_address(page: Any, address: str) -> None:
    page.fill(".search-field", "tide")
    status(page, "^Posts found so far: 12")
    page.click("summary")
    assert page.locator("[name=lang] option").all_inner_texts() == ["all", "Bulgarian", "German", "English", "Japanese"]
    assert page.locator("[name=year] option").all_inner_texts()[:3] == ["all", "2026", "2022"]
    sync_api.expect(page.locator("[name=author] option")).to_have_text(["all", "Ada Lovelace (12)"])
    page.select_option("[name=year]", "2014")
    status(page, "^Posts found: 1$")
    assert titles(page) == ["Long ago"]
    assert page.url.endswith("?q=tide&year=2014")
    page.select_option("[name=year]", "")
    page.goto(f"{address}/search/?q=tide&author=zoe&topic=boats")
    status(page, "^Posts found so far: 1")
    assert titles(page) == ["Long ago"]
    assert page.locator("details[open]").count() == 1
    assert page.locator(".search-people:visible").count() == 0
    page.select_option("[name=lang]", "de")
    status(page, "^No post")
    page.go_back()
    status(page, "^Posts found so far: 1")


def test_the_finder_leads_to_search(page: Any, address: str) -> None:
    page.goto(f"{address}/blogs/")
    page.wait_for_selector("[role=combobox]")
    page.keyboard.press("/")
    page.keyboard.type("ti")
    page.wait_for_selector(".finder-posts")
    assert page.locator("[role=option]").all_inner_texts() == ["Zoë Tide\nalumni", "Search all posts for “ti”"]
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sub/search/?q=ti")
    page.goto(f"{address}/blogs/")
    page.fill("[role=combobox]", "barnacle")
    page.wait_for_selector(".finder-posts")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sub/search/?q=barnacle")
    status(page, "^Posts found")


def test_without_scripts_it_says_so_and_leads_elsewhere(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/")
    assert page.is_visible("text=Search needs scripts")
    assert page.locator("form").count() == 0
    page.click("main >> text=All topics")
    page.wait_for_url("**/sub/topics/")
    context.close()


def test_an_index_that_cannot_be_had_is_said(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.route("**/pagefind-worker.js", lambda route: route.abort())
    page.goto(f"{address}/search/?q=tide")
    status(page, "^Search cannot be had now")
    page.unroute("**/pagefind-worker.js")
    page.click(".search-go")
    status(page, "^Posts found")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(page: Any, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe is not here")
    page.emulate_media(color_scheme=scheme)
    page.fill(".search-field", "tide")
    page.click("summary")
    status(page, "^Posts found")
    page.wait_for_selector(".search-results time")
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document)).violations.map(v => v.id + ' ' + v.nodes[0].html)")
    assert found == []
