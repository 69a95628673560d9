"""Finds the lines of a header that say 'not yet' or 'not public', in the words of any program.

In doubt the text stays unpublished. Our own keys (`status`, `expires`) mean what they say. A key of another program, or one that is
spelled nearly like it, keeps the text unpublished unless it plainly says 'published'.
"""

from __future__ import annotations

import datetime as dt
import difflib
import enum
import functools
import itertools
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bylines.engine.read import dates
from bylines.engine.read import gate_words as words
from bylines.engine.read.gate_words import plain
from bylines.engine.read.header import Node

_SHOWN = 24


class Sort(enum.Enum):
    """The meaning of a key that may keep a text unpublished."""

    NEGATIVE = enum.auto()
    """`draft`, `private`: published only if the value is 'false'."""
    SOFT = enum.auto()
    """`hide`, `skip`: not published if the value is 'true' or a word for a closed circle."""
    PASSWORD = enum.auto()
    """`password`: not published if there is one."""
    POSITIVE = enum.auto()
    """`published`, `public`: published only if the value is 'true', a word for 'published', or a day that has come."""
    STATE = enum.auto()
    """`status`, `visibility`: published only if the value is 'true' or a word for 'published'."""
    SCOPE = enum.auto()
    """`audience`: not published if the value is 'false' or a word for a closed circle."""
    WEAK = enum.auto()
    """`sitemap`, `render`: not published if the value is 'false', 'noindex' or a word for a closed circle."""
    OPENING = enum.auto()
    """`publishDate`: published from then on."""
    CLOSING = enum.auto()
    """`expiryDate`: published until then."""


class Held(NamedTuple):
    """A line that keeps a text unpublished: its key at the header's first level, the line as messages show it, and its number."""

    key: str
    said: str
    line: int


class Timed(NamedTuple):
    """A key that says from when (`opens`) or until when a text is public: its key at the header's first level."""

    key: str
    moment: dt.datetime
    opens: bool


class Verdict(NamedTuple):
    """The result for a whole header."""

    held: tuple[Held, ...] = ()
    """The lines that keep the text unpublished."""
    not_before: dt.datetime | None = None
    until: dt.datetime | None = None
    timed: tuple[Timed, ...] = ()


_SORTS: dict[str, Sort] = {
    **dict.fromkeys(words.WEAK_KEYS, Sort.WEAK),
    **dict.fromkeys(words.SOFT_KEYS, Sort.SOFT),
    **dict.fromkeys(words.SCOPE_KEYS, Sort.SCOPE),
    **dict.fromkeys(words.NEGATIVE_KEYS, Sort.NEGATIVE),
    **dict.fromkeys(words.POSITIVE_KEYS, Sort.POSITIVE),
    **dict.fromkeys(words.PASSWORD_KEYS, Sort.PASSWORD),
    **dict.fromkeys(words.STATE_KEYS, Sort.STATE),
    **dict.fromkeys(words.CLOSING_KEYS, Sort.CLOSING),
    **dict.fromkeys(words.OPENING_KEYS, Sort.OPENING),
}
_NEAREST = tuple(sorted(word for word in _SORTS if len(word) > 3 and word.isascii()))
_PARTS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_LONGEST_KEY = 60
_LONGEST_TITLE = 1_000
_MARK = re.compile(rf"(?<![^\W_])(?:{words.BEFORE_A_TITLE})(?![^\W_])", re.I)
_MOST_MARKS = 8
# `Draft 2`, `WIP 3/4`, `Embargoed until Monday`.
_MORE = re.compile(
    r"(?:[ _]*(?:#|v|no\.?|nr\.?)?\d[\d./]{0,8})?(?: (?:until|till|for|do not|–|-) ?[^\])}】）」:]{0,60})?", re.I
)
_ENDED = re.compile(r"\s*(?:[\])}】）」>:：|*_`~—–]|\Z)|\s-+\s|\.\s")
_NAME = re.compile(
    r"(?P<before>drafts?|wip|entwurf|brouillon|borrador|rascunho|bozza|utkast|unpublished)[-_. ].+"
    r"|.*[-_. ](?P<after>drafts?|wip|entwurf|brouillon|borrador|rascunho|bozza|utkast|unpublished|private|confidential)"
    r"(?:[-_. ]?v?\d{1,3})?",
    re.I | re.S,
)
_SET_APART = re.compile(r"[(\[{【（「*<#`~]\s*\Z|(?:\s-+|[—–:：|/])\s*\Z")


