"""Digests: git's blob name for bytes, so that git's index and our own reading give the same answer."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import sys
import zlib

_LIBRARIES = (
    "pelican",
    "jinja2",
    "comrak",
    "nh3",
    "markdown",
    "pygments",
    "feedgen",
    "lxml",
    "math-core",
    "msgspec",
    "pillow",
    "pillow-heif",
)


_CODECS = ("webp", "avif", "libjpeg_turbo", "jpg", "zlib", "littlecms2", "freetype2", "raqm", "harfbuzz", "fribidi")
_FILES = (".py", ".ttf")


def digest_of(data: bytes) -> str:
    """Return the name that git gives a blob of these bytes (SHA-1 of a header and the bytes), in hex."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def digest_of_file(path: str | bytes) -> str:
    """Return the name that git gives a blob with this file's bytes, in hex. Reads the file in pieces. Raises OSError."""
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        hasher = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
        while piece := file.read(1 << 20):
            hasher.update(piece)
    return hasher.hexdigest()


@functools.cache
def code_digest() -> str:
    """Return the digest of the code that makes pages: this package, and the versions of Python and the libraries."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parts = [f"python {sys.version_info[:2]}"]
    for folder, folders, files in os.walk(package):
        folders[:] = sorted(name for name in folders if not name.startswith("__"))
        for name in sorted(files):
            if name.endswith(_FILES):
                path = os.path.join(folder, name)
                parts.append(f"{path[len(package) + 1 :]} {digest_of_file(path)}")
    return digest_of("\n".join(parts + _library_versions()).encode())


def _library_versions() -> list[str]:
    """Names and versions of the libraries whose output reaches pages; ICU's data differ between builds of PyICU."""
    import icu
    from PIL import features

    found = [f"icu {icu.ICU_VERSION} {icu.UNICODE_VERSION}"]
    found += [f"{codec} {features.version(codec)}" for codec in _CODECS]
    found.append(f"python's zlib {zlib.ZLIB_RUNTIME_VERSION}")
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{name} none")
    return found
