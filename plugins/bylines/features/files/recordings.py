"""Reads recordings and all other files. Metadata about places and devices is overwritten; where that is impossible, reported."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from bylines.engine.read import ReadOptions
from bylines.features.files import kinds, messages
from bylines.problems import ContentProblem
from bylines.recordings import matroska, mp4, traces
from bylines.recordings.patches import NotUnderstood, Patch, PatchedReader
from bylines.records import Reading

_SOUNDS = (".m4a", ".m4b", ".m4r", ".mka", ".weba")
_BOXES = (".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2", ".3gpp", ".f4v", ".m4a", ".m4b", ".m4r")
_MATROSKA = (".webm", ".mkv", ".mka", ".weba")
# Files that cameras and drones write beside a picture or a film.
_BESIDE = (".xmp", ".aae", ".srt", ".vtt", ".ass", ".lrf")
_ENDINGS = (*_BOXES, *_MATROSKA)


def is_recording(name: str) -> bool:
    """Return whether a source is a recording whose metadata about places can be overwritten."""
    return name.startswith("content/") and name.lower().endswith(_ENDINGS)


def patches(name: str, file: BinaryIO) -> list[Patch]:
    """Return the patches that overwrite a recording's metadata. Raises NotUnderstood."""
    size = file.seek(0, os.SEEK_END)
    if name.lower().endswith(_BOXES):
        return mp4.patches_of(file, size)
    return matroska.patches_of(file, size)


def read_recording(name: str, file: BinaryIO, options: ReadOptions) -> Reading:
    """Return a reading without a record, with a message if the recording cannot be published."""
    try:
        overwritten = patches(name, file)
    except NotUnderstood as reason:
        nearest = "M4A or MP3" if name.lower().endswith(_SOUNDS) else "MP4 (H.264)"
        return Reading(None, (messages.RECORDING.problem(_shown(name, options), reason=reason, nearest=nearest),))
    return Reading(None, _said(name, traces.find_in_stream(PatchedReader(file, overwritten)), options))


def read_file(name: str, file: BinaryIO, options: ReadOptions) -> Reading:
    """Return a reading without a record, with a message if a contributor's file cannot be published."""
    reading = kinds.read_file(name, file.read(kinds.BEGINNING), options)
    return reading if reading.problems else read_static(name, file, options)


def read_static(name: str, file: BinaryIO, options: ReadOptions) -> Reading:
    """Return a reading without a record, with a message if a file in STATIC_PATHS names a place or a device."""
    return Reading(None, _said(name, traces.find_trace(file, beside=name.lower().endswith(_BESIDE)), options))


def in_drawing(data: bytes) -> str:
    """Return the place or device that a drawing names, in its metadata or in an embedded picture; empty if none."""
    return traces.find_in_stream(io.BytesIO(data))


def _said(name: str, what: str, options: ReadOptions) -> tuple[ContentProblem, ...]:
    return (messages.TRACES.problem(_shown(name, options), what=what),) if what else ()


def _shown(name: str, options: ReadOptions) -> str:
    return f"{options.root}/{name.removeprefix('content/')}"