@functools.lru_cache(maxsize=4_000)
def sort_of(key: str, known: tuple[str, ...] = ()) -> Sort | None:
    """Return the sort of a key that may keep a text unpublished; None for any other key. `known` are the kind's own keys."""
    if key in known:
        return None
    key = key[:_LONGEST_KEY]
    name = plain(key.removeprefix("x_"))
    if known and name == "date" and "date" not in known:
        return Sort.OPENING
    if name in _SORTS or name in words.ORDINARY or key.startswith("x_"):
        return _SORTS.get(name)
    if not words.NEEDLES.isdisjoint(part.lower() for part in _PARTS.findall(key)):
        return Sort.NEGATIVE
    if len(name) < 4:
        return None
    others = (*map(plain, known), *_NEAREST)
    near = difflib.get_close_matches(name, others, 1, 0.8 if len(name) < 7 else 0.85)
    return _SORTS.get(near[0]) if near else None


def judge(pairs: Iterable[tuple[str, Node]], known: tuple[str, ...], timezone: str, *, people: bool = False) -> Verdict:
    """Return whether and when a text is public, by keys that are not the kind's own.

    `people`: for a file about a person or group. There `state` is often part of a country, and a date opens or closes nothing.
    """
    judged = _Judge(known, timezone, people=people)
    for key, value in pairs:
        judged.begin(key, value)
    return Verdict(tuple(judged.held), judged.not_before, judged.until, tuple(judged.timed))


class _Judge:
    """Judges one key after the other, and collects the results."""

    def __init__(self, known: tuple[str, ...], timezone: str, *, people: bool) -> None:
        self._people = people
        self._known = known
        self._timezone = timezone
        self._key = ""
        self.held: list[Held] = []
        self.timed: list[Timed] = []
        self.not_before: dt.datetime | None = None
        self.until: dt.datetime | None = None

    def begin(self, key: str, value: Node) -> None:
        """Judge a key of the header's first level. If it is one of the kind's own, the header has it twice."""
        self._key = key
        known = () if key in self._known else self._known
        sort = _SORTS.get(plain(key)) if self._people else sort_of(key, known)
        if plain(key) == "date" and not self._people:
            sort = Sort.OPENING  # the header has it twice: in doubt the later day counts
        self._hear(sort, key, value, own=not key.startswith("x_") and not self._people)

    def _hear(self, sort: Sort | None, path: str, value: Node, *, own: bool) -> None:
        before = len(self.held)
        for item in value.value if isinstance(value.value, list) and value.value else (value,):
            if not isinstance(item.value, tuple):
                self._say(sort, path, item, own=own)
                continue
            for inner, node in item.value:
                if isinstance(inner.value, str):
                    self._hear(sort_of(inner.value), f"{path}.{inner.value}", node, own=False)
            if sort in (Sort.NEGATIVE, Sort.POSITIVE, Sort.STATE, Sort.OPENING) and len(self.held) == before:
                self._hold(path, item)

    def _say(self, sort: Sort | None, path: str, value: Node, *, own: bool) -> None:
        said = plain(value.value)[:_LONGEST_KEY] if isinstance(value.value, str) else ""
        if sort is None:
            keeps = said in words.DRAFT
        elif sort is Sort.OPENING or (sort is Sort.POSITIVE and said[:1].isdigit() and len(said) > 1):
            keeps = self._opens(value, said)
        elif sort is Sort.CLOSING:
            keeps = self._closes(value, said)
        else:
            keeps = _KEEPS[sort if own or sort is not Sort.STATE else Sort.SCOPE](said)
        if keeps:
            self._hold(path, value)

    def _opens(self, value: Node, said: str) -> bool:
        if said and said in words.FALSE:
            return False
        moment = self._moment(value)
        if moment is not None:
            self.not_before = max(moment, self.not_before or moment)
            self.timed.append(Timed(self._key, moment, opens=True))
        return moment is None

    def _closes(self, value: Node, said: str) -> bool:
        if said in words.FALSE:
            return False
        moment = self._moment(value)
        if moment is not None:
            self.until = min(moment, self.until or moment)
            self.timed.append(Timed(self._key, moment, opens=False))
        return moment is None

    def _moment(self, value: Node) -> dt.datetime | None:
        if self._people or not isinstance(value.value, str):
            return None
        try:
            return dates.parse_moment(value.value.strip(), self._timezone)
        except dates.DateError:
            return None

    def _hold(self, path: str, value: Node) -> None:
        text = value.value if isinstance(value.value, str) else "" if value.value is None else "…"
        shown = "…" if sort_of(path.rpartition(".")[2]) is Sort.PASSWORD else short(text)
        self.held.append(Held(self._key, f"{path[:_LONGEST_KEY]}: {shown}".strip(), value.line))


