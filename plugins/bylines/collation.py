"""Sorts the names of an index by CLDR: finds a name's letter in the site's language, and its sort key.

By UTS #10 (collation) and UTS #35 (index characters), through ICU.
"""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

import icu

# Languages whose letters every index has beside those of its own, so that each script has a place.
_SCRIPTS = (
    "en bg ru uk sr mk be kk el ar fa ur he hy ka hi bn pa gu ta te kn ml si th lo my km bo ja ko am chr nqo zgh"
).split()
_HAN = "漢"
# The merge separator of UTS #35. It sorts before everything else at each level, so that names are compared field by field.
_AFTER_FAMILY = "\ufffe"
_OTHER = "#"
# Characters before a name that are not letters or digits, and the apostrophes that Unicode counts as letters.
_SIGNS = re.compile(r"^(?:[\W_]|[\u02b0-\u02ff])+")


class Filed(NamedTuple):
    """The place of a name in an index: its letter, the letter's position, and the sort key of the name."""

    letter: str
    place: int
    key: bytes


class _Order(NamedTuple):
    """The index letters of a language, and its collator."""

    letters: Any
    collator: Any


@functools.cache
def _order(lang: str) -> _Order:
    index = icu.AlphabeticIndex(icu.Locale(lang))
    index.maxLabelCount = 10_000  # the default of 99 drops letters and files names under their neighbours
    for script in _SCRIPTS:
        index.addLabels(icu.Locale(script))
    return _Order(index.buildImmutableIndex(), icu.Collator.createInstance(icu.Locale(lang)))


def file_under(text: str, lang: str) -> Filed:
    """Return the place of a text in an index of a language. Signs before its first letter do not count ('t Hooft).

    The part before the first comma is compared first, then the rest: 'Smith, Zoe' precedes 'Smith Jones, Al'.
    """
    order = _order(lang)
    plain = _SIGNS.sub("", text) or text
    place = order.letters.getBucketIndex(plain)
    label, kind = order.letters.getBucket(place)
    if kind:
        label, place = _of_script(plain[:1], lang)
    return Filed(label, place, order.collator.getSortKey(plain.replace(", ", _AFTER_FAMILY, 1)))


@functools.lru_cache(1_000)
def _of_script(character: str, lang: str) -> tuple[str, int]:
    """Return the label and position for a script without letters in the index: a sample letter from ICU, or '#' if there is none."""
    script = icu.Script.getScript(character) if character else None
    if script is None or script.getShortName() in ("Zyyy", "Zinh", "Zzzz"):
        return _OTHER, 0
    letters = _order(lang).letters
    sample = script.getSampleString()
    place = letters.getBucketIndex(sample)
    own = not letters.getBucket(place)[1]
    if script.getShortName() == "Hani":  # if the index has letters for common Han characters, rare ones come last
        return _HAN, letters.bucketCount - 1 if own else place
    # A letter that is in the index itself does not represent the rest of its script.
    return (_OTHER, 0) if own or not sample else (sample, place)


def letter_id(label: str) -> str:
    """Return the name of a letter in addresses."""
    return {_OTHER: "other", _HAN: "han"}.get(label, label.lower())


@functools.cache
def to_latin() -> Any:
    """Return the transliterator into lower-case Latin letters without marks. Cached, since creating one is slow."""
    return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")


def plain(text: str) -> str:
    """Return a text as a handle or slug: Latin letters without marks, digits, hyphens."""
    latin: str = to_latin().transliterate(text)
    return re.sub(r"[^a-z0-9]+", "-", latin.replace("'", "")).strip("-")
