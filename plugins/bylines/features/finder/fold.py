"""Texts as the finder compares them: words without case, accents and width, letters of one script written one way.

theme/static/js/fold.js does the same to what a reader types; tests/test_finder.py holds the two side by side.
What it takes ICU to know (other scripts in Latin letters, pinyin) is written into the shards when they are built.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bylines.collation import to_latin

LETTERS = (
    "æae ðd øo þth ßss đd ħh ıi ĸq łl ŋn œoe ŧt ƀb ɓb ƃb ƈc ɖd ɗd ƌd ɛe ƒf ɠg ƕhv ɨi ƙk ƚl ɲn ƞn ƣoi ƥp ʀr ƫt ƭt ʈt ʋv "
    "ƴy ƶz ǥg ȡd ȥz ȴl ȵn ȶt ȷj ȸdb ȹqp ⱥa ȼc ⱦt ȿs ɀz ʉu ɇe ɉj ɍr ɏy ςσ"
)
"""Letters that no decomposition takes apart, each with what it is written as (ICU's Latin-ASCII), and the final sigma."""

_LETTERS = str.maketrans({pair[0]: pair[1:] for pair in LETTERS.split()})
_DROPPED = dict.fromkeys(map(ord, "'’‘ʼʻ`´\u0640\u00ad\u200b\u200c\u200d\u200e\u200f"))
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# How German, Danish, Norwegian and Swedish names are written where there are no such letters.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʻ`´", " "))


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    if text.isascii():
        return _NOT_PLAIN.sub(" ", text.lower().translate(_DROPPED)).split()
    plain = unicodedata.normalize("NFKD", text.translate(_DROPPED)).lower()
    plain = unicodedata.normalize("NFKD", plain).translate(_LETTERS).translate(_HIRAGANA)
    return "".join(_kept(plain)).split()


def _kept(text: str) -> Iterator[str]:
    for character in text:
        kind = unicodedata.category(character)
        if kind[0] in "LN" or kind == "Mc":
            yield character
        elif kind != "Mn":
            yield " "


def spellings(text: str) -> list[list[str]]:
    """The words of a name in every other way in which it may be typed: ä as ae, O'Brien as two words, and in Latin letters."""
    if text.isascii() and "'" not in text and "`" not in text:
        return []
    lower = unicodedata.normalize("NFC", text).lower()
    found = [words(lower.translate(_SPELLED_OUT)), words(lower.translate(_APOSTROPHES))]
    if any(character > "\u02ff" and character.isalpha() for character in lower):
        latin = words(to_latin().transliterate(text))
        found += [latin, *([_joined(latin)] if len(latin) > 1 and _is_han(text) else [])]
    return found


def _joined(syllables: list[str]) -> list[str]:
    """Pinyin as it is typed, without gaps: from each syllable to the end."""
    return ["".join(syllables[start:]) for start in range(len(syllables))]


def _is_han(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that puts no spaces between words, so that each of its characters may begin one."""
    return any("\u3040" <= character <= "\u9fff" for character in word)
