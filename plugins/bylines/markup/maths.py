"""LaTeX to MathML, at build time."""

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
# Where a reference within a formula leads: nothing in a formula is a link, or has an id.
_REFERENCE = re.compile(r'</?a(?: href="#[^"<>]*")?>|(?<=\w|") id="[^"<>]*"')
# `&= \text{so}`: browsers put no space around an operator beside which there are words alone.
_BEFORE_WORDS = re.compile(
    r"(<mtd[^>]*>)(?=<mo[^>]*>[^<]*</mo>(?:<mtext>[^<]*</mtext>|<mspace[^>]*>(?:</mspace>)?)+</mtd>)"
)
_STYLE = re.compile(r'( class="[^"]*")? style="([^"]*)"')
# A page's policy forbids styles in attributes: what the library says there is a class of the style sheet.
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
# MathML Core has these two attributes everywhere; checkers of HTML do not know them on these elements.
_FRACTION = re.compile(r'<mfrac displaystyle="(true|false)"')
_SIZES = {"true": "m-normal", "false": "m-compact"}
_TABLE_LEVEL = re.compile(r'(<mtable[^>]*?) scriptlevel="0"')
_KNOWN_ALREADY = "already defined"
_MOST_TRIES = 20
_LONGEST = 5_000


class FormulaError(ValueError):
    """A formula that cannot be read; the message is the reason, `line` where in the formula that is (from 0)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@functools.cache
def _converter() -> Any:
    return math_core.LatexToMathML(macros=tex.MACROS, fancy_error=False)


@functools.lru_cache(maxsize=2_000)
def to_mathml(latex: str, *, display: bool, preamble: str = "") -> str:
    """The MathML of a formula; `preamble` are the definitions of those before it. Raises FormulaError where it cannot be read."""
    if len(latex) > _LONGEST:
        raise FormulaError("it is too long")
    written = latex.strip() + (" " if latex.rstrip().endswith("\\") else "")
    try:
        found = _converted(written, display=display)
    except math_core.LatexError as error:
        try:
            found = _retried(preamble + tex.rewritten(written), display=display)
        except math_core.LatexError as second:
            # What is said is about what was written, unless that became something else.
            raise _error(written, str(second), str(error)) from second
    found = _STYLE.sub(_without_style, found)
    found = _FRACTION.sub(lambda match: f'<mfrac class="{_SIZES[match[1]]}"', found)
    found = _TABLE_LEVEL.sub(r"\1", found)
    if "<a " in found or " id=" in found:
        found = _REFERENCE.sub("", found)
    if "<" in _TAG.sub(_unless_allowed, found):
        raise FormulaError("it has a command that is not allowed here")
    return _BEFORE_WORDS.sub(r"\1<mi></mi>", found) if "</mtext></mtd>" in found else found


def _converted(latex: str, *, display: bool) -> str:
    # Numbers that begin anew in each formula would all be (1).
    if "\\begin{" in latex and any(name in latex for name in tex.NUMBERED):
        latex = tex.rewritten(latex)
    found: str = _converter().convert_with_local_state(latex, displaystyle=display)
    return found


def _retried(latex: str, *, display: bool) -> str:
    """The MathML of a formula that may define commands that are known already."""
    for _ in range(_MOST_TRIES):
        try:
            return _converted(latex, display=display)
        except math_core.LatexError as error:
            place, _, reason = str(error).partition(": ")
            before = latex.rfind("\\newcommand", 0, int(place) + 1) if place.isdecimal() else -1
            if _KNOWN_ALREADY not in reason or before < 0:
                raise
            latex = f"{latex[:before]}\\renewcommand{latex[before + 11 :]}"
    raise FormulaError("it defines too many commands")


def _unless_allowed(match: re.Match[str]) -> str:
    allowed = _ALLOWED.get(match[2])
    return "" if allowed is not None and all(name in allowed for name in _ATTRIBUTE.findall(match[3])) else match[0]


def _error(latex: str, *reasons: str) -> FormulaError:
    """What is wrong, in words, and where: the first reason that names something that was written."""
    for reason in reasons:
        plain = reason.partition(": ")[2]
        for form, said in (
            (_COMMAND, "{} is not known"),
            (_UNKNOWN, "\\begin{{{}}} is not known"),
            (_MISPLACED, "{} cannot stand here"),
        ):
            named = form.match(plain)
            for command in _spelled(named[1]) if named else ():
                if (place := latex.find(command)) >= 0:
                    return FormulaError(said.format(command), latex.count("\n", 0, place))
    plain = reasons[0].partition(": ")[2]
    known = next((said for begins, said in _REASONS if plain.startswith(begins)), "")
    return FormulaError(known or plain.rstrip(".")[:80] or "it cannot be read")


def _spelled(command: str) -> tuple[str, ...]:
    r"""Return what the library may mean, who says \tag[*], \h[dash]line or \shove(left|right)."""
    if "[" not in command and "(" not in command:
        return (command,) if command else ()
    bare = re.sub(r"\[.*?\]|\(.*?\)", "", command)
    return (
        bare,
        *(command.replace(f"[{word}]", word) for word in ("dash",)),
        *(bare + side for side in ("left", "right")),
    )


def _without_style(match: re.Match[str]) -> str:
    classes = match[1][8:-1].split() if match[1] else []
    colour = ""
    for declaration in match[2].split(";"):
        said = declaration.replace(": ", ":").strip()
        if said in _CLASSES:
            classes.append(_CLASSES[said])
        elif rule := _RULE.fullmatch(said):
            classes.append(f"m-{rule[2]}-{rule[1]}")
        elif shade := _COLOUR.fullmatch(said):
            colour = f' mathcolor="{shade[1]}"'
    return (f' class="{" ".join(classes)}"' if classes else "") + colour
