"""Markup: turns text that contributors wrote into HTML that is safe to show.

engine (comrak, Python-Markdown or docutils) → policy (which HTML may pass; one for all engines) → finish (our own markup, with
slots for what is not known yet) → posters (for links to videos and slides) → slots (filled for each page and feed)
"""

from __future__ import annotations

import functools
import html
import math
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote

import msgspec

from bylines.markup import emoji, finish, footnotes, posters
from bylines.markup.engines import engine_html
from bylines.markup.excerpts import excerpt
from bylines.markup.formulas import Formulas
from bylines.markup.html_remarks import html_remarks
from bylines.markup.ids import Ids
from bylines.markup.likely_mistakes import find_likely_mistakes
from bylines.markup.maths import FormulaError
from bylines.markup.mentions import handles_in
from bylines.markup.options import MarkupOptions, Outline, Prose, Remark
from bylines.markup.policy import clean
from bylines.markup.raw_html import HtmlFinding
from bylines.markup.slots import fill, fill_absolute

__all__ = ["MarkupOptions", "Outline", "Prose", "fill", "fill_absolute", "inline", "lines_of", "read"]

_MOST_SEARCHED = 100
_TAG = re.compile(r"<[^>]*>")
_NOT_PROSE = re.compile(r"<(pre|code|a|kbd|samp)\b[^>]*>.*?</\1>", re.S)
_LOCAL = re.compile(r"""\b(?:href|src)=["']((?:file:|[a-z]:(?:[\\/]|%5C))[^"'>]*)""", re.I)
_LOCAL_HINT = re.compile(r"""=["'](?:[fF][iI][lL][eE]:|[a-zA-Z]:(?:[\\/]|%5[cC]))""")  # ten times as fast, to try first
_FOOTNOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>|<section class="footnotes".*', re.S)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_PLAIN = MarkupOptions()


def read(source: str, kind: str, options: MarkupOptions) -> tuple[Prose, Outline]:
    """Turn a text into safe HTML with slots. Return that, and the facts about the text that its record stores.

    `kind` is 'md' or 'rst'.
    """
    as_hosts_do = kind == "md" and options.engine != "pelican"
    findings: list[HtmlFinding] = []
    remarks: list[Remark] = []
    if as_hosts_do and "[^" in source and "]:" in source:
        made, nested = _with_footnotes(source, options, findings, remarks)
    else:
        made, nested = engine_html(source, kind, options, findings)
    cleaned = clean(made)
    if as_hosts_do:
        cleaned = emoji.expand(cleaned)
    finisher = finish.Finisher(formulas=Formulas(source), has_emoji=as_hosts_do)
    finished = finisher.finish(cleaned)
    content, frames = posters.add_posters(finished.content, options.video_hosts)
    prose = functools.cache(lambda: _prose(cleaned))
    outline = _outline(source, cleaned, prose, finisher, nested=nested)
    if not nested:
        remarks += (
            *html_remarks(source, findings),
            *_remarks(source, finisher.remarks),
            *find_likely_mistakes(source, cleaned, prose),
        )
    return Prose(content, finished.toc, frames), msgspec.structs.replace(
        outline, local=_local(source, made), remarks=tuple(sorted(remarks))
    )


def _with_footnotes(
    source: str, options: MarkupOptions, findings: list[HtmlFinding], remarks: list[Remark]
) -> tuple[str, bool]:
    given, found = footnotes.mend(source)
    made, nested = engine_html(given, "md", options, findings)
    if nested:
        return engine_html(source, "md", options)[0], True
    remarks += (*found, *footnotes.find_unused(source, made))
    return made, False


def _outline(
    source: str, cleaned: str, prose: Callable[[], str], finisher: finish.Finisher, *, nested: bool
) -> Outline:
    without_notes = _FOOTNOTE.sub("", cleaned) if "footnote" in cleaned else cleaned
    return Outline(
        targets=tuple(sorted(finisher.targets)),
        anchors=finisher.ids.anchors,
        astray=_astray(source, sorted(finisher.ids.astray)),
        mentions=tuple(sorted(handles_in(prose()))) if "@" in source else (),
        excerpt=excerpt(cleaned),
        words=_words(_plain(without_notes)),
        faults=tuple(_faults(source, finisher.formulas.faults)) if finisher.formulas.faults else (),
        elsewhere=tuple(zip(lines_of(source, sorted(finisher.elsewhere)), sorted(finisher.elsewhere), strict=True)),
        nested=nested,
    )


def _astray(source: str, fragments: list[str]) -> tuple[tuple[int, str], ...]:
    found = [f"#{fragment}" for fragment in fragments]
    return tuple(zip(lines_of(source, found), found, strict=True)) if found else ()


def _remarks(source: str, found: Sequence[tuple[str, str]]) -> list[Remark]:
    """Return the remarks of the finishing pass, once for each kind and text, with their lines."""
    once = list(dict.fromkeys(found))
    lines = [_line_of_block(source, value) if code == "drawn-as-code" else 0 for code, value in once]
    others = iter(lines_of(source, [value for code, value in once if code != "drawn-as-code"]))
    return [Remark(line or next(others, 0), code, value) for line, (code, value) in zip(lines, once, strict=True)]


def _line_of_block(source: str, language: str) -> int:
    found = re.search(rf"^[ \t>]*(?:`{{3,}}|~{{3,}})[ \t]*{language}\b", source, re.M | re.I)
    return source.count("\n", 0, found.start()) + 1 if found else 0


def _local(source: str, made: str) -> tuple[tuple[int, str], ...]:
    """Return (line, address) of links to files on the writer's machine. The policy removes them, so nobody would notice otherwise."""
    if not _LOCAL_HINT.search(made):
        return ()
    found = sorted({unquote(html.unescape(address)) for address in _LOCAL.findall(made)})
    return tuple(zip(lines_of(source, found), found, strict=True))


def inline(source: str, prefix: str = "") -> str:
    """Return a short text, such as a bio or a description, as safe HTML with headings as paragraphs.

    `prefix` is put before addresses that begin with a slash.
    """
    cleaned = emoji.expand(re.sub(r"<(/?)h[1-6](?:\s[^>]*)?>", r"<\1p>", clean(engine_html(source, "md", _PLAIN)[0])))
    ids = Ids(f"{zlib.crc32(source.encode()):x}-") if "id=" in cleaned or "name=" in cleaned else None
    finisher = finish.Finisher(ids)
    content = finisher.finish(cleaned).content
    return fill(content, {target: prefix + target for target in finisher.targets if target.startswith("/")}, {})


def lines_of(source: str, targets: Sequence[str]) -> list[int]:
    """Return for each target (as in `Outline`) the line, from 1, of its first occurrence; 0 if it is not found.

    Only the first hundred are searched, since each takes a pass over the text. The others get 0.
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


def _words(text: str) -> int:
    ideographs = len(_CJK.findall(text)) if not text.isascii() else 0
    spaced = _CJK.sub(" ", text) if ideographs else text
    return len(spaced.split()) + math.ceil(ideographs / 2)


def _faults(source: str, found: Mapping[str, FormulaError]) -> list[tuple[int, str]]:
    lines = lines_of(source, list(found))
    return [(line and line + error.line, str(error)) for line, error in zip(lines, found.values(), strict=True)]
