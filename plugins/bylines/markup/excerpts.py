"""Extracts the first complete sentences of a text, for cards, feeds and previews."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bylines.markup.formulas import Formulas

_LONGEST = 280
_ENOUGH = 120
"""Characters: if complete sentences are shorter, the text is cut at a word instead."""
_FEW = 60
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
_BLOCKS = frozenset(
    "p div li dd dt dl ul ol blockquote section article aside figure hr details table tr td th thead tbody tfoot caption "
    "figcaption summary pre h1 h2 h3 h4 h5 h6".split()
)
# Elements with which no excerpt begins: titles, code, tables, captions, folded text, pronunciations.
_SKIPPED = frozenset("h1 h2 h3 h4 h5 h6 pre table figure figcaption summary details video audio rt rp nav".split())
_NEVER = frozenset("pre video audio rt rp".split())
_MATHS = re.compile(r"<code[^>]* data-math-style=")  # within `pre`
_NOTES = re.compile(r'class="[^"]*\b(?:footnote-ref|footnotes|markdown-alert-title|admonition-title|toc)\b')
# The start of most texts: maybe a heading, then a paragraph of which nothing has to be left out.
_PLAIN = re.compile(
    r'(?>(?:\s*+<h([1-6])>[^<]*+</h\1>)?)\s*+<p>([^<]*+(?>(?:<(?!/?p\b|br|sup|rt|rp|img|a href="#)[^<]*+)*))</p>'
)
_INNER = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")
_ENDS = tuple(".!?…:;。！？।؟۔:;")
_LEADS = tuple("::：")


class _Block(NamedTuple):
    text: str
    listed: bool
    """Whether it is an item of a list or a cell of a table."""


def excerpt(cleaned: str) -> str:
    """Return the first sentences of a text in HTML, at most 280 characters; empty if it has no words."""
    if (plain := _PLAIN.match(cleaned)) and "data-math-style" not in plain[2]:
        words = _INNER.sub("", plain[2]) if "<" in plain[2] else plain[2]
        block = next(_block([words], 0, listed=False), None)
        if block and not block.text.endswith(_LEADS):
            return shorten(block.text)
    for skipped in (_SKIPPED, _NEVER):
        found = _first(_blocks(cleaned, skipped))
        if found:
            return shorten(found)
    return ""


def _first(blocks: Iterator[_Block]) -> str:
    """Return the first paragraph, or the items of a list that comes first. If it ends with a colon, the next block is added."""
    found = ""
    listed = False
    for block in blocks:
        if found and not (listed and block.listed) and not found.endswith(_LEADS):
            break
        joint = " · " if found and listed and block.listed and not found.endswith(_ENDS) else " "
        found = f"{found}{joint}{block.text}" if found else block.text
        listed = block.listed
        if len(found) > _LONGEST:
            break
    return found


def _blocks(cleaned: str, skipped: frozenset[str]) -> Iterator[_Block]:
    """Yield the blocks of words of a text, without bare addresses and tables of contents."""
    words: list[str] = []
    linked = 0  # characters of links to places in the text itself
    link = -1  # where in `words` such a link began
    lists = 0
    formulas = Formulas()
    at = 0
    while (tag := _TAG.search(cleaned, at)) is not None:
        words.append(cleaned[at : tag.start()])
        at = tag.end()
        closing, name, attributes = tag.groups()
        if not closing and (
            (name in skipped and not _MATHS.match(cleaned, at))
            or ("class=" in attributes and _NOTES.search(attributes))
        ):
            at = _end_of(cleaned, name, at)
        if name == "br":
            words.append(" ")
        elif "data-math-style" in attributes:
            end = cleaned.find("</", at)
            latex = html.unescape(cleaned[at : end if end >= 0 else len(cleaned)])
            spoken = formulas.words(latex, display='"display"' in attributes)
            words.append(html.escape(spoken, quote=False))
            at = max(at, end)
        elif name == "a":
            if not closing and 'href="#' in attributes:
                link = len(words)
            elif closing and link >= 0:
                linked += sum(map(len, words[link:]))
                link = -1
        elif name in _BLOCKS:
            yield from _block(words, linked, listed=lists > 0 or name in ("td", "th"))
            words, linked, link = [], 0, -1
            if name in ("ul", "ol"):
                lists = max(0, lists - 1) if closing else lists + 1
    words.append(cleaned[at:])
    yield from _block(words, linked, listed=False)


def _block(words: list[str], linked: int, *, listed: bool) -> Iterator[_Block]:
    whole = "".join(words)
    if not whole or whole.isspace() or (linked and len(whole.strip()) <= linked):
        return
    text = _SPACES.sub(" ", html.unescape(whole)).strip()
    if text and (" " in text or "://" not in text):  # an address without words says nothing
        yield _Block(text, listed)


def _end_of(cleaned: str, name: str, at: int) -> int:
    """Return the offset after the element that is open at `at`."""
    depth = 1
    for found in re.compile(rf"<(/?){name}\b").finditer(cleaned, at):
        depth += -1 if found[1] else 1
        if not depth:
            end = cleaned.find(">", found.end())
            return end + 1 if end >= 0 else len(cleaned)
    return len(cleaned)


def shorten(text: str) -> str:
    """Return a text of at most 280 characters: its first sentences, or as many words as there is room for."""
    if len(text) <= _LONGEST:
        return text
    head = text[: _LONGEST + 60]
    sentences = _cut(head, _iterator("sentence"), _LONGEST).rstrip()
    if len(sentences) >= _ENOUGH:
        return sentences
    words = _cut(head, _iterator("line"), _LONGEST - 1)
    if len(words) <= _FEW:
        words = _cut(head, _iterator("character"), _LONGEST - 1)
    return words.rstrip(" ,;:–-、，") + "…"


@functools.cache
def _iterator(kind: str) -> Any:
    import icu

    makers = {
        "sentence": icu.BreakIterator.createSentenceInstance,
        "line": icu.BreakIterator.createLineInstance,
        "character": icu.BreakIterator.createCharacterInstance,
    }
    return makers[kind](icu.Locale.getRoot())


def _cut(text: str, iterator: Any, longest: int) -> str:
    """Return the longest start of a text with at most `longest` characters that ends at a boundary of the iterator."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    units = len(text[:longest].encode("utf-16-le", "surrogatepass")) // 2
    iterator.setText(text)
    place = iterator.preceding(units + 1)
    return encoded[: 2 * place].decode("utf-16-le", "surrogatepass") if place > 0 else ""
