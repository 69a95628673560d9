"""Reads sources in batches, in this process or in workers, and returns their digests and records."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from bylines.engine.capability import SourceKind
from bylines.engine.digest import digest_of, digest_of_file
from bylines.engine.kinds import Source, kinds_of
from bylines.engine.paths import file_of, shown, spool_of, static_place
from bylines.engine.read import messages, pointers
from bylines.engine.read.aside import set_aside
from bylines.engine.read.text import looks_like_a_post
from bylines.engine.scan import Found
from bylines.engine.scan.messages import MISPLACED, UNREADABLE
from bylines.engine.spool import Place, packed, spool_in
from bylines.engine.workers.jobs import Job
from bylines.engine.workers.pool import Workers
from bylines.problems import ERROR, WARNING, ContentProblem
from bylines.records import Reading, tag_of
from bylines.settings.reading import ReadOptions

if TYPE_CHECKING:
    from bylines.settings import Site

_BATCH = 64
_Look = Callable[[str, BinaryIO, ReadOptions], Reading]
BEGINNING = 1_500
"""Bytes from the start of a file that are enough to recognise a post."""
_ENCODER = msgspec.json.Encoder()
_PACKER = msgspec.msgpack.Encoder()


class Done(NamedTuple):
    """A source that was read: its digest (empty if the file could not be read) and its record as JSON, if it has one."""

    found: Found
    digest: str
    record: bytes | None
    problems: tuple[ContentProblem, ...]
    kind: str = ""
    """The kind of the record; empty if there is none."""
    text: Place | None = None
    """The place of its text in the spool; None if it has no text."""


def read_all(workers: Workers, site: Site, sources: Sequence[Found]) -> Iterator[Done]:
    """Read sources, and yield the results in the same order."""
    return workers.run(_JOB, site, sources, len(sources))


def read_batch(site: Site, sources: Iterable[Found]) -> list[Done]:
    """Read a batch of sources. Runs in a worker."""
    return [_read(site, found) for found in sources]


def _read(site: Site, found: Found) -> Done:
    kind = kind_of(site, found.name)
    try:
        if kind is not None and kind.look is not None:
            return _look_into_file(site, found, kind.look)
        if kind is None or kind.read is None:
            digest = found.digest or digest_of_file(file_of(site, found.name))
            return Done(found, digest, None, _report_unread(site, found, kind))
        most = kind.limit(site.read)
        data = _bytes(site, found, most)
        digest = digest_of_file(file_of(site, found.name)) if len(data) > most else digest_of(data)
    except OSError as error:
        reason = error.strerror or str(error)
        return Done(found, "", None, (UNREADABLE.problem(shown(site, found.name), reason=reason),))
    return _result_of(site, found, _read_data(kind, found.name, data, site.read), digest)


def _report_unread(site: Site, found: Found, kind: Source | None) -> tuple[ContentProblem, ...]:
    """Return the problems of a source without a reader: no capability publishes it, or it is a pointer to a large file."""
    place = shown(site, found.name)
    if kind is None and static_place(site, found.name) is None:
        return (_report_unclaimed(site, found, place),)
    small = found.stamp.size <= pointers.MOST
    what, how = pointers.pointer_in(_bytes(site, found, pointers.MOST)) if small else ("", "")
    return (messages.POINTER.problem(place, what=what, how=how),) if what else ()


def _report_unclaimed(site: Site, found: Found, place: str) -> ContentProblem:
    if looks_like_a_post(_bytes(site, found, BEGINNING)):
        parts = found.name.split("/")
        handle = parts[2] if parts[:2] == ["content", "blogs"] and len(parts) > 3 else "<handle>"
        return MISPLACED.problem(place, nearest=f"{site.read.root}/blogs/{handle}/")
    return messages.UNREAD.problem(place)


def _read_data(kind: Source, name: str, data: bytes, options: ReadOptions) -> Reading:
    found = _read_pointer(name, data, options)
    if found:
        return found
    return kind.read(name, data, options) if kind.read else Reading(None)


def _read_pointer(name: str, data: bytes, options: ReadOptions) -> Reading | None:
    """Return a reading that reports a pointer (Git LFS, git-annex) in place of a file; None for any other file."""
    what, how = pointers.pointer_in(data) if len(data) <= pointers.MOST else ("", "")
    return (
        Reading(None, (messages.POINTER.problem(_path_for_messages(name, options), what=what, how=how),))
        if what
        else None
    )


def _path_for_messages(name: str, options: ReadOptions) -> str:
    root, _, rest = name.partition("/")
    folder = {"content": options.root, "authors": options.authors_root}.get(root, root)
    return f"{folder}/{rest}"


def _look_into_file(site: Site, found: Found, look: _Look) -> Done:
    file = file_of(site, found.name)
    with open(file, "rb") as opened:
        reading = _look_into(look, found.name, opened, site.read)
    return _result_of(site, found, reading, found.digest or digest_of_file(file))


def _look_into(look: _Look, name: str, opened: BinaryIO, options: ReadOptions) -> Reading:
    beginning = opened.read(pointers.MOST + 1)
    opened.seek(0)
    return _read_pointer(name, beginning, options) or look(name, opened, options)


def read_bytes(site: Site, found: Found, data: bytes) -> Done:
    """Read a source from bytes that are not, or not yet, in its file."""
    kind = kind_of(site, found.name)
    if kind is not None and kind.look is not None:
        return _result_of(site, found, _look_into(kind.look, found.name, io.BytesIO(data), site.read), digest_of(data))
    if kind is None or kind.read is None:
        return Done(found, digest_of(data), None, ())
    return _result_of(
        site, found, _read_data(kind, found.name, data[: kind.limit(site.read) + 1], site.read), digest_of(data)
    )


def _result_of(site: Site, found: Found, reading: Reading, digest: str) -> Done:
    text = spool_in(spool_of(site)).put(reading.prose) if reading.prose else None
    return Done(found, digest, _encode(reading), _with_errors(reading), tag_of(reading.record), text)


def _with_errors(reading: Reading) -> tuple[ContentProblem, ...]:
    """Return the problems of a source. If it has no record and none of them is an error, make each warning an error."""
    if reading.record is not None or any(problem.level == ERROR for problem in reading.problems):
        return reading.problems
    return tuple(
        msgspec.structs.replace(problem, level=ERROR) if problem.level == WARNING else problem
        for problem in reading.problems
    )


def _bytes(site: Site, found: Found, limit: int) -> bytes:
    most = limit + 1
    with open(file_of(site, found.name), "rb") as file:
        # read(n) first allocates n bytes, which takes longer than to read most files.
        return file.read(most) if os.fstat(file.fileno()).st_size >= most else file.read()


def _encode(reading: Reading) -> bytes | None:
    return _ENCODER.encode(reading.record) if reading.record is not None else None


class _Parcel(msgspec.Struct, frozen=True, array_like=True):
    """A source as it is sent to a worker that has no access to the files."""

    name: str
    data: bytes


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    """The answer of such a worker: the fields of `Done`, with the text itself instead of its place."""

    digest: str
    record: bytes | None
    problems: tuple[ContentProblem, ...]
    kind: str
    text: bytes | None


_PARCEL = msgspec.msgpack.Decoder(_Parcel)
_ANSWER = msgspec.msgpack.Decoder(_Answer)


def _pack(site: Site, found: Found) -> bytes | None:
    kind = kind_of(site, found.name)
    if kind is None or kind.read is None:
        return None
    try:
        most = kind.limit(site.read)
        data = _bytes(site, found, most)
    except OSError:
        return None
    return _PACKER.encode(_Parcel(found.name, data)) if len(data) <= most else None


def _read_away(site: Site, parcels: list[bytes]) -> list[bytes]:
    return [_PACKER.encode(_answer(site, _PARCEL.decode(parcel))) for parcel in parcels]


def _answer(site: Site, parcel: _Parcel) -> _Answer:
    kind = kind_of(site, parcel.name)
    assert kind is not None and kind.read is not None, "nothing else is packed"
    reading = _read_data(kind, parcel.name, parcel.data, site.read)
    text = packed(reading.prose) if reading.prose else None
    kind_name = tag_of(reading.record)
    return _Answer(digest_of(parcel.data), _encode(reading), _with_errors(reading), kind_name, text)


def _unpack(site: Site, found: Found, data: bytes) -> Done:
    answer = _ANSWER.decode(data)
    text = spool_in(spool_of(site)).put_packed(answer.text) if answer.text else None
    return Done(found, answer.digest, answer.record, answer.problems, answer.kind, text)


_JOB = Job(Found, Done, _BATCH, read_batch, lambda site: site, _pack, _read_away, _unpack)


def kind_of(site: Site, name: str) -> Source | None:
    """Return the kind of a source; None if no capability reads it."""
    static = static_place(site, name) is not None
    if set_aside(name) and not static and not name.startswith("theme/"):
        return _ASIDE
    kinds = kinds_of(site.features)
    return kinds.of_source(name) or (kinds.of_static(name) if static else None)


def _read_aside(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Report that a file's name says 'not public'. Read nothing of it."""
    return Reading(None, (messages.HELD_NAME.problem(_path_for_messages(name, options), part=set_aside(name)),))


_ASIDE = SourceKind("aside", lambda name: True, _read_aside, limit=lambda options: BEGINNING)
