"""Strips WebM and Matroska (RFC 9559) of tags and attachments. They become void elements of the same length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from bylines.recordings.patches import NotUnderstood, Patch

_EBML, _SEGMENT, _CLUSTER, _INFO = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1549A966
_TRACKS, _ENTRY, _TYPE = 0x1654AE6B, 0xAE, 0x83
_REMOVED = frozenset((0x1254C367, 0x1941A469))  # Tags, Attachments
_NAMES = frozenset((0x7BA9, 0x73A4, 0x7384, 0x4461))  # of Info: title, UID, file name, date
_LEVEL_ONE = frozenset((0x114D9B74, _INFO, _TRACKS, 0x1C53BB6B, 0x1043A770, 0xEC, 0xBF, _CLUSTER, *_REMOVED))
_METADATA = 33
_MOST_ELEMENTS = 1_000_000


def patches_of(file: BinaryIO, size: int) -> list[Patch]:
    """Return what to overwrite in a film of `size` bytes. Raises NotUnderstood."""
    first = _element(file, 0, size)
    if first[0] != _EBML:
        raise NotUnderstood("no film in it")
    segment, _, inside, until = _element(file, first[3], size)
    if segment != _SEGMENT:
        raise NotUnderstood("no film in it")
    patches = [Patch(until, size)] if until < size else []
    tracks = 0
    for kind, start, body, end in _children(file, inside, until):
        if kind in _REMOVED or kind not in _LEVEL_ONE:
            patches.append(_void(start, end))
        elif kind == _INFO:
            patches += [_void(at, to) for inner, at, _, to in _children(file, body, end) if inner in _NAMES]
        elif kind == _TRACKS:
            tracks += 1
            _refuse_metadata_tracks(file, body, end)
    if not tracks:
        raise NotUnderstood("no tracks in it")
    return patches


def _refuse_metadata_tracks(file: BinaryIO, body: int, end: int) -> None:
    for kind, _, inner, to in _children(file, body, end):
        for field, _, at, until in _children(file, inner, to) if kind == _ENTRY else ():
            if field == _TYPE:
                file.seek(at)
                if int.from_bytes(file.read(min(8, until - at))) == _METADATA:
                    raise NotUnderstood("a track of metadata")


def _children(file: BinaryIO, place: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield (id, start, body, end) of each element between two offsets.

    A cluster of unknown length is yielded, and then its blocks are skipped one by one.
    """
    seen = 0
    while place < end:
        found = _element(file, place, end)
        seen += 1
        if seen > _MOST_ELEMENTS:
            raise NotUnderstood("too many elements")
        if found[0] in _BLOCKS:
            place = found[3]
            continue
        yield found
        place = found[2] if found[0] == _CLUSTER and found[3] == end else found[3]


# Elements within a cluster. They appear at the level of clusters if a cluster has no known length.
_BLOCKS = frozenset((0xE7, 0xA3, 0xA0, 0xA7, 0xAB, 0xAF, 0x5854))


def _element(file: BinaryIO, place: int, end: int) -> tuple[int, int, int, int]:
    file.seek(place)
    head = file.read(12)
    if len(head) < 2:
        raise NotUnderstood("an element that ends behind the file")
    width = 9 - head[0].bit_length()
    if width > 4:
        raise NotUnderstood("no element where one is due")
    kind, rest = int.from_bytes(head[:width]), head[width:]
    if not rest:
        raise NotUnderstood("an element that ends behind the file")
    long = 9 - rest[0].bit_length()
    if long > 8 or len(rest) < long:
        raise NotUnderstood("no length where one is due")
    length = int.from_bytes(rest[:long]) & (1 << 7 * long) - 1
    body = place + width + long
    if length == (1 << 7 * long) - 1:
        if kind not in (_SEGMENT, _CLUSTER):
            raise NotUnderstood("an element of unknown length")
        return kind, place, body, end
    if body + length > end:
        raise NotUnderstood("an element that ends behind the one around it")
    return kind, place, body, body + length


def _void(start: int, end: int) -> Patch:
    """Return the patch that turns an element into a void one of the same length."""
    length = end - start
    if length < 10:
        return Patch(start, end, bytes((0xEC, 0x80 | length - 2)))
    return Patch(start, end, b"\xec\x01" + (length - 9).to_bytes(7))
