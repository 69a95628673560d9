"""Separates titles, degrees and generations from a name; they never count for its place in a directory."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bylines.personal_names import lists
from bylines.personal_names.scripts import fold

_ROMAN = re.compile(r"[IV]{1,3}|IX|X")
AND = ("&", "+", "and", "und", "et", "y")
"""Words between two names."""
_DOTTED_TITLES = lists.TITLES | lists.WITH_DOT


def is_suffix_part(part: str) -> bool:
    """Return whether the text between two commas consists of suffixes: Jr., 2nd Bt, M.D., CFP."""
    words = part.split()
    return all(_is_suffix(word) or re.fullmatch(r"[IVX]+|\d+(?:st|nd|rd|th)", word) for word in words) or (
        len(words) == 1 and re.fullmatch(r"[A-Z]{2,5}", part) is not None
    )


def _is_suffix(word: str) -> bool:
    plain = fold(word).replace(".", "")
    if plain in lists.PLAIN_SUFFIXES:
        return True
    return plain in lists.INITIAL_SUFFIXES and (word[1:] != word[1:].lower() or "." in word.rstrip("."))


def without_suffixes(words: list[str], at_least: int) -> tuple[list[str], list[str]]:
    """Return the words of a name without the suffixes behind it, and these. At least `at_least` words are left."""
    words = list(words)
    suffixes: list[str] = []
    while len(words) > 1 and not any(c.isalnum() for c in words[-1]):  # an emoji
        words.pop()
    while len(words) > at_least:
        length = _suffix_length(words)
        if not length:
            break
        suffixes[:0] = [" ".join(words[-length:])]
        del words[-length:]
    return words, suffixes


def _suffix_length(words: Sequence[str]) -> int:
    """Return how many words at the end form a suffix (Jr., III, the Younger, of Plymouth); 0 if there is none."""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if _is_suffix(last):
        return 1
    if len(words) > 2:
        small = all(word.islower() for word in words)
        if (_ROMAN.fullmatch(last) or (small and last in ("ii", "iii", "iv", "v"))) and len(before.strip(".")) > 1:
            return 1
        if before.lower() == "the" and fold(last) in ("younger", "elder", "great"):
            return 2
        if before == "of" and len(words) > 3:
            return 2
    return 0


def without_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the titles before a name, and its words without them."""
    count = 0
    while count < len(words) - 1 and is_title(words, count):
        count += 1
        if words[count].lower() in AND and any(
            is_title(words, at) for at in range(count + 1, len(words) - 1)
        ):  # Mr and Mrs
            count += 1
    if words[0].lower() == "the" and len(words) > 2 and is_title(words, 1):
        titles, rest = without_titles(words[1:])
        return [words[0], *titles], rest
    return words[:count], words[count:]


def is_title(words: Sequence[str], at: int) -> bool:
    """Return whether a word that others follow is a title: each of its parts must be one (Dipl.-Ing., Lt.Col.)."""
    word = words[at]
    plain = fold(word)
    known = _DOTTED_TITLES if "." in word else lists.TITLES
    parts = [part for part in re.split(r"[.-]", plain) if part]
    if plain in lists.TITLES or (parts and all(part in known for part in parts)):
        return True
    if len(parts) == 2 and parts[0] in known and parts[1] in ("a", "in", "ssa") and "." in word:  # Dott.ssa, Dr.in
        return True
    if (at and plain in lists.AFTER_TITLE) or (len(parts) > 1 and parts[0] in ("dipl", "dr") and "-" in plain):
        return True
    if word.isupper() and plain in lists.IN_CAPITALS:
        return at == 0
    return plain in lists.BEFORE_TWO and at < len(words) - 2
