"""LaTeX to MathML, at build time."""

from __future__ import annotations

import functools
import re
from typing import Any

import math_core

_ALLOWED = re.compile(
    r"</?(?:math|semantics|mrow|mi|mn|mo|ms|mtext|mspace|mfrac|msqrt|mroot|mstyle|merror|mpadded|mphantom|msub|msup|msubsup"
    r"|munder|mover|munderover|mmultiscripts|mprescripts|none|mtable|mtr|mtd|menclose)"
    r'(?: [a-z-]+="[^"<>]*")*\s*/?>'
)
_RISKY = re.compile(r"\s(?:href|src|on\w+|xlink\w*)\s*=|javascript:", re.I)
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
}
_RULE = re.compile(r"border-(top|right|bottom|left):0\.05em (solid|dashed) currentcolor")
_COLOUR = re.compile(r"color:(#[0-9a-f]{6})", re.I)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_LONGEST = 5_000


class FormulaError(ValueError):
    """A formula that cannot be read; the message is the reason."""


@functools.cache
def _converter() -> Any:
    return math_core.LatexToMathML()


@functools.lru_cache(maxsize=2_000)
def to_mathml(latex: str, *, display: bool) -> str:
    """The MathML of a formula. Raises FormulaError with the reason where it cannot be read."""
    if len(latex) > _LONGEST:
        raise FormulaError("it is too long")
    try:
        found: str = _converter().convert_with_local_state(latex.strip(), displaystyle=display)
    except math_core.LatexError as error:
        raise FormulaError(_reason(str(error))) from error
    found = _STYLE.sub(_without_style, found)
    if "<" in _ALLOWED.sub("", found) or _RISKY.search(found):
        raise FormulaError("it has a command that is not allowed here")
    return found


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


def _reason(message: str) -> str:
    """The first line of what the library says, without its colours."""
    plain = _COLOURS.sub("", message).strip().partition("\n")[0]
    return plain.removeprefix("Error:").strip().rstrip(".")[:80]
