"""Wide things on a telephone and on paper: nothing makes the page wider, and nothing that is folded away is missing in print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import opened_browser, served
from tests.building import SmallSite
from tests.drawing import picture

_WORD = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 4
_NAMES = "a_very_long_name_of_a_function(argument_number_one, argument_number_two, argument_number_three, argument_number_four)"
_BODY = rf"""
A long formula $\sum_{{i=0}}^{{n}} \frac{{a_i + b_i + c_i}}{{\sqrt{{x_i^2+y_i^2}}}} + \int_0^\infty f(t)\,dt + \alpha + \beta = h$ on.

$$x = a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u + v + w \tag{{1}}$$

{_WORD} https://example.org/{_WORD} `{_WORD}` **{_WORD}** [{_WORD}](/x/)

| {" | ".join(f"a_column_{n}" for n in range(12))} |
|{"---|" * 12}
| {" | ".join(f"`value_{n}`" for n in range(12))} |

- A list

  ```python
  {_NAMES}
  ```

  > ```
  > {_NAMES}
  > ```

> | {" | ".join(f"a_column_{n}" for n in range(12))} |
> |{"---|" * 12}

<details>
<summary>Folded</summary>

What is folded away, `{_NAMES}`.

</details>

![Wide](wide.jpg)

<img src="wide.jpg" align="right" width="300" alt="beside"> Beside it. <kbd>{_WORD}</kbd>
"""
_OVER = """() => [...document.querySelectorAll('main *')].filter(
  each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('math')).map(each => each.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("wide")
    site = SmallSite(folder, SITEURL="", RELATIVE_URLS=True)
    site.person("ada")
    site.write("content/blogs/ada/x/wide.jpg", picture(2_000, 400))
    site.post("ada/x/index.md", _BODY)
    site.post("ada/rtl.md", _BODY.replace("wide.jpg", "x/wide.jpg"), lang="ar")
    site.build()
    with served(folder / "output") as found:
        yield found


@pytest.mark.parametrize("path", ["/blogs/ada/x/", "/blogs/ada/rtl/"])
@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_makes_a_page_wider(browser: Any, address: str, path: str, width: int, scripts: bool) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_a_long_formula_can_be_pushed_sideways(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{address}/blogs/ada/x/")
    inner, outer = page.evaluate("(each => [each.scrollWidth, each.clientWidth])(document.querySelector('.m-long'))")
    assert inner > outer
    assert outer <= 360
    page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_all_is_open_and_fits(browser: Any, address: str, scripts: bool) -> None:
    page = browser.new_page(viewport={"width": 673, "height": 900}, java_script_enabled=scripts)
    page.goto(f"{address}/blogs/ada/x/")
    page.emulate_media(media="print")
    page.wait_for_function("getComputedStyle(document.querySelector('.masthead nav')).display === 'none'")
    assert page.evaluate("document.querySelector('details p').getBoundingClientRect().height") > 0
    assert page.evaluate(_OVER) == []
    page.close()
