"""Letters and order of an index, by CLDR: which letter a name stands under in the site's language, and its sort key.

Source: UTS #10 (collation) and UTS #35 (index characters), through ICU.
"""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

import icu

# Languages whose letters an index has beside those of its own language, so that each script has its place.
_SCRIPTS = (
    "en bg ru uk sr mk be kk el ar fa ur he hy ka hi bn pa gu ta te kn ml si th lo my km bo ja ko am chr nqo zgh"
).split()
_HAN = "漢"
# Lower than all else at each level (UTS #35, 'merge separator'): made for what is sorted by one field, then by another.
_AFTER_FAMILY = "\ufffe"
_OTHER = "#"
# What is no letter or digit, and the apostrophes that Unicode calls letters.
_SIGNS = re.compile(r"^(?:[\W_]|[\u02b0-\u02ff])+")


class Filed(NamedTuple):
    """Where a name stands: its letter, the letter's place in the index, and the key that orders names."""

    letter: str
    place: int
    key: bytes


class _Order(NamedTuple):
    """A language's letters, and its order."""

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
    """Where a text stands in an index of the site's language; signs before its first letter file nobody ('t Hooft).

    What stands before the first comma is compared by itself, then the rest: 'Smith, Zoe' before 'Smith Jones, Al'.
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
    """What stands for a script that has no letters here, and its place: a letter as ICU samples it; '#' for no script."""
    script = icu.Script.getScript(character) if character else None
    if script is None or script.getShortName() in ("Zyyy", "Zinh", "Zzzz"):
        return _OTHER, 0
    letters = _order(lang).letters
    sample = script.getSampleString()
    place = letters.getBucketIndex(sample)
    own = not letters.getBucket(place)[1]
    if script.getShortName() == "Hani":  # where common ones are under letters, rare ones come last
        return _HAN, letters.bucketCount - 1 if own else place
    # A letter that has names of its own does not stand for odd ones of its script.
    return (_OTHER, 0) if own or not sample else (sample, place)


def letter_id(label: str) -> str:
    """A letter's name in addresses."""
    return {_OTHER: "other", _HAN: "han"}.get(label, label.lower())


@functools.cache
def to_latin() -> Any:
    """What writes texts in Latin letters without marks, in lower case; to make one takes longer than to use it."""
    return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")


def plain(text: str) -> str:
    """Return a text as a handle or slug: Latin letters without marks, digits, hyphens."""
    latin: str = to_latin().transliterate(text)
    return re.sub(r"[^a-z0-9]+", "-", latin.replace("'", "")).strip("-")
