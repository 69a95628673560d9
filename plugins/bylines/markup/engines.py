"""Turns text into HTML with one of the engines. The result is not safe yet."""

from __future__ import annotations

import functools
import html
import re
from typing import Any

import comrak
import msgspec

from bylines.markup import dollars, fences, open_blocks, restructured, tag_origin, url_schemes
from bylines.markup.elements import ALERTS
from bylines.markup.options import MarkupOptions
from bylines.markup.raw_html import HtmlFinding, RawHtml

_EXTENSIONS = (
    "strikethrough table autolink tasklist footnotes description_lists alerts math_dollars math_code "
    "cjk_friendly_emphasis"
).split()
# Nobody nests deeper on purpose, and the time of a sanitiser grows with the square of the depth.
_DEEPEST = 100
_MANY = 200
_MOST_CELLS = 100_000
_OF_DELIMITERS = " \t>|:*+-"
# A parser opens these again in each block that begins before they end (HTML, 'the adoption agency').
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_MOST_FORMATTING = 12
# comrak's time grows with the square of nested quotes. (Nested lists are cheap, and often are rules or code instead.)
_NESTED = re.compile(r"^[ \t]*+(?:>[ \t]*+){400}", re.M)
_NESTED_IN_CODE = re.compile(r"^[ \t]*+(?:>[ \t]*+){5000}", re.M)
_LIKE_HTML = re.compile(r"<(?!https?:|mailto:)[a-zA-Z/!?]")
_CLOSE_ALERT = re.compile(rf"^( {{0,3}}>)(?=\[!(?:{'|'.join(ALERTS)})\])", re.M | re.I)
# How many times longer than its source HTML may be. Only quotes within quotes make it longer.
_MOST_GROWTH = 20
_OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr p li td th tr dt dd".split())


def engine_html(
    source: str, kind: str, options: MarkupOptions, findings: list[HtmlFinding] | None = None
) -> tuple[str, bool]:
    """Return the HTML of a text, and whether it is nested too deeply or has too many cells. Such a text is shown as written.

    `kind` is 'md' or 'rst'. What was done with the writer's own HTML is appended to `findings`.
    """
    if not _nests_too_deep(source) and not _has_too_many_cells(source):
        made = _render(source, kind, options, [] if findings is None else findings)
        if made is not None and not _is_too_deep(made):
            return made, False
    return f"<pre>{html.escape(source)}</pre>", True


def _nests_too_deep(source: str) -> bool:
    """Return whether quotes are nested deeper than anybody does on purpose. Code does not count."""
    if source.count(">") < _MANY or not _NESTED.search(source):
        return False
    if _NESTED_IN_CODE.search(source):
        return True
    return _NESTED.search(fences.replace_code(source, lambda code: "\n" * code.count("\n"))) is not None


def _has_too_many_cells(source: str) -> bool:
    """Return whether tables would get far more cells than were written, since each row is filled up to the width of the head."""
    if source.count("|") < _MANY:
        return False
    lines = source.split("\n")
    cells = 0
    columns = above = 0  # columns of the table that the line may belong to; bars in the line above
    for line in lines:
        bars = line.count("|")
        if bars and above >= bars - 2 and "-" in line and not line.strip(_OF_DELIMITERS):
            columns = max(columns, bars + 1)
        elif not line.strip():
            columns = 0
        cells += columns
        above = bars
    return cells > _MOST_CELLS and cells > 4 * source.count("|")


def _render(source: str, kind: str, options: MarkupOptions, findings: list[HtmlFinding]) -> str | None:
    """Return the HTML of a text; None if the engine fails on it."""
    if kind == "rst":
        return restructured.to_html(source, options.docutils)
    if _LIKE_HTML.search(source) is None:
        made = _render_markdown(source, options)
        return made and url_schemes.check_schemes(made, source, findings)
    source = open_blocks.escape_unclosed(source, findings)
    made = _render_markdown(source, options)
    if made is None or len(made) > _MOST_GROWTH * (len(source) + 10_000):
        return None
    own = _own_tags(source, made, options)
    if own:
        raw = RawHtml(made, own)
        made = raw.run()
        findings += raw.findings
    return url_schemes.check_schemes(made, source, findings)


def _render_markdown(source: str, options: MarkupOptions) -> str | None:
    if options.engine == "pelican":
        return _python_markdown(source, options.markdown)
    return _comrak(source)


def _comrak(source: str, *, escaping: bool = False) -> str:
    """Return the HTML by comrak. `escaping` shows the writer's own HTML as text."""
    source = _with_spaced_alerts(source) if ">[!" in source else source
    source, sign = dollars.hide(source) if "$" in source else (source, "")
    extensions, render, escape = _comrak_options()
    render = escape if escaping else render
    found: str = comrak.render_markdown(source, extension_options=extensions, render_options=render)
    return dollars.restore(found, sign) if sign else found


def _with_spaced_alerts(source: str) -> str:
    """Return the text with a space in `>[!NOTE]`. Git hosts need none, but the engine does."""
    pieces = fences.pieces(source)
    return "".join(piece if is_code else _CLOSE_ALERT.sub(r"\1 ", piece) for piece, is_code in pieces)


def _own_tags(source: str, made: str, options: MarkupOptions) -> frozenset[int]:
    """Return the offsets of each `<` in the output that the writer wrote."""
    if options.engine == "pelican":
        return tag_origin.guess_own_tags(source, made)
    if tag_origin.is_all_text(source, made):
        return frozenset()
    own = tag_origin.own_tags(made, _comrak(source, escaping=True))
    return tag_origin.guess_own_tags(source, made) if own is None else own


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
def _comrak_options() -> tuple[Any, Any, Any]:
    """Return the extensions, the render options, and the render options that show the writer's HTML as text."""
    extensions = comrak.ExtensionOptions()
    for name in _EXTENSIONS:
        setattr(extensions, name, True)
    render, escaping = comrak.RenderOptions(), comrak.RenderOptions()
    for options in (render, escaping):
        options.unsafe_ = True  # the policy decides about raw HTML
    escaping.escape = True
    return extensions, render, escaping


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
