"""Reads sources in batches, in this process or in others: bytes in, digests and records out."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bylines import messages
from bylines.engine import feature
from bylines.engine.changes import kind_of as kind_of_record
from bylines.engine.digest import digest_of, digest_of_file
from bylines.engine.feature import SourceKind
from bylines.engine.places import shown, spool_of, static_place
from bylines.engine.scan import Found
from bylines.engine.spool import Place, Spool
from bylines.engine.workers import Workers, batched
from bylines.problems import ContentProblem
from bylines.records import Reading

if TYPE_CHECKING:
    from bylines.settings import Site

_BATCH = 64
_ENCODER = msgspec.json.Encoder()


class Done(NamedTuple):
    """A source that was read: its digest ('' where the file could not be had) and its record as JSON, if it has one."""

    found: Found
    digest: str
    record: bytes | None
    problems: tuple[ContentProblem, ...]
    kind: str = ""
    """The record's."""
    text: Place | None = None
    """Where its text lies in the spool, if the build keeps one."""


def read_all(workers: Workers, site: Site, sources: Sequence[Found]) -> Iterator[Done]:
    """Reads sources, in their order."""
    for done in workers.run(read_batch, site, batched(sources, _BATCH), len(sources)):
        yield from done


def read_batch(site: Site, sources: Iterable[Found]) -> list[Done]:
    """Reads some sources. Runs in a worker."""
    spool = _spool(spool_of(site))
    return [_read(site, spool, found) for found in sources]


@functools.lru_cache(maxsize=2)
def _spool(folder: str) -> Spool:
    return Spool(folder)


def _read(site: Site, spool: Spool, found: Found) -> Done:
    kind = kind_of(site.features, found.name)
    try:
        if kind is None or kind.read is None:
            digest = found.digest or digest_of_file(found.file)
            unread = (
                ()
                if kind or static_place(site, found.name) is not None
                else (messages.UNREAD.problem(shown(site, found.name)),)
            )
            return Done(found, digest, None, unread)
        with open(found.file, "rb") as file:
            data = file.read(site.read.max_bytes + 1)
        digest = digest_of_file(found.file) if len(data) > site.read.max_bytes else digest_of(data)
    except OSError as error:
        reason = error.strerror or str(error)
        return Done(found, "", None, (messages.UNREADABLE.problem(shown(site, found.name), reason=reason),))
    reading: Reading = kind.read(found.name, data, site.read)
    record = _ENCODER.encode(reading.record) if reading.record is not None else None
    text = spool.put(reading.prose) if reading.prose else None
    return Done(found, digest, record, reading.problems, kind_of_record(reading.record), text)


def kind_of(features: tuple[str, ...], name: str) -> SourceKind | None:
    """The kind of a source; None where no capability reads it."""
    for kind in _kinds(features):
        if kind.matches(name):
            return kind
    return None


@functools.lru_cache(maxsize=8)
def _kinds(features: tuple[str, ...]) -> tuple[SourceKind, ...]:
    return tuple(kind for loaded in feature.load(features) for kind in loaded.sources)
