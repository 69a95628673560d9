"""The texts of sources as HTML: each is made once in a build, though a page and several feeds show it.

While a build has many pages, a worker appends what it made to a file of its own beside the stage, and says where; the
build tells those who need it again. The files go with the stage.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from bylines import markup
from bylines.engine.digest import digest_of
from bylines.engine.feature import Body
from bylines.engine.places import bodies_of, file_of
from bylines.engine.read import body_of
from bylines.problems import BuildError

if TYPE_CHECKING:
    from bylines.settings import Site

_ENCODER = msgspec.json.Encoder(order="deterministic")
_MADE = msgspec.json.Decoder(markup.Body)
_MOST = 500


class Place(NamedTuple):
    """Where a text that was made lies: the digest of all that went into it, and a piece of a file."""

    key: str
    file: str
    offset: int
    length: int


class Bodies:
    """The HTML of texts, for one worker and one build."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._folder = bodies_of(site)
        self._memory: dict[str, markup.Body] = {}
        self._own: BinaryIO | None = None
        self._others: dict[str, int] = {}
        self.made: dict[str, Place] = {}
        """What was made since this was last emptied, by source."""

    def html(self, body: Body, places: Mapping[str, Place]) -> markup.Body:
        """A text's HTML; `places`, by source, are where others have left theirs.

        Raises BuildError where the source is another than the one that was read.
        """
        key = digest_of(_ENCODER.encode((body.source, body.digest, body.links, body.mentions)))
        found = self._memory.get(key)
        if found is None:
            place = places.get(body.source)
            found = self._read(place) if place and place.key == key else self._make(key, body)
            if len(self._memory) >= _MOST:
                self._memory.clear()
            self._memory[key] = found
        return found

    def _make(self, key: str, body: Body) -> markup.Body:
        with open(file_of(self._site, body.source), "rb") as file:
            data = file.read()
        if digest_of(data) != body.digest:
            raise BuildError(f"{body.source} changed while the site was built; build again")
        text, kind = body_of(body.source, data)
        made = markup.to_html(text, kind, self._site.read.markup, body.links, body.mentions)
        if os.path.isdir(self._folder):
            self.made[body.source] = self._append(key, _ENCODER.encode(made))
        return made

    def _append(self, key: str, data: bytes) -> Place:
        if self._own is None:
            self._own = open(f"{self._folder}/{os.getpid()}-{id(self)}", "ab", buffering=0)  # noqa: SIM115
        offset = self._own.tell()
        self._own.write(data)
        return Place(key, self._own.name, offset, len(data))

    def _read(self, place: Place) -> markup.Body:
        if place.file not in self._others:
            self._others[place.file] = os.open(place.file, os.O_RDONLY)
        return _MADE.decode(os.pread(self._others[place.file], place.length, place.offset))
