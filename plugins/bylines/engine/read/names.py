"""What a source's file name says: its slug, its date, its language."""

from __future__ import annotations

import functools
import posixpath
import re
import unicodedata

import icu

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[-_](?=.)|$)")
_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$")
_HANDLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG = re.compile(r"[^\W_](?:[\w.~-]*[\w~-])?")
_LONGEST = 100
_LONGEST_HANDLE = 64
LONGEST_FILE_NAME = 200
"""Bytes."""


@functools.lru_cache(maxsize=1_000)
def language_of(path: str) -> str:
    """The language that a file name says ('x.de.md': 'de'), '' where it says none."""
    found = _LANGUAGE.search(posixpath.splitext(posixpath.basename(path))[0])
    return found[1] if found and found[1].partition("-")[0] in _languages() else ""


@functools.cache
def _languages() -> frozenset[str]:
    return frozenset(icu.Locale.getISOLanguages())


@functools.lru_cache(maxsize=10)
def _stem(path: str) -> str:
    stem = posixpath.splitext(posixpath.basename(path))[0]
    language = language_of(path)
    stem = stem.removesuffix(f".{language}") if language else stem
    return posixpath.basename(posixpath.dirname(path)) if stem == "index" else stem


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


def is_handle(text: str) -> bool:
    """Whether a text is a handle: lower-case letters, digits and single hyphens, 64 at most."""
    return len(text) <= _LONGEST_HANDLE and _HANDLE.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Whether a text can be the end of an address: letters of any script, digits, hyphens, dots inside; 100 at most."""
    return len(text) <= _LONGEST and is_file_name(text) and _SLUG.fullmatch(text) is not None


def is_file_name(text: str) -> bool:
    """Whether a text is short enough to name a file or folder: most file systems take 255 bytes; some are kept back."""
    return len(text.encode()) <= LONGEST_FILE_NAME
