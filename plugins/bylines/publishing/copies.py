"""Packed copies beside files, for servers that send what is packed already (nginx's gzip_static, Apache's MultiViews, Caddy)."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from bylines.publishing.kinds import is_text

ENDINGS = {"gzip": ".gz", "brotli": ".br"}
_FROM = 500
"""Bytes below which packing spares nobody anything."""
_WINDOW = (1 << 16) - 16
"""Bytes of Brotli's window of 16 bits (RFC 7932, 9.1)."""


def make(folder: str, paths: Iterable[str], kinds: tuple[str, ...]) -> list[str]:
    """Writes the copies of files in a folder, where they are smaller; gives their paths. The same bytes give the same copies.

    Raises OSError.
    """
    texts = [path for path in paths if kinds and is_text(path)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # both packers let other threads go on
        return [copy for made in pool.map(lambda path: _copies(folder, path, kinds), texts) for copy in made]


def of(paths: Iterable[str], kinds: tuple[str, ...]) -> list[str]:
    """The copies that files may have."""
    return [path + ENDINGS[kind] for path in paths if is_text(path) for kind in kinds]


def _copies(folder: str, path: str, kinds: tuple[str, ...]) -> list[str]:
    with open(os.path.join(folder, path), "rb") as file:
        data = file.read()
    return [copy for kind in kinds if (copy := _make(folder, path, data, kind))]


def _make(folder: str, path: str, data: bytes, kind: str) -> str:
    packed = _packed(data, kind) if len(data) >= _FROM else data
    if len(packed) >= len(data):
        return ""
    copy = path + ENDINGS[kind]
    with open(os.path.join(folder, copy), "wb") as file:
        file.write(packed)
    return copy


def _packed(data: bytes, kind: str) -> bytes:
    if kind == "gzip":
        return gzip.compress(data, 9, mtime=0)
    import brotli  # an extra: only who asks for it needs it

    # A window that most pages fit into: with the usual one (4 MB) each of them takes ten times as long, for as many bytes.
    packed: bytes = brotli.compress(data, quality=9, lgwin=16 if len(data) <= _WINDOW else 22)
    return packed
