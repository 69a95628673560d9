"""Markup: text that contributors wrote to HTML that is safe to show.

engine (comrak, Python-Markdown or docutils) → policy (what may pass, the same for all) → finish (our own markup, with
slots for what is not known yet) → posters (of links to videos and slides) → slots (filled for each page and feed)
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Sequence
from urllib.parse import unquote

import msgspec

from bylines.markup import finish, posters
from bylines.markup.angles import Said
from bylines.markup.engines import engine_html
from bylines.markup.maths import FormulaError, to_mathml
from bylines.markup.options import MarkupOptions, Outline, Prose
from bylines.markup.policy import clean
from bylines.markup.remarks import remarks
from bylines.markup.slots import fill, fill_absolute

__all__ = ["MarkupOptions", "Outline", "Prose", "fill", "fill_absolute", "inline", "lines_of", "read"]

_EXCERPT = 280
_MOST_SEARCHED = 100
_TAG = re.compile(r"<[^>]*>")
_NOT_PROSE = re.compile(r"<(pre|code|a|kbd|samp)\b[^>]*>.*?</\1>", re.S)
_MATHS = re.compile(r'<(span|code)(?=[^>]*data-math-style="(inline|display)")[^>]*>([^<]*)</\1>')
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>([^<]*+(?:<(?!/p>)[^<]*+)*+)</p>")
_LOCAL = re.compile(r"""\b(?:href|src)=["']((?:file:|[a-z]:(?:[\\/]|%5C))[^"'>]*)""", re.I)
_FOOTNOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>|<section class="footnotes".*', re.S)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_PLAIN = MarkupOptions()


def read(source: str, kind: str, options: MarkupOptions) -> tuple[Prose, Outline]:
    """A text of a kind ('md' or 'rst') as safe HTML with slots, and what a record keeps of it."""
    said: list[Said] = []
    made, nested = engine_html(source, kind, options, said)
    cleaned = clean(made)
    finisher = finish.Finisher()
    finished = finisher.finish(cleaned)
    content, frames = posters.put(finished.content, options.video_hosts)
    outline = _outline(source, cleaned, finisher, nested=nested)
    found = remarks(source, said) if said and not nested else ()
    return Prose(content, finished.toc, frames), msgspec.structs.replace(
        outline, local=_local(source, made), remarks=found
    )


def _outline(source: str, cleaned: str, finisher: finish.Finisher, *, nested: bool) -> Outline:
    without_notes = _FOOTNOTE.sub("", cleaned) if "footnote" in cleaned else cleaned
    return Outline(
        targets=tuple(sorted(finisher.targets)),
        mentions=tuple(sorted(finish.mentioned(_prose(cleaned)))) if "@" in source else (),
        excerpt=_excerpt(without_notes),
        words=_words(_plain(without_notes)),
        faults=tuple(_faults(source, cleaned)),
        elsewhere=tuple(zip(lines_of(source, sorted(finisher.elsewhere)), sorted(finisher.elsewhere), strict=True)),
        nested=nested,
    )


def _local(source: str, made: str) -> tuple[tuple[int, str], ...]:
    """Links to files of the writer's own machine: the policy lets none of them pass, so that they would be gone without a word."""
    found = sorted({unquote(html.unescape(address)) for address in _LOCAL.findall(made)})
    return tuple(zip(lines_of(source, found), found, strict=True))


def inline(source: str) -> str:
    """A short text (a bio, a description) as safe HTML, headings as paragraphs."""
    cleaned = re.sub(r"<(/?)h[1-6](?:\s[^>]*)?>", r"<\1p>", clean(engine_html(source, "md", _PLAIN)[0]))
    return fill(finish.Finisher().finish(cleaned).content, {}, {})


def lines_of(source: str, targets: Sequence[str]) -> list[int]:
    """The line (from 1) at which each target, as `outline` gives it, first stands; 0 for one that is not found.

    So it is for those after the first hundred, since each is one search more.
    """
    found = [_line_of(target, source) for target in targets[:_MOST_SEARCHED]]
    if not all(found):
        meant = "\n".join(html.unescape(unquote(line)).replace("\n", " ") for line in source.split("\n"))
        found = [line or _line_of(target, meant) for line, target in zip(found, targets, strict=False)]
    return found + [0] * (len(targets) - len(found))


def _line_of(target: str, text: str) -> int:
    place = text.find(target.replace("\n", " "))
    return text.count("\n", 0, place) + 1 if place >= 0 else 0


def _plain(cleaned: str) -> str:
    return html.unescape(_TAG.sub("", cleaned))


def _prose(cleaned: str) -> str:
    return _plain(_NOT_PROSE.sub(" ", cleaned))


def _excerpt(cleaned: str) -> str:
    for match in _PARAGRAPH.finditer(cleaned):
        text = " ".join(_plain(match[1]).split())
        if text and (" " in text or "://" not in text):  # a bare address tells nothing
            break
    else:
        return ""
    if len(text) <= _EXCERPT:
        return text
    cut = text[: _EXCERPT - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > _EXCERPT // 2 else cut).rstrip(" ,;:–-") + "…"


def _words(text: str) -> int:
    ideographs = len(_CJK.findall(text)) if not text.isascii() else 0
    spaced = _CJK.sub(" ", text) if ideographs else text
    return len(spaced.split()) + math.ceil(ideographs / 2)


def _faults(source: str, cleaned: str) -> list[tuple[int, str]]:
    if "data-math-style" not in cleaned:
        return []
    found: dict[str, str] = {}
    for match in _MATHS.finditer(cleaned):
        latex = html.unescape(match[3])
        try:
            to_mathml(latex, display=match[2] == "display")
        except FormulaError as error:
            found.setdefault(latex.strip().partition("\n")[0], str(error))
    return list(zip(lines_of(source, list(found)), found.values(), strict=True))
