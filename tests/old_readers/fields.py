"""Nodes to values: each key of a header is asked for by what it must be; whatever does not fit becomes a message."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from bylines.control_characters import first_control, without_controls
from bylines.engine.read import dates, gate
from bylines.engine.read.gate import Verdict
from bylines.engine.read.header import Node
from bylines.engine.read.keys import LISTS
from bylines.engine.read.messages import (
    BAD_ALIAS,
    BAD_DATE,
    BAD_HANDLE,
    BAD_VALUE,
    BAD_ZONE,
    CLOSES,
    CONTROL,
    DOUBTFUL_LANGUAGE,
    HELD,
    KEY_ELSEWHERE,
    KEY_MISSPELT,
    KEY_SPELLED,
    MISSING,
    NEAR,
    NO_LANGUAGE,
    NOT_A_MAPPING,
    OPENS,
    TOO_LONG,
    TOO_MANY,
    TWICE,
    UNKNOWN_KEY,
)
from bylines.engine.read.names import is_handle
from bylines.languages import doubtful, intended_language, name_of
from bylines.languages import tag_of as language_tag
from bylines.problems import ContentProblem, Message
from tests.old_readers import nearest

_WEB = re.compile(r"https?://[^\s<>\"\\^`{|}/?#]+(?:[/?#][^\s<>\"]*)?", re.I)
_LINK = re.compile(r"(?:https?://[^\s<>\"]+|mailto:[^\s<>\"@]+@[^\s<>\"@]+|tel:[+\d() -]+)", re.I)
LONGEST_LINE = 300
LONGEST_TEXT = 20_000
_MOST = {"topics": 50, "authors": 50, "aliases": 200}
_MOST_OF_OTHERS = 2_000
_PUBLIC = Verdict()
_Parse: TypeAlias = Callable[[str, str], dt.datetime]


class Fields:
    """The keys of one header, and what was wrong with them. `shown` is the file's path for messages."""

    def __init__(self, shown: str, header: Node, known: Iterable[str], line: int = 1) -> None:
        self.shown = shown
        self.problems: list[ContentProblem] = []
        self._line = line
        self._nodes: dict[str, Node] = {}
        self._others: list[tuple[str, Node]] = []
        self._unknown: dict[str, ContentProblem] = {}
        self._known = tuple(known)
        if isinstance(header.value, tuple):
            self._take(header.value)
        elif header.value is not None:
            self.say(NOT_A_MAPPING, header.line)

    def _take(self, pairs: tuple[tuple[Node, Node], ...]) -> None:
        others: list[tuple[Node, Node]] = []
        for key, value in pairs:
            if not isinstance(key.value, str):
                self.say(UNKNOWN_KEY, key.line, key="this", near="")
            elif key.value in self._nodes:
                self.say(TWICE, key.line, key=key.value)
                self._others.append((key.value, self._nodes[key.value]))
                self._nodes[key.value] = value
            elif key.value in self._known or key.value.startswith("x_"):
                if key.value not in self._known:
                    self._others.append((key.value, value))
                self._nodes[key.value] = value
            else:
                others.append((key, value))
        if others:
            self._take_others(others)

    def _take_others(self, pairs: list[tuple[Node, Node]]) -> None:
        """Takes keys that are written otherwise, and names what is near to those that are not known."""
        found = nearest.keys_meant([_pair(key, value) for key, value in pairs], self._known, self._nodes)
        for (key, value), meant in zip(pairs, found, strict=True):
            how, near = (meant.how, meant.name) if meant else ("", "")
            if how == "spelled":
                self._nodes[near] = value
            else:
                self._others.append((key.value, value))
            message = _OF_KEYS.get(how, UNKNOWN_KEY)
            shown = (f"; {near} is" if near else "") if message is UNKNOWN_KEY else near
            self.say(message, key.line, key=near if how == "twice" else key.value, near=shown)
            if how != "spelled":
                self._unknown[key.value] = self.problems[-1]
            self._nodes.setdefault(key.value, value)

    def say(self, message: Message, line: int | None = None, **values: object) -> None:
        """Notes a message."""
        self.problems.append(message.problem(self.shown, self._line if line is None else line, **values))

    def verdict(self, timezone: str, *, people: bool = False) -> Verdict:
        """What the keys that are not ours, and those that stand here twice, say of being public."""
        if not self._others:
            return _PUBLIC
        verdict = gate.judge(self._others, self._known, timezone, people=people)
        for held in verdict.held:
            if held.key in self._unknown:
                self.problems.remove(self._unknown.pop(held.key))
        for timed in verdict.timed:
            if said := self._unknown.pop(timed.key, None):
                self.problems.remove(said)
                message, near = (OPENS, "date") if timed.opens else (CLOSES, "expires")
                self.say(message, said.line, key=timed.key, date=f"{timed.moment:%Y-%m-%d %H:%M}", near=near)
        return verdict

    def hold(self, said: str, line: int | None = None) -> None:
        """Notes what keeps a text in."""
        self.say(HELD, line, said=said)

    def missing(self, key: str) -> None:
        """Notes that a key is missing that must be there, unless something is said of it already."""
        if key not in self._nodes or self._nodes[key].value is None:
            self.say(MISSING, key=key)

    def line(self, key: str) -> int:
        """Where a key's value stands."""
        return self._nodes[key].line if key in self._nodes else self._line

    def has(self, key: str) -> bool:
        """Whether a key stands here, with a value or without."""
        return key in self._nodes

    def node(self, key: str) -> Node | None:
        """What stands at a key; None where there is nothing."""
        node = self._nodes.get(key)
        return node if node is not None and node.value is not None else None

    def text(self, key: str, limit: int = LONGEST_LINE) -> str | None:
        """A text of one line (white space folded, NFC)."""
        node = self.node(key)
        if node is None:
            return None
        return self._short(key, node, limit) if self._is_text(key, node, "a text") else None

    def block(self, key: str) -> str:
        """A text of several lines (Markdown)."""
        node = self.node(key)
        if node is None or not self._is_text(key, node, "a text"):
            return ""
        if len(node.value) > LONGEST_TEXT:
            self.say(TOO_LONG, node.line, key=key, limit=f"{LONGEST_TEXT:,}")
        text: str = node.value[:LONGEST_TEXT]
        return without_controls(text).strip()

    def texts(self, key: str) -> Iterator[Node]:
        """The texts of a list, white space folded; or of one text with commas."""
        node = self.node(key)
        if node is None:
            return
        if isinstance(node.value, str) and self._is_text(key, node, "a text"):
            parts = [Node(part, node.line) for part in map(_folded, self._split(key, node)) if part]
            yield from (Node(self._short(key, part, LONGEST_LINE), part.line) for part in self._first(key, parts))
            return
        if not isinstance(node.value, list):
            self.say(BAD_VALUE, node.line, key=key, value="a mapping", wanted="a list of texts")
            return
        for item in self._first(key, node.value):
            if item.value is not None and self._is_text(key, item, "a list of texts"):
                text = self._short(key, item, LONGEST_LINE)
                if text:
                    yield Node(text, item.line)

    def _split(self, key: str, node: Node) -> list[str]:
        """The parts of a text with commas, or with semicolons where it has no comma."""
        found: list[str] = node.value.split(",")
        if len(found) == 1 and key in LISTS and ";" in node.value:
            found = node.value.split(";")
            self._near(key, node, ", ".join(filter(None, map(str.strip, found))))
        return found

    def _near(self, key: str, node: Node, meant: str) -> None:
        """Notes that a value was read as the right one that is nearest."""
        self.say(NEAR, node.line, key=key, value=node.value, near=meant)

    def _first(self, key: str, items: list[Node]) -> list[Node]:
        most = _MOST.get(key, _MOST_OF_OTHERS)
        if len(items) > most:
            self.say(TOO_MANY, items[most].line, key=key, limit=f"{most:,}")
        return items[:most]

    def handles(self, key: str) -> tuple[str, ...]:
        """The handles of a list, each once, in order."""
        found: dict[str, None] = {}
        for node in self.texts(key):
            handle = node.value.removeprefix("@").lower()
            if is_handle(handle):
                found[handle] = None
            else:
                near = nearest.handle_meant(node.value)
                self.say(BAD_HANDLE, node.line, handle=node.value, near=f", such as {near}" if near else "")
        return tuple(found)

    def moment(self, key: str, timezone: str, parse: _Parse = dates.parse_moment) -> dt.datetime | None:
        """A date with or without time and zone."""
        node = self.node(key)
        if node is None or not self._is_text(key, node, "a date"):
            return None
        return self.dated(key, node, timezone, parse)

    def end(self, key: str, timezone: str) -> dt.datetime | None:
        """The end of a time: a moment, or a day to its end."""
        return self.moment(key, timezone, dates.parse_end)

    def dated(self, key: str, node: Node, timezone: str, parse: _Parse = dates.parse_moment) -> dt.datetime | None:
        """The date that a text names, or a message."""
        try:
            return parse(node.value.strip(), timezone)
        except dates.ZoneError:
            self.say(BAD_ZONE, node.line, key=key, value=node.value)
            return None
        except dates.DateError:
            meant = nearest.date_meant(node.value)
        if meant:
            self._near(key, node, meant)
            return parse(meant, timezone)
        days = nearest.days_meant(node.value)
        near = " or ".join(f"'{key}: {day}'" for day in days) if days else "it as 2026-05-04 or 2026-05-04 09:30"
        self.say(BAD_DATE, node.line, key=key, value=node.value, near=near)
        return None

    def day(self, key: str) -> dt.date | None:
        """A day."""
        moment = self.moment(key, "UTC")
        return moment.date() if moment else None

    def language(self, key: str) -> str | None:
        """A language's BCP 47 tag."""
        text = self.text(key)
        return self._language(key, Node(text, self.line(key))) if text is not None else None

    def languages(self, key: str) -> tuple[str, ...]:
        """Languages, each once."""
        found = (self._language(key, node) for node in self.texts(key))
        return tuple(dict.fromkeys(filter(None, found)))

    def _language(self, key: str, node: Node) -> str | None:
        tag = language_tag(node.value)
        if tag is None and (tag := intended_language(nearest.unquoted(node.value)) or None):
            self._near(key, node, tag)
        elif tag is None:
            self.say(NO_LANGUAGE, node.line, key=key, value=node.value)
        elif other := doubtful(node.value):
            names = {"language": name_of(tag), "meant": name_of(other[0])}
            self.say(DOUBTFUL_LANGUAGE, node.line, key=key, value=node.value, code=other[0], other=other[1], **names)
        return tag

    def links(self, key: str) -> tuple[tuple[str, str], ...]:
        """A mapping of names to addresses (http, https, mailto, tel)."""
        node = self.node(key)
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self.say(BAD_VALUE, node.line, key=key, value="no mapping", wanted="lines of 'name: https://…'")
            return ()
        found = {}
        for name, address in node.value:
            plain = _is_plain(name) and _is_plain(address)
            if plain and (target := self._address(key, address, _LINK)):
                found[_folded(name.value)[:LONGEST_LINE]] = target
            else:
                self.say(BAD_VALUE, address.line, key=key, value=address.value, wanted="'name: https://…'")
        return tuple(found.items())

    def addresses(self, key: str) -> tuple[str, ...]:
        """Web addresses, each once."""
        found: dict[str, None] = {}
        for node in self.texts(key):
            if address := self._address(key, node, _WEB):
                found[address] = None
            else:
                self.say(BAD_VALUE, node.line, key=key, value=node.value, wanted="an address, https://…")
        return tuple(found)

    def _address(self, key: str, node: Node, form: re.Pattern[str]) -> str:
        """An address of this form; '' for none."""
        written: str = node.value.strip()
        if form.fullmatch(written):
            return written
        meant = nearest.address_meant(written)
        if not meant or not form.fullmatch(meant):
            return ""
        self._near(key, node, meant)
        return meant

    def old_addresses(self, key: str) -> tuple[str, ...]:
        """Addresses of this site, without scheme and host, each once; as browsers show them, not as they send them."""
        found: dict[str, None] = {}
        for node in self.texts(key):
            value = _decoded(node.value)
            if value and nearest.is_alias(value):
                found[value] = None
            elif value and (meant := nearest.alias_meant(value)):
                self._near(key, node, meant)
                found[meant] = None
            else:
                self.say(BAD_ALIAS, node.line, value=node.value, near=nearest.path_of(node.value) or "/old/address/")
        return tuple(found)

    def own(self) -> tuple[tuple[str, str], ...]:
        """The writer's own `x_` keys that are texts."""
        own = ((key, node.value) for key, node in self._nodes.items() if key.startswith("x_"))
        return tuple(sorted((key, without_controls(value)) for key, value in own if isinstance(value, str)))

    def _is_text(self, key: str, node: Node, wanted: str) -> bool:
        if isinstance(node.value, str):
            if first_control(node.value) >= 0:
                self.say(CONTROL, node.line)
            return True
        value = "a list" if isinstance(node.value, list) else "a mapping"
        self.say(BAD_VALUE, node.line, key=key, value=value, wanted=wanted)
        return False

    def _short(self, key: str, node: Node, limit: int) -> str:
        text = _folded(node.value)
        if len(text) <= limit:
            return text
        self.say(TOO_LONG, node.line, key=key, limit=limit)
        return text[:limit].rstrip()


_OF_KEYS = {
    "spelled": KEY_SPELLED,
    "twice": TWICE,
    "elsewhere": KEY_ELSEWHERE,
    "near": KEY_MISSPELT,
}


def _pair(key: Node, value: Node) -> nearest.Pair:
    items = value.value if isinstance(value.value, list) else [value]
    texts = tuple(item.value for item in items)
    plain = texts if all(isinstance(text, str) for text in texts) else None
    return nearest.Pair(key.value, plain, isinstance(value.value, list))


def _decoded(value: str) -> str | None:
    """An address without percent-encoding; None if what is encoded is not UTF-8."""
    if "%" not in value:
        return value
    try:
        return unicodedata.normalize("NFC", urllib.parse.unquote(value, errors="strict"))
    except UnicodeDecodeError:
        return None


def _is_plain(node: Node) -> bool:
    return isinstance(node.value, str)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(without_controls(text).split()))
