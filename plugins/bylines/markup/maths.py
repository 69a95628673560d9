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
_STYLE = re.compile(r' style="(?![a-z0-9#.%:; -]*")[^"]*"', re.I)
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
    found = _STYLE.sub("", found)
    if "<" in _ALLOWED.sub("", found) or _RISKY.search(found):
        raise FormulaError("it has a command that is not allowed here")
    return found


def _reason(message: str) -> str:
    """The first line of what the library says, without its colours."""
    plain = _COLOURS.sub("", message).strip().partition("\n")[0]
    return plain.removeprefix("Error:").strip().rstrip(".")[:80]
