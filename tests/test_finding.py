"""The finder in a real browser: keys, accents, nothing found, late answers, typing by a method of input, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright import sync_api

from bylines.features.finder import fold
from tests.browsing import served, watched_page
from tests.building import SmallSite
from tests.looking import AXE
from tests.test_finder import FOLDED


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site in a sub-folder of a host, with relative addresses."""
    site = SmallSite(tmp_path_factory.mktemp("found"), SITEURL="", RELATIVE_URLS=True)
    site.person("ada", "Ada Lovelace", team="Engines")
    site.person("zoe", "Zoë Lee", team="Boats", left="2020-01-01")
    site.person("li", "李文静", reading="Li Wenjing")
    site.person("m", "Jörg Müller")
    site.person("kim", "Kim Zoeller")
    site.build(output="host/sub")
    with served(site.folder / "host") as root:
        yield f"{root}/sub"


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    with watched_page(browser, address) as found:
        found.goto(f"{address}/blogs/")
        found.wait_for_selector("[role=combobox]")
        yield found


def wait_until_said(page: Any, text: re.Pattern[str]) -> None:
    """Asks from outside, since the pages' policy lets nothing be evaluated in them."""
    sync_api.expect(page.locator(".finder [role=status]")).to_have_text(text, use_inner_text=False)


def names(page: Any, query: str) -> list[str]:
    page.fill("[role=combobox]", "")
    wait_until_said(page, re.compile("^$"))
    page.fill("[role=combobox]", query)
    wait_until_said(page, re.compile("."))
    return [text for text in page.locator("[role=option] .finder-name").all_inner_texts() if text]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zoe", ["Zoë Lee", "Kim Zoeller"]),
        ("lovel", ["Ada Lovelace"]),
        ("muller", ["Jörg Müller"]),
        ("Mueller", ["Jörg Müller"]),
        ("engin", ["Ada Lovelace"]),
        ("wenjing", ["李文静"]),
        ("文静", ["李文静"]),
        ("love ad", ["Ada Lovelace"]),
        ("@m", ["Jörg Müller"]),
        ("nobody", []),
    ],
)
def test_people_are_found_by_any_word(page: Any, query: str, found: list[str]) -> None:
    assert names(page, query) == found


def test_the_number_of_people_is_said(page: Any) -> None:
    names(page, "zo")
    assert page.inner_text("[role=status]") == "2 people found."
    assert "alumni" in page.inner_text("[role=option]:first-child")
    names(page, "xyz")
    assert "Nobody" in page.inner_text("[role=status]")


def test_keys_walk_choose_close_and_clear(page: Any) -> None:
    page.keyboard.press("/")
    field = page.locator("[role=combobox]")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "combobox"
    names(page, "zo")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    first = field.get_attribute("aria-activedescendant")
    page.keyboard.press("End")
    assert field.get_attribute("aria-activedescendant") != first
    page.keyboard.press("Home")
    assert field.get_attribute("aria-activedescendant") == first
    assert page.locator("[aria-selected=true]").count() == 1
    page.keyboard.press("Escape")
    assert (field.get_attribute("aria-expanded"), field.input_value()) == ("false", "zo")
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    names(page, "zo")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sub/blogs/zoe/")


def test_a_late_answer_is_dropped(page: Any) -> None:
    held: list[Any] = []
    page.route("**/find/-.json", lambda route: held.append(route))
    page.type("[role=combobox]", "ada", delay=5)
    page.wait_for_timeout(150)
    page.fill("[role=combobox]", "jorg")
    page.wait_for_timeout(150)
    for route in held:
        route.continue_()
    page.wait_for_selector("[role=option]")
    assert page.locator("[role=option] .finder-name").all_inner_texts() == ["Jörg Müller"]


def test_nothing_is_asked_while_characters_are_composed(page: Any) -> None:
    page.focus("[role=combobox]")
    page.dispatch_event("[role=combobox]", "compositionstart")
    page.fill("[role=combobox]", "zo")
    page.wait_for_timeout(200)
    assert page.locator("[role=option]").count() == 0
    page.dispatch_event("[role=combobox]", "compositionend")
    page.wait_for_selector("[role=option]")


def test_both_sides_fold_alike(page: Any) -> None:
    """Of the table, and of every letter that a European name may have."""
    texts = [*FOLDED, *(f"x{chr(code)}y" for code in (*range(0x21, 0x530), *range(0x1E00, 0x2000)))]
    script = "async (texts) => { const {words} = await import('../theme/js/fold.js'); return texts.map(t => words(t).join(' ')); }"
    theirs = page.evaluate(script, texts)
    ours = [" ".join(fold.words(text)) for text in texts]
    assert [pair for pair in zip(texts, ours, theirs, strict=True) if pair[1] != pair[2]] == []


def test_without_scripts_a_link_leads_to_the_letters(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    assert page.locator("[role=combobox]").count() == 0
    page.click(".finder a")
    page.wait_for_url("**/sub/blogs/")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_the_open_list(page: Any, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe is not here")
    page.emulate_media(color_scheme=scheme)
    names(page, "zo")
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run(document)).violations.map(v => v.id + ' ' + v.nodes[0].html)")
    assert found == []
