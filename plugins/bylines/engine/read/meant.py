"""Mends lines of a header that YAML would read differently from what people mean.

The number of lines never changes, so line numbers stay valid. The reader, `check --fix` and renames all use this module.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bylines.engine.read.gate_words import BEFORE_A_TITLE
from bylines.engine.read.keys import HANDLES, LISTS, TEXTS, TOPICS, known_key
from bylines.engine.read.plain import (
    bare,
    escaped,
    is_closed,
    items_of,
    named,
    oddity,
    oddity_of_list,
    read,
    unwrapped,
    value_of,
    written,
)

_LONGEST_LINE = 4_000
_TOPIC = "a topic"
_FARTHEST = 100
"""The number of lines that are searched above a line."""
# Characters that look like a space, or are invisible, but are not white space to YAML.
ODD_SPACE = re.compile("[\u00a0\u00ad\u1680\u180e\u2000-\u200b\u2060\u202f\u205f\u3000\ufeff\t]")
_INDENT = re.compile("^[ \u00a0\u00ad\u1680\u180e\u2000-\u200b\u2060\u202f\u205f\u3000\ufeff\t]+")
_WIDE_COLONS = ":\uff1a\ufe55\u2236\ua789\ufe13"
_KEY = re.compile(
    r"(?P<indent> *)(?P<dash>- +)?(?P<quote>[\"']?)(?P<key>\w[\w .-]{0,60})(?P=quote)(?P<gap> *)"
    rf"(?P<sign>[{_WIDE_COLONS}=])(?P<value>.*)"
)
_ITEM = re.compile(r"(?P<indent> *)(?P<dash>[-\u2010-\u2015\u2212\u2022\u00b7*])(?P<gap> *)(?P<value>.*)")
_BLOCK = re.compile(r"[|>][0-9+-]{0,2}(?:[ \t]+#.*|[ \t]*)")
_PLAIN = re.compile(r"\w[^:#\n]*+(?>(?:(?::(?=[^ \n])|(?<=[^ ])#)[^:#\n]*+)*)")
# A header that has only such lines needs no mending: plain texts, texts in quotes, lists of either.
_QUOTED = r"\"[^\"\\\n]*+\"|'[^'\n]*+'"
_TEXT = rf"\w[^:#\n]*+(?>(?:(?::(?=[^ \n])|(?<=[^ ])#)[^:#\n]*+)*)|{_QUOTED}"
_PART = rf"(?:\w(?>(?:[^][{{}},:?#\n]|(?<=[^ ])#)*)|{_QUOTED})"
_FINE = re.compile(
    rf"(?:[a-z_]{{1,60}}:(?: (?:{_TEXT}|\[{_PART}(?:, {_PART})*\])|\n( *)- {_PART}(?:\n\1- {_PART})*)\n)+"
)
_COMMENT = re.compile(r"(?:^|[ \t][ \t])#+(?:[ \t!].*)?$")
_COMMENT_OF_ITEM = re.compile(r"(?:^|[ \t])#+[ \t!].*$")
_ANY_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")
_REFERENCE = re.compile(r"([&*])([\w-]+)")
_WINDOWS = re.compile(r'"[A-Za-z]:\\[^\\"][^"]*"')
_HELD = re.compile(
    rf"[\[({{<*_ ]*(?:{BEFORE_A_TITLE}|todo|tbd|tba|not (?:yet|ready)|internal|secret|embargo(?:ed)?|concept)\b *[\])}}>:*_|-]",
    re.I,
)


class Slip(NamedTuple):
    """A line that was not read as it is written, or that has a comment."""

    line: int
    """The line number, from 0."""
    what: str
    """The oddity, for people: 'a # stands in title without quotes'; for a comment, the comment."""
    now: str
    """The line as it should be; for a comment, the line to write if it belongs to the text."""
    is_comment: bool = False
    """Whether the line was read as it is written, and only has a comment that nobody sees."""


class Held(NamedTuple):
    """A line too doubtful to publish the text, and the line as it should be if it is meant."""

    line: int
    what: str
    now: str


class Meant(NamedTuple):
    """A header as it was meant, with the same number of lines."""

    text: str
    slips: tuple[Slip, ...] = ()
    held: Held | None = None


def as_meant(text: str, *, all_texts: bool = False) -> Meant:
    """Return a header with its slips mended. `all_texts`: every value is a text, as in a list of topics."""
    if _FINE.fullmatch(text) and text.replace("\n", "").isprintable():
        return Meant(text)
    lines = text.split("\n")
    reader = _Lines(lines, all_texts=all_texts)
    reader.read()
    return Meant("\n".join(reader.lines) if reader.slips else text, tuple(reader.slips), reader.held)


class _Lines:
    """The lines of a header, mended one after the other."""

    def __init__(self, lines: list[str], *, all_texts: bool) -> None:
        self.lines = lines
        self.slips: list[Slip] = []
        self.held: Held | None = None
        self._all = all_texts
        signs = {found for line in lines if "&" in line or "*" in line for found in _REFERENCE.findall(line)}
        self._repeated = {name for sign, name in signs if sign == "&" and ("*", name) in signs}

    def read(self) -> None:
        """Mend all lines; stop at one that is held."""
        at, last = 0, len(self.lines) - 1
        while last > 0 and not self.lines[last].strip():
            last -= 1
        if last > 0 and self.lines[last].rstrip() in ("---", "..."):
            self._say(last, "three hyphens stand at the end", "")
        while at < len(self.lines) and self.held is None:
            at = self._entry(at)

    def _entry(self, at: int) -> int:
        """Mend the line at an index and those that belong to it. Return the index of the next one."""
        line = self.lines[at]
        if len(line) > _LONGEST_LINE or not line.strip() or line.lstrip().startswith("#"):
            return at + 1
        if _CONFLICT.fullmatch(line):
            self.held = Held(at, "merge", "")
            return at
        spaced = self._mend_spaces(line)
        found = _KEY.fullmatch(spaced)
        key = _key_of(found)
        if found is None or (found["sign"] != ":" and not key) or not self._is_key(found, key):
            item = _ITEM.fullmatch(spaced)
            if item and self._all and item["dash"] == "-" and item["gap"] and item["value"]:
                self._text(at, f"{item['indent']}-{item['gap']}", item["value"], _TOPIC, line)
            elif spaced != line and not found:
                self._say(at, _what_space(line), spaced)
            return at + 1
        return self._pair(at, line, found, key)

    def _is_key(self, found: re.Match[str], key: str) -> bool:
        value = found["value"]
        if found["sign"] == ":" and (not value or value[0] in " \t"):
            return True
        return bool(key) and not value.startswith(("//", "="))

    def _mend_spaces(self, line: str) -> str:
        """Return a line with plain spaces where YAML requires them."""
        if not ODD_SPACE.search(line):
            return line
        indent = _INDENT.match(line)
        if indent:
            line = (
                "".join("  " if c == "\t" else " " if c not in _NOTHING else "" for c in indent[0])
                + line[indent.end() :]
            )
        head, sign, rest = line.partition(":")
        if sign and len(head) < 80:
            plain = ODD_SPACE.sub(lambda m: "" if m[0] in _NOTHING else " ", head)
            value = rest.lstrip(_ODD_CHARS)
            if ODD_SPACE.search(rest[: len(rest) - len(value)]):
                rest = f" {value}" if value else ""
            line = plain + sign + rest
        item = re.match(r" *-(?=[^\s-]|\s)", line)
        if item and ODD_SPACE.match(line, item.end()):
            line = line[: item.end()] + " " + line[item.end() :].lstrip(_ODD_CHARS)
        return line

    def _pair(self, at: int, line: str, found: re.Match[str], key: str) -> int:
        value, indent, dash = found["value"], found["indent"], found["dash"] or ""
        self.lines[at] = found[0]
        odd = self._oddity(at, line, found, key)
        if dash and key and not self._all and not indent and not self._in_list(at):
            dash = ""
        if indent and key and not self._nests(at):
            indent = ""
        name = f"{found['quote']}{found['key'].rstrip(' ')}{found['quote']}"
        head = f"{indent}{dash}{name}:"
        value = value.strip(_ODD_CHARS)
        if not value and not (self._all or key in TEXTS or key in LISTS):
            self._put(at, odd, line, head)
            return self._below(at)
        if found["sign"] == "=" and value[:1] not in ("'", '"', "["):
            value = _ANY_COMMENT.sub("", value).rstrip()
        end = self._end(at, indent + " " * len(dash), key, value)
        if _BLOCK.fullmatch(value) and end > at + 1:
            self._put(at, odd, line, f"{head} {value}")
            return self._after_block(at, len(indent))
        if end > at + 1:
            return self._many(at, end, head, value, key, odd, line)
        if not value:
            self._put(at, odd, line, head)
            return self._items(at, key, len(indent + dash)) if key in LISTS else at + 1
        self._one(at, head, value, key, odd, line)
        return at + 1

    def _oddity(self, at: int, line: str, found: re.Match[str], key: str) -> str:
        """Return what is odd about a key, in words; empty if nothing is."""
        if found["sign"] == "=":
            return "= stands where a colon belongs"
        if found["sign"] != ":":
            return "a wide colon stands here"
        if key and found["value"] and found["value"][0] not in " \t":
            return "no space stands after the colon"
        if ODD_SPACE.search(line) and self._mend_spaces(line) != line:
            return _what_space(line)
        if found["dash"] and key and not found["indent"] and not self._all and not self._in_list(at):
            return "a hyphen stands before a key"
        if found["indent"] and key and not self._nests(at):
            return "spaces stand before a key"
        return ""

    def _above(self, at: int) -> int:
        """Return the index of the nearest line above that is neither blank nor a comment; -1 if there is none."""
        for above in range(at - 1, max(at - _FARTHEST, 0) - 1, -1):
            if self.lines[above].strip() and not self.lines[above].lstrip().startswith("#"):
                return above
        return -1

    def _in_list(self, at: int) -> bool:
        """Return whether a line with a hyphen is in the list of a key above."""
        lowest = at - _FARTHEST
        at = self._above(at)
        while at >= 0 and self.lines[at].startswith(("-", " ")):
            at = self._above(at) if at > lowest else -1
        found = _KEY.fullmatch(self.lines[at]) if at >= 0 else None
        return bool(found and not found["value"].strip())

    def _nests(self, at: int) -> bool:
        """Return whether an indented key is valid: it is nested in the key above, or all keys are indented alike."""
        if self._all:
            return True
        indent = len(self.lines[at]) - len(self.lines[at].lstrip(" "))
        above = self._above(at)
        if above < 0:
            following = next(
                (line for line in self.lines[at + 1 :] if line.strip() and not line.lstrip().startswith("#")), ""
            )
            return len(following) - len(following.lstrip(" ")) >= indent > 0 if following else True
        before = self.lines[above]
        before_indent = len(before) - len(before.lstrip(" "))
        found = _KEY.fullmatch(before)
        if before_indent == indent:
            return True
        return bool(found and before_indent < indent and not found["value"].strip() and _key_of(found) not in TEXTS)

    def _end(self, at: int, indent: str, key: str, value: str) -> int:
        """Return the index behind a key's value. Indented lines belong to it, and text that is not a key, item or comment."""
        quote = value[:1] if value[:1] in ("'", '"') and not is_closed(value) else ""
        bracket = value[:1] in ("[", "{") and not ("]" in value or "}" in value)
        end = at + 1
        while end < len(self.lines):
            line = self._mend_spaces(self.lines[end])
            if not line.strip():
                if not any(each.startswith(indent + " ") for each in self.lines[end : end + 2]) and not quote:
                    break
                end += 1
                continue
            deeper = line.startswith((indent + " ", indent + "\t"))
            if self._all and not deeper:
                break
            found = _KEY.fullmatch(line.lstrip(" "))
            is_key = bool(found and self._is_key(found, _key_of(found)))
            if is_key and _key_of(found) and (not deeper or (value and not _BLOCK.fullmatch(value))):
                break
            if not deeper and ((is_key and not quote) or not (quote or bracket or key in TEXTS)):
                break
            if not deeper and (line.startswith(("#", "- ")) or _CONFLICT.fullmatch(line)) and not quote and not bracket:
                break
            if deeper and not value and key in LISTS:
                break
            end += 1
            if quote and line.rstrip().endswith(quote):
                break
        while end > at + 1 and not self.lines[end - 1].strip():
            end -= 1
        return end

    def _below(self, at: int) -> int:
        """Return the index behind the lines of a key whose value is neither a text nor a list of texts."""
        indent = " " * (len(self.lines[at]) - len(self.lines[at].lstrip(" ")) + 1)
        at += 1
        while (
            at < len(self.lines) and self.lines[at].startswith((indent, "\t", "- ")) and not _starts_key(self.lines[at])
        ):
            at += 1
        return at

    def _after_block(self, at: int, indent: int) -> int:
        at += 1
        while at < len(self.lines) and (not self.lines[at].strip() or self.lines[at].startswith(" " * (indent + 1))):
            at += 1
        return at

    def _many(self, at: int, end: int, head: str, value: str, key: str, odd: str, line: str) -> int:
        """Mend a value of several lines. Return the index of the next line."""
        rest = self.lines[at + 1 : end]
        if key not in TEXTS and not self._all:
            self._put(at, odd, line, f"{head} {value}".rstrip())
            return end
        indented = [each if not each.strip() or each.startswith("  ") else f"  {each.strip()}" for each in rest]
        whole = "\n".join([f"x: {value}", *indented])
        found = read(whole)
        parts = " ".join([value, *(each.strip() for each in indented)]).split()
        quoted = value[:1] in ("'", '"')
        if isinstance(found, str) and (quoted or found.split() == parts):
            self._put(at, odd, line, f"{head} {value}".rstrip())
            for number, (old, moved) in enumerate(zip(rest, indented, strict=True), at + 1):
                self._put(number, f"this line belongs to {named(head)} and stands below it without spaces", old, moved)
            return end
        if quoted or isinstance(found, list | dict) or any(_COMMENT.search(each) for each in (value, *rest)):
            self._put(at, odd, line, f"{head} {value}".rstrip())
            return end
        *middle, last = map(escaped, indented)
        new = [f'{head} "{escaped(value)}', *middle, f'{last.rstrip()}"']
        self._say(at, f"{named(head)} has signs that need quotes", new[0])
        self.lines[at:end] = new
        return end

    def _one(self, at: int, head: str, value: str, key: str, odd: str, line: str) -> None:
        """Mend a value of one line."""
        if key in LISTS and not self._all:
            self._list(at, head, value, key, odd, line)
        elif key in TEXTS or self._all:
            self._text(at, f"{head} ", value, named(head), line, odd)
        elif value_of(value) is None and not (value[0] in "[{" and not key):
            plain = _ANY_COMMENT.sub("", value).strip()
            self._put(at, odd or oddity(value, named(head)), line, f"{head} {written(unwrapped(plain))}")
        else:
            self._put(at, odd, line, f"{head} {value}")

    def _text(self, at: int, head: str, value: str, name: str, line: str, odd: str = "") -> None:
        """Mend a text of one line: special characters in it are taken literally."""
        if _PLAIN.fullmatch(value):
            self._put(at, odd, line, head + value)
            return
        found = value_of(value)
        if _WINDOWS.fullmatch(value):
            self._put(
                at, odd or f"a backslash stands in {name} between double quotes", line, head + written(value[1:-1])
            )
            return
        flow = value[0] in "[{" and not value.startswith("{{")
        if (value[0] in "\"'" and isinstance(found, str)) or (
            flow and found is not None and not isinstance(found, str)
        ):
            self._put(at, odd, line, head + value)
            return
        comment = (_COMMENT_OF_ITEM if name == _TOPIC else _COMMENT).search(value)
        literal = value[: comment.start()].rstrip() if comment else value
        if comment:
            self.slips.append(Slip(at, comment[0].strip(), head + written(value), is_comment=True))
        if not literal or found == literal or (literal[0] in "&*" and self._is_reference(literal)):
            self._put(at, odd, line, head + value)
            return
        meant = unwrapped(literal)
        now = head + written(meant) + value[len(literal) :]
        if found is None and _HELD.match(literal):
            self.held = Held(at, f"{name} begins as if this were not to be published yet", now)
            return
        self._put(at, odd or oddity(literal, name), line, now)

    def _is_reference(self, literal: str) -> bool:
        """Return whether a & or * is a YAML anchor or alias: both of one name occur in the header."""
        name = _REFERENCE.match(literal)
        return name is not None and name[2] in self._repeated

    def _list(self, at: int, head: str, value: str, key: str, odd: str, line: str) -> None:
        """Mend a list on one line."""
        found = value_of(value)
        plain = value[0] not in "[{\"'"
        hidden = plain and isinstance(found, str) and "#" in value and found != value
        fine = isinstance(found, str) or (isinstance(found, list) and all(isinstance(each, str) for each in found))
        if fine and not (hidden and key in TOPICS and not _COMMENT_OF_ITEM.search(value)):
            self._put(at, odd, line, f"{head} {value}")
            return
        if self._repeated and any(name in self._repeated for _, name in _REFERENCE.findall(value)):
            return
        comment = (_COMMENT_OF_ITEM if key in TOPICS else _ANY_COMMENT).search(value)
        body = value[: comment.start()].rstrip() if comment else value
        if not body or body[0] == "{" or body.count("[") > 1:
            self._put(at, odd, line, f"{head} {value}")
            return
        items = list(items_of(body, key))
        if not items:
            return
        now = f"{head} [{', '.join(written(item, listed=True) for item in items)}]"
        now += value[len(body) :]
        if now != line:
            self._put(at, odd or oddity_of_list(body), line, now)

    def _items(self, at: int, key: str, depth: int) -> int:
        """Mend the items of a list, one on each line: align them, with a hyphen and a space. Return the index of the next line."""
        first = at + 1
        end, indent = first, ""
        rows: list[tuple[int, re.Match[str]]] = []
        while end < len(self.lines):
            line = self.lines[end]
            if line.strip() and not line.lstrip().startswith("#"):
                spaced = self._mend_spaces(line)
                item = _ITEM.fullmatch(spaced)
                if (
                    item is None
                    or len(item["indent"]) < depth
                    or (spaced.lstrip(" ").startswith("--") and not item["value"].strip("- "))
                ):
                    break
                rows.append((end, item))
            elif line.lstrip().startswith("#") and not line.startswith("# ") and key in TOPICS:
                tag = line.strip().lstrip("#")
                if tag and tag[0] not in " !":
                    self._say(end, "a # stands before a topic", f"  - {written(tag)}")
            end += 1
        if rows:
            indent = (
                rows[0][1]["indent"]
                if rows[0][1]["indent"] == self.lines[rows[0][0]][: len(rows[0][1]["indent"])]
                else "  "
            )
        for number, item in rows:
            self._item(number, item, indent, key)
        return max(end, at + 1)

    def _item(self, at: int, item: re.Match[str], indent: str, key: str) -> None:
        line, value = self.lines[at], item["value"].strip(_ODD_CHARS + " ")
        nested = (
            not value
            or value[0] in "[{"
            or (key not in HANDLES and _KEY.fullmatch(value) is not None and key not in TOPICS)
        )
        if nested:
            return
        comment = (_COMMENT_OF_ITEM if key in TOPICS else _ANY_COMMENT).search(value)
        literal = value[: comment.start()].rstrip() if comment else value
        found = value_of(value)
        meant = value
        odd = ""
        if (
            literal
            and found != literal
            and not (value[0] in "\"'" and isinstance(found, str))
            and not self._is_reference(literal)
        ):
            meant = written(bare(unwrapped(literal), key)) + value[len(literal) :]
            odd = oddity(literal, "an item")
        now = f"{indent}- {meant}"
        if item["dash"] != "-":
            odd = f"{item['dash']} stands where a hyphen belongs"
        elif not item["gap"]:
            odd = odd or "no space stands after the hyphen"
        elif ODD_SPACE.search(line) and self._mend_spaces(line) != line:
            odd = odd or _what_space(line)
        elif item["indent"] != indent:
            odd = odd or "the items of this list do not stand below each other"
        if odd:
            self._put(at, odd, line, now)

    def _put(self, at: int, odd: str, line: str, now: str) -> None:
        if odd and now != line:
            self._say(at, odd, now)

    def _say(self, at: int, what: str, now: str) -> None:
        self.slips.append(Slip(at, what, now))
        self.lines[at] = now


_NOTHING = "\u00ad\u180e\u200b\u2060\ufeff"
_ODD_CHARS = f"\u00a0\u1680{''.join(map(chr, range(0x2000, 0x200B)))}\u202f\u205f\u3000\t {_NOTHING}"


def _key_of(found: re.Match[str] | None) -> str:
    """Return the known key with which a line begins; empty if it begins with none."""
    return known_key(found["key"].rstrip(" ")) if found else ""


def _starts_key(line: str) -> bool:
    found = _KEY.fullmatch(line)
    return bool(found and not found["dash"] and not found["indent"])


def _what_space(line: str) -> str:
    return "a tab stands where spaces belong" if "\t" in line else "a no-break or another odd space stands here"
