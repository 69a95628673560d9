"""Renders the formulas of one text as MathML or as readable words, and collects errors in them."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

from bylines.markup import tex
from bylines.markup.maths import FormulaError, to_mathml

_TAGGED = re.compile(
    r"\\tag\*?\s*\{(?P<tag>[^{}]{1,40})\}\s*\\label\s*\{(?P<label>[^{}]{1,80})\}"
    r"|\\label\s*\{(?P<first>[^{}]{1,80})\}\s*\\tag\*?\s*\{(?P<then>[^{}]{1,40})\}"
)
_REFERENCE = re.compile(r"\\(eqref|ref)\s*\{([^{}]{1,80})\}")
_INVISIBLE = {"": "", "\u2061": " ", "\u2062": "", "\u2063": " ", "\u2064": ""}
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot);)[A-Za-z]+;")
_TAGS = re.compile(r"<[^>]*>|\s")
_MOST_DEFINED = 4_000
"""Characters of macro definitions that are kept for later formulas."""
_NARROW = 18
"""Characters that fit on the screen of a phone."""
_LEAST_WIDE = 200
_UPPER = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWER = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_DEEPEST = 40
_SPACED = frozenset("=<>≤≥≠≈≡→←⇒⇔∈⊂⊆+−±×·∼:")


class Formulas:
    """Renders the formulas of a text in their order. A formula can use the commands that earlier ones define."""

    def __init__(self, source: str = "") -> None:
        self.faults: dict[str, FormulaError] = {}
        """Errors, by the first line of the formula."""
        self._preamble = ""
        self._tags: dict[str, str] = {}
        if "\\label" in source and "\\tag" in source:
            for found in _TAGGED.finditer(source):
                self._tags.setdefault(found["label"] or found["first"], found["tag"] or found["then"])

    def html(self, latex: str, *, display: bool) -> str:
        """Return a formula as MathML, or as it was written if it cannot be read."""
        try:
            found = self.mathml(latex, display=display)
            return found if display or not _is_wide(found) else f'<span class="m-long" tabindex="0">{found}</span>'
        except FormulaError as error:
            self.faults.setdefault(latex.strip().partition("\n")[0], error)
            return f'<code class="maths-error">{html.escape(latex, quote=False)}</code>'

    def mathml(self, latex: str, *, display: bool) -> str:
        """Return a formula as MathML. Raises FormulaError if it cannot be read."""
        meant = _REFERENCE.sub(self._resolve_reference, latex) if self._tags else latex
        found = to_mathml(meant, display=display, preamble=self._preamble)
        if len(self._preamble) < _MOST_DEFINED:
            self._preamble += tex.definitions(latex)
        return found

    def words(self, latex: str, *, display: bool) -> str:
        """Return a formula as readable words, such as 'E = mc²', or as it was written if it cannot be read."""
        try:
            return " ".join(readable(self.mathml(latex, display=display)).split())
        except FormulaError:
            return latex

    def _resolve_reference(self, match: re.Match[str]) -> str:
        tag = self._tags.get(match[2])
        if tag is None:
            return match[0]
        return f"\\text{{({tag})}}" if match[1] == "eqref" else f"\\text{{{tag}}}"


def _is_wide(mathml: str) -> bool:
    """Return whether an inline formula may be wider than the screen of a phone, so that it needs to scroll."""
    return len(mathml) > _LEAST_WIDE and len(_TAGS.sub("", mathml)) > _NARROW


def readable(mathml: str) -> str:
    """Return the words of a formula in MathML, on one line."""
    plain = _ENTITY.sub(lambda found: html.unescape(found[0]), mathml)
    return _read_aloud(ElementTree.fromstring(plain), 0)  # MathML that we made, so it is safe to parse


def _read_aloud(element: ElementTree.Element, depth: int) -> str:
    if depth > _DEEPEST:
        return "".join(element.itertext())
    parts = [_read_aloud(child, depth + 1) for child in element]
    name = element.tag.rpartition("}")[2]
    if name == "mo":
        sign = element.text or ""
        if sign in _INVISIBLE:
            return _INVISIBLE[sign]
        return f" {sign} " if sign in _SPACED else sign + " " * (sign == ",")
    if name == "mspace":
        return " "
    if name == "mtext":
        return "".join(element.itertext())
    if not parts:
        return element.text or ""
    if name == "mfrac" and len(parts) == 2:
        return f"{_group(parts[0])}/{_group(parts[1])}"
    if name == "msqrt":
        return "√" + _group("".join(parts))
    if name in ("msup", "mover") and len(parts) == 2:
        return parts[0] + _script(parts[1], "^", _UPPER)
    if name in ("msub", "munder") and len(parts) == 2:
        return parts[0] + _script(parts[1], "_", _LOWER)
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return parts[0] + _script(parts[1], "_", _LOWER) + _script(parts[2], "^", _UPPER)
    return ("; " if name == "mtable" else " " if name == "mtr" else "").join(parts)


def _script(script: str, sign: str, table: dict[int, int]) -> str:
    script = script.replace(" ", "")
    if not script or script in "\u2032\u2033\u2034'":
        return script
    raised = script.replace("−", "-").translate(table)
    return raised if all(ord(each) in table for each in script.replace("−", "-")) else sign + _group(script)


def _group(words: str) -> str:
    words = words.strip()
    return words if len(words) < 2 or words.isalnum() else f"({words})"
