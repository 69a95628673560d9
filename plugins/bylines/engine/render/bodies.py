"""The texts of sources as HTML: each is made once in a build, though a page and several feeds show it.

While a build has many pages, what one worker made lies in files beside the stage for the others, and goes with the stage.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

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


class Bodies:
    """The HTML of texts, remembered while it is likely to be asked for again."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._folder = bodies_of(site)
        self._memory: dict[str, markup.Body] = {}

    def html(self, body: Body) -> markup.Body:
        """A text's HTML. Raises BuildError where the source is another than the one that was read."""
        key = digest_of(_ENCODER.encode((body.source, body.digest, body.links, body.mentions)))
        found = self._memory.get(key) or self._shared(key)
        if found is None:
            found = self._made(body)
            self._share(key, found)
        if len(self._memory) >= _MOST:
            self._memory.clear()
        self._memory[key] = found
        return found

    def _made(self, body: Body) -> markup.Body:
        with open(file_of(self._site, body.source), "rb") as file:
            data = file.read()
        if digest_of(data) != body.digest:
            raise BuildError(f"{body.source} changed while the site was built; build again")
        text, kind = body_of(body.source, data)
        return markup.to_html(text, kind, self._site.read.markup, body.links, body.mentions)

    def _shared(self, key: str) -> markup.Body | None:
        try:
            with open(f"{self._folder}/{key}", "rb") as file:
                return _MADE.decode(file.read())
        except (OSError, msgspec.MsgspecError):
            return None

    def _share(self, key: str, made: markup.Body) -> None:
        """Only where the build has made the folder for it, and in one move, so that nobody reads half of it."""
        try:
            with open(f"{self._folder}/{key}.{os.getpid()}", "wb") as file:
                file.write(_ENCODER.encode(made))
            os.replace(f"{self._folder}/{key}.{os.getpid()}", f"{self._folder}/{key}")
        except OSError:
            return
