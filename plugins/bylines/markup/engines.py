"""Text to HTML by one of the engines. What they give is not safe yet."""

from __future__ import annotations

import functools
import html
import re
from typing import Any

import comrak
import msgspec

from bylines.markup import dollars, restructured
from bylines.markup.options import MarkupOptions

_EXTENSIONS = (
    "strikethrough table autolink tasklist footnotes description_lists alerts math_dollars math_code "
    "cjk_friendly_emphasis"
).split()
# Nobody nests deeper on purpose, and the time that a sanitiser takes grows with the square of the depth.
_DEEPEST = 100
_MANY = 200
_MOST_CELLS = 100_000
_OF_DELIMITERS = " \t>|:*+-"
# A parser opens these again in each block that begins before they end (HTML, 'the adoption agency').
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_MOST_FORMATTING = 12
_NESTED = re.compile(rf"^(?:[ \t]*(?:>|[-*+]|\d{{1,9}}[.)])){{{_DEEPEST}}}", re.M)
_OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr p li td th tr dt dd".split())


def engine_html(source: str, kind: str, options: MarkupOptions) -> tuple[str, bool]:
    """The HTML of a text of a kind ('md' or 'rst'); and whether it is nested too deeply (or too wide), so that it stands as it is."""
    if not (_could_nest(source) and _NESTED.search(source)) and not _has_too_many_cells(source):
        made = _made(source, kind, options)
        if made is not None and not _is_too_deep(made):
            return made, False
    return f"<pre>{html.escape(source)}</pre>", True


def _could_nest(source: str) -> bool:
    """Whether there are signs enough for so many blocks within blocks: nearly never, and quickly said."""
    data = source.encode()
    return len(data) - len(data.translate(None, b">-*+.)")) >= _DEEPEST


def _has_too_many_cells(source: str) -> bool:
    """Whether tables would be filled up to far more cells than were written: each row gets as many as its head has."""
    if source.count("|") < _MANY:
        return False
    lines = source.split("\n")
    cells = 0
    columns = 0  # of the table that the line may be a row of
    for line in lines:
        if "|" in line and not line.strip(_OF_DELIMITERS):
            columns = max(columns, line.count("|") + 1)
        elif not line.strip():
            columns = 0
        cells += columns
    return cells > _MOST_CELLS and cells > 4 * source.count("|")


def _made(source: str, kind: str, options: MarkupOptions) -> str | None:
    """The HTML; None where the engine dies of the text."""
    if kind == "rst":
        return restructured.made(source, options.docutils)
    if options.engine == "pelican":
        return _python_markdown(source, options.markdown)
    return _comrak(source)


def _comrak(source: str) -> str:
    source, sign = dollars.hidden(source) if "$" in source else (source, "")
    extensions, render = _comrak_options()
    found: str = comrak.render_markdown(source, extension_options=extensions, render_options=render)
    return dollars.shown(found, sign) if sign else found


def _is_too_deep(made: str) -> bool:
    if made.count("<") < _MANY:
        return False
    depth = formatted = 0
    for closing, name in _OPENED.findall(made):
        step = -1 if closing else 1
        if name.lower() in _FORMATTING:
            formatted += step
        elif name.lower() not in _VOID:
            depth += step
        if depth > _DEEPEST or formatted > _MOST_FORMATTING:
            return True
    return False


@functools.cache
def _comrak_options() -> tuple[Any, Any]:
    extensions = comrak.ExtensionOptions()
    for name in _EXTENSIONS:
        setattr(extensions, name, True)
    render = comrak.RenderOptions()
    render.unsafe_ = True  # raw HTML is for the policy to judge
    render.full_info_string = True
    return extensions, render


def _python_markdown(source: str, settings: str) -> str | None:
    import markdown

    given: dict[str, Any] = msgspec.json.decode(settings)
    names = sorted({*given.get("extensions", ()), *given.get("extension_configs", {})})
    converter = markdown.Markdown(
        extensions=names,
        extension_configs=given.get("extension_configs", {}),
        output_format=given.get("output_format", "html5"),
    )
    try:
        return converter.convert(source)
    except RecursionError:
        return None
