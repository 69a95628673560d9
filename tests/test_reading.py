"""Reading in a real browser: what scripts add, what is there without them, and texts that try a page's patience."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api

from tests.browsing import served, watched_page
from tests.building import SmallSite
from tests.looking import a_few_of_each_kind, faults_of_weight, faults_seen

_WORD = "Donaudampfschifffahrt" * 19
_TEXT = f"""## First part

```python
print("one")
print("two")
```

A claim[^1]. {_WORD}

| {"column | " * 12}
|{"---|" * 12}
| {"figure | " * 12}

## Second part

$$\\sum_{{i=0}}^n x_i + {"a_{{10}} b_{{20}} + " * 30} c$$

## Third part

`{_WORD}` and https://example.org/{"path/" * 80}

[^1]: The *proof* of it.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site, served."""
    site = SmallSite(tmp_path_factory.mktemp("site"), SITEURL="", BYLINES_REPLY_URL="mailto:a@test.example?body={url}")
    site.person("ada", "Ada Lovelace")
    site.person("silent", "Grace Hopper")
    site.person("long", f"Wolfeschlegel{'steinhausen' * 12}", role=_WORD, team=_WORD)
    site.post("ada/text.md", _TEXT, topics=f"[tides, {_WORD[:60]}]")
    site.post(
        "ada/long.md", title=f"{'A title that does not want to end ' * 8}{_WORD}", topics="[tides]", date="2026-01-03"
    )
    site.post("long/x.md", summary=_WORD)
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWe.\n")
    site.write("content/jams/tea/jam.md", f"---\ntitle: {_WORD}\nopens: 2026-01-01\ncloses: 2030-01-01\n---\n{_WORD}\n")
    site.post("ada/idea.md", title="An idea", date="2026-01-03", jam="tea")
    site.build()
    with served(site.folder / "output") as found:
        yield found


_PAGES = (
    "/", "/blogs/", "/topics/", "/topics/tides/", "/about/", "/404.html", "/blogs/ada/", "/blogs/silent/", "/blogs/long/",
    "/blogs/ada/text/", "/blogs/ada/long/", "/jams/", "/jams/tea/", "/blogs/ada/idea/",
)  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen_whatever_people_write(
    browser: Any, address: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in _PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").is_visible(), path
    assert said == []
    context.close()


def test_code_is_copied_with_a_button_that_says_so(browser: Any, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/blogs/ada/text/")
    button = page.locator(".copy").first
    button.focus()
    page.keyboard.press("Enter")
    sync_api.expect(button).to_have_text("Copied")
    sync_api.expect(page.locator("body > [role=status]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == 'print("one")\nprint("two")\n'
    context.close()


def test_a_headings_link_copies_itself(browser: Any, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/blogs/ada/text/")
    page.wait_for_load_state("networkidle")  # what enhances the headings is loaded by then
    page.locator("#second-part .anchor").click()
    page.wait_for_selector("#second-part .anchor[data-said]")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/blogs/ada/text/#second-part"
    assert page.url.endswith("#second-part")
    context.close()


def test_a_footnote_opens_in_place_and_gives_the_focus_back(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/blogs/ada/text/")
    number = page.locator(".footnote-ref a")
    page.wait_for_selector(".footnote-ref a[aria-expanded=false]")
    number.click()
    assert page.locator(".note-open").inner_text().strip() == "The proof of it."
    assert page.locator(".note-open em").count() == 1
    assert number.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.locator(".note-open").count() == 0
    assert page.evaluate("document.activeElement.matches('.footnote-ref a')")
    assert not page.url.endswith("#fn-1")
    page.close()


def test_without_scripts_a_footnote_leads_to_its_place_and_no_button_is_idle(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/blogs/ada/text/")
    assert page.locator("button:visible").count() == 0
    page.locator(".footnote-ref a").click()
    assert page.url.endswith("#fn-1")
    page.locator(".footnote-backref").click()
    assert page.url.endswith("#fnref-1")
    context.close()


def _paper(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


_LIGHT, _DARK = "rgb(252, 250, 246)", "rgb(22, 19, 16)"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_systems_scheme_holds_until_somebody_chooses(browser: Any, address: str, scripts: bool) -> None:
    for scheme, paper in (("light", _LIGHT), ("dark", _DARK)):
        context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(address)
        assert _paper(page) == paper
        context.close()


def test_the_dark_switch_is_remembered_from_page_to_page(browser: Any, address: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address)
    switch = page.get_by_role("button", name="Dark colours")
    assert switch.get_attribute("aria-pressed") == "false"
    switch.focus()
    page.keyboard.press("Space")
    assert _paper(page) == _DARK
    page.goto(f"{address}/blogs/ada/text/")
    assert _paper(page) == _DARK
    assert switch.get_attribute("aria-pressed") == "true"
    switch.click()
    page.goto(address)
    assert _paper(page) == _LIGHT
    context.close()


def _until(page: Any, condition: str) -> None:
    """Waits until something holds in a page, asked from outside: the page's policy lets nothing be evaluated in it."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def test_a_wide_table_scrolls_in_itself_by_keyboard(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.goto(f"{address}/blogs/ada/text/")
    table = page.locator(".prose .table")
    table.focus()
    page.keyboard.press("ArrowRight")
    _until(page, "document.querySelector('.prose .table').scrollLeft > 0")
    page.close()


