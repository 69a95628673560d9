"""Decodes a source, and splits its text into header and body. Mends and reports harmless slips."""

from __future__ import annotations

import re
from typing import NamedTuple

from bylines.control_characters import first_control, without_controls
from bylines.engine.read import messages
from bylines.problems import ContentProblem

_BOM = "\ufeff"
# A fence is three hyphens. A dash that an editor made of them (—), or a slip (----, --), counts if lines of a header follow.
# Byte order marks and Windows' line ends are allowed, since renames search the raw files.
_DASHES = "(?:-{2,}|[\u2010-\u2015\u2212][-\u2010-\u2015\u2212]*)"
_BLANK = r"(?:[ \t]*\r?\n)*"
_FIRST_LINE = rf"(?={_BLANK}[ \t]*[\"']?(?:title|name|date|layout|authors?|topics|tags)[\"']?[ \t]*[:\uff1a=])"
OPENING = re.compile(rf"\ufeff?{_BLANK}(?:(---)[ \t]*(?:\r?\n|\Z)|({_DASHES})[ \t]*\r?\n{_FIRST_LINE})", re.I)
CLOSING = re.compile(rf"^(?:(---|\.\.\.)|({_DASHES}))[ \t]*(?:\r?\n|\Z)", re.M)
TWICE = "the three hyphens stand here twice"
_AGAIN = re.compile(_BLANK + _FIRST_LINE, re.I)
_FIELDS = re.compile(r"(?:[ \t]*\n)*((?:[A-Za-z][\w-]*:[^\n]*(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z))*)+)")
_RST_TITLE = re.compile(r"(?:[ \t]*\n)*(?:([^\w\s])\1+[ \t]*\n)?(\S[^\n]*)\n([^\w\s])\3+[ \t]*(?:\n|\Z)")
_RST_FIELDS = re.compile(r"(?:[ \t]*\n)*((?::[^:\n]+:[^\n]*(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z))*)+)")


class Text(NamedTuple):
    """A source's text, or None if it cannot be used. `problems` say what was mended, or why it cannot be used."""

    text: str | None
    problems: list[ContentProblem]


class Parts(NamedTuple):
    """A text's header and body. `form` is 'yaml', 'fields' (Pelican's 'Title: …'), 'rst', 'open' (not closed), or empty if none."""

    form: str
    header: str
    header_line: int
    """The number, from 1, of the header's first line."""
    body: str
    lines_before: int
    """The number of lines above the body."""
    title: str = ""
    """The title of a reStructuredText document; empty if there is none."""
    fences: tuple[tuple[int, str], ...] = ()
    """Odd fences: the number of each line, from 1, and what is odd about it."""


def decode(shown: str, data: bytes, limit: int) -> Text:
    """Return the text of a source. `shown` is the path for messages, `limit` the most bytes."""
    if len(data) > limit:
        return Text(None, [messages.TOO_LARGE.problem(shown, limit=f"{limit:,}")])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Text(None, [messages.NOT_UTF8.problem(shown, line, guess=_guess(data))])
    mended = _mend(text)
    if not mended.strip():
        return Text(None, [messages.EMPTY.problem(shown)])
    return Text(mended, _report_mended(shown, text) if mended is not text else [])


def _guess(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ", but looks like UTF-16"
    return ", but looks like Windows-1252 or Latin-1" if b"\0" not in data else ""


def _mend(text: str) -> str:
    if text.startswith(_BOM):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_controls(text)


def _report_mended(shown: str, text: str) -> list[ContentProblem]:
    found = []
    if text.startswith(_BOM):
        found.append(messages.BOM.problem(shown, 1))
    if "\r" in text:
        found.append(messages.CRLF.problem(shown, text.count("\n", 0, text.index("\r")) + 1))
    control = first_control(text)
    if control >= 0:
        found.append(messages.CONTROL.problem(shown, text.count("\n", 0, control) + 1))
    return found


_LIKE_A_POST = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:---|\+\+\+)[ \t]*\r?\n(?:[^\n]{0,500}\n){0,20}?"
    rb"[ \t]*(?:title|date|layout|draft|published|status)[ \t]*[:=]",
    re.I,
)


def looks_like_a_post(data: bytes) -> bool:
    """Return whether a file begins with front matter, whatever it is called. `data` is its beginning."""
    return _LIKE_A_POST.match(data) is not None


def kind_of(name: str) -> str:
    """Return 'rst' for reStructuredText, else 'md'."""
    return "rst" if name.endswith(".rst") else "md"


def split(text: str, kind: str) -> Parts:
    """Split a mended text into header and body."""
    opening = opening_of(text, kind)
    if opening:
        return _yaml_parts(text, opening)
    if kind == "rst":
        return _rst_parts(text)
    fields = _FIELDS.match(text)
    if fields:
        return _parts("fields", text, fields.start(1), fields.end(1), fields.end(1))
    return Parts("", "", 1, text, 0)


def opening_of(text: str, kind: str) -> re.Match[str] | None:
    """Return the opening fence of a YAML header, or None. In reStructuredText only three hyphens count; others mark a title."""
    opening = OPENING.match(text)
    return opening if opening and (opening[1] or kind != "rst") else None


def _yaml_parts(text: str, opening: re.Match[str]) -> Parts:
    start = opening.end()
    closing = CLOSING.search(text, start)
    if not closing:
        return Parts("open", text[start:], text.count("\n", 0, start) + 1, "", 0)
    odd = [_odd(text, fence) for fence in (opening, closing) if fence[2]]
    if not text[start : closing.start()].strip() and (again := doubled(text, closing)):
        odd.append((text.count("\n", 0, closing.start()) + 1, TWICE))
        odd += [_odd(text, again)] if again[2] else []
        start, closing = closing.end(), again
    parts = _parts("yaml", text, start, closing.start(), closing.end())
    return parts._replace(fences=tuple(odd)) if odd else parts


def doubled(text: str, closing: re.Match[str]) -> re.Match[str] | None:
    """Return the closing fence of a header that begins below a doubled fence; None if none does."""
    return CLOSING.search(text, closing.end()) if _AGAIN.match(text, closing.end()) else None


def _odd(text: str, fence: re.Match[str]) -> tuple[int, str]:
    return text.count("\n", 0, fence.start(2)) + 1, f"{fence[2][:20]} stands for three hyphens"


def _rst_parts(text: str) -> Parts:
    title = _RST_TITLE.match(text)
    start = title.end() if title else 0
    fields = _RST_FIELDS.match(text, start)
    if not fields:
        return Parts("", "", 1, text, 0)
    parts = _parts("rst", text, fields.start(1), fields.end(1), fields.end(1))
    return parts._replace(title=title[2].strip() if title else "")


def _parts(form: str, text: str, start: int, end: int, body: int) -> Parts:
    return Parts(form, text[start:end], text.count("\n", 0, start) + 1, text[body:], text.count("\n", 0, body))


def body_of(name: str, data: bytes) -> tuple[str, str]:
    """Return the text of a source below its header, and its markup ('md' or 'rst')."""
    kind = kind_of(name)
    return split(_mend(data.decode("utf-8", "replace")), kind).body, kind


def mended(data: bytes) -> str:
    """Return the whole text of a source without byte order mark and control characters, and with Unix line ends."""
    return _mend(data.decode("utf-8", "replace"))
