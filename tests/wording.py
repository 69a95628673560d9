"""The words that a reader sees of a text: as Bylines shows it, and as another program does that knows nothing of it."""

from __future__ import annotations

import difflib
import functools
import re
import urllib.parse
from collections.abc import Iterator
from typing import Any

import html5lib

from bylines import markup
from bylines.markup import MarkupOptions

_WORD = re.compile(r"[^\W_]+")
_UNSEEN = frozenset(("script", "style"))
_BREAKS = frozenset(
    "p div li td th tr h1 h2 h3 h4 h5 h6 br hr blockquote pre table dt dd summary figcaption section ul ol dl img".split()
)
_OF_NOTES = re.compile("footnote-(?:backref|ref)")
_OPTIONS = MarkupOptions()


@functools.cache
def _other() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)


def words_of(html: str) -> list[str]:
    """The words of a piece of HTML, as a browser would show them."""
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    pieces = [root.text or ""]
    _collect(root, pieces)
    return [word.casefold() for word in _WORD.findall(urllib.parse.unquote("".join(pieces)))]


def _collect(element: Any, pieces: list[str]) -> None:
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name in _BREAKS:
            pieces.append("\n")
        if name and name not in _UNSEEN and not _OF_NOTES.search(child.get("class") or ""):
            pieces.append(child.text or "")
            _collect(child, pieces)
        if name in _BREAKS:
            pieces.append("\n")
        pieces.append(child.tail or "")


def ours(source: str) -> tuple[list[str], markup.Outline]:
    """The words of a text as Bylines shows it, and what it says of it."""
    prose, outline = markup.read(source, "md", _OPTIONS)
    return words_of(markup.fill(prose.content, {}, {})), outline


def theirs(source: str) -> list[str]:
    """The words of a text as markdown-it shows it."""
    return words_of(_other().render(source))


def missing(wanted: list[str], found: list[str]) -> list[str]:
    """The words that are wanted and not found, in their order."""
    rest = iter(found)
    if all(word in rest for word in wanted):
        return []
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    lost = []
    for kind, start, end, first, last in matcher.get_opcodes():
        # Where words end is another question: `a[^1]`, `a<path>b`.
        together = "".join(found[max(0, first - 4) : last + 4])
        if kind in ("delete", "replace") and not _stands("".join(wanted[start:end]), together):
            lost += wanted[start:end]
    return lost


def _stands(wanted: str, found: str) -> bool:
    rest = iter(found)
    return all(sign in rest for sign in wanted)


_SHOWN_OTHERWISE = {
    "a task": re.compile(r"\[(x)\]", re.I),
    "a formula": re.compile(r"\$\$?([^$]+)\$\$?|```math(.*?)```", re.S),
    "an emoji": re.compile(r":([a-z0-9_+-]+):"),
    "the beginning of an address that stands alone, on its poster": re.compile(r"^<?https?://(?:www\.)?(?=\S+$)", re.M),
    "a script or style": re.compile(r"<(?:script|style)\b.*?</(?:script|style)", re.S | re.I),
}


_RAW = re.compile(
    "<(?:title|textarea|xmp|iframe|noembed|noframes|noscript|plaintext|style|script|select|svg|math)", re.I
)
_MADE = frozenset(
    "p blockquote ul ol li h1 table thead tbody tr th td pre code em strong s a img sup hr class href id".split()
)


def has_raw_text(source: str) -> bool:
    """Whether a browser may take tags of the other program for text: what follows a `<textarea>`, say."""
    return _RAW.search(source) is not None


def shown_otherwise(source: str) -> set[str]:
    """The words of a text that are shown otherwise than as words, as docs/formatting.md says."""
    found = {word.casefold() for word in _otherwise(source)}
    return found | _MADE if has_raw_text(source) else found


def _otherwise(source: str) -> Iterator[str]:
    for pattern in _SHOWN_OTHERWISE.values():
        for found in pattern.finditer(source):
            yield from _WORD.findall(found[0])