_KEEPS: dict[Sort, Callable[[str], bool]] = {
    Sort.NEGATIVE: lambda said: said not in words.FALSE or not said,
    Sort.SOFT: lambda said: said in words.TRUE or said in words.RESTRICTED,
    Sort.PASSWORD: lambda said: said not in words.FALSE,
    Sort.POSITIVE: lambda said: said not in words.TRUE and said not in words.PUBLISHED,
    Sort.STATE: lambda said: said not in words.PUBLISHED and said not in words.TRUE,
    Sort.SCOPE: lambda said: (bool(said) and said in words.FALSE) or said in words.RESTRICTED,
    Sort.WEAK: lambda said: (bool(said) and said in words.FALSE) or said in words.RESTRICTED or "noindex" in said,
}


def is_public(status: str) -> bool:
    """Return whether a status plainly says 'published', in any program's words."""
    return plain(status) in words.PUBLISHED and "?" not in status


def mark_of(title: str) -> str:
    """Return the mark that says 'not yet' before or after a title: `[DRAFT] …`, `WIP: …`, `… (draft)`; empty if there is none."""
    title = title[:_LONGEST_TITLE]
    low = title.lower()
    if not any(stem in low for stem in words.STEMS_OF_MARKS):
        return ""
    marks = itertools.islice(_MARK.finditer(title), _MOST_MARKS)
    return next((mark[0] for mark in marks if _is_set_apart(title[: mark.start()], title[mark.end() :])), "")


def _is_set_apart(before: str, after: str) -> bool:
    """Return whether brackets or signs set a word apart, before or after the rest of the title."""
    more = _MORE.match(after)
    rest = after[more.end() :] if more else after
    if not any(map(str.isalnum, before)):
        return _ENDED.match(after) is not None or _ENDED.match(rest) is not None or not any(map(str.isalnum, rest))
    return not any(map(str.isalnum, rest)) and _SET_APART.search(before[-9:]) is not None


def short(value: str) -> str:
    """Return a value for a message; '…' if it is long. The store keeps messages, and must not hold text that is unpublished."""
    return value if len(value) <= _SHOWN else "…"


def mark_of_name(stem: str, title: str) -> str:
    """Return a file's name if it says 'not yet' (`plan-draft`, `wip-plan`); else, or if the title has the word too, empty."""
    if is_unready(stem):
        return stem
    found = _NAME.fullmatch(stem[:_LONGEST_TITLE])
    mark = (found["before"] or found["after"]) if found else ""
    return stem if mark and mark.lower() not in title.lower() else ""


def is_unready(text: str) -> bool:
    """Return whether a text consists of a word for 'not yet', such as a topic `draft` or a file called `wip`."""
    return plain(text) in words.DRAFT
