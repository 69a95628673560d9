"""Turn the start of an unclosed HTML block into text. Markdown would otherwise take the rest of the document into the block."""

from __future__ import annotations

import re

from bylines.markup import fences
from bylines.markup.raw_html import HtmlFinding

_MAY_BE = re.compile("<(?:[!?]|script|pre|style|textarea)", re.I)
# CommonMark, 4.6: HTML blocks of kinds 1 to 5, which end only with a certain text and not with an empty line.
_BEGINS = re.compile(
    r"^(?! {4}|\t)([ \t>*+.)0-9-]*+)<(!--|\?|!\[CDATA\[|![a-z]|(?:script|pre|style|textarea)(?=[\s>]))", re.M | re.I
)
_ENDS = {"!--": "-->", "?": "?>", "![cdata[": "]]>"}
_TAGS = ("</script>", "</pre>", "</style>", "</textarea>")


def escape_unclosed(source: str, findings: list[HtmlFinding]) -> str:
    """Return the source with `&lt;` in place of each `<` that begins an unclosed block. Append what was found to `findings`."""
    if not _MAY_BE.search(source):
        return source
    lowered = source.lower()
    last: dict[str, int] = {}
    found = [
        block for block in _BEGINS.finditer(source) if block.end() > _last(_end_of(block[2].lower()), lowered, last)
    ]
    if not found:
        return source
    code = iter([*fences.code_in(source), (len(source), len(source))])
    begin, end = next(code)
    pieces, at = [], 0
    for block in found:
        place = block.end(1)
        while end <= place:
            begin, end = next(code)
        if place < begin:
            pieces += [source[at:place], "&lt;"]
            at = place + 1
            tag = source[place:].partition("\n")[0][:40]
            findings.append(HtmlFinding("half-tag", tag if block[2][0] in "!?" else f"<{block[2]}>", tag))
    return "".join(pieces) + source[at:]


def _end_of(begins: str) -> str:
    if begins in _ENDS:
        return _ENDS[begins]
    return ">" if begins.startswith("!") else "</"


def _last(end: str, lowered: str, known: dict[str, int]) -> int:
    """Return the offset of the last occurrence of an end, cached in `known`; -1 if there is none."""
    if end not in known:
        known[end] = max(lowered.rfind(tag) for tag in _TAGS) if end == "</" else lowered.rfind(end)
    return known[end]
