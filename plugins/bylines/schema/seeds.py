"""Inputs from which fuzzing starts: files of a kind with every key, and with each key wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bylines.schema.example import example_of, keyset_of, usual_keys

if TYPE_CHECKING:
    from bylines.engine.read.kind import Kind


def seeds_of(kind: Kind) -> Iterator[bytes]:
    """Yield a file with every key, and one for each key that has what gets a message."""
    yield example_of(kind).encode()
    usual = usual_keys(kind)
    for key, marker in keyset_of(kind).markers.items():
        yield example_of(kind, dict.fromkeys((*usual, key)), {key: marker.wrong}).encode()
        for other in marker.also:
            yield example_of(kind, [each for each in usual if each != key], {other: marker.example}).encode()
