"""Bytes to text, and a text into its header and its body. What is harmless is mended, and said."""

from __future__ import annotations

import re
from typing import NamedTuple

from bylines.control_characters import first_control, without_controls
from bylines.engine.read import messages
from bylines.problems import ContentProblem

_BOM = "\ufeff"
# A fence is three hyphens. What becomes of them by itself (—), or by a slip (----, --), is one where lines of a header follow.
# Renames look for headers in files as they lie, with their byte order mark and Windows' line ends.
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
    """A source's text; None where it cannot be used. `problems` say what was mended, or why it cannot."""

    text: str | None
    problems: list[ContentProblem]


class Parts(NamedTuple):
    """A text's header and body. `form` is 'yaml', 'fields' (Pelican's 'Title: …'), 'rst', 'open' or '' for none."""

    form: str
    header: str
    header_line: int
    """The line, from 1, at which the header's first line stands."""
    body: str
    lines_before: int
    """Lines of the file above the body."""
    title: str = ""
    """Of a reStructuredText document."""
    fences: tuple[tuple[int, str], ...] = ()
    """Lines, from 1, that stand for three hyphens, and what is odd about them."""


def decode(shown: str, data: bytes, limit: int) -> Text:
    """The text of a source. `shown` is the path for messages, `limit` the largest number of bytes."""
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
    return Text(mended, _said(shown, text) if mended is not text else [])


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


def _said(shown: str, text: str) -> list[ContentProblem]:
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
    """'rst' for reStructuredText, else 'md'."""
    return "rst" if name.endswith(".rst") else "md"


def split(text: str, kind: str) -> Parts:
    """A mended text in its parts."""
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
    """The fence with which a header in YAML begins; hyphens over a line of reStructuredText make it a title."""
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
    """The end of a header that begins below a second fence; None where none does."""
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
    """The text of a source below its header, and its kind ('md' or 'rst')."""
    kind = kind_of(name)
    return split(_mend(data.decode("utf-8", "replace")), kind).body, kind


def mended(data: bytes) -> str:
    """The whole text of a source, as it is read: without byte order mark and control characters, with plain line ends."""
    return _mend(data.decode("utf-8", "replace"))
