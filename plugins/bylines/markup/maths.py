"""Converts LaTeX to MathML, at build time."""

from __future__ import annotations

import functools
import re
from typing import Any

import math_core

from bylines.markup import tex

_TAG = re.compile(r'<(/?)([a-z]+)((?: [a-z-]+="[^"<>]*")*)\s*/?>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="')
_LAYOUT = frozenset(("class", "mathcolor", "displaystyle", "scriptlevel"))
_SIGN = _LAYOUT | set(
    "mathvariant stretchy symmetric minsize maxsize lspace rspace form fence separator largeop movablelimits accent".split()
)
_SPACE = _LAYOUT | {"width", "height", "depth", "voffset", "lspace"}
_SCRIPTS = _LAYOUT | {"accent", "accentunder"}
_CELLS = _LAYOUT | {"columnalign", "columnspan", "rowspan"}
_TABLE = _CELLS | {"columnlines", "rowlines", "columnspacing", "rowspacing", "frame", "width"}
_ALLOWED: dict[str, frozenset[str] | set[str]] = {
    **dict.fromkeys(
        ("semantics", "mrow", "msqrt", "mroot", "mstyle", "merror", "mphantom", "none", "mprescripts"), _LAYOUT
    ),
    **dict.fromkeys(("mi", "mn", "mo", "ms", "mtext"), _SIGN),
    **dict.fromkeys(("mspace", "mpadded"), _SPACE),
    **dict.fromkeys(("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"), _SCRIPTS),
    **dict.fromkeys(("mtr", "mtd"), _CELLS),
    **dict.fromkeys(("b", "i", "em", "code"), frozenset[str]()),  # of HTML, within words
    "span": frozenset(("class",)),
    "math": _LAYOUT | {"display"},
    "mfrac": _LAYOUT | {"linethickness"},
    "mtable": _TABLE,
    "menclose": _LAYOUT | {"notation"},
}
# Links and ids in a formula, which are removed.
_REFERENCE = re.compile(r'</?a(?: href="#[^"<>]*")?>|(?<=\w|") id="[^"<>]*"')
# `&= \text{so}`: browsers put no space around an operator between words only.
_BEFORE_WORDS = re.compile(
    r"(<mtd[^>]*>)(?=<mo[^>]*>[^<]*</mo>(?:<mtext>[^<]*</mtext>|<mspace[^>]*>(?:</mspace>)?)+</mtd>)"
)
_STYLE = re.compile(r'( class="[^"]*")? style="([^"]*)"')
# The page's Content-Security-Policy forbids style attributes, so those of the library become classes.
_CLASSES = {
    "width:100%": "m-whole",
    "width:50%": "m-half",
    "text-align:left": "m-left",
    "text-align:right": "m-right",
    "padding-left:0": "m-tight-left",
    "padding-right:0": "m-tight-right",
    "padding-left:1em": "m-wide-left",
    "margin-left:-0.16666667em": "m-back-3",
    "margin-left:-0.22222222em": "m-back-4",
    "margin-left:-0.27777778em": "m-back-5",
    "font-variant-caps:small-caps": "m-small-caps",
    "font-family:sans-serif": "m-sans",
}
_RULE = re.compile(r"border-(top|right|bottom|left):0\.05em (solid|dashed) currentcolor")
_COLOUR = re.compile(r"color:(#[0-9a-f]{6})", re.I)
_COMMAND = re.compile(r'^Unknown command "(.*)"\.?$')
_UNKNOWN = re.compile(r'^Unknown environment "(.*)"\.?$')
_MISPLACED = re.compile(r'^Found "(.*)", which may only appear (.*?)\.?$')
_REASONS = (
    ("Expected argument", "something is missing after a command, ^ or _"),
    ('Expected closing token "}"', "a } is missing"),
    ('Expected closing token "\\right"', "a \\right is missing"),
    ('Expected "\\end', "an \\end is missing"),
    ("Too many expansions", "a command is defined by itself"),
    ("Expected non-special ASCII", "a name, colour or tag has a sign that it cannot have"),
    ("Hard limit", "it is too long"),
)
# MathML Core allows these two attributes everywhere, but HTML validators reject them on these elements.
_FRACTION = re.compile(r'<mfrac displaystyle="(true|false)"')
_SIZES = {"true": "m-normal", "false": "m-compact"}
_TABLE_LEVEL = re.compile(r'(<mtable[^>]*?) scriptlevel="0"')
_KNOWN_ALREADY = "already defined"
_MOST_TRIES = 20
_LONGEST = 5_000


