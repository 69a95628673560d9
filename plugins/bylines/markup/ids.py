"""Ids of a text's headings, footnotes and anchors, and the links within the text that lead to them."""

from __future__ import annotations

import difflib
import functools
import html
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable

from bylines.markup import slots

_ID = re.compile(r"[^\s\x00-\x20]{1,500}")
# Names by which scripts ask for something of the page: no element that somebody writes may answer to them.
_CLOBBERING = frozenset(
    "createElement getElementById querySelector querySelectorAll cookie body head title forms location document window "
    "implementation currentScript documentElement addEventListener".split()
)
_NOTE = re.compile(r'<(?:li|a)\b[^>]*? id="(fn(?:ref)?-[^"]+)"')
_LONGEST_LIKE, _MOST_LIKE = 100, 200
"""What is looked through for the place that was meant: ids of this length, and so many of them."""
_HOST_PREFIX = "user-content-"
"""What GitHub puts before each id of a text, and what some links therefore begin with."""


class Ids:
    """The ids of one page's text, each of which stands once."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._taken: dict[str, int] = {}
        """Every id so far, and the number with which to go on for the next that wants it."""
        self._notes: set[str] = set()
        """Ids of footnotes that are still to come: no heading has one of them."""
        self.astray: set[str] = set()
        """Where links within the text lead that has no such place, decoded."""
        self._instead: dict[str, str] = {}
        """What an id became that no element can have."""

    def reserve_notes(self, cleaned: str) -> None:
        """Keep the engine's ids of footnotes for these, so that their links lead there and back."""
        self._notes = {decoded(html.unescape(found)) for found in _NOTE.findall(cleaned)}
        self._taken |= dict.fromkeys(self._notes, 1)

    def given(self, escaped: str) -> str:
        """Return the id for an element that asks for one, as HTML has it; empty if it can have none."""
        name = _joined(decoded(html.unescape(escaped)).removeprefix(_HOST_PREFIX))
        if name in self._notes:
            self._notes.remove(name)
            return self._prefix + name
        if not _ID.fullmatch(name):
            return ""
        if name not in _CLOBBERING and not name.startswith("site-"):
            return self._once(name)
        found = self._once(f"at-{name}")
        self._instead.setdefault(name, found)
        return found

    @property
    def anchors(self) -> tuple[str, ...]:
        """The ids to which a link may lead, without those of footnotes; sorted."""
        return tuple(sorted(name for name in self._taken if not name.startswith(("fn-", "fnref-"))))

    def of_heading(self, title: str) -> str:
        """Return the id of a heading."""
        return self._once(slug(title) or "section")

    def _once(self, name: str) -> str:
        found, number = name, self._taken.get(name, 1)
        while found in self._taken:
            found = f"{name}-{number}"
            number += 1
        self._taken[name] = number
        self._taken.setdefault(found, 1)
        return self._prefix + found

    def lead(self, content: str) -> str:
        """Return the HTML with each link to a place in the text leading there, however its fragment is spelled."""
        return slots.with_fragments(content, self._fragment)

    def _fragment(self, written: str) -> str:
        name = urllib.parse.unquote(written)
        bare = _joined(name.removeprefix(_HOST_PREFIX))
        for spelled in (name, bare, _folded(bare), slug(bare)):
            if spelled in self._taken:
                return self._prefix + spelled if self._prefix or spelled != name else written
        if bare not in self._instead and is_place(bare) and not name.startswith(("fn-", "fnref-")):
            self.astray.add(name)
        # The way back to where a footnote is called, which may be a place without markup, such as a picture's words.
        return self._instead.get(bare, "" if name.startswith("fnref-") else written)


def nearest(fragment: str, anchors: Iterable[str]) -> str:
    """Return the id, among those of a text, to which a link was probably meant to lead; empty if none is like it."""
    wanted, others = slug(fragment)[:_LONGEST_LIKE], [each for each in anchors if len(each) <= _LONGEST_LIKE]
    longer = [each for each in others if wanted and each.startswith(f"{wanted}-")]
    if len(longer) == 1:
        return longer[0]
    return next(iter(difflib.get_close_matches(wanted, others[:_MOST_LIKE], 1, 0.75)), "")


def is_place(fragment: str) -> bool:
    """Return whether a fragment names a place of a text: not the top of the page, words on it, or a place around the text."""
    return fragment.casefold() not in ("", "top") and not fragment.startswith((":~:", "site-", "!"))


def _joined(name: str) -> str:
    """Return a name without white space, which no id can have."""
    return "-".join(name.split())


def decoded(name: str) -> str:
    """Return the name of a footnote as it was written: the engine encodes it as in an address."""
    return urllib.parse.unquote(name) if name.startswith(("fn-", "fnref-")) else name


def slug(title: str) -> str:
    """Return a heading's id, as GitHub makes it: lower case, letters with their marks, digits and underscores, spaces as hyphens."""
    text = _folded(title)
    if text.isascii() and text.replace(" ", "").isalnum():
        return text.replace(" ", "-")
    return "".join(map(_in_an_id, text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().strip()


@functools.lru_cache(maxsize=4_000)
def _in_an_id(sign: str) -> str:
    """Return what stands for a character: of words as Ruby's patterns have them (letters, marks, digits, connectors), itself."""
    if sign in " -":
        return "-"
    kind = unicodedata.category(sign)
    return sign if kind[0] in "LM" or kind in ("Nd", "Nl", "Pc") else ""
