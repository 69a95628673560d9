"""Finds the traces of a name or a handle: in the sources, line by line, and in the built files.

A name is found in many forms: in another case, without accents, in Latin letters, with hyphens or signs in place of spaces, with
the last word first, escaped as in URLs, HTML or JSON, and in the compressed files of the search index.
"""

from __future__ import annotations

import html
import os
import re
import unicodedata
import urllib.parse
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bylines.collation import to_latin
from bylines.engine.paths import file_of, shown
from bylines.renaming.search import bytes_of, files_below
from bylines.settings import Site

_ROOTS = ("authors", "content")
_OWNERS = ("CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS")
_BESIDE = ("writers.yaml", "pelicanconf.py", "publishconf.py", "README.md", ".mailmap", *_OWNERS)
"""Other files that may name somebody, relative to the folder of the settings."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_WIDEST = 160
_PACKED = b"\x1f\x8b"


class Trace(NamedTuple):
    """A place that contains one of some names. Line 0 is the path itself, or a file without lines."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}" if self.text else place


class Names:
    """Finds some names in all their forms."""

    def __init__(self, names: Iterable[str]) -> None:
        self._latin = to_latin()
        parts = [_pattern(form) for name in names if name.strip() for form in self._forms(name)]
        self._pattern = re.compile("|".join(dict.fromkeys(parts)) or r"(?!)")

    def occur_in(self, text: str) -> bool:
        """Return whether a text contains one of the names as a whole word."""
        return any(self._pattern.search(form) for form in self._readings(text))

    def _readings(self, text: str) -> Iterator[str]:
        """Yield a text unescaped, in lower case and without accents; if it has other letters, its Latin transliteration too."""
        unescaped = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text
        unescaped = html.unescape(unescaped) if "&" in unescaped else unescaped
        unescaped = urllib.parse.unquote(unescaped) if "%" in unescaped else unescaped
        if unescaped.isascii():
            yield unescaped.lower()
            return
        folded = _fold(unescaped)
        yield folded
        yield str(self._latin.transliterate(unescaped))

    def _forms(self, name: str) -> set[str]:
        return {_fold(name), str(self._latin.transliterate(name)).lower()}


def _fold(text: str) -> str:
    marked = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", "".join(sign for sign in marked if not unicodedata.combining(sign)))


def _pattern(name: str) -> str:
    """Return a pattern for a name: its words in order, or the last one first, with up to three signs between them."""
    words = [re.escape(word) for word in re.findall(r"\w+", name.replace("_", " "))]
    if not words:
        return r"(?!)"
    orders = [words, [words[-1], *words[:-1]]] if len(words) > 1 else [words]
    found = "|".join(r"[^\w<>\n]{0,3}_?".join(order) for order in orders)
    # Scripts without spaces have no word boundaries.
    edges = (r"(?<![^\W_])", r"(?![^\W_])") if name.isascii() else ("", "")
    return f"{edges[0]}(?:{found}){edges[1]}"


def in_sources(site: Site, names: Names) -> list[Trace]:
    """Return the traces of some names in the sources, their paths, and the files beside them that name people."""
    found: list[Trace] = []
    for root in _ROOTS:
        folder = file_of(site, f"{root}/")
        for file in files_below(folder):
            name = f"{root}/{os.path.relpath(file, folder).replace(os.sep, '/')}"
            found += _traces(file, shown(site, name), names)
    for beside in _BESIDE:
        found += _traces(os.path.join(site.root, beside), beside, names)
    return found


def in_output(folder: str, names: Names) -> list[Trace]:
    """Return a trace for each built file that contains one of some names."""
    found: list[Trace] = []
    for file in files_below(folder):
        traces = _traces(file, os.path.relpath(file, folder).replace(os.sep, "/"), names)
        found += [Trace(trace.path, 0, trace.text) for trace in traces[:1]]
    return found


def _traces(file: str, path: str, names: Names) -> list[Trace]:
    found = [Trace(path, 0, "its name")] if names.occur_in(path) else []
    data = bytes_of(file) or b""
    if data.startswith(_PACKED):
        data = _decompress(data)
    if not data or b"\0" in data[:8_000]:
        return found
    lines = data.decode("utf-8-sig", errors="replace").splitlines()
    return [*found, *(Trace(path, at, _short(line)) for at, line in enumerate(lines, 1) if names.occur_in(line))]


def _decompress(data: bytes) -> bytes:
    """Return the decompressed content of a file of the search index, up to 10 MB; empty if it is damaged."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, 10_000_000).replace(b"\0", b" ")
    except zlib.error:
        return b""


def _short(line: str) -> str:
    line = line.strip()
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"