class FormulaError(ValueError):
    """A formula cannot be read. The message is the reason, and `line` (from 0) its place within the formula."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@functools.cache
def _converter() -> Any:
    return math_core.LatexToMathML(macros=tex.MACROS, fancy_error=False)


@functools.lru_cache(maxsize=2_000)
def to_mathml(latex: str, *, display: bool, preamble: str = "") -> str:
    """Return the MathML of a formula. `preamble` has the definitions of earlier ones. Raises FormulaError if it cannot be read."""
    if len(latex) > _LONGEST:
        raise FormulaError("it is too long")
    written = latex.strip() + (" " if latex.rstrip().endswith("\\") else "")
    try:
        found = _convert(written, display=display)
    except math_core.LatexError as error:
        try:
            found = _convert_redefining(preamble + tex.rewrite(written), display=display)
        except math_core.LatexError as second:
            # `_error` takes the first reason that quotes something in the formula as it was written.
            raise _error(written, str(second), str(error)) from second
    found = _STYLE.sub(_style_to_class, found)
    found = _FRACTION.sub(lambda match: f'<mfrac class="{_SIZES[match[1]]}"', found)
    found = _TABLE_LEVEL.sub(r"\1", found)
    if "<a " in found or " id=" in found:
        found = _REFERENCE.sub("", found)
    if "<" in _TAG.sub(_drop_allowed, found):
        raise FormulaError("it has a command that is not allowed here")
    return _BEFORE_WORDS.sub(r"\1<mi></mi>", found) if "</mtext></mtd>" in found else found


def _convert(latex: str, *, display: bool) -> str:
    # Numbering restarts in each formula, so every number would be (1).
    if "\\begin{" in latex and any(name in latex for name in tex.NUMBERED):
        latex = tex.rewrite(latex)
    found: str = _converter().convert_with_local_state(latex, displaystyle=display)
    return found


def _convert_redefining(latex: str, *, display: bool) -> str:
    """Return the MathML of a formula that may redefine commands."""
    for _ in range(_MOST_TRIES):
        try:
            return _convert(latex, display=display)
        except math_core.LatexError as error:
            place, _, reason = str(error).partition(": ")
            before = latex.rfind("\\newcommand", 0, int(place) + 1) if place.isdecimal() else -1
            if _KNOWN_ALREADY not in reason or before < 0:
                raise
            latex = f"{latex[:before]}\\renewcommand{latex[before + 11 :]}"
    raise FormulaError("it defines too many commands")


def _drop_allowed(match: re.Match[str]) -> str:
    allowed = _ALLOWED.get(match[2])
    return "" if allowed is not None and all(name in allowed for name in _ATTRIBUTE.findall(match[3])) else match[0]


def _error(latex: str, *reasons: str) -> FormulaError:
    """Return the error in words, with its line: the first reason that quotes something in the formula, else the first."""
    for reason in reasons:
        plain = reason.partition(": ")[2]
        for form, message in (
            (_COMMAND, "{} is not known"),
            (_UNKNOWN, "\\begin{{{}}} is not known"),
            (_MISPLACED, "{} cannot stand here"),
        ):
            named = form.match(plain)
            for command in _spellings(named[1]) if named else ():
                if (place := latex.find(command)) >= 0:
                    return FormulaError(message.format(command), latex.count("\n", 0, place))
    plain = reasons[0].partition(": ")[2]
    known = next((message for begins, message in _REASONS if plain.startswith(begins)), "")
    return FormulaError(known or plain.rstrip(".")[:80] or "it cannot be read")


def _spellings(command: str) -> tuple[str, ...]:
    r"""Return the commands that the library may mean by \tag[*], \h[dash]line or \shove(left|right)."""
    if "[" not in command and "(" not in command:
        return (command,) if command else ()
    bare = re.sub(r"\[.*?\]|\(.*?\)", "", command)
    return (
        bare,
        *(command.replace(f"[{word}]", word) for word in ("dash",)),
        *(bare + side for side in ("left", "right")),
    )


def _style_to_class(match: re.Match[str]) -> str:
    classes = match[1][8:-1].split() if match[1] else []
    colour = ""
    for declaration in match[2].split(";"):
        style = declaration.replace(": ", ":").strip()
        if style in _CLASSES:
            classes.append(_CLASSES[style])
        elif rule := _RULE.fullmatch(style):
            classes.append(f"m-{rule[2]}-{rule[1]}")
        elif shade := _COLOUR.fullmatch(style):
            colour = f' mathcolor="{shade[1]}"'
    return (f' class="{" ".join(classes)}"' if classes else "") + colour
