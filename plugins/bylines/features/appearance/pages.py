"""The style sheets that the site reads, and the one page made from them."""

from __future__ import annotations

from collections.abc import Iterable

from bylines.engine.context import BuildContext, Invalidations
from bylines.engine.feature import PageInputs
from bylines.engine.read import ReadOptions
from bylines.engine.weave.changes import Changes
from bylines.features.appearance.colour import palette
from bylines.features.appearance.facts import STYLE
from bylines.features.appearance.records import StyleSheet
from bylines.features.appearance.settings import ACCENT
from bylines.features.appearance.style import StyleInputs
from bylines.records import Reading

COMPANY = "content/style.css"
"""The company's own rules. They come last."""


def is_style(name: str) -> bool:
    """Return whether a source is a part of the style sheet: the company's own, or one of the theme's in `css/site/`."""
    root, _, rest = name.partition("/")
    return name == COMPANY or (root == "theme" and rest.endswith(".css") and "/css/site/" in rest)


def read_style(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Return the record of a style sheet, with its text unchanged."""
    text = data.decode("utf-8-sig", errors="replace")
    return Reading(StyleSheet(text=text.replace("\r\n", "\n")))


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Invalidates STYLE for each sheet that changed."""
    dirty.add(STYLE, *(change.name for change in changes.of(StyleSheet)))


def keys(build: BuildContext) -> Iterable[str]:
    """Return the one key: there is a single style sheet."""
    return ("style",)


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the page if any sheet changed."""
    return keys(build) if dirty.any(STYLE) else ()


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of the style sheet, with all sheets; None if the theme has no `css/site/` and brings its own."""
    themes = build.store.column("SELECT name FROM source WHERE name > 'theme/' AND name < 'theme0' ORDER BY name")
    own = list(filter(is_style, themes))
    if not own:
        return None
    names = [*own, COMPANY]
    sheets = tuple(record.text for name in names if (record := build.record(name)))
    light, dark = palette(accent(build))
    return PageInputs(path=f"{build.site.theme_static}/css/site.css", view=StyleInputs(light, dark, sheets))


def accent(build: BuildContext) -> str:
    """Return the accent colour, from the setting BYLINES_ACCENT."""
    return build.site.of(ACCENT)
