"""Derives the slug, the date and the language of a source from its file name, and checks slugs and handles."""

from __future__ import annotations

import functools
import posixpath
import re
import unicodedata

import icu

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[-_](?=.)|$)")
_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3})$")
_HANDLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG = re.compile(r"[^\W_](?:[\w.~-]*[\w~-])?")
# Characters that occur between letters and are not letters themselves (UAX #31, tables 3a and 3b): joiners, the Catalan dot,
# the typographic apostrophe, Hebrew and Tibetan signs, the Japanese dot, hyphens of Armenian and other scripts.
_BETWEEN = "\u200c\u200d\u00b7\u2019\u0387\u058a\u05f3\u05f4\u0f0b\u2010\u2027\u30a0\u30fb"
_TO_LETTERS = str.maketrans(dict.fromkeys(_BETWEEN, "a"))
_LONGEST = 100
_LONGEST_HANDLE = 64
LONGEST_FILE_NAME = 200
"""The most bytes in the name of a file or folder."""


@functools.lru_cache(maxsize=1_000)
def language_of(path: str) -> str:
    """Return the end of a file's name that is written like a language ('x.de.md': 'de'); empty if there is none.

    The files beside it decide whether it is one: `engine/weave/naming.py`.
    """
    found = _LANGUAGE.search(posixpath.splitext(posixpath.basename(path))[0])
    return found[1] if found and found[1].replace("_", "-").partition("-")[0] in _languages() else ""


@functools.cache
def _languages() -> frozenset[str]:
    return frozenset(icu.Locale.getISOLanguages())


@functools.lru_cache(maxsize=10)
def _stem(path: str) -> str:
    stem = posixpath.splitext(posixpath.basename(path))[0]
    language = language_of(path)
    stem = stem.removesuffix(f".{language}") if language else stem
    return posixpath.basename(posixpath.dirname(path)) if stem == "index" else stem


def is_index(path: str) -> bool:
    """Return whether a file is a folder's index with a language in its name (`x/index.de.md`)."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    return stem.startswith("index.") and stem == f"index.{language_of(path)}"


def stem_of(path: str) -> str:
    """Return a file's name without date, language and ending; for an index, the name of its folder."""
    stem = _stem(path)
    dated = _DATED.match(stem)
    return stem[dated.end() :] or stem if dated else stem


def slug_of(path: str) -> str:
    """Return the slug that a path gives: `stem_of` in Unicode form NFC."""
    return unicodedata.normalize("NFC", stem_of(path))


def date_of(path: str) -> str | None:
    """Return the date with which the name of a file (or of an index's folder) begins, as written; None if there is none."""
    dated = _DATED.match(_stem(path))
    return dated[1] if dated else None


def forms_of(path: str) -> set[str]:
    """Return all slugs that a path may give. The files beside it decide which one it is (`engine/weave/naming.py`)."""
    slug, ending, date = slug_of(path), language_of(path), date_of(path)
    found = {slug, f"{slug}.{ending}"} if ending and not is_index(path) else {slug}
    return found | {f"{date}-{form}" for form in found} if date else found


def is_handle(text: str) -> bool:
    """Return whether a text is a handle: lower-case letters a to z, digits and single hyphens, at most 64 characters."""
    return len(text) <= _LONGEST_HANDLE and _HANDLE.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Return whether a text is a slug: letters of any script, digits, hyphens and inner dots, at most 100 characters.

    Combining marks belong to their letters (UAX #31), such as the vowel signs of Devanagari.
    """
    if len(text) > _LONGEST or not is_file_name(text):
        return False
    return _SLUG.fullmatch(text) is not None or (not text.isascii() and _SLUG.fullmatch(_in_letters(text)) is not None)


def _in_letters(text: str) -> str:
    """Return a text in which an 'a' replaces each combining mark and each of `_BETWEEN`, except as the first character."""
    rest = text[1:].translate(_TO_LETTERS)
    return text[0] + "".join("a" if unicodedata.category(c)[0] == "M" else c for c in rest)


def is_file_name(text: str) -> bool:
    """Return whether a text is short enough for a file name. Most file systems allow 255 bytes; some are kept in reserve."""
    return len(text.encode()) <= LONGEST_FILE_NAME
