"""Signs that the engine would take for markup, though they are none: dollars of prices and shells, colons of addresses.

The engine takes any two dollars of a paragraph for a formula's. As git hosts and Pandoc do, we ask for more: the opening one
stands after no letter or digit and before no space, the closing one after no space and before no letter or digit. And
`:100:` is an emoji only where it stands by itself, not in `10:100:20`.

Any other such sign is hidden behind one that the text does not have, and put back in the HTML. So it does not matter
whether it stands in words, code, an address or an attribute.
"""

from __future__ import annotations

import bisect
import re
import urllib.parse
from collections.abc import Mapping

from bylines.markup.fences import code_in

# Of the kinds of Unicode that the dollar (a currency) and the colon (punctuation) are, since these decide where emphasis begins.
_CURRENCIES = "\u20b0\u20a0\u20a2\u20a3\u20af\u20b3\u20b6\u20bb"
_PUNCTUATION = "\u2e2e\u2e4c\u2e4d\u2e52\u2e4f\u2e18\u2e13\u2e0e"
_NAMES = re.compile(r"(?::[a-z0-9_+-]{1,40}:)+")
_BESIDE = re.compile(r"[A-Za-z0-9:]")
_DOLLARS = re.compile(r"\$+|\n[ \t>]*\n")
# Scripts that put no space between a word and what follows (Thai to Khmer, Han, kana, Hangul): a letter there says nothing.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_WORD = re.compile(rf"[^\W{_UNSPACED}]")
_OPENS_NOT = frozenset(' \t\n,;)}"')
_CLOSES_NOT = frozenset("{(@")
# `$5 to 10$`: what begins with a figure and goes on in words is a price.
_PRICE = re.compile(r"\d[\d.,]*\s*[A-Za-z]*[\s,;:–—-]+(?=[^\W\d_]{2})[^\\^_{}=+*/<>|]*")
_MEMBER = re.compile(r"\.[A-Za-z]")


def dollars(source: str, signs: dict[str, str]) -> str:
    """Return the text with another sign for each dollar that begins no formula; `signs` says for what it stands."""
    sign = _unused(source, _CURRENCIES)
    stray = _stray(source) if sign else []
    if not stray:
        return source
    signs[sign] = "$"
    pieces: list[str] = []
    at = 0
    for place in stray:
        pieces += source[at:place], sign
        at = place + 1
    return "".join(pieces) + source[at:]


def colons(source: str, signs: dict[str, str]) -> str:
    """Return the text with another sign for each colon that begins no emoji, though it could; `signs` says for what it stands."""
    sign = _unused(source, _PUNCTUATION)
    if not sign:
        return source

    def hide(match: re.Match[str]) -> str:
        alone = not (_BESIDE.match(source, match.end()) or _BESIDE.match(source[match.start() - 1 : match.start()]))
        return match[0] if alone else match[0].replace(":", sign)

    found = _NAMES.sub(hide, source)
    if found != source:
        signs[sign] = ":"
    return found


def _unused(source: str, signs: str) -> str:
    return next((each for each in signs if each not in source), "")


def shown(made: str, signs: Mapping[str, str]) -> str:
    """Return the HTML with its signs put back, in addresses too."""
    for sign, meant in signs.items():
        made = made.replace(sign, meant).replace(urllib.parse.quote(sign), meant)
    return made


def _stray(source: str) -> list[int]:
    """Return where dollars stand that begin and end no formula."""
    if source.count("$") < 2:  # one begins nothing, for the engine too
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
            stray += _unpaired(source, _outside_code(source, paragraph, begins, start))
            paragraph = []
        begins = end
    return stray + _unpaired(source, _outside_code(source, paragraph, begins, len(source)))


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


def _unpaired(source: str, runs: list[tuple[int, int]]) -> list[int]:
    """Return the dollars of one paragraph that are no formula's."""
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
    if not within.strip() or _WORD.match(before) or _WORD.match(after) or after in _CLOSES_NOT:
        return False
    if _length(opening) > 1 or (within[0] == within[-1] == "`"):
        return True
    if within[0] in _OPENS_NOT or within[-1].isspace() or _MEMBER.match(within):
        return False
    return not _PRICE.fullmatch(within)
