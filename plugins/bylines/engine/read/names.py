"""What a source's file name says: its slug, its date, its language."""

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
# Between letters, though no letters themselves (UAX #31, tables 3a and 3b): joiners, the Catalan dot, the apostrophe of
# typographers, Hebrew and Tibetan signs, the Japanese dot, hyphens of Armenian and others.
_BETWEEN = "\u200c\u200d\u00b7\u2019\u0387\u058a\u05f3\u05f4\u0f0b\u2010\u2027\u30a0\u30fb"
_TO_LETTERS = str.maketrans(dict.fromkeys(_BETWEEN, "a"))
_LONGEST = 100
_LONGEST_HANDLE = 64
LONGEST_FILE_NAME = 200
"""Bytes."""


@functools.lru_cache(maxsize=1_000)
def language_of(path: str) -> str:
    """Return the end of a file's name that is written like a language ('x.de.md': 'de'); empty if there is none.

    Whether it is one depends on what lies beside the file: `engine/weave/naming.py`.
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
    """Whether a file is a folder's text in some language (`x/index.de.md`)."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    return stem.startswith("index.") and stem == f"index.{language_of(path)}"


def stem_of(path: str) -> str:
    """A file's name (an index's folder's) without date, language and ending."""
    stem = _stem(path)
    dated = _DATED.match(stem)
    return stem[dated.end() :] or stem if dated else stem


def slug_of(path: str) -> str:
    """The slug that a path gives: the file's name (the folder's for an index) without date, language and ending."""
    return unicodedata.normalize("NFC", stem_of(path))


def date_of(path: str) -> str | None:
    """The date with which a file's (or an index's folder's) name begins, as written."""
    dated = _DATED.match(_stem(path))
    return dated[1] if dated else None


def forms_of(path: str) -> set[str]:
    """Return all slugs that a text may have by its path: what lies beside it decides (`engine/weave/naming.py`)."""
    slug, ending, date = slug_of(path), language_of(path), date_of(path)
    found = {slug, f"{slug}.{ending}"} if ending and not is_index(path) else {slug}
    return found | {f"{date}-{form}" for form in found} if date else found


def is_handle(text: str) -> bool:
    """Whether a text is a handle: lower-case letters, digits and single hyphens, 64 at most."""
    return len(text) <= _LONGEST_HANDLE and _HANDLE.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Whether a text can be the end of an address: letters of any script, digits, hyphens, dots inside; 100 at most.

    Marks are a part of their letters (UAX #31): a vowel sign of Devanagari is a character of its own.
    """
    if len(text) > _LONGEST or not is_file_name(text):
        return False
    return _SLUG.fullmatch(text) is not None or (not text.isascii() and _SLUG.fullmatch(_in_letters(text)) is not None)


def _in_letters(text: str) -> str:
    """A text with a letter in place of each mark, joiner and sign that stands after the first letter."""
    rest = text[1:].translate(_TO_LETTERS)
    return text[0] + "".join("a" if unicodedata.category(c)[0] == "M" else c for c in rest)


def is_file_name(text: str) -> bool:
    """Whether a text is short enough to name a file or folder: most file systems take 255 bytes; some are kept back."""
    return len(text.encode()) <= LONGEST_FILE_NAME
