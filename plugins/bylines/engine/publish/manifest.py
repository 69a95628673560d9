"""The manifest of what is served: a file to which each publication adds what it changed.

It is a row of blocks. A block is lines, and a mark that ends it:

    +<digest> <path>          this is served, of these bytes
    -<path>                   nothing is served here
    ?<path>                   what is served here is uncertain: an upload may have got as far as this
    =<digest of the block> <JSON>

So the last line says which build is served, and to note a publication costs what was published. Where the end of a block
was lost (a process was killed, a disk was full) the blocks before it are believed if they know the build that the store
comes from; else, and where anything else does not fit, the whole manifest is not.
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

# Bytes of a mark, and more.
_TAIL = 2_000
# Bytes that may be added before the manifest is written anew, beside once what it began with.
_SLACK = 1_000_000


class UnfitError(Exception):
    """A manifest that cannot be believed; the message says why."""


class Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known where a block ends."""

    site: str
    """Whose manifest it is."""
    served: str
    """The build that is served; '' where nothing is known of it."""
    planned: str = ""
    """The delta that was built last, and makes everything certain when it is published; '' where there is none."""
    certain: bool
    """Whether what is served is just that: no upload may have begun since."""
    base: int = 0
    """Bytes of the block that the manifest began with."""


class Manifest(NamedTuple):
    """What is served."""

    digests: dict[str, str]
    """By path."""
    uncertain: set[str]
    """The paths where something else may be served."""
    mark: Mark
    end: int
    """Bytes of the file that are believed: what comes next goes there."""


class Tail(NamedTuple):
    """The last mark, and where the file ends."""

    mark: Mark
    end: int


def tail(file: str) -> Tail | None:
    """How a manifest ends; None where there is none, or where its last line is no mark."""
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
    """Whether a file begins as a manifest, but does not end as one."""
    try:
        with open(file, "rb") as opened:
            begins = opened.read(1) in (b"+", b"=")
    except OSError:
        return False
    return begins and tail(file) is None


def read(file: str, site: str, built: str) -> Manifest:
    """The whole of a manifest. `built` is the delta that the store comes from, '' where it comes from none.

    Raises UnfitError with the reason; OSError.
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
    """The blocks of a file, up to one that is not whole."""

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


# Where the JSON of a mark begins: behind '=', a digest and a space.
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
    """Writes a manifest anew. Raises OSError."""
    os.makedirs(os.path.dirname(file), exist_ok=True)
    data = _lines(lines)
    with io.FileIO(f"{file}.new", "w") as opened:
        _put(opened, data, msgspec.structs.replace(mark, base=len(data)))
    os.replace(f"{file}.new", file)


def add(file: str, end: int, lines: Iterable[str], mark: Mark) -> None:
    """Adds a block where the believed part of a manifest ends. Raises OSError."""
    with io.FileIO(file, "r+") as opened:
        opened.truncate(end)
        opened.seek(end)
        _put(opened, _lines(lines), mark)


def tidy(file: str) -> None:
    """Writes a manifest anew that is certain and has grown to twice of what it began with. Raises OSError."""
    found = tail(file)
    if found is None or found.end < 2 * found.mark.base + _SLACK:
        return
    with contextlib.suppress(UnfitError):
        whole = read(file, found.mark.site, found.mark.served)
        begin(file, (f"+{digest} {path}" for path, digest in sorted(whole.digests.items())), found.mark)


def put_aside(file: str) -> None:
    """Lets a manifest be forgotten. It is not deleted: it may be something else that was named by mistake."""
    with contextlib.suppress(FileNotFoundError):
        os.replace(file, f"{file}.unfit")


def _lines(lines: Iterable[str]) -> bytes:
    return "".join([f"{line}\n" for line in lines]).encode()


def _put(opened: io.FileIO, data: bytes, mark: Mark) -> None:
    json = msgspec.json.encode(mark) + b"\n"
    write_all(opened, b"%s=%s %s" % (data, digest_of(data + json).encode(), json))
    # What is served follows from no source: unlike a cache it is to survive a power cut.
    os.fsync(opened.fileno())
