"""Letters and order of an index, by CLDR: which letter a name stands under in the site's language, and its sort key.

Source: UTS #10 (collation) and UTS #35 (index characters), through ICU.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import icu
import msgspec

# Languages whose letters an index has beside those of its own language, so that each script has its place.
_SCRIPTS = "en bg ru uk sr mk el ar fa he hy ka hi bn ta te th ja ko am".split()
_HAN = "漢"
_OTHER = "#"


class Filed(NamedTuple):
    """Where a name stands: its letter, the letter's place in the index, and the key that orders names."""

    letter: str
    place: int
    key: bytes


class Name(msgspec.Struct, frozen=True):
    """A person's name as filed: what is shown, the family name in it ('' where not known), and what it is sorted by."""

    title: str
    family: str
    sorted_by: str


@functools.cache
def _index(lang: str) -> tuple[Any, Any]:
    index = icu.AlphabeticIndex(icu.Locale(lang))
    index.maxLabelCount = 10_000  # the default of 99 drops letters and files names under their neighbours
    for script in _SCRIPTS:
        index.addLabels(icu.Locale(script))
    return index.buildImmutableIndex(), icu.Collator.createInstance(icu.Locale(lang))


def file_under(text: str, lang: str) -> Filed:
    """Where a text stands in an index of the site's language."""
    index, collator = _index(lang)
    place = index.getBucketIndex(text)
    label, kind = index.getBucket(place)
    if kind:
        label = _HAN if any("\u3400" <= character <= "\u9fff" for character in text[:1]) else _OTHER
    return Filed(label, place, collator.getSortKey(text))


def letter_id(label: str) -> str:
    """A letter's name in addresses."""
    return {_OTHER: "other", _HAN: "han"}.get(label, label.lower())


_SUFFIXES = frozenset("jr sr jun sen junior senior ii iii iv v phd md esq obe cbe".split())
_FAMILY_FIRST = frozenset(("hu", "vi"))
_JOINED = frozenset(
    "van von de la le du da dos das del della der den zu zur af av al el bin ibn mac mc st abou abu ter".split()
)


def file_name(name: str, sort_name: str | None, reading: str | None, languages: tuple[str, ...]) -> Name:
    """A name as a directory files it: `sort_name` where it is given ('Lovelace, Ada'), else derived.

    Suffixes (Jr., III) go to the end, small particles (van, de la) with the given name, capitalised ones stay with the
    family name; names in Han, Kana or Hangul, and of Hungarian or Vietnamese writers, are family-first as they stand.
    """
    if sort_name:
        family = sort_name.partition(",")[0].strip()
        return Name(sort_name, family if "," in sort_name else "", reading or sort_name)
    words = name.split()
    if reading:
        return Name(name, "", reading)
    if len(words) < 2 or _east_asian(name):
        return Name(name, "", name)
    if languages and languages[0].partition("-")[0] in _FAMILY_FIRST:
        return Name(name, words[0], name)
    return _western(words)


def _western(words: list[str]) -> Name:
    suffixes: list[str] = []
    while len(words) > 2 and words[-1].strip(".,").lower() in _SUFFIXES:
        suffixes.insert(0, words.pop())
    start = len(words) - 1
    while start > 1 and words[start - 1].lower().strip("'’") in _JOINED and words[start - 1][0].isupper():
        start -= 1
    family = " ".join(words[start:]).rstrip(",")
    title = ", ".join([family, " ".join(words[:start]), *suffixes])
    return Name(title, family, title)


def _east_asian(name: str) -> bool:
    return any("\u1100" <= c <= "\u11ff" or "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in name)
