"""Which style sheets there are, and the page that they become."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.changes import Changes
from bylines.engine.feature import Draft
from bylines.engine.loom import Loom, Touched
from bylines.engine.read import ReadOptions
from bylines.features.look.colour import palette
from bylines.features.look.facts import STYLE
from bylines.features.look.settings import ACCENT
from bylines.features.look.style import StyleInputs
from bylines.records import Reading, StyleSheet

COMPANY = "content/style.css"
"""The company's own rules, which come last."""


def is_style(name: str) -> bool:
    """Whether a source is a part of the style sheet: of the theme's, those in `css/site/`."""
    root, _, rest = name.partition("/")
    return name == COMPANY or (root == "theme" and rest.endswith(".css") and "/css/site/" in rest)


def read_style(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A sheet as it was written."""
    text = data.decode("utf-8-sig", errors="replace")
    return Reading(StyleSheet(text=text.replace("\r\n", "\n")))


def weave(loom: Loom, changes: Changes, touched: Touched) -> None:
    """Notes sheets that changed."""
    touched.add(STYLE, *(change.name for change in changes.of(StyleSheet)))


def keys(loom: Loom) -> Iterable[str]:
    """There is one."""
    return ("style",)


def reach(loom: Loom, touched: Touched) -> Iterable[str]:
    """Any sheet."""
    return keys(loom) if touched.any(STYLE) else ()


def draft(loom: Loom, key: str) -> Draft | None:
    """All sheets in one; None where the theme has none of them, but goes its own way."""
    themes = loom.store.column("SELECT name FROM source WHERE name > 'theme/' AND name < 'theme0' ORDER BY name")
    own = list(filter(is_style, themes))
    if not own:
        return None
    names = [*own, COMPANY]
    sheets = tuple(record.text for name in names if (record := loom.record(name)))
    light, dark = palette(accent(loom))
    return Draft(path=f"{loom.site.theme_static}/css/site.css", view=StyleInputs(light, dark, sheets))


def accent(loom: Loom) -> str:
    """The setting BYLINES_ACCENT."""
    return loom.site.of(ACCENT)
