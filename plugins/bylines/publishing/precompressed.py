"""Writes compressed copies beside files, for servers that can send them (nginx's gzip_static, Apache's MultiViews, Caddy)."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from bylines.publishing.media_types import is_text

ENDINGS = {"gzip": ".gz", "brotli": ".br"}
"""The ending of a copy, by the kind of compression."""
_LEAST_BYTES = 500
"""Bytes: smaller files are not worth compressing."""
_WINDOW = (1 << 16) - 16
"""Bytes that fit into Brotli's 16-bit window (RFC 7932, 9.1)."""


def write_copies(folder: str, paths: Iterable[str], kinds: tuple[str, ...]) -> list[str]:
    """Write compressed copies of the text files among `paths`, and return the paths of the copies.

    `paths` are relative to `folder`; `kinds` are keys of `ENDINGS`. A copy that would not be smaller is not written. Equal
    files have equal copies. Raises OSError.
    """
    texts = [path for path in paths if kinds and is_text(path)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # both compressors release the GIL
        return [copy for made in pool.map(lambda path: _write_copies_of(folder, path, kinds), texts) for copy in made]


def copy_paths(paths: Iterable[str], kinds: tuple[str, ...]) -> list[str]:
    """Return the paths of all copies that files may have."""
    return [path + ENDINGS[kind] for path in paths if is_text(path) for kind in kinds]


def _write_copies_of(folder: str, path: str, kinds: tuple[str, ...]) -> list[str]:
    with open(os.path.join(folder, path), "rb") as file:
        data = file.read()
    return [copy for kind in kinds if (copy := _write_copy(folder, path, data, kind))]


def _write_copy(folder: str, path: str, data: bytes, kind: str) -> str:
    packed = _compress(data, kind) if len(data) >= _LEAST_BYTES else data
    if len(packed) >= len(data):
        return ""
    copy = path + ENDINGS[kind]
    with open(os.path.join(folder, copy), "wb") as file:
        file.write(packed)
    return copy


def _compress(data: bytes, kind: str) -> bytes:
    if kind == "gzip":
        return gzip.compress(data, 9, mtime=0)
    import brotli  # an optional dependency, needed only for Brotli copies

    # Most pages fit into the small window. The usual one (4 MB) takes ten times as long and saves no bytes.
    packed: bytes = brotli.compress(data, quality=9, lgwin=16 if len(data) <= _WINDOW else 22)
    return packed
