"""The texts of sources as HTML: taken from the spool where reading has left them there, else read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bylines import markup
from bylines.engine.digest import digest_of
from bylines.engine.feature import Body
from bylines.engine.places import file_of, spool_of
from bylines.engine.read import body_of
from bylines.engine.spool import Place, Spool
from bylines.markup import Prose
from bylines.problems import BuildError

if TYPE_CHECKING:
    from bylines.settings import Site

_MOST = 200


class Bodies:
    """The HTML of texts, for one worker and one build."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._spool = Spool(spool_of(site))
        self._memory: dict[tuple[str, str], Prose] = {}

    def prose(self, body: Body, places: Mapping[str, Place]) -> Prose:
        """A text with its slots; `places`, by source, say where it lies in the spool.

        Raises BuildError where the source is another than the one that was read.
        """
        key = body.source, body.digest
        found = self._memory.get(key)
        if found is None:
            place = places.get(body.source)
            found = self._spool.get(place) if place else self._read(body)
            if len(self._memory) >= _MOST:
                self._memory.clear()
            self._memory[key] = found
        return found

    def _read(self, body: Body) -> Prose:
        try:
            with open(file_of(self._site, body.source), "rb") as file:
                data = file.read()
        except FileNotFoundError as error:
            raise BuildError(f"{body.source} went away while the site was built; build again") from error
        if digest_of(data) != body.digest:
            raise BuildError(f"{body.source} changed while the site was built; build again")
        return markup.read(*body_of(body.source, data), self._site.read.markup)[0]
