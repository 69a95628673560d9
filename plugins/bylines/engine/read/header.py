"""A header to nodes that know their lines. YAML without anchors, aliases and tags, bounded in size and depth.

Every scalar is the text that was written: which type it has is for the key to say (so `title: 42` is a title).
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from bylines import messages
from bylines.messages import Message
from bylines.problems import ContentProblem

_LARGEST = 64_000
_DEEPEST = 8
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_DEFAULT_TAGS = (None, "!")
# A line as nearly all are: a key, and a plain text or a list of plain texts, in which nothing means anything to YAML.
_TEXT = r"(?!(?i:null))\w[^:#\n]*+(?:(?::(?=[^ \n])|(?<=[^ ])#)[^:#\n]*+)*+"
_ITEM = r"(?!(?i:null))\w(?:[^][{},:?#\n]|(?<=[^ ])#)*+"
_SIMPLE = re.compile(rf"^(?!null:)([a-z][a-z0-9_-]{{0,60}}): +(?:({_TEXT})|\[ *({_ITEM}(?:, *{_ITEM})*)\] *)\n", re.M)
_FIELD = re.compile(r"^:?([^:\n]+):[ \t]*([^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.M)


class Node(NamedTuple):
    """A value with its line (from 1): a text, None for nothing, a list of nodes, or a mapping of pairs."""

    value: Any
    line: int


class HeaderError(Exception):
    """A header that cannot be read: the message to give, its line, and what the message is to show."""

    def __init__(self, message: Message, line: int, **values: object) -> None:
        super().__init__(message.code)
        self.message = message
        self.line = line
        self.values = values

    def problem(self, shown: str) -> ContentProblem:
        """The message about a file."""
        return self.message.problem(shown, self.line, **self.values)


_IN_WORDS = (
    ("mapping values are not allowed", "': ' stands in a text without quotes"),
    ("expected ',' or ']'", "a [ is not closed, or a comma is missing"),
    ("expected ',' or '}'", "a { is not closed, or a comma is missing"),
    ("could not find expected ':'", "a line has no ': '"),
    ("unexpected end of stream", "a quote is not closed"),
    ("cannot start any token", "a text begins with a sign that needs quotes"),
)


def _in_words(error: yaml.MarkedYAMLError, text: str) -> str:
    """What is wrong, for whoever has never heard of tokens."""
    if (mark := error.problem_mark) and text[mark.index : mark.index + 1] == "\t":
        return "a tab stands where spaces belong"
    said = str(error.problem or error.context)
    return next((words for part, words in _IN_WORDS if part in said), said)


def parse_yaml(text: str, first_line: int, *, largest: int = _LARGEST) -> Node:
    """The one value of a YAML text. Raises HeaderError."""
    if len(text) > largest:
        raise HeaderError(messages.TOO_LARGE, first_line, limit=f"{largest:,}")
    try:
        return _simple(text, first_line) or _Composer(text, first_line).compose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise HeaderError(messages.BAD_YAML, line, reason=_in_words(error, text)) from error
    except yaml.YAMLError as error:
        raise HeaderError(messages.BAD_YAML, first_line, reason=str(error).partition("\n")[0]) from error


def parse_fields(text: str, first_line: int) -> Node:
    """The nodes of Pelican's header lines ('Title: …', or ':title: …' in reStructuredText); keys in lower case.

    Raises HeaderError where they are too many.
    """
    if len(text) > _LARGEST:
        raise HeaderError(messages.TOO_LARGE, first_line, limit=f"{_LARGEST:,}")
    pairs = []
    for match in _FIELD.finditer(text):
        line = first_line + text.count("\n", 0, match.start())
        value = " ".join(match[2].split())
        pairs.append((Node(match[1].strip().lower(), line), Node(value or None, line)))
    return Node(tuple(pairs), first_line)


def _simple(text: str, first_line: int) -> Node | None:
    """The nodes of a header of simple lines alone, in a quarter of the time; None for any other, which the parser is to judge."""
    found = _SIMPLE.findall(text) if text.endswith("\n") else ()
    if not found or len(found) != text.count("\n") or not text.replace("\n", "").isprintable():
        return None
    pairs = []
    for line, (key, plain, items) in enumerate(found, first_line):
        value = plain.rstrip(" ") or [Node(item.strip(" "), line) for item in items.split(",")]
        pairs.append((Node(key, line), Node(value, line)))
    return Node(tuple(pairs), first_line)


class _Composer:
    """Events to nodes. PyYAML's own composer follows aliases and tags, which are not wanted here."""

    def __init__(self, text: str, first_line: int) -> None:
        self._events = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._first = first_line

    def compose(self) -> Node:
        next(self._events)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return Node(None, self._first)
        found = self._node(next(self._events), 1)
        next(self._events)
        end = next(self._events)
        if not isinstance(end, yaml.StreamEndEvent):
            raise HeaderError(messages.BAD_YAML, self._line(end), reason="a second document begins")
        return found

    def _line(self, event: Any) -> int:
        return self._first + int(event.start_mark.line)

    def _node(self, event: Any, depth: int) -> Node:
        line = self._line(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None or event.tag not in _DEFAULT_TAGS:
            raise HeaderError(messages.NO_ALIASES, line)
        if depth > _DEEPEST:
            raise HeaderError(messages.TOO_DEEP, line)
        if isinstance(event, yaml.ScalarEvent):
            return Node(None if not event.style and event.value in _NOTHING else event.value, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self._items(depth), line)
        return Node(self._pairs(depth), line)

    def _items(self, depth: int) -> list[Node]:
        found = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._node(event, depth + 1))
        return found

    def _pairs(self, depth: int) -> tuple[tuple[Node, Node], ...]:
        found = []
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            found.append((key, self._node(next(self._events), depth + 1)))
        return tuple(found)
