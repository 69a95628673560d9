"""Rewrites LaTeX as people write it for MathJax into commands that the library knows."""

from __future__ import annotations

import re

# Commands that the library does not know, by others that it does. A reference shows its label, since each formula stands alone.
MACROS = {
    "mbox": r"\text{#1}",
    "hbox": r"\text{#1}",
    "textnormal": r"\text{#1}",
    "textup": r"\text{#1}",
    "textmd": r"\text{#1}",
    "textsl": r"\textit{#1}",
    "pmb": r"\boldsymbol{#1}",
    "mathds": r"\mathbb{#1}",
    "mathbbm": r"\mathbb{#1}",
    "widetilde": r"\tilde{#1}",
    "underbar": r"\underline{#1}",
    "varlimsup": r"\overline{\lim}",
    "varliminf": r"\underline{\lim}",
    "hdotsfor": r"\ldots",
    "mathclap": "#1",
    "mathllap": "#1",
    "mathrlap": "#1",
    "enclose": "#2",
    "ohm": r"\Omega",
    "AA": "Å",
    "textdegree": "°",
    "celsius": "°C",
    "micro": "µ",
    "cases": r"\begin{cases}#1\end{cases}",
    "matrix": r"\begin{matrix}#1\end{matrix}",
    "pmatrix": r"\begin{pmatrix}#1\end{pmatrix}",
    "displaylines": r"\begin{gathered}#1\end{gathered}",
    "LaTeX": r"\text{LaTeX}",
    "TeX": r"\text{TeX}",
    "ensuremath": "#1",
    "smash": "#1",
    "abs": r"\left|#1\right|",
    "norm": r"\left\|#1\right\|",
    "dotsc": r"\ldots",
    "dotso": r"\ldots",
    "dotsb": r"\cdots",
    "dotsm": r"\cdots",
    "dotsi": r"\cdots",
    "hdots": r"\ldots",
    "strut": r"\mathstrut",
    "hfill": r"\quad",
    "euro": "€",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "qty": r"#1\,\mathrm{#2}",
    "SI": r"#1\,\mathrm{#2}",
    "unit": r"\mathrm{#1}",
    "si": r"\mathrm{#1}",
    "num": "#1",
    "dd": r"\mathrm{d}",
    "dv": r"\frac{\mathrm{d}#1}{\mathrm{d}#2}",
    "pdv": r"\frac{\partial #1}{\partial #2}",
    "ref": r"\text{#1}",
    "eqref": r"(\text{#1})",
}
_ENVIRONMENTS = {
    "split": "aligned",
    "eqnarray": "aligned",
    "eqnarray*": "aligned",
    "flalign": "align*",
    "flalign*": "align*",
    "smallmatrix": "matrix",
    "tabular": "array",
    # Numbering restarts in each formula, so every number would be (1). Git hosts show none.
    "equation": "equation*",
    "align": "align*",
    "gather": "gather*",
    "multline": "multline*",
}
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{(\w+\*?)\}")
_ALIGNAT = re.compile(r"\\begin\s*\{(?:alignat|alignedat|xalignat)\*?\}\s*\{\d{1,2}\}")
_END_ALIGNAT = re.compile(r"\\end\s*\{(?:alignat|alignedat|xalignat)\*?\}")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_UNSEEN = re.compile(
    r"\\(?:require|vspace\*?)\s*\{[^{}]*\}|\\(?:begin|end)\s*\{subequations\}|(?<=\\bbox)\[[^\]]*\]"
    r"|\\(?:noindent|centering|allowbreak|nobreak|null|bbox)(?![A-Za-z])|(?<=\\hspace)\*"
    r"|\\(?:tiny|small|normalsize|large|Large|LARGE|huge|Huge)(?![A-Za-z])"
)
_WRAPPED = re.compile(
    r"\s*(?:\\\[(?P<a>.*)\\\]|\\\((?P<b>.*)\\\)|\\begin\{(?:display)?math\}(?P<c>.*)\\end\{(?:display)?math\})\s*", re.S
)
_OPERATOR = re.compile(r"\\DeclareMathOperator(\*?)\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*")
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
_PLAIN_TAG = re.compile(r"[\w .*:-]+", re.A)
_TEXT = re.compile(r"\\(?P<kind>text|mbox|hbox|text[a-z]{2,6})\s*(?=\{)")
_COLOUR = re.compile(
    r"\\(?P<kind>textcolor|color)\s*(?:\[HTML\]\s*\{|\{#)(?P<digits>[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\}(?:\s*(?P<body>\{))?"
)
_COLORBOX = re.compile(r"\\(?:colorbox\s*\{[^{}]*\}|fcolorbox\s*\{[^{}]*\}\s*\{[^{}]*\})")
_ANGLES = re.compile(r"\\(left|right|middle|[bB]igg?[lr]?)\s*([<>])")
_STYLED = re.compile(r"\\operatorname\*?\s*\{\s*(\\math[a-z]{2,6}\s*\{[^{}]*\})\s*\}")
_SPACE = re.compile(r"(?<!\\)((?:\\\\)*)\\[\n\t]")
_CR = re.compile(r"\\cr(?![A-Za-z])")
_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|renewcommand|providecommand)\*?\s*(?:\{\s*\\[A-Za-z]+\s*\}|\\[A-Za-z]+)\s*(?:\[\d\])?\s*(?=\{)"
    r"|\\def\s*\\[A-Za-z]+(?:#\d)*\s*(?=\{)"
)
_STARRED = ("equation*", "align*", "gather*", "multline*")
NUMBERED = ("{equation}", "{align}", "{gather}", "{multline}")
"""Environments that number their lines."""
_MOST = 100


