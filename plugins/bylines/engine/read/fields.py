"""Turns the nodes of a header into values. Each method returns a key's value as one type, and reports a value that does not fit."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import msgspec

from bylines.control_characters import first_control, without_controls
from bylines.engine.read import dates, gate, messages, nearest
from bylines.engine.read.gate import Verdict
from bylines.engine.read.header import Node
from bylines.engine.read.names import is_handle
from bylines.engine.read.nearest import KnownKeys
from bylines.languages import doubtful, intended_language, name_of
from bylines.languages import tag_of as language_tag
from bylines.problems import ERROR, ContentProblem, Message

_WEB = re.compile(r"https?://[^\s<>\"\\^`{|}/?#]+(?:[/?#][^\s<>\"]*)?", re.I)
_LINK = re.compile(r"(?:https?://[^\s<>\"]+|mailto:[^\s<>\"@]+@[^\s<>\"@]+|tel:[+\d() -]+)", re.I)
LONGEST_LINE = 300
LONGEST_TEXT = 20_000
_MOST = 2_000
"""The most texts of a list, unless its marker sets another limit."""
_PUBLIC = Verdict()
_Parse: TypeAlias = Callable[[str, str], dt.datetime]


class Fields:
    """The keys of one header, and the problems with them. `shown` is the file's path for messages."""

    def __init__(self, shown: str, header: Node, keyset: KnownKeys, line: int = 1) -> None:
        self.shown = shown
        self.problems: list[ContentProblem] = []
        self._line = line
        self._nodes: dict[str, Node] = {}
        self._others: list[tuple[str, Node]] = []
        self._unknown: dict[str, ContentProblem] = {}
        self._keyset = keyset
        self.is_mapping = header.value is None or isinstance(header.value, tuple)
        self.is_kept_in = False
        if isinstance(header.value, tuple):
            self._take(header.value)
        elif header.value is not None:
            self.say(messages.NOT_A_MAPPING, header.line)

    def _take(self, pairs: tuple[tuple[Node, Node], ...]) -> None:
        others: list[tuple[Node, Node]] = []
        for key, value in pairs:
            if not isinstance(key.value, str):
                self.say(messages.UNKNOWN_KEY, key.line, key="this", near="")
            elif key.value in self._nodes:
                self.say(messages.TWICE, key.line, key=key.value)
                self._others.append((key.value, self._nodes[key.value]))
                self._nodes[key.value] = value
            elif key.value in self._keyset or key.value.startswith("x_"):
                if key.value not in self._keyset:
                    self._others.append((key.value, value))
                self._nodes[key.value] = value
            else:
                others.append((key, value))
        if others:
            self._take_others(others)

    def _take_others(self, pairs: list[tuple[Node, Node]]) -> None:
        """Accept known keys in another spelling (Title). Report all others, with the nearest known key."""
        found = nearest.keys_meant([_pair(key, value) for key, value in pairs], self._keyset, self._nodes)
        for (key, value), meant in zip(pairs, found, strict=True):
            how, near = (meant.how, meant.name) if meant else ("", "")
            if how == "spelled":
                self._nodes[near] = value
            else:
                self._others.append((key.value, value))
            message = _OF_KEYS.get(how, messages.UNKNOWN_KEY)
            shown = (f"; {near} is" if near else "") if message is messages.UNKNOWN_KEY else near
            if how in ("", "far") and key.value in self._keyset.off:
                message, shown = messages.KEY_OFF, self._keyset.off[key.value]
            self.say(message, key.line, key=near if how == "twice" else key.value, near=shown)
            if how != "spelled":
                self._unknown[key.value] = self.problems[-1]
            self._nodes.setdefault(key.value, value)

    def say(self, message: Message, line: int | None = None, **values: object) -> None:
        """Add a problem. `line` defaults to the line where the header begins."""
        self.problems.append(message.problem(self.shown, self._line if line is None else line, **values))

    def verdict(self, timezone: str, *, people: bool = False) -> Verdict:
        """Return whether and when the text is public, by the keys that are unknown, the writer's own, or there twice.

        Their more exact messages replace those about unknown keys.
        """
        if not self._others:
            return _PUBLIC
        verdict = gate.judge(self._others, self._keyset.names, timezone, people=people)
        for held in verdict.held:
            if held.key in self._unknown:
                self.problems.remove(self._unknown.pop(held.key))
        for timed in verdict.timed:
            if said := self._unknown.pop(timed.key, None):
                self.problems.remove(said)
                message, near = (messages.OPENS, "date") if timed.opens else (messages.CLOSES, "expires")
                self.say(message, said.line, key=timed.key, date=f"{timed.moment:%Y-%m-%d %H:%M}", near=near)
        return verdict

    def keep_in(self) -> None:
        """Keep the text unpublished because of the last problem, and make that an error."""
        self.problems[-1] = msgspec.structs.replace(self.problems[-1], level=ERROR)
        self.is_kept_in = True

    def hold(self, said: str, line: int | None = None) -> None:
        """Report a line that keeps the text unpublished."""
        self.say(messages.HELD, line, said=said)

    def there(self) -> Iterable[str]:
        """Return every key of the header, known or not."""
        return self._nodes

    def line(self, key: str) -> int:
        """Return the line of a key's value; the header's first line if the key is missing."""
        return self._nodes[key].line if key in self._nodes else self._line

    def has(self, key: str) -> bool:
        """Return whether the header has a key, with a value or without."""
        return key in self._nodes

    def node(self, key: str) -> Node | None:
        """Return the node of a key; None if it is missing or has no value."""
        node = self._nodes.get(key)
        return node if node is not None and node.value is not None else None

    def text(self, key: str, limit: int = LONGEST_LINE) -> str | None:
        """Return a text of one line, with white space folded, in Unicode form NFC; None if there is none."""
        node = self.node(key)
        if node is None:
            return None
        return self._shorten(key, node, limit) if self._is_text(key, node, "a text") else None

    def block(self, key: str) -> str:
        """Return a text of several lines (Markdown); empty if there is none."""
        node = self.node(key)
        if node is None or not self._is_text(key, node, "a text"):
            return ""
        if len(node.value) > LONGEST_TEXT:
            self.say(messages.TOO_LONG, node.line, key=key, limit=f"{LONGEST_TEXT:,}")
        text: str = node.value[:LONGEST_TEXT]
        return without_controls(text).strip()

    def texts(self, key: str, most: int = _MOST) -> Iterator[Node]:
        """Yield the texts of a list, or the parts of a text with commas, with white space folded."""
        node = self.node(key)
        if node is None:
            return
        if isinstance(node.value, str) and self._is_text(key, node, "a text"):
            parts = [Node(part, node.line) for part in map(_fold, self._split(key, node)) if part]
            yield from (
                Node(self._shorten(key, part, LONGEST_LINE), part.line) for part in self._first(key, parts, most)
            )
            return
        if not isinstance(node.value, list):
            self.say(messages.BAD_VALUE, node.line, key=key, value="a mapping", wanted="a list of texts")
            return
        for item in self._first(key, node.value, most):
            if item.value is not None and self._is_text(key, item, "a list of texts"):
                text = self._shorten(key, item, LONGEST_LINE)
                if text:
                    yield Node(text, item.line)

    def _split(self, key: str, node: Node) -> list[str]:
        """Split a text at its commas; at its semicolons if it has no comma."""
        found: list[str] = node.value.split(",")
        if len(found) == 1 and ";" in node.value:
            found = node.value.split(";")
            self._say_near(key, node, ", ".join(filter(None, map(str.strip, found))))
        return found

    def _say_near(self, key: str, node: Node, meant: str) -> None:
        """Report that a value was read as `meant`, the nearest valid one."""
        self.say(messages.NEAR, node.line, key=key, value=node.value, near=meant)

    def _first(self, key: str, items: list[Node], most: int) -> list[Node]:
        if len(items) > most:
            self.say(messages.TOO_MANY, items[most].line, key=key, limit=f"{most:,}")
        return items[:most]

    def handles(self, key: str, most: int = _MOST) -> tuple[str, ...]:
        """Return the handles of a list, each once, in order."""
        found: dict[str, None] = {}
        for node in self.texts(key, most):
            handle = node.value.removeprefix("@").lower()
            if is_handle(handle):
                found[handle] = None
            else:
                near = nearest.handle_meant(node.value)
                self.say(messages.BAD_HANDLE, node.line, handle=node.value, near=f", such as {near}" if near else "")
        return tuple(found)

    def moment(self, key: str, timezone: str, parse: _Parse = dates.parse_moment) -> dt.datetime | None:
        """Return a date with or without time and zone; None if there is none."""
        node = self.node(key)
        if node is None or not self._is_text(key, node, "a date"):
            return None
        return self.dated(key, node, timezone, parse)

    def dated(self, key: str, node: Node, timezone: str, parse: _Parse = dates.parse_moment) -> dt.datetime | None:
        """Return the date that a text names. Report a text that names none, and return None."""
        try:
            return parse(node.value.strip(), timezone)
        except dates.ZoneError:
            self.say(messages.BAD_ZONE, node.line, key=key, value=node.value)
            return None
        except dates.DateError:
            meant = nearest.date_meant(node.value)
        if meant:
            self._say_near(key, node, meant)
            return parse(meant, timezone)
        days = nearest.days_meant(node.value)
        near = " or ".join(f"'{key}: {day}'" for day in days) if days else "it as 2026-05-04 or 2026-05-04 09:30"
        self.say(messages.BAD_DATE, node.line, key=key, value=node.value, near=near)
        return None

    def day(self, key: str) -> dt.date | None:
        """Return a day; None if there is none."""
        moment = self.moment(key, "UTC")
        return moment.date() if moment else None

    def language(self, key: str) -> str | None:
        """Return a language's BCP 47 tag; None if there is none."""
        text = self.text(key)
        return self._language(key, Node(text, self.line(key))) if text is not None else None

    def languages(self, key: str, most: int = _MOST) -> tuple[str, ...]:
        """Return the tags of a list of languages, each once."""
        found = (self._language(key, node) for node in self.texts(key, most))
        return tuple(dict.fromkeys(filter(None, found)))

    def _language(self, key: str, node: Node) -> str | None:
        tag = language_tag(node.value)
        if tag is None and (tag := intended_language(nearest.unquoted(node.value)) or None):
            self._say_near(key, node, tag)
        elif tag is None:
            self.say(messages.NO_LANGUAGE, node.line, key=key, value=node.value)
        elif other := doubtful(node.value):
            names = {"language": name_of(tag), "meant": name_of(other[0])}
            self.say(
                messages.DOUBTFUL_LANGUAGE, node.line, key=key, value=node.value, code=other[0], other=other[1], **names
            )
        return tag

    def links(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return the pairs of a mapping of names to addresses (http, https, mailto, tel)."""
        node = self.node(key)
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self.say(messages.BAD_VALUE, node.line, key=key, value="no mapping", wanted="lines of 'name: https://…'")
            return ()
        found = {}
        for name, address in node.value:
            plain = _is_plain(name) and _is_plain(address)
            if plain and (target := self._address(key, address, _LINK)):
                found[_fold(name.value)[:LONGEST_LINE]] = target
            else:
                self.say(messages.BAD_VALUE, address.line, key=key, value=address.value, wanted="'name: https://…'")
        return tuple(found.items())

    def addresses(self, key: str, most: int = _MOST) -> tuple[str, ...]:
        """Return the web addresses of a list, each once."""
        found: dict[str, None] = {}
        for node in self.texts(key, most):
            if address := self._address(key, node, _WEB):
                found[address] = None
            else:
                self.say(messages.BAD_VALUE, node.line, key=key, value=node.value, wanted="an address, https://…")
        return tuple(found)

    def _address(self, key: str, node: Node, form: re.Pattern[str]) -> str:
        """Return the address if it has this form, or can be mended so that it has; else an empty text."""
        written: str = node.value.strip()
        if form.fullmatch(written):
            return written
        meant = nearest.address_meant(written)
        if not meant or not form.fullmatch(meant):
            return ""
        self._say_near(key, node, meant)
        return meant

    def old_addresses(self, key: str, most: int = _MOST) -> tuple[str, ...]:
        """Return addresses of this site, without scheme and host, each once. Percent-encoding is decoded, as browsers show them."""
        found: dict[str, None] = {}
        for node in self.texts(key, most):
            value = _decode(node.value)
            if value and nearest.is_alias(value):
                found[value] = None
            elif value and (meant := nearest.alias_meant(value)):
                self._say_near(key, node, meant)
                found[meant] = None
            else:
                self.say(
                    messages.BAD_ALIAS, node.line, value=node.value, near=nearest.path_of(node.value) or "/old/address/"
                )
        return tuple(found)

    def own(self) -> tuple[tuple[str, str], ...]:
        """Return the writer's own `x_` keys with texts as values, sorted."""
        own = ((key, node.value) for key, node in self._nodes.items() if key.startswith("x_"))
        return tuple(sorted((key, without_controls(value)) for key, value in own if isinstance(value, str)))

    def _is_text(self, key: str, node: Node, wanted: str) -> bool:
        if isinstance(node.value, str):
            if first_control(node.value) >= 0:
                self.say(messages.CONTROL, node.line)
            return True
        value = "a list" if isinstance(node.value, list) else "a mapping"
        self.say(messages.BAD_VALUE, node.line, key=key, value=value, wanted=wanted)
        return False

    def _shorten(self, key: str, node: Node, limit: int) -> str:
        text = _fold(node.value)
        if len(text) <= limit:
            return text
        self.say(messages.TOO_LONG, node.line, key=key, limit=limit)
        return text[:limit].rstrip()


_OF_KEYS = {
    "spelled": messages.KEY_SPELLED,
    "twice": messages.TWICE,
    "elsewhere": messages.KEY_ELSEWHERE,
    "near": messages.KEY_MISSPELT,
}


def _pair(key: Node, value: Node) -> nearest.Pair:
    items = value.value if isinstance(value.value, list) else [value]
    texts = tuple(item.value for item in items)
    plain = texts if all(isinstance(text, str) for text in texts) else None
    return nearest.Pair(key.value, plain, isinstance(value.value, list))


def _decode(value: str) -> str | None:
    """Return an address without percent-encoding; None if its bytes are not UTF-8."""
    if "%" not in value:
        return value
    try:
        return unicodedata.normalize("NFC", urllib.parse.unquote(value, errors="strict"))
    except UnicodeDecodeError:
        return None


def _is_plain(node: Node) -> bool:
    return isinstance(node.value, str)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(without_controls(text).split()))
