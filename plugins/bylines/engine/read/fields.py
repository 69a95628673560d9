"""Nodes to values: each key of a header is asked for by what it must be; whatever does not fit becomes a message."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import icu

from bylines import messages
from bylines.controls import first_control, without_controls
from bylines.engine.read import dates, gate
from bylines.engine.read.gate import Verdict
from bylines.engine.read.header import Node
from bylines.engine.read.names import is_file_name, is_handle
from bylines.messages import Message
from bylines.problems import ContentProblem

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_WEB = re.compile(r"https?://[^\s<>\"\\^`{|}/?#]+(?:[/?#][^\s<>\"]*)?", re.I)
_ALIAS = re.compile(r"/[^\s?#\\:*\"<>|]*")
_LONGEST_ALIAS = 300
_LINK = re.compile(r"(?:https?://[^\s<>\"]+|mailto:[^\s<>\"@]+@[^\s<>\"@]+|tel:[+\d() -]+)", re.I)
LONGEST_LINE = 300
LONGEST_TEXT = 20_000
# What other programs call our keys.
_ELSEWHERE = {
    **dict.fromkeys(("tag", "tags", "category", "categories", "keywords"), "topics"),
    **dict.fromkeys(("description", "excerpt", "subtitle"), "summary"),
    **dict.fromkeys(("cover", "thumbnail", "photo", "picture"), "image"),
    **dict.fromkeys(("updated", "lastmod", "last_modified_at"), "modified"),
    **dict.fromkeys(("draft", "private", "unlisted", "hidden", "public", "publish", "visibility", "state"), "status"),
    **dict.fromkeys(("publishdate", "pubdate", "publish_date", "pub_date", "published_at", "publish_at"), "date"),
    **dict.fromkeys(("expirydate", "expiry_date", "expiry", "unpublish_date"), "expires"),
    **{"author": "authors", "published": "date", "language": "lang", "permalink": "slug"},
}
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
            self.say(messages.NOT_A_MAPPING, header.line)

    def _take(self, pairs: tuple[tuple[Node, Node], ...]) -> None:
        for key, value in pairs:
            if not isinstance(key.value, str):
                self.say(messages.UNKNOWN_KEY, key.line, key="this", near="")
                continue
            if key.value in self._nodes:
                self.say(messages.TWICE, key.line, key=key.value)
                self._others.append((key.value, self._nodes[key.value]))
            elif key.value not in self._known:
                self._others.append((key.value, value))
                if not key.value.startswith("x_"):
                    self._say_unknown(key.value, key.line)
            self._nodes[key.value] = value

    def _say_unknown(self, key: str, line: int) -> None:
        other = _ELSEWHERE.get(key.lower())
        near = [other] if other in self._known else difflib.get_close_matches(key.lower(), self._known, 1, 0.7)
        self.say(messages.UNKNOWN_KEY, line, key=key, near=f"; {near[0]} is" if near else "")
        self._unknown[key] = self.problems[-1]

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
        return verdict

    def hold(self, said: str, line: int | None = None) -> None:
        """Notes what keeps a text in."""
        self.say(messages.HELD, line, said=said)

    def missing(self, key: str) -> None:
        """Notes that a key is missing that must be there, unless something is said of it already."""
        if key not in self._nodes or self._nodes[key].value is None:
            self.say(messages.MISSING, key=key)

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
            self.say(messages.TOO_LONG, node.line, key=key, limit=f"{LONGEST_TEXT:,}")
        text: str = node.value[:LONGEST_TEXT]
        return without_controls(text).strip()

    def texts(self, key: str) -> Iterator[Node]:
        """The texts of a list, white space folded; or of one text with commas."""
        node = self.node(key)
        if node is None:
            return
        if isinstance(node.value, str) and self._is_text(key, node, "a text"):
            parts = [Node(part, node.line) for part in map(_folded, node.value.split(",")) if part]
            yield from (Node(self._short(key, part, LONGEST_LINE), part.line) for part in self._first(key, parts))
            return
        if not isinstance(node.value, list):
            self.say(messages.BAD_VALUE, node.line, key=key, value="a mapping", wanted="a list of texts")
            return
        for item in self._first(key, node.value):
            if item.value is not None and self._is_text(key, item, "a list of texts"):
                text = self._short(key, item, LONGEST_LINE)
                if text:
                    yield Node(text, item.line)

    def _first(self, key: str, items: list[Node]) -> list[Node]:
        most = _MOST.get(key, _MOST_OF_OTHERS)
        if len(items) > most:
            self.say(messages.TOO_MANY, items[most].line, key=key, limit=f"{most:,}")
        return items[:most]

    def handles(self, key: str) -> tuple[str, ...]:
        """The handles of a list, each once, in order."""
        found: dict[str, None] = {}
        for node in self.texts(key):
            handle = node.value.removeprefix("@").lower()
            if is_handle(handle):
                found[handle] = None
            else:
                self.say(messages.BAD_HANDLE, node.line, handle=node.value)
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
            self.say(messages.BAD_ZONE, node.line, key=key, value=node.value)
        except dates.DateError:
            self.say(messages.BAD_DATE, node.line, key=key, value=node.value)
        return None

    def day(self, key: str) -> dt.date | None:
        """A day."""
        moment = self.moment(key, "UTC")
        return moment.date() if moment else None

    def language(self, key: str) -> str | None:
        """A language (BCP 47), in its usual spelling."""
        text = self.text(key)
        if text is None:
            return None
        tag = language_tag(text)
        if tag is None:
            self.say(messages.BAD_VALUE, self.line(key), key=key, value=text, wanted="a language, such as de or pt-BR")
        return tag

    def languages(self, key: str) -> tuple[str, ...]:
        """Languages, each once."""
        found: dict[str, None] = {}
        for node in self.texts(key):
            tag = language_tag(node.value)
            if tag:
                found[tag] = None
            else:
                self.say(
                    messages.BAD_VALUE, node.line, key=key, value=node.value, wanted="a language, such as de or pt-BR"
                )
        return tuple(found)

    def links(self, key: str) -> tuple[tuple[str, str], ...]:
        """A mapping of names to addresses (http, https, mailto, tel)."""
        node = self.node(key)
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self.say(messages.BAD_VALUE, node.line, key=key, value="no mapping", wanted="lines of 'name: https://…'")
            return ()
        found = {}
        for name, address in node.value:
            if _is_plain(name) and _is_plain(address) and _LINK.fullmatch(address.value.strip()):
                found[_folded(name.value)[:LONGEST_LINE]] = address.value.strip()
            else:
                self.say(messages.BAD_VALUE, address.line, key=key, value=address.value, wanted="'name: https://…'")
        return tuple(found.items())

    def addresses(self, key: str) -> tuple[str, ...]:
        """Web addresses, each once."""
        found: dict[str, None] = {}
        for node in self.texts(key):
            if _WEB.fullmatch(node.value):
                found[node.value] = None
            else:
                self.say(messages.BAD_VALUE, node.line, key=key, value=node.value, wanted="an address, https://…")
        return tuple(found)

    def old_addresses(self, key: str) -> tuple[str, ...]:
        """Addresses of this site, without scheme and host, each once."""
        found: dict[str, None] = {}
        for node in self.texts(key):
            value = node.value
            parts = value.split("/")
            good = _ALIAS.fullmatch(value) and len(value) <= _LONGEST_ALIAS and "//" not in value and value != "/"
            if good and all(is_file_name(part) and not part.startswith(".") for part in parts):
                found[value] = None
            else:
                self.say(messages.BAD_ALIAS, node.line, value=value)
        return tuple(found)

    def own(self) -> tuple[tuple[str, str], ...]:
        """The writer's own `x_` keys that are texts."""
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

    def _short(self, key: str, node: Node, limit: int) -> str:
        text = _folded(node.value)
        if len(text) <= limit:
            return text
        self.say(messages.TOO_LONG, node.line, key=key, limit=limit)
        return text[:limit].rstrip()


def _is_plain(node: Node) -> bool:
    return isinstance(node.value, str)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(without_controls(text).split()))


def language_tag(text: str) -> str | None:
    """A BCP 47 tag in its usual spelling ('pt-BR'); None where the text is none."""
    text = text.replace("_", "-")
    if not _LANGUAGE.fullmatch(text):
        return None
    try:
        tag: str = icu.Locale.forLanguageTag(text).toLanguageTag()
    except icu.ICUError:
        return None
    return tag if tag != "und" else None
