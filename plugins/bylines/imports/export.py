"""Opens an export (a folder, a zip or a single file) and reads its files by name, within bounds on size and number.

Symbolic links are not followed and a zip is never unpacked to disk. A name that leads out of the export is skipped and
reported.
"""

from __future__ import annotations

import functools
import os
import posixpath
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bylines.problems import ExportError

LARGEST = 200_000_000
"""The most bytes that one file of an export may have. Larger files are skipped."""
_LARGEST_POST = 2_000_000
"""The most bytes of a file that holds one post: twice what the site accepts."""
_HELD = 500_000_000
"""The most bytes of all texts of an export together, because all are held in memory at once."""
MOST_ENTRIES = 100_000
"""The most posts and pages that an export may have."""
_ALL = 20_000_000_000
_MOST_FILES = 500_000
_OF_A_ZIP = 200
"""The most bytes per file in a zip's central directory."""
_PACKED, _LARGE = 100, 10_000_000
"""A file over 10 MB that is compressed more than 100 times is taken for a zip bomb."""
_POSTS = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdown", ".rst", ".html", ".htm")
_UNPACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The compression methods that Python decompresses in pieces. With others, a few bytes can unpack to gigabytes at once."""
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\\]|^[A-Za-z]:")
_LEFT_OUT = frozenset((".git", ".hg", ".svn", "node_modules", "__MACOSX", ".venv", "__pycache__"))


@dataclass(frozen=True)
class Export:
    """The files of an export by name (relative POSIX paths), and messages about the files that were skipped."""

    name: str
    """The name of the export, for messages."""
    sizes: Mapping[str, int]
    read_at_most: Callable[[str, int], bytes]
    losses: tuple[str, ...] = ()
    _held: list[int] = field(default_factory=lambda: [0])
    """The bytes of all texts that were read so far; a list of one, because the class is frozen."""

    @functools.cached_property
    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted(self.sizes)

    @functools.cached_property
    def by_stem(self) -> Mapping[str, Sequence[str]]:
        """For each file name without folder and extension, the full names that have it, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            found[posixpath.splitext(posixpath.basename(name))[0]].append(name)
        return dict(found)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file. Raises ExportError if it is damaged or has more than LARGEST bytes."""
        data = self.read_at_most(name, LARGEST + 1)
        if len(data) > LARGEST:
            raise ExportError(f"{name} in {self.name} has more than {LARGEST:,} bytes; take it out of the export")
        return data

    def read_text(self, name: str) -> bytes:
        """The bytes of a file whose content stays in memory. Raises ExportError, also if all such files together are too large."""
        data = self.read(name)
        self._held[0] += len(data)
        if self._held[0] > _HELD:
            raise ExportError(f"the texts of {self.name} have more than {_HELD:,} bytes; import it in parts")
        return data

    def text(self, name: str) -> str:
        """A file as text, with plain newlines. Decodes UTF-8 (with or without a byte order mark), or else Windows-1252."""
        data = self.read_text(name)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def head(self, name: str, most: int = 20_000) -> str:
        """Return the beginning of a file, as far as it is text."""
        return self.read_at_most(name, most).decode("utf-8", "replace")


def check_count(entries: Sequence[Any], shown: str) -> Sequence[Any]:
    """Returns the entries unchanged. Raises ExportError if there are more than MOST_ENTRIES."""
    if len(entries) > MOST_ENTRIES:
        raise ExportError(f"{shown} has more than {MOST_ENTRIES:,} posts; import it in parts")
    return entries


def open_export(source: str) -> Export:
    """Opens the export at a path. Raises ExportError if it is none; the message says what to give instead."""
    if source.startswith(("http://", "https://")):
        raise ExportError(
            f"{source} is an address; nothing is fetched: save the export or feed as a file, and name that"
        )
    if os.path.isdir(source):
        return _folder(source)
    if not os.path.isfile(source):
        raise ExportError(f"there is no {source}; name the export: a folder, a zip or a file")
    if zipfile.is_zipfile(source):
        return _zip(source)
    return _file(source)


def _file(source: str) -> Export:
    name = os.path.basename(source)
    size = os.path.getsize(source)
    if size > LARGEST:
        raise ExportError(f"{source} has more than {LARGEST:,} bytes; let the old program split its export")
    return Export(name, {name: size}, lambda _, most: _bytes(source, most))


def _bytes(path: str, most: int) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(most)
    except OSError as error:
        raise ExportError(f"{path} cannot be read ({error.strerror})") from error


def _folder(source: str) -> Export:
    sizes: dict[str, int] = {}
    losses: list[str] = []
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(each for each in folders if each not in _LEFT_OUT)
        for file in files:
            path = os.path.join(folder, file)
            _note(os.path.relpath(path, source).replace(os.sep, "/"), _size(path), sizes, losses)
    shown = os.path.basename(os.path.abspath(source))
    return Export(
        shown, _check_total(sizes), lambda name, most: _bytes(os.path.join(source, name), most), tuple(losses)
    )


def _size(path: str) -> int:
    """Return the size of a file in bytes; -1 if it is not a regular file."""
    return -1 if os.path.islink(path) or not os.path.isfile(path) else os.path.getsize(path)


def _note(name: str, size: int, sizes: dict[str, int], losses: list[str]) -> None:
    why = _fault(name, size)
    if why or name in sizes:
        losses.append(f"file {ascii(name)[1:-1]} is left out: {why or 'another has its name'}")
        return
    sizes[name] = size


def _check_total(sizes: Mapping[str, int]) -> Mapping[str, int]:
    if len(sizes) > _MOST_FILES or sum(sizes.values()) > _ALL:
        raise ExportError(f"the export has more than {_MOST_FILES:,} files or {_ALL:,} bytes; import it in parts")
    return sizes


def _fault(name: str, size: int) -> str:
    if _ODD.search(name) or name.startswith("/") or ".." in name.split("/") or posixpath.normpath(name) != name:
        return "its name leads out of the export, or is none"
    if size < 0:
        return "it is a link, or no file"
    most = _LARGEST_POST if name.lower().endswith(_POSTS) else LARGEST
    return f"it has more than {most:,} bytes" if size > most else ""


def _zip(source: str) -> Export:
    opened_zip = _open_zip(source)
    sizes: dict[str, int] = {}
    losses: list[str] = []
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in opened_zip.infolist():
        if info.is_dir() or not _LEFT_OUT.isdisjoint(info.filename.split("/")):
            continue
        if fault := _fault_of_entry(info):
            losses.append(f"file {ascii(info.filename)[1:-1]} is left out: {fault}")
            continue
        is_link = (info.external_attr >> 16) & 0o170000 == 0o120000
        _note(info.filename, -1 if is_link else info.file_size, sizes, losses)
        if info.filename in sizes:
            entries.setdefault(info.filename, info)
    if sum(info.compress_size for info in opened_zip.infolist()) > os.path.getsize(source):
        raise ExportError(f"the files in {source} lie in each other's places; pack it again")

    def read(name: str, most: int) -> bytes:
        try:
            with opened_zip.open(entries[name]) as file:
                return file.read(most)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            OSError,
            EOFError,
            ValueError,
        ) as error:
            raise ExportError(f"{name} in {source} cannot be read ({error}); pack it again") from error

    return Export(os.path.basename(source), _check_total(sizes), read, tuple(losses))


def _open_zip(source: str) -> zipfile.ZipFile:
    """Opens a zip. Raises ExportError if its list of files is too long, because `zipfile` reads all of it at once."""
    try:
        with open(source, "rb") as file:
            end: Any = zipfile._EndRecData(file)  # type: ignore[attr-defined]
        if end and end[zipfile._ECD_SIZE] > _MOST_FILES * _OF_A_ZIP:  # type: ignore[attr-defined]
            raise ExportError(f"{source} has more than {_MOST_FILES:,} files; import it in parts")
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ExportError(f"{source} is a damaged zip ({error}); pack it again") from error


def _fault_of_entry(info: zipfile.ZipInfo) -> str:
    """Why a file of a zip is not read; empty if it can be."""
    if info.flag_bits & 1:
        return "it is behind a password"
    if info.compress_type not in _UNPACKED:
        return "it is packed in a way that is not known here; pack it as a plain zip"
    if info.file_size > _LARGE and info.file_size > _PACKED * info.compress_size:
        return f"it would unpack to more than {_PACKED} times its size"
    return ""
