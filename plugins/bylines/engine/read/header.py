"""Parses a header into nodes with line numbers. It is YAML without anchors, aliases and tags, limited in size and depth.

Common slips, which YAML would read differently, are read as people mean them (`meant`), and reported.

Every scalar stays the text that was written. Its key decides the type, so `title: 42` is a title.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from bylines.engine.read import messages
from bylines.engine.read.keys import known_key
from bylines.engine.read.meant import Meant, Slip, as_meant
from bylines.engine.read.plain import written
from bylines.markup.messages import MERGE
from bylines.problems import ContentProblem, Message

_LARGEST = 64_000
_DEEPEST = 8
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_DEFAULT_TAGS = (None, "!")
# Nearly all lines match: a key, and a plain text or a list of plain texts, without characters that are special to YAML.
_TEXT = r"(?!(?i:null))\w[^:#\n]*+(?>(?:(?::(?=[^ \n])|(?<=[^ ])#)[^:#\n]*+)*)"
_ITEM = r"(?!(?i:null))\w(?>(?:[^][{},:?#\n]|(?<=[^ ])#)*)"
_SIMPLE = re.compile(rf"^(?!null:)([a-z][a-z0-9_-]{{0,60}}): +(?:({_TEXT})|\[ *({_ITEM}(?:, *{_ITEM})*)\] *)\n", re.M)
_FIELD = re.compile(r"^:?([^:\n]+):[ \t]*([^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.M)


class Node(NamedTuple):
    """A value with its line (from 1): a text, a list of nodes, a mapping as a tuple of pairs, or None if it is empty."""

    value: Any
    line: int


class HeaderError(Exception):
    """A header that cannot be read: the message, its line, and the values to show in it."""

    def __init__(self, message: Message, line: int, **values: object) -> None:
        super().__init__(message.code)
        self.message = message
        self.line = line
        self.values = values

    def problem(self, shown: str) -> ContentProblem:
        """Return the problem of a file. `shown` is its path for messages."""
        return self.message.problem(shown, self.line, **self.values)


_COLON = "a colon stands where no key is"
# Plain words for the parser's messages. The first part that occurs in a message counts.
_IN_WORDS = (
    ("mapping values are not allowed", _COLON),
    ("could not find expected ':'", "this line is not written as 'key: value'"),
    ("did not find expected key", "this line does not fit those above it"),
    ("did not find expected '-'", "this line is no item of the list above it"),
    ("']'", "a [ is not closed, or a comma is missing"),
    ("'}'", "a { is not closed, or a comma is missing"),
    ("unexpected end of stream", "a quote is not closed"),
    ("document indicator", "a quote is not closed"),
    ("cannot start any token", "a text begins with a sign that needs quotes"),
    ("escape", "a backslash stands between double quotes"),
    ("block sequence entries", "a hyphen stands where no list can begin"),
    ("control characters", "a character that nobody sees stands here"),
    ("alphabetic or numeric", "a text begins with & or * and has no quotes"),
    ("tag", "a text begins with ! and has no quotes"),
    ("directive", "this line begins with %"),
)
_ELSE = "this line is not written as 'key: value'"
# These are wrong where they begin; the parser notices it some lines later.
_BEGINS = ("flow", "quoted", "simple key", "anchor", "alias")


def _locate_error(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """Return the line, from 0, and the reason why a text cannot be read."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return text.count("\n", 0, getattr(error, "position", 0)), _in_words(str(error))
    begun = any(word in str(error.context) for word in _BEGINS)
    mark = error.context_mark if begun and error.context_mark else error.problem_mark or error.context_mark
    if (at := error.problem_mark) and text[at.index : at.index + 1] == "\t":
        return at.line, "a tab stands where spaces belong"
    return mark.line if mark else 0, _in_words(str(error.problem or error.context))


def _in_words(said: str) -> str:
    return next((words for part, words in _IN_WORDS if part in said), _ELSE)


