"""Hides dollars that do not begin a formula: prices, variables of shells and templates, ends of regular expressions.

The engine takes any two dollars in a paragraph for a formula. As git hosts and Pandoc do, we require more. The opening dollar
must not follow a letter or digit, nor precede a space. The closing one must not follow a space, nor precede a letter or digit.
Any other dollar is replaced by a currency sign that the text does not contain, and restored in the HTML. So this works in
words, code, addresses and attributes alike.
"""

from __future__ import annotations

import bisect
import re
import urllib.parse

from bylines.markup.fences import code_in

# Of the same Unicode category as the dollar (Sc), since the category decides where emphasis begins and ends.
_SIGNS = "\u20b0\u20a0\u20a2\u20a3\u20af\u20b3\u20b6\u20bb"
_DOLLARS = re.compile(r"\$+|\n[ \t>]*\n")
# Scripts without spaces between words (Thai to Khmer, Han, kana, Hangul): a letter beside a dollar means nothing there.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_WORD = re.compile(rf"[^\W{_UNSPACED}]")
# `$, € and £ or $`: text that begins so is a formula only if it has no spaces.
_OPENS_NOT = frozenset(",;)}")
_CLOSES_NOT = frozenset("{@")
# `$a/$(date)`: after these signs, `$(` begins a shell command and not a remark in brackets.
_BEFORE_COMMANDS = frozenset('/:=.,+-"')
# `$5 to 10$`: text that begins with a number and goes on in words is a price.
_PRICE = re.compile(r"\d[\d.,]*\s*[A-Za-z]*[,;:–—-]*\s+(?=[^\W\d_]{2})[^\\^_{}=+*/<>|]*")
# `the shell's $$ is its pid, and $$ is …`: words without any sign that formulas use.
_OF_FORMULAS = re.compile(r"[\\^_{}=+*/<>|\d]")
_WORDS = re.compile(r"[^\W\d_]{2} +[^\W\d_]{2}|[^\W\d_]{3}")
_MEMBER = re.compile(r"\.[A-Za-z]")


def hide(source: str) -> tuple[str, str]:
    """Return the text with another sign for each dollar that begins no formula, and that sign (empty if there is none)."""
    sign = next((each for each in _SIGNS if each not in source), "")
    stray = _stray_dollars(source) if sign else []
    if not stray:
        return source, ""
    pieces: list[str] = []
    at = 0
    for place in stray:
        pieces += source[at:place], sign
        at = place + 1
    return "".join(pieces) + source[at:], sign


def restore(made: str, sign: str) -> str:
    """Return the HTML with its dollars put back, in addresses too."""
    return made.replace(sign, "$").replace(urllib.parse.quote(sign), "$")


def _stray_dollars(source: str) -> list[int]:
    """Return the offsets of dollars that neither begin nor end a formula."""
    if source.count("$") < 2:  # the engine, too, needs two for a formula
        return []
    stray: list[int] = []
    paragraph: list[tuple[int, int]] = []
    begins = 0
    for found in _DOLLARS.finditer(source):
        start, end = found.span()
        if source[start] == "$":
            if not _is_escaped(source, start):
                paragraph.append((start, end))
            continue
        if paragraph:
            stray += _unpaired_dollars(source, _outside_code(source, paragraph, begins, start))
            paragraph = []
        begins = end
    return stray + _unpaired_dollars(source, _outside_code(source, paragraph, begins, len(source)))


def _outside_code(source: str, runs: list[tuple[int, int]], begins: int, ends: int) -> list[tuple[int, int]]:
    """Return those dollars of a paragraph that do not stand between backticks."""
    if len(runs) < 2 or "`" not in source[begins:ends]:
        return runs
    paragraph = source[begins:ends]
    code = list(code_in(paragraph))
    starts = [begins + start for start, _ in code]
    found = []
    for run in runs:
        place = bisect.bisect_right(starts, run[0]) - 1
        if place < 0 or begins + code[place][1] <= run[0]:
            found.append(run)
    return found


def _is_escaped(source: str, place: int) -> bool:
    before = place
    while before and source[before - 1] == "\\":
        before -= 1
    return (place - before) % 2 == 1


def _unpaired_dollars(source: str, runs: list[tuple[int, int]]) -> list[int]:
    """Return the offsets of those dollars of one paragraph that belong to no formula."""
    found: list[int] = []
    at = 0
    while at < len(runs):
        start, end = runs[at]
        partner = next((place for place in range(at + 1, len(runs)) if _length(runs[place]) == end - start), None)
        if partner is not None and _is_formula(source, runs[at], runs[partner]):
            at = partner + 1
            continue
        found += range(start, end)
        at += 1
    return found


def _length(run: tuple[int, int]) -> int:
    return run[1] - run[0]


def _is_formula(source: str, opening: tuple[int, int], closing: tuple[int, int]) -> bool:
    within = source[opening[1] : closing[0]]
    before, after = source[opening[0] - 1 : opening[0]] if opening[0] else "", source[closing[1] : closing[1] + 1]
    beside_words = _WORD.match(before) or _WORD.match(after) or after in _CLOSES_NOT
    if not within.strip() or (beside_words and not (_length(opening) == 2 and "\\" in within)):
        return False
    if _length(opening) > 1:
        return not (before == " " in (within[0], within[-1]) and _is_sentence(within))
    if within[0] == within[-1] == "`":
        return True
    if within[0].isspace() or within[-1].isspace() or within[0] == '"' or _MEMBER.match(within):
        return False
    if within[0] in _OPENS_NOT and any(map(str.isspace, within)):
        return False
    if after == "(" and ((within[0] == "(" and within[-1] == ")") or within[-1] in _BEFORE_COMMANDS):
        return False
    return not _PRICE.fullmatch(within)


def _is_sentence(within: str) -> bool:
    return _WORDS.search(within) is not None and not _OF_FORMULAS.search(within)