def test_print_gives_the_article_and_its_address(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/blogs/ada/text/")
    page.emulate_media(media="print")
    for selector in (".masthead nav", ".copy", ".scheme-switch", ".answer", ".toc", ".ways-on"):
        assert page.locator(f"{selector}:visible").count() == 0, selector
    assert page.locator("h1").is_visible()
    shown = page.evaluate("getComputedStyle(document.querySelector('.post-by .u-url'), '::after').content")
    assert "/blogs/ada/text/" in shown
    page.close()


def test_a_blog_without_posts_says_what_will_come(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/blogs/silent/")
    assert "Grace Hopper has not written yet" in page.locator(".empty").inner_text()
    assert page.locator(".follow").is_visible()
    page.close()


def test_an_attack_that_came_through_would_not_run(browser: Any, address: str) -> None:
    """The policy is the second line: what an injected element asks for is refused."""
    page = browser.new_page()
    page.goto(f"{address}/blogs/ada/text/")
    page.evaluate(
        """() => {
            const script = document.createElement("script"); script.textContent = "window.ran = true"; document.body.append(script)
            const image = new Image(); image.onerror = () => { window.refused = true }; image.src = "https://example.com/x.png"
            document.querySelector("h1").setAttribute("style", "color: rgb(1, 2, 3)")
        }"""
    )
    _until(page, "window.refused")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(1, 2, 3)"
    page.close()


def test_icons_and_manifest_are_taken(browser: Any, address: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(address)
    for selector in (
        "link[rel=icon]",
        "link[rel=apple-touch-icon]",
        "link[rel=manifest]",
        "link[rel=stylesheet]:not([media])",
    ):
        assert page.request.get(address + page.locator(selector).get_attribute("href")).ok, selector
    page.close()


def test_a_blog_of_5000_posts_is_light_and_its_first_post_is_found(
    browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = SmallSite(tmp_path_factory.mktemp("many"), SITEURL="", BYLINES_WORKERS=2, BYLINES_COVERS=False)
    site.person("ada", "Ada Lovelace")
    for number in range(5000):
        year, month, day = 2010 + number // 336, 1 + number % 336 // 28, 1 + number % 28
        site.post(f"ada/n{number}.md", title=f"Number {number}", date=f"{year}-{month:02}-{day:02}", topics="[tides]")
    site.build()
    pages = a_few_of_each_kind(site.folder / "cache")
    assert faults_of_weight(site.folder / "output", pages) == []
    assert faults_seen(browser, site.folder / "output", pages, scripts=True) == []
    with served(site.folder / "output") as address, watched_page(browser, address) as page:
        page.goto(f"{address}/blogs/ada/")
        assert "5,000 posts" in page.locator("main").inner_text()
        page.get_by_role("link", name="2010").first.click()
        sync_api.expect(page.get_by_role("link", name="Number 335", exact=True)).to_be_in_viewport()
        page.get_by_role("link", name="First posts").click()
        page.get_by_role("link", name="Number 0", exact=True).click()
        sync_api.expect(page.locator("h1")).to_have_text("Number 0")