def _advice(line: str) -> str:
    """Return what to do with a line that cannot be read."""
    if "\t" in line and line.replace("\t", "  ").strip():
        return f"write: {line.replace(chr(9), '  ').rstrip()}"
    key, _, value = line.strip().partition(": ")
    value = value.strip()
    for opened, closed in ("[]", "{}"):
        if value.startswith(opened) and closed not in value:
            return (
                f"write: {key}: {value.rstrip(', ')}{closed}"
                if value.strip(opened)
                else f"put a {closed} where it ends"
            )
    if re.search(r"\w", value) and re.match(r"\w", key):
        return f"write: {key}: {written(value)}"
    word, _, rest = line.strip().partition(" ")
    if known_key(word) and re.search(r"\w", rest):
        return f"write: {word}: {rest.lstrip(' ->=')}"
    return "take it out" if line.strip() in ("---", "...") else "write it as 'key: value', or take it out"


def parse_yaml(
    text: str,
    first_line: int,
    *,
    largest: int = _LARGEST,
    said: list[Slip] | None = None,
    all_texts: bool = False,
    strict: bool = False,
) -> Node:
    """Return the value of a YAML text, with slips mended. Raises HeaderError.

    Slips are added to `said`, with lines counted from `first_line`. `all_texts`: every value is a text, as in a list of topics.
    `strict`: mend nothing.
    """
    if len(text) > largest:
        raise HeaderError(messages.TOO_LARGE, first_line, limit=f"{largest:,}")
    found = _simple(text, first_line)
    if found is not None:
        return found
    meant = Meant(text) if strict else as_meant(text, all_texts=all_texts)
    if meant.held:
        message = messages.HELD_LINE if meant.held.now else MERGE
        raise HeaderError(message, first_line + meant.held.line, what=meant.held.what, now=meant.held.now)
    try:
        found = _Composer(meant.text, first_line).compose()
    except yaml.YAMLError as error:
        at, reason = _locate_error(error, meant.text)
        lines = meant.text.split("\n")
        at, reason = _blame(lines, _line_with_text(lines, at), reason)
        raise HeaderError(messages.BAD_YAML, first_line + at, reason=reason, now=_advice(lines[at])) from error
    if said is not None:
        said += [slip._replace(line=first_line + slip.line) for slip in meant.slips]
    return found


def _line_with_text(lines: list[str], at: int) -> int:
    """Return a line's index, or that of the nearest line above it that is not blank."""
    at = min(at, len(lines) - 1)
    while at > 0 and not lines[at].strip():
        at -= 1
    return at


def _blame(lines: list[str], at: int, reason: str) -> tuple[int, str]:
    """Return the line to blame, and the reason: the line above if a colon is missing there, else the line itself."""
    above = lines[at - 1] if at else ""
    if reason == _COLON and re.match(r"\w", above) and ":" not in above:
        return at - 1, _ELSE
    return at, reason


def problems_of(shown: str, said: list[Slip]) -> list[ContentProblem]:
    """Return the messages about slips; one message for adjacent lines with the same slip."""
    said = [
        slip for slip, before in zip(said, [None, *said[:-1]], strict=False) if not before or not _goes_on(before, slip)
    ]
    return [
        messages.COMMENT.problem(shown, slip.line, comment=slip.what, now=slip.now)
        if slip.is_comment
        else messages.AS_MEANT.problem(shown, slip.line, what=slip.what, now=slip.now)
        for slip in said
    ]


def _goes_on(before: Slip, slip: Slip) -> bool:
    return before.what == slip.what and slip.line - before.line == 1


def parse_fields(text: str, first_line: int) -> Node:
    """Return the nodes of Pelican's header lines ('Title: …', or ':title: …' in reStructuredText); keys in lower case.

    Raises HeaderError if the header is too large.
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
    """Return the nodes of a header that has only simple lines, four times as fast as the parser; None for any other header."""
    found = _SIMPLE.findall(text) if text.endswith("\n") else ()
    if not found or len(found) != text.count("\n") or not text.replace("\n", "").isprintable():
        return None
    pairs = []
    for line, (key, plain, items) in enumerate(found, first_line):
        value = plain.rstrip(" ") or [Node(item.strip(" "), line) for item in items.split(",")]
        pairs.append((Node(key, line), Node(value, line)))
    return Node(tuple(pairs), first_line)


class _Composer:
    """Turns YAML events into nodes. PyYAML's own composer would follow aliases and tags, which are refused here."""

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
            raise HeaderError(
                messages.BAD_YAML,
                self._line(end),
                reason="a second line of three hyphens stands here",
                now="take it out, with what stands below it",
            )
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
