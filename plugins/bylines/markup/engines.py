"""Text to HTML by one of the engines. What they give is not safe yet."""

from __future__ import annotations

import functools
import html
import re
from typing import Any

import comrak
import msgspec

from bylines.markup import dollars, fences, open_blocks, restructured, schemes, written
from bylines.markup.angles import Angles, ConstantMessages
from bylines.markup.elements import ALERTS
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
# comrak takes the square of these. (Lists cost it nothing, and often they are rules, or code.)
_NESTED = re.compile(r"^[ \t]*+(?:>[ \t]*+){400}", re.M)
_NESTED_IN_CODE = re.compile(r"^[ \t]*+(?:>[ \t]*+){5000}", re.M)
_LIKE_HTML = re.compile(r"<(?!https?:|mailto:)[a-zA-Z/!?]")
_CLOSE_ALERT = re.compile(rf"^( {{0,3}}>)(?=\[!(?:{'|'.join(ALERTS)})\])", re.M | re.I)
# How much longer HTML may be than its source before it is looked at; nothing but quotes within quotes makes more.
_MOST_GROWTH = 20
_OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr p li td th tr dt dd".split())


def engine_html(
    source: str, kind: str, options: MarkupOptions, said: list[ConstantMessages] | None = None
) -> tuple[str, bool]:
    """The HTML of a text of a kind ('md' or 'rst'); and whether it is nested too deeply (or too wide), so that it stands as it is.

    `said` takes what became of the HTML that the writer wrote.
    """
    if not _nests(source) and not _has_too_many_cells(source):
        made = _made(source, kind, options, [] if said is None else said)
        if made is not None and not _is_too_deep(made):
            return made, False
    return f"<pre>{html.escape(source)}</pre>", True


def _nests(source: str) -> bool:
    """Whether there are more quotes within quotes than anybody writes on purpose. In code, nothing nests."""
    if source.count(">") < _MANY or not _NESTED.search(source):
        return False
    if _NESTED_IN_CODE.search(source):
        return True
    return _NESTED.search(fences.replaced(source, lambda code: "\n" * code.count("\n"))) is not None


def _has_too_many_cells(source: str) -> bool:
    """Whether tables would be filled up to far more cells than were written: each row gets as many as its head has."""
    if source.count("|") < _MANY:
        return False
    lines = source.split("\n")
    cells = 0
    columns = above = 0  # of the table that the line may be a row of; bars of the line above
    for line in lines:
        bars = line.count("|")
        if bars and above >= bars - 2 and "-" in line and not line.strip(_OF_DELIMITERS):
            columns = max(columns, bars + 1)
        elif not line.strip():
            columns = 0
        cells += columns
        above = bars
    return cells > _MOST_CELLS and cells > 4 * source.count("|")


def _made(source: str, kind: str, options: MarkupOptions, said: list[ConstantMessages]) -> str | None:
    """The HTML; None where the engine dies of the text."""
    if kind == "rst":
        return restructured.made(source, options.docutils)
    if _LIKE_HTML.search(source) is None:
        made = _engine(source, options)
        return made and schemes.without_odd(made, source, said)
    source = open_blocks.as_text(source, said)
    made = _engine(source, options)
    if made is None or len(made) > _MOST_GROWTH * (len(source) + 10_000):
        return None
    own = _own_tags(source, made, options)
    if own:
        angles = Angles(made, own)
        made = angles.treated()
        said += angles.said
    return schemes.without_odd(made, source, said)


def _engine(source: str, options: MarkupOptions) -> str | None:
    if options.engine == "pelican":
        return _python_markdown(source, options.markdown)
    return _comrak(source)


def _comrak(source: str, *, escaping: bool = False) -> str:
    """The HTML by comrak; with the writer's own HTML as text where that is asked for."""
    source = _with_spaced_alerts(source) if ">[!" in source else source
    source, sign = dollars.hidden(source) if "$" in source else (source, "")
    extensions, render, escape = _comrak_options()
    render = escape if escaping else render
    found: str = comrak.render_markdown(source, extension_options=extensions, render_options=render)
    return dollars.shown(found, sign) if sign else found


def _with_spaced_alerts(source: str) -> str:
    """The text with a space in `>[!NOTE]`, without which the engine takes no alert for one, as git hosts do."""
    pieces = fences.pieces(source)
    return "".join(piece if is_code else _CLOSE_ALERT.sub(r"\1 ", piece) for piece, is_code in pieces)


def _own_tags(source: str, made: str, options: MarkupOptions) -> frozenset[int]:
    """Where each `<` of the output stands that the writer wrote."""
    if options.engine == "pelican":
        return written.tags_of(source, made)
    if written.is_text(source, made):
        return frozenset()
    own = written.own_tags(made, _comrak(source, escaping=True))
    return written.tags_of(source, made) if own is None else own


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
    """Extensions; how HTML is rendered; and how it is with the writer's own HTML as text."""
    extensions = comrak.ExtensionOptions()
    for name in _EXTENSIONS:
        setattr(extensions, name, True)
    render, escaping = comrak.RenderOptions(), comrak.RenderOptions()
    for options in (render, escaping):
        options.unsafe_ = True  # raw HTML is for the policy to judge
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
