"""Runs Pagefind's program to build an index. Requests and answers are JSON in base64, each followed by a comma.

Pagefind's Python package does the same, but it waits a tenth of a second after each answer, and hangs if an answer has more
than 2 MB.
"""

from __future__ import annotations

import base64
import contextlib
import importlib.metadata
import importlib.util
import subprocess
import threading
from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

from bylines.problems import BuildError, SettingsError

VERSION = "1.5.2"
"""The version of the program that builds the index, and of the one that reads it in the browser. They must be equal."""

_PACKAGE = "pagefind_bin_extended"
_INSTALL = f"pip install 'pagefind[extended]=={VERSION}'"
_PIECE = 1 << 20


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A page to index: its address, its words, and its title, which has more weight."""

    url: str
    content: str
    title: str = ""


class _Add(msgspec.Struct, frozen=True, kw_only=True, tag="AddRecord"):
    index_id: int
    url: str
    content: str
    language: str
    meta: dict[str, str]
    filters: None = None
    sort: None = None


class _New(msgspec.Struct, frozen=True, kw_only=True, tag="NewIndex"):
    config: None = None


class _Get(msgspec.Struct, frozen=True, kw_only=True, tag="GetFiles"):
    index_id: int


class _Request(msgspec.Struct, frozen=True):
    message_id: int
    payload: _New | _Add | _Get


def must_be_there() -> None:
    """Raise SettingsError if Pagefind is not installed in the version that is needed."""
    found = importlib.metadata.version(_PACKAGE) if importlib.util.find_spec(_PACKAGE) else ""
    if found != VERSION:
        what = f"version {VERSION} of a package of which {found} is here" if found else "a package more"
        raise SettingsError(f"BYLINES_SEARCH is True, which needs {what}; install it: {_INSTALL}")


def files_of(records: Iterable[Record], lang: str) -> dict[str, bytes]:
    """Return the files of an index of records in one language, by name, with Pagefind's scripts. Raises BuildError."""
    from pagefind_bin_extended import get_executable

    pipe = subprocess.PIPE
    with subprocess.Popen(
        [get_executable(), "--service"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        # It answers before it has all requests. Unless we read meanwhile, both sides would wait for ever.
        telling = threading.Thread(target=_tell, args=(process.stdin, records, lang))
        telling.start()
        try:
            for answer in _answers(process.stdout):
                if answer["type"] == "Error":
                    raise BuildError(f"Pagefind cannot index the posts: {answer['message']}")
                if answer["type"] == "GetFiles":
                    return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
        finally:
            process.kill()
            telling.join()
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
    raise BuildError("Pagefind ended before its work was done (was it killed, or is memory short?)")


def _tell(to: IO[bytes], records: Iterable[Record], lang: str) -> None:
    """Send the requests that build an index of the records."""
    requests: tuple[_New | _Add | _Get, ...] = (
        _New(),
        *(
            _Add(
                index_id=0,
                url=one.url,
                content=one.content,
                language=lang,
                meta={"title": one.title} if one.title else {},
            )
            for one in records
        ),
        _Get(index_id=0),
    )
    with contextlib.suppress(BrokenPipeError):
        for number, request in enumerate(requests, 1):
            to.write(base64.b64encode(msgspec.json.encode(_Request(number, request))) + b",")
        to.flush()


def _answers(source: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the payload of each answer."""
    pieces: list[bytes] = []
    while piece := source.read1(_PIECE):  # type: ignore[attr-defined]
        *ends, rest = piece.split(b",")
        for end in ends:
            yield msgspec.json.decode(base64.b64decode(b"".join([*pieces, end])))["payload"]
            pieces = []
        pieces.append(rest)
