"""Gives ids to headings, footnotes and anchors of a text, and makes links within the text lead to them."""

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
# Names that scripts look up on the document: an element with such an id would shadow them (DOM clobbering).
_CLOBBERING = frozenset(
    "createElement getElementById querySelector querySelectorAll cookie body head title forms location document window "
    "implementation currentScript documentElement addEventListener".split()
)
_NOTE = re.compile(r'<(?:li|a)\b[^>]*? id="(fn(?:ref)?-[^"]+)"')
_LONGEST_LIKE, _MOST_LIKE = 100, 200
"""Limits of the search for a similar id: the length of an id, and the number of them."""
_HOST_PREFIX = "user-content-"
"""The prefix that GitHub puts before each id of a text. Some links therefore begin with it."""


class Ids:
    """The ids of a text, each of which is unique."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._taken: dict[str, int] = {}
        """Every id so far, with the number to try next if another element wants the same."""
        self._notes: set[str] = set()
        """Ids of footnotes that are not yet reached, so that no heading takes them."""
        self.astray: set[str] = set()
        """The fragments, decoded, of links within the text that lead to no element of it."""
        self._instead: dict[str, str] = {}
        """The replacement of each id that no element may have."""

    def reserve_notes(self, cleaned: str) -> None:
        """Reserve the engine's ids of footnotes, so that the links to them and back stay right."""
        self._notes = {decode_note_id(html.unescape(found)) for found in _NOTE.findall(cleaned)}
        self._taken |= dict.fromkeys(self._notes, 1)

    def take(self, escaped: str) -> str:
        """Return a unique id for an element that asks for `escaped` (as in HTML); empty if that cannot be an id."""
        name = _hyphenate(decode_note_id(html.unescape(escaped)).removeprefix(_HOST_PREFIX))
        if name in self._notes:
            self._notes.remove(name)
            return self._prefix + name
        if not _ID.fullmatch(name):
            return ""
        if name not in _CLOBBERING and not name.startswith("site-"):
            return self._unique(name)
        found = self._unique(f"at-{name}")
        self._instead.setdefault(name, found)
        return found

    @property
    def anchors(self) -> tuple[str, ...]:
        """The ids to which a link may lead, without those of footnotes; sorted."""
        return tuple(sorted(name for name in self._taken if not name.startswith(("fn-", "fnref-"))))

    def of_heading(self, title: str) -> str:
        """Return the id of a heading."""
        return self._unique(slug(title) or "section")

    def _unique(self, name: str) -> str:
        found, number = name, self._taken.get(name, 1)
        while found in self._taken:
            found = f"{name}-{number}"
            number += 1
        self._taken[name] = number
        self._taken.setdefault(found, 1)
        return self._prefix + found

    def fix_fragments(self, content: str) -> str:
        """Return the HTML with the fragment of each link within the text corrected, if it is only spelled differently."""
        return slots.with_fragments(content, self._fragment)

    def _fragment(self, written: str) -> str:
        name = urllib.parse.unquote(written)
        bare = _hyphenate(name.removeprefix(_HOST_PREFIX))
        for spelled in (name, bare, _fold(bare), slug(bare)):
            if spelled in self._taken:
                return self._prefix + spelled if self._prefix or spelled != name else written
        if bare not in self._instead and is_place(bare) and not name.startswith(("fn-", "fnref-")):
            self.astray.add(name)
        # A footnote's link back may lead to a place without markup, such as the alt text of a picture.
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


def _hyphenate(name: str) -> str:
    """Return a name without white space, which no id can have."""
    return "-".join(name.split())


def decode_note_id(name: str) -> str:
    """Return the id of a footnote as it was written: the engine percent-encodes it."""
    return urllib.parse.unquote(name) if name.startswith(("fn-", "fnref-")) else name


def slug(title: str) -> str:
    """Return a heading's id, as GitHub makes it: lower case, letters with their marks, digits and underscores, spaces as hyphens."""
    text = _fold(title)
    if text.isascii() and text.replace(" ", "").isalnum():
        return text.replace(" ", "-")
    return "".join(map(_in_an_id, text))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().strip()


@functools.lru_cache(maxsize=4_000)
def _in_an_id(sign: str) -> str:
    """Return a character as it stands in an id: letters, marks, digits and connectors as they are, all else as nothing."""
    if sign in " -":
        return "-"
    kind = unicodedata.category(sign)
    return sign if kind[0] in "LM" or kind in ("Nd", "Nl", "Pc") else ""
