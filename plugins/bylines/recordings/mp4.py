"""Strips MP4, M4A, MOV and 3GP (ISO/IEC 14496-12; QuickTime File Format) of what cameras write into them.

The boxes that players need are listed by name. Every other box becomes a free one, and bytes that no track of pictures, sound
or captions uses become zeros. So telemetry, positions, names, serial numbers and thumbnails disappear.
"""

from __future__ import annotations

import bisect
import re
import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import BinaryIO, NamedTuple

from bylines.recordings.patches import NotUnderstood, Patch

_MOST_HEADERS = 64 << 20
"""Bytes: the largest box of tables that is read into memory."""
_MOST_BOXES = 100_000
_MOST_SAMPLES = 4_000_000
_MOST_CAPTIONS = 4 << 20
_CHILDREN = {
    b"": frozenset((b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"ssix", b"mfra", b"pdin")),
    b"moov": frozenset((b"mvhd", b"trak", b"mvex", b"iods")),
    b"mvex": frozenset((b"mehd", b"trex", b"leva")),
    b"trak": frozenset((b"tkhd", b"edts", b"mdia", b"tref", b"tapt", b"load")),
    b"edts": frozenset((b"elst",)),
    b"tapt": frozenset((b"clef", b"prof", b"enof")),
    b"mdia": frozenset((b"mdhd", b"hdlr", b"minf", b"elng")),
    b"minf": frozenset((b"vmhd", b"smhd", b"nmhd", b"sthd", b"gmhd", b"hdlr", b"dinf", b"stbl")),
    b"gmhd": frozenset((b"gmin", b"text")),
    b"dinf": frozenset((b"dref",)),
    b"stbl": frozenset(
        name.encode()
        for name in "stsd stts ctts cslg stsc stsz stz2 stco co64 stss stsh sdtp sbgp sgpd subs stps padb".split()
    ),
    b"mfra": frozenset((b"tfra", b"mfro")),
    b"moof": frozenset((b"mfhd", b"traf")),
    b"traf": frozenset((b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd", b"subs", b"sdtp")),
}
_PLAYED = frozenset((b"vide", b"soun"))
_CAPTIONS = frozenset((b"text", b"sbtl", b"subt", b"clcp"))
_LIKE_A_POSITION = re.compile(rb"gps|latitude|longitude|\d\.\d{4,}", re.I)
_FREE = b"free"


class _Box(NamedTuple):
    kind: bytes
    start: int
    body: int
    end: int


class _Track(NamedTuple):
    box: _Box
    kind: bytes
    chunks: list[tuple[int, int]]
    """Start and end of each chunk in the file; the end is 0 if the tables of the track do not tell it."""
    references: _Box | None


def patches_of(file: BinaryIO, size: int) -> list[Patch]:
    """Return what to overwrite in a film of `size` bytes. Raises NotUnderstood."""
    try:
        return _patches_of(file, size)
    except (struct.error, IndexError, KeyError, OverflowError) as error:
        raise NotUnderstood("a table that ends behind its box") from error


def _patches_of(file: BinaryIO, size: int) -> list[Patch]:
    patches: list[Patch] = []
    tracks: list[_Track] = []
    media: list[_Box] = []
    fragments = False
    kinds = []
    for box in _top_level_boxes(file, size):
        kinds.append(box.kind)
        if box.kind == b"mdat":
            media.append(box)
        elif box.kind not in _CHILDREN[b""]:
            patches.append(_free(box))
        elif box.kind in _CHILDREN:
            if box.end - box.start > _MOST_HEADERS:
                raise NotUnderstood("tables of more than 64 MB")
            file.seek(box.start)
            table = _Table(file.read(box.end - box.start), box.start)
            table.collect(_Box(box.kind, 0, box.body - box.start, box.end - box.start))
            patches += table.patches
            tracks += table.tracks
            fragments = fragments or box.kind == b"moof"
    if kinds.count(b"moov") != 1 or not media:
        raise NotUnderstood("no film in it")
    kept, dropped = _split_tracks(file, tracks)
    if not any(track.kind in _PLAYED for track in kept):
        raise NotUnderstood("no pictures and no sound in it")
    for track in dropped:
        patches.append(_free(track.box))
    if dropped:
        patches += [_free(track.references) for track in kept if track.references]
    if not fragments:
        patches += _unused_ranges(media, kept, tracks)
    elif dropped:
        raise NotUnderstood("fragments of something that is neither pictures nor sound")
    return patches


def _top_level_boxes(file: BinaryIO, size: int) -> Iterator[_Box]:
    """Yield the top-level boxes of a file. Bytes after the last readable box are yielded as a box with an empty kind."""
    place, seen = 0, 0
    while place < size:
        file.seek(place)
        box = _box(file.read(16), place, size)
        if box is None:
            if not seen:
                raise NotUnderstood("no film in it")
            yield _Box(b"", place, min(place + 8, size), size)
            return
        yield box
        place, seen = box.end, seen + 1
        if seen > _MOST_BOXES:
            raise NotUnderstood("too many boxes")


def _box(head: bytes, place: int, end: int) -> _Box | None:
    if len(head) < 8:
        return None
    length, kind = struct.unpack_from(">I4s", head)
    body = place + 8
    if length == 1:
        if len(head) < 16:
            return None
        length, body = struct.unpack_from(">Q", head, 8)[0], place + 16
    elif length == 0:
        length = end - place
    return _Box(kind, place, body, place + length) if place + length <= end and place + length >= body else None


def _free(box: _Box) -> Patch:
    """Return the patch that turns a box into a free one of the same length."""
    length = box.end - box.start
    if length < 8:
        return Patch(box.start, box.end)
    if length < 1 << 32:
        return Patch(box.start, box.end, struct.pack(">I4s", length, _FREE))
    return Patch(box.start, box.end, struct.pack(">I4sQ", 1, _FREE, length))


class _Table:
    """A box of tables in memory, with the patches and tracks that were found in it."""

    def __init__(self, data: bytes, offset: int) -> None:
        self.patches: list[Patch] = []
        self.tracks: list[_Track] = []
        self._data = data
        self._offset = offset
        self._boxes = 0
        self._samples = 0

    def collect(self, parent: _Box) -> None:
        """Collect the patches for all boxes within `parent`, and the tracks."""
        for box in self._inside(parent):
            if box.kind not in _CHILDREN[parent.kind]:
                self.patches.append(_free(self._in_file(box)))
            elif box.kind in _CHILDREN:
                self.collect(box)
            if box.kind == b"trak":
                self.tracks.append(self._track(box))
            elif box.kind == b"hdlr":
                self._clear_handler_name(box)

    def _in_file(self, box: _Box) -> _Box:
        start = self._offset
        return _Box(box.kind, box.start + start, box.body + start, box.end + start)

    def _inside(self, parent: _Box) -> Iterator[_Box]:
        place = parent.body
        while place < parent.end:
            box = _box(self._data[place : place + 16], place, parent.end)
            self._boxes += 1
            if self._boxes > _MOST_BOXES:
                raise NotUnderstood("too many boxes")
            if box is None:
                if parent.end - place <= 8 and not any(self._data[place : parent.end]):
                    return  # QuickTime ends some lists of boxes with zeros
                raise NotUnderstood("a box that ends behind the one around it")
            yield box
            place = box.end

    def _clear_handler_name(self, box: _Box) -> None:
        """Overwrite the name of a handler, which often names the camera."""
        start = box.body + 24
        if box.end - start > 1:
            self.patches.append(Patch(self._offset + start, self._offset + box.end))

    def _track(self, trak: _Box) -> _Track:
        inside = {box.kind: box for box in self._inside(trak)}
        media = {box.kind: box for box in self._inside(inside[b"mdia"])}
        handler = media[b"hdlr"].body + 8
        kind = self._data[handler : handler + 4]
        within = {box.kind: box for box in self._inside(media[b"minf"])}
        tables = {box.kind: box for box in self._inside(within[b"stbl"])}
        self._refuse_external_data(within)
        references = self._in_file(inside[b"tref"]) if b"tref" in inside else None
        return _Track(self._in_file(trak), kind, self._chunks(tables), references)

    def _refuse_external_data(self, within: dict[bytes, _Box]) -> None:
        """Raise NotUnderstood for a track whose samples lie in other files."""
        for box in self._inside(within[b"dinf"]) if b"dinf" in within else ():
            if box.kind != b"dref":
                continue
            for entry in self._inside(box._replace(body=box.body + 8)):
                if not self._data[entry.body + 3] & 1:
                    raise NotUnderstood("a part that lies in another file")

    def _chunks(self, tables: dict[bytes, _Box]) -> list[tuple[int, int]]:
        starts = self._starts(tables)
        runs = self._numbers(tables[b"stsc"], "I", 3) if b"stsc" in tables else array("I")
        sizes, same = self._sizes(tables)
        if not starts or not runs:
            return [(start, 0) for start in starts]
        # Uncompressed sound declares other sizes than it has (QuickTime File Format, 'Sample size atoms').
        if same:
            return [(start, 0) for start in starts]
        sums = array("Q", accumulate(sizes, initial=0))
        chunks, sample = [], 0
        firsts, counts = runs[0::3], runs[1::3]
        for number, start in enumerate(starts, 1):
            run = bisect.bisect_right(firsts, number) - 1
            last = min(sample + counts[max(0, run)], len(sizes))
            chunks.append((start, start + sums[last] - sums[sample]))
            sample = last
        return chunks

    def _starts(self, tables: dict[bytes, _Box]) -> Sequence[int]:
        if b"co64" in tables:
            return self._numbers(tables[b"co64"], "Q", 1)
        return self._numbers(tables[b"stco"], "I", 1) if b"stco" in tables else ()

    def _sizes(self, tables: dict[bytes, _Box]) -> tuple[Sequence[int], bool]:
        """Return the size of each sample in bytes, and whether all have the same size (then the first is empty)."""
        if b"stsz" not in tables:
            return (), True
        box = tables[b"stsz"]
        same, count = struct.unpack_from(">II", self._data, box.body + 4)
        return ((), True) if same or not count else (self._numbers(box._replace(body=box.body + 4), "I", 1), False)

    def _numbers(self, box: _Box, form: str, each: int) -> array[int]:
        """Return the numbers in a table, 32-bit (`form` 'I') or 64-bit ('Q'), `each` of them for an entry."""
        count = struct.unpack_from(">I", self._data, box.body + 4)[0] * each
        self._samples += count
        if self._samples > _MOST_SAMPLES:
            raise NotUnderstood("more samples than can be looked at")
        found = array(form)
        start = box.body + 8
        end = start + count * found.itemsize
        if end > box.end:
            raise NotUnderstood("a table that ends behind its box")
        found.frombytes(self._data[start:end])
        if sys.byteorder == "little":
            found.byteswap()
        return found


def _split_tracks(file: BinaryIO, tracks: Sequence[_Track]) -> tuple[list[_Track], list[_Track]]:
    """Split tracks into those that stay and those that are removed."""
    kept: list[_Track] = []
    dropped: list[_Track] = []
    for track in tracks:
        stays = track.kind in _PLAYED or (track.kind in _CAPTIONS and _are_words(file, track))
        (kept if stays else dropped).append(track)
    return kept, dropped


def _are_words(file: BinaryIO, track: _Track) -> bool:
    """Return whether captions are words, and not the positions that drones write there."""
    left = _MOST_CAPTIONS
    for start, end in track.chunks:
        left -= end - start
        if not end or left < 0:
            return False
        file.seek(start)
        if _LIKE_A_POSITION.search(file.read(end - start)):
            return False
    return True


def _unused_ranges(media: Sequence[_Box], kept: Sequence[_Track], tracks: Sequence[_Track]) -> list[Patch]:
    """Return patches for the parts of the media boxes that no kept track uses."""
    begins = sorted({start for track in tracks for start, _ in track.chunks})
    ends = [box.end for box in media]
    used = sorted((start, end or _next_boundary(begins, start, ends)) for track in kept for start, end in track.chunks)
    patches = []
    position = 0
    for box in sorted(media, key=lambda found: found.start):
        place = box.body
        while position < len(used) and used[position][0] < box.end:
            start, end = used[position]
            if start < box.body and end > box.start:
                raise NotUnderstood("a part that lies among the tables")
            if start > place:
                patches.append(Patch(place, start))
            place = max(place, end)
            position += 1
        if place > box.end:
            raise NotUnderstood("a part that ends behind the media")
        if place < box.end:
            patches.append(Patch(place, box.end))
    if position < len(used):
        raise NotUnderstood("a part that ends behind the media")
    return patches


def _next_boundary(begins: Sequence[int], start: int, ends: Sequence[int]) -> int:
    at = bisect.bisect_right(begins, start)
    end = min((end for end in ends if end > start), default=start)
    return min(begins[at], end) if at < len(begins) else end
