"""Gets the texts of sources as HTML: from the spool if reading left them there, else by reading the source again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from bylines import markup
from bylines.engine.digest import digest_of
from bylines.engine.feature import Body
from bylines.engine.paths import file_of, spool_of
from bylines.engine.read import body_of
from bylines.engine.spool import Place, spool_in, unpacked
from bylines.markup import Prose
from bylines.problems import BuildError

if TYPE_CHECKING:
    from bylines.settings import Site

_MOST = 200


class Carried(msgspec.Struct, frozen=True, array_like=True):
    """A text sent along with its page: as the spool has it, else the source's bytes."""

    spooled: bytes | None
    source: bytes | None


Text: TypeAlias = Place | Carried | None
"""Where a text comes from: the spool, this value, or (None) its source, read again."""


class Bodies:
    """The HTML of texts, for one worker and one build."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._memory: dict[tuple[str, str], Prose] = {}

    def prose(self, body: Body, texts: Mapping[str, Text]) -> Prose:
        """Return a text with its slots; `texts`, by source, say where it is to be had.

        Raises BuildError where the source is another than the one that was read.
        """
        key = body.source, body.digest
        found = self._memory.get(key)
        if found is None:
            found = self._found(body, texts.get(body.source))
            if len(self._memory) >= _MOST:
                self._memory.clear()
            self._memory[key] = found
        return found

    def _found(self, body: Body, text: Text) -> Prose:
        if isinstance(text, Place):
            return spool_in(spool_of(self._site)).get(text)
        carried = text or carry(self._site, body.source, None)
        return unpacked(carried.spooled) if carried.spooled is not None else self._read(body, carried.source or b"")

    def _read(self, body: Body, data: bytes) -> Prose:
        text, kind = body_of(body.source, data)
        if digest_of(text.encode() if body.only_text else data) != body.digest:
            raise BuildError(f"{body.source} changed while the site was built; build again")
        return markup.read(text, kind, self._site.read.markup)[0]


def carry(site: Site, source: str, place: Place | None) -> Carried:
    """Return a text to take along, from the spool where it lies there. Raises BuildError where the source is gone."""
    if place is not None:
        return Carried(spool_in(spool_of(site)).get_packed(place), None)
    try:
        with open(file_of(site, source), "rb") as file:
            return Carried(None, file.read())
    except FileNotFoundError as error:
        raise BuildError(f"{source} went away while the site was built; build again") from error
