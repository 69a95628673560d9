"""Letters and order of an index, by CLDR: which letter a name stands under in the site's language, and its sort key.

Source: UTS #10 (collation) and UTS #35 (index characters), through ICU.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import icu

# Languages whose letters an index has beside those of its own language, so that each script has its place.
_SCRIPTS = "en bg ru uk sr mk el ar fa he hy ka hi bn ta te th ja ko am".split()
_HAN = "漢"
_OTHER = "#"


class Filed(NamedTuple):
    """Where a name stands: its letter, the letter's place in the index, and the key that orders names."""

    letter: str
    place: int
    key: bytes


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
