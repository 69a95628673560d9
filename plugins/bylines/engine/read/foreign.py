"""Recognises headers that Bylines does not read (TOML, JSON, lines without fences), and translates simple ones into YAML."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from typing import Any, NamedTuple

from bylines.engine.read import gate, messages
from bylines.engine.read.header import HeaderError
from bylines.engine.read.keys import known_key
from bylines.engine.read.plain import written
from bylines.engine.read.text import Parts

_DRAFT = "status: draft"
_LARGEST = 64_000
_LOOKED_AT = 2_000
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.M | re.S)
_JSON = re.compile(r"\s*(?:;;;[ \t]*\n)?(?=\{\s*\")")
_OPEN_JSON = re.compile(r"\s*(\"\w+\"[ \t]*:.*?)^;;;[ \t]*(?:\n|\Z)", re.M | re.S)
_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_JSON_END = re.compile(r"[ \t]*\n?(?:;;;[ \t]*)?(?:\n|\Z)")
_BARE = re.compile(
    r"(?:[ \t]*\n)*((?:[A-Za-z][\w -]{0,40}:(?:[ \t][^\n]*)?(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z)|- [^\n]*(?:\n|\Z))*)+)"
)
_ORG = re.compile(r"\s*#\+(?:title|date|author|filetags):", re.I)
_HEADER_LINE = re.compile(r"^[ \t]*(?:---[ \t]*\n[ \t]*)?(?:title|date)[ \t]*:", re.M | re.I)


class Foreign(NamedTuple):
    """A header in another format, with its translation."""

    form: str
    """The name of the format, for messages."""
    lines: tuple[str, ...]
    """The header in YAML; empty if it cannot be translated."""
    start: int
    end: int
    """The header is `text[start:end]`."""


def foreign(text: str) -> Foreign | None:
    """Return the header with which a text begins, if it is in another program's format; else None."""
    if found := _TOML.match(text):
        return Foreign("TOML", _from_toml(found[1]), 0, found.end())
    if text.lstrip().startswith("+++"):
        return Foreign("TOML", (), 0, 0)
    if found := _JSON.match(text):
        return _from_json(text, found.end())
    if (found := _OPEN_JSON.match(text)) and len(found[1]) <= _LARGEST:
        return _from_json(f"{{{found[1]}}}", 0)._replace(end=found.end())
    if (bare := _BARE.match(text)) and _has_title(bare[1]):
        lines = tuple(bare[1].rstrip().split("\n"))
        below = _FENCE.match(text, bare.end(1))
        form = "lines of a header without '---' above" + ("" if below else " and below")
        return Foreign(form, lines, bare.start(1), below.end() if below else bare.end(1))
    if _ORG.match(text):
        return Foreign("a header of Org mode", (), 0, 0)
    return None


def _has_title(lines: str) -> bool:
    keys = {known_key(line.partition(":")[0].strip()) for line in lines.split("\n") if ":" in line}
    return "title" in keys


def error_of(parts: Parts, whole: str) -> HeaderError:
    """Return the error for a text without a readable header."""
    if parts.form == "open":
        last = parts.header_line + _last_line(parts.header)
        return HeaderError(messages.OPEN_HEADER, last, last=last)
    found = foreign(whole)
    if found and found.lines:
        line = whole.count("\n", 0, len(whole) - len(whole.lstrip())) + 1
        return HeaderError(messages.OTHER_HEADER, line, form=found.form, now=shown(found.lines))
    if found:
        return HeaderError(messages.TOML, 1, form=found.form)
    if low := _HEADER_LINE.search(whole, 0, _LOOKED_AT):
        line = whole.count("\n", 0, low.start()) + 1
        above = whole.lstrip().split("\n", 1)[0].strip()
        return HeaderError(messages.LOW_HEADER, line, what=f"'{above}'")
    return HeaderError(messages.NO_HEADER, 1)


def shown(lines: tuple[str, ...]) -> str:
    """Return the lines of a header as one line for a message. Leave values out if any line may keep the text unpublished.

    The store keeps messages, and must not hold the words of such a text.
    """
    lines = tuple(map(_without_words, lines)) if any(map(_may_keep_in, lines)) else lines
    return ", ".join(f"'{line}'" for line in ("---", *lines[:8], *(["…"] if len(lines) > 8 else []), "---"))


def _may_keep_in(line: str) -> bool:
    key, _, value = line.partition(":")
    return gate.sort_of(key.strip()) is not None or bool(gate.mark_of(value.strip().strip("\"'")))


def _without_words(line: str) -> str:
    key, colon, _ = line.partition(":")
    if line == _DRAFT:
        return line
    return f"{key}: …" if colon and line[:1].isalnum() else "…"


def _last_line(header: str) -> int:
    """Return the index of the last line, from 0, that looks like part of a header without a closing fence."""
    last = 0
    for number, line in enumerate(header.split("\n")):
        if not line.strip() or (line[0] not in " \t-#" and ":" not in line):
            break
        last = number
    return last


def _from_toml(text: str) -> tuple[str, ...]:
    try:
        found = tomllib.loads(text) if len(text) <= _LARGEST else {}
    except (tomllib.TOMLDecodeError, RecursionError):
        return ()
    return _lines(found)


def _from_json(text: str, start: int) -> Foreign:
    try:
        found, end = json.JSONDecoder().raw_decode(text[: start + _LARGEST], start)
    except (ValueError, RecursionError):
        return Foreign("JSON", (), 0, 0)
    closing = _JSON_END.match(text, end)
    if closing is None or not isinstance(found, dict):
        return Foreign("JSON", (), 0, 0)
    return Foreign("JSON", _lines(found), 0, closing.end())


def _lines(found: dict[str, Any]) -> tuple[str, ...]:
    """Return a mapping as lines of YAML; empty if it holds more than single values and lists of them."""
    lines = []
    for key, value in found.items():
        if key in ("draft", "published") and isinstance(value, bool):
            lines += [_DRAFT] * (value == (key == "draft"))
            continue
        text = _value(value)
        if text is None or not re.fullmatch(r"\w[\w .-]*", key):
            return ()
        lines.append(f"{key}: {text}".rstrip())
    return tuple(lines)


def _value(value: Any) -> str | None:
    if isinstance(value, list):
        items = [_value(item) if not isinstance(item, list) else None for item in value]
        return None if None in items else f"[{', '.join(written(_text(item), listed=True) for item in value)}]"
    if isinstance(value, dict) or value is None:
        return None
    text = _text(value)
    return None if "\n" in text else written(text)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