def rewrite(latex: str) -> str:
    """Return the formula with commands that the library knows, as far as we can replace them."""
    if found := _WRAPPED.fullmatch(latex):
        latex = next(part for part in found.groups() if part is not None)
    latex = _UNSEEN.sub("", latex)
    latex = _ANGLES.sub(lambda found: f"\\{found[1]}\\{'l' if found[2] == '<' else 'r'}angle ", latex)
    latex = _STYLED.sub(r"\\mathop{\1}", latex)
    latex = _SPACE.sub(r"\1\\ ", latex)
    latex = _CR.sub(r"\\\\", latex)
    if "color" in latex:
        latex = _COLOUR.sub(_with_model, latex)
    if "colorbox" in latex:
        latex = _COLORBOX.sub(r"\\text", latex)
    if "\\DeclareMathOperator" in latex:
        latex = _with_operators(latex)
    if "\\href" in latex:
        latex = _without_links(latex)
    latex = _END_ALIGNAT.sub(r"\\end{aligned}", _ALIGNAT.sub(r"\\begin{aligned}", latex))
    latex = _ENVIRONMENT.sub(lambda found: f"\\{found[1]}{{{_ENVIRONMENTS.get(found[2], found[2])}}}", latex)
    latex = _LABEL.sub("", latex)
    if "\\tag" in latex:
        latex = _place_tags(latex)
    return _with_plain_words(latex) if _TEXT.search(latex) else latex


def definitions(latex: str) -> str:
    """Return the definitions of commands in a formula, joined."""
    if "\\" not in latex or ("newcommand" not in latex and "\\def" not in latex and "DeclareMath" not in latex):
        return ""
    latex = _with_operators(latex)
    found = []
    for match in _DEFINITION.finditer(latex):
        end = closing_brace(latex, match.end())
        if end:
            found.append(latex[match.start() : end + 1])
    return "".join(found[:_MOST])


def closing_brace(latex: str, opening: int) -> int:
    """Return the offset of the brace that closes the one at `opening`; 0 if there is none."""
    depth = 0
    place = opening
    while place < len(latex):
        sign = latex[place]
        if sign == "\\":
            place += 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                return place
        place += 1
    return 0


def _with_model(match: re.Match[str]) -> str:
    digits = match["digits"] if len(match["digits"]) == 6 else "".join(each * 2 for each in match["digits"])
    shares = ",".join(f"{int(digits[at : at + 2], 16) / 255:.3f}" for at in (0, 2, 4))
    body = match["body"] or ""
    return (
        f"{{\\color[rgb]{{{shares}}} " if match["kind"] == "textcolor" and body else f"\\color[rgb]{{{shares}}}{body}"
    )


def _with_operators(latex: str) -> str:
    pieces: list[str] = []
    at = 0
    while (match := _OPERATOR.search(latex, at)) is not None and len(pieces) < _MOST:
        end = closing_brace(latex, match.end()) if latex[match.end() : match.end() + 1] == "{" else 0
        if not end:
            break
        words = latex[match.end() : end + 1]
        pieces.append(f"{latex[at : match.start()]}\\newcommand{{{match[2]}}}{{\\operatorname{match[1]}{words}}}")
        at = end + 1
    return "".join(pieces) + latex[at:]


def _without_links(latex: str) -> str:
    """Return a formula with the words of links only, since formulas cannot have links."""
    pieces: list[str] = []
    at = 0
    while (place := latex.find("\\href{", at)) >= 0 and (end := closing_brace(latex, place + 5)):
        pieces.append(latex[at:place])
        at = end + 1
    return "".join(pieces) + latex[at:]


def _place_tags(latex: str) -> str:
    plain = all(_PLAIN_TAG.fullmatch(found[2]) for found in _TAG.finditer(latex))
    if not plain:
        return _TAG.sub(lambda found: "\\qquad" + _words_of_tag(found), latex)
    if any(f"\\begin{{{name}}}" in latex for name in _STARRED):
        return latex
    outer = "gather*" if re.search(r"\\tag\*?\{[^{}]*\}\s*\\\\", latex) else "equation*"
    return f"\\begin{{{outer}}}{latex}\\end{{{outer}}}"


def _words_of_tag(found: re.Match[str]) -> str:
    return f"\\text{{{found[2]}}}" if found[1] else f"\\text{{({found[2]})}}"


def _with_plain_words(latex: str) -> str:
    """Return a formula with plain words in its text commands: formulas in them are moved out, and special characters escaped."""
    pieces: list[str] = []
    at = 0
    while (match := _TEXT.search(latex, at)) is not None and len(pieces) < _MOST:
        end = closing_brace(latex, match.end())
        if not end:
            break
        pieces.append(latex[at : match.start()])
        if match["kind"] in ("textcolor", "textstyle"):
            pieces.append(latex[match.start() : end + 1])
            at = end + 1
            continue
        parts = re.split(r"(?<!\\)\$", latex[match.end() + 1 : end])
        words = [
            f"\\{match['kind']}{{{_escape(part)}}}" if place % 2 == 0 else f"{{{part}}}"
            for place, part in enumerate(parts)
        ]
        pieces.append("{" + "".join(words) + "}" if len(words) > 1 else words[0])
        at = end + 1
    return "".join(pieces) + latex[at:]


def _escape(words: str) -> str:
    return re.sub(r"(?<!\\)([_^&#])", lambda found: "\\textasciicircum " if found[1] == "^" else f"\\{found[1]}", words)
