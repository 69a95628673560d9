"""Reads and writes the manifest of what is served, a file to which each publication appends its changes.

It consists of blocks. A block is a number of lines and a mark that ends it:

    +<digest> <path>          a file with this digest is served at the path
    -<path>                   nothing is served at the path
    ?<path>                   uncertain: an upload may have changed the path
    =<digest of the block> <JSON of a Mark>

So the last line says which build is served, and recording a publication takes time in proportion to its size. If the last
block is incomplete (the process was killed, or the disk full), the blocks before it count if one of them names the build
that the store was written by. Otherwise, and after any other mismatch, the whole manifest is rejected.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

import msgspec

from bylines.engine.digest import digest_of
from bylines.engine.files import write_all

# Bytes at the end of the file that are read to find the last mark; more than a mark has.
_TAIL = 2_000
# A manifest is rewritten when it has more than twice the bytes of its first block, plus these.
_SLACK = 1_000_000


class UnfitError(Exception):
    """The manifest cannot be trusted; the message says why."""


class Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state at the end of a block."""

    site: str
    """The site it belongs to: `delta.identity`."""
    served: str
    """The token of the build that is served; empty if unknown."""
    planned: str = ""
    """The token of the delta that was built last; empty if none. Publishing it makes everything certain."""
    certain: bool
    """Whether exactly `served` is served, because no upload can have begun since."""
    base: int = 0
    """The bytes of the manifest's first block."""


class Manifest(NamedTuple):
    """The paths that are served, as far as they are known."""

    digests: dict[str, str]
    """Paths to digests."""
    uncertain: set[str]
    """Paths at which something else may be served."""
    mark: Mark
    end: int
    """The number of valid bytes in the file, after which the next block is written."""


class Tail(NamedTuple):
    """The last mark of a manifest, and the size of the file in bytes."""

    mark: Mark
    end: int


def tail(file: str) -> Tail | None:
    """Reads the last mark; None if there is no manifest, or its last line is no mark."""
    try:
        with open(file, "rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            opened.seek(max(0, size - _TAIL))
            last = opened.read()
    except OSError:
        return None
    mark = _mark(last[last.rfind(b"\n", 0, -1) + 1 :])
    return Tail(mark[1], size) if mark else None


def is_torn(file: str) -> bool:
    """Return whether a file begins like a manifest, but its end is missing."""
    try:
        with open(file, "rb") as opened:
            begins = opened.read(1) in (b"+", b"=")
    except OSError:
        return False
    return begins and tail(file) is None


def read(file: str, site: str, built: str) -> Manifest:
    """Reads a whole manifest. `built` is the token of the delta that wrote the store, empty if none did.

    Raises UnfitError if it cannot be trusted, and OSError.
    """
    digests: dict[str, str] = {}
    uncertain: set[str] = set()
    known: set[str] = set()
    last: Mark | None = None
    with open(file, "rb") as opened:
        blocks = _Blocks(opened)
        for lines, mark in blocks:
            if mark.certain:
                uncertain.clear()
            _replay(lines, digests, uncertain)
            known |= {mark.served, mark.planned}
            last = mark
    if last is None or (blocks.torn and built not in known - {""}):
        raise UnfitError("is damaged")
    if last.site != site:
        raise UnfitError("is another site's, or was made with another SITEURL, BYLINES_TAG or settings file")
    if built and built not in known:
        raise UnfitError("is not the one that goes with the store")
    return Manifest(digests, uncertain, last, blocks.end)


class _Blocks:
    """Iterates over the blocks of a file up to the first incomplete one. `torn` then says whether there was one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.end = 0
        self.torn = False

    def __iter__(self) -> Iterator[tuple[list[str], Mark]]:
        lines: list[bytes] = []
        for line in self._file:
            lines.append(line)
            if line[:1] != b"=":
                continue
            mark, texts = _mark(line), _texts(lines[:-1])
            if mark is None or texts is None or mark[0] != _digest(lines[:-1], line[_JSON:]):
                break
            self.end += sum(map(len, lines))
            yield texts, mark[1]
            lines = []
        self.torn = bool(lines)


# The position of the JSON in a mark: after '=', a digest and a space.
_JSON = 42


def _mark(line: bytes) -> tuple[str, Mark] | None:
    if line[:1] != b"=" or line[-1:] != b"\n":
        return None
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        return line[1 : _JSON - 1].decode(), msgspec.json.decode(line[_JSON:], type=Mark)
    return None


def _texts(lines: Iterable[bytes]) -> list[str] | None:
    try:
        return b"".join(lines).decode().split("\n")[:-1]
    except UnicodeDecodeError:
        return None


def _digest(lines: Iterable[bytes], mark: bytes) -> str:
    return digest_of(b"".join([*lines, mark]))


def _replay(lines: Iterable[str], digests: dict[str, str], uncertain: set[str]) -> None:
    for line in lines:
        if line[0] == "+":
            digests[line[42:]] = line[1:41]
        elif line[0] == "-":
            digests.pop(line[1:], None)
        else:
            uncertain.add(line[1:])


def begin(file: str, lines: Iterable[str], mark: Mark) -> None:
    """Writes a new manifest with a single block. Raises OSError."""
    os.makedirs(os.path.dirname(file), exist_ok=True)
    data = _lines(lines)
    with io.FileIO(f"{file}.new", "w") as opened:
        _put(opened, data, msgspec.structs.replace(mark, base=len(data)))
    os.replace(f"{file}.new", file)


def add(file: str, end: int, lines: Iterable[str], mark: Mark) -> None:
    """Writes a block at position `end`, in place of anything after it. Raises OSError."""
    with io.FileIO(file, "r+") as opened:
        opened.truncate(end)
        opened.seek(end)
        _put(opened, _lines(lines), mark)


def tidy(file: str) -> None:
    """Rewrites a manifest that has more than doubled since it was begun; it must be certain. Raises OSError."""
    found = tail(file)
    if found is None or found.end < 2 * found.mark.base + _SLACK:
        return
    with contextlib.suppress(UnfitError):
        whole = read(file, found.mark.site, found.mark.served)
        begin(file, (f"+{digest} {path}" for path, digest in sorted(whole.digests.items())), found.mark)


def put_aside(file: str) -> None:
    """Renames a manifest to `….unfit`. It is not deleted, because the name may be that of another file by mistake."""
    with contextlib.suppress(FileNotFoundError):
        os.replace(file, f"{file}.unfit")


def _lines(lines: Iterable[str]) -> bytes:
    return "".join([f"{line}\n" for line in lines]).encode()


def _put(opened: io.FileIO, data: bytes, mark: Mark) -> None:
    json = msgspec.json.encode(mark) + b"\n"
    write_all(opened, b"%s=%s %s" % (data, digest_of(data + json).encode(), json))
    # Unlike a cache, the manifest cannot be rebuilt, so it must survive a power cut.
    os.fsync(opened.fileno())
