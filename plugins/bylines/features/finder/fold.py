"""Folds texts as the finder compares them: without case, accents and width, each letter of a script in one form.

theme/static/js/fold.js folds a reader's query in the same way; tests/test_finder.py compares the two. Conversions that need
ICU (other scripts to Latin letters, pinyin) are written into the shards when these are built.
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
"""Letters that Unicode does not decompose, each with its Latin-ASCII form from ICU; and the final sigma."""

_LETTERS = str.maketrans({pair[0]: pair[1:] for pair in LETTERS.split()})
_DROPPED = dict.fromkeys(map(ord, "'’‘ʼʻ`´\u0640\u00ad\u200b\u200c\u200d\u200e\u200f"))
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# The usual spelling of German, Danish, Norwegian and Swedish names without these letters.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʻ`´", " "))


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
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
    """Return the words of a name in each other way to type it: ä as ae, O'Brien as two words, and in Latin letters."""
    if text.isascii() and "'" not in text and "`" not in text:
        return []
    lower = unicodedata.normalize("NFC", text).lower()
    found = [words(lower.translate(_SPELLED_OUT)), words(lower.translate(_APOSTROPHES))]
    if any(character > "\u02ff" and character.isalpha() for character in lower):
        latin = words(to_latin().transliterate(text))
        found += [latin, *([_joined(latin)] if len(latin) > 1 and _is_han(text) else [])]
    return found


def _joined(syllables: list[str]) -> list[str]:
    """Return pinyin as people type it, without spaces: from each syllable to the end."""
    return ["".join(syllables[start:]) for start in range(len(syllables))]


def _is_han(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)


def is_unspaced(word: str) -> bool:
    """Return whether a word's script has no spaces between words, so that each of its characters may begin a word."""
    return any("\u3040" <= character <= "\u9fff" for character in word)
