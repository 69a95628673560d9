"""Markers of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bylines.engine.read import messages
from bylines.engine.read.markers.base import Marker, Renames, Target, Where
from bylines.engine.read.names import is_handle

if TYPE_CHECKING:
    from bylines.engine.read.fields import Fields

_HANDLE = "^@?[a-z0-9]+(-[a-z0-9]+)*$"
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_WORD = re.compile(r"[^\s,;]+")


class Listed(Marker):
    """A list of texts, or one text with commas. `most` is the maximum number."""

    is_list = True

    def __init__(self, about: str, *, most: int = 2_000, **more: Any) -> None:
        super().__init__(about, **more)
        self.most = most

    def item(self) -> dict[str, Any]:
        """Return the JSON Schema of one of the texts."""
        return {"type": "string"}

    def schema(self) -> dict[str, Any]:
        """Return the schema of a list, or of one text."""
        return {"type": ["array", "string"], "items": self.item(), "maxItems": self.most}


class Languages(Listed):
    """Languages."""

    example = "[pt, en]"
    wrong = "[xx-nowhere]"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return their tags, each once."""
        return fields.languages(key, self.most)


class Words(Listed):
    """Words of the writer's own, such as topics. `keeps_in`: a word for 'not yet' keeps the text unpublished."""

    is_prose = True
    example = "[boats, tides]"
    wrong = "{a: mapping}"

    def __init__(self, about: str, *, keeps_in: bool = False, once: bool = True, **more: Any) -> None:
        super().__init__(about, **more)
        self.keeps_in = keeps_in
        self._once = once

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the words with white space folded; each once, unless declared with `once=False`."""
        found = tuple(node.value for node in fields.texts(key, self.most))
        return tuple(dict.fromkeys(found)) if self._once else found


class Handles(Listed):
    """People or groups, by their handles. `signs`: the text speaks in their name, so the guard asks who they are."""

    example = "[ada, grace]"
    wrong = "[Ada Lovelace]"

    def __init__(self, about: str, *, signs: bool = False, **more: Any) -> None:
        super().__init__(about, **more)
        self.signs = signs

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the handles, each once."""
        return fields.handles(key, self.most)

    def fits(self, text: str) -> bool:
        """Return whether a text is a handle. Any text fits if the key does not name authors (`signs`)."""
        return not self.signs or is_handle(text.removeprefix("@").lower())

    def item(self) -> dict[str, Any]:
        """Return the schema of a handle."""
        return {"type": "string", "pattern": _HANDLE}

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the people."""
        yield from (Target("person", handle) for handle in value)

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return the new handles."""
        return _WORD.sub(lambda found: renames.handle(found[0]), written)


class Aliases(Listed):
    """Old addresses that lead to the page of this file."""

    example = "[/old/address/]"
    wrong = "[not an address]"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the addresses without scheme and host, each once."""
        return fields.old_addresses(key, self.most)

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the addresses."""
        yield from (Target("address", alias.strip("/")) for alias in value)


class Addresses(Listed):
    """Web addresses."""

    example = "['https://example.com/']"
    wrong = "[example]"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the addresses, each once."""
        return fields.addresses(key, self.most)

    def item(self) -> dict[str, Any]:
        """Return the schema of an address."""
        return {"type": "string", "format": "uri"}


class Emails(Listed):
    """E-mail addresses, for a key that is checked but never stored (`Kind.dropped`)."""

    example = "[ada@example.com]"
    wrong = "[ada]"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[str, ...]:
        """Return the texts that look like an e-mail address, and report the others."""
        found = []
        for node in fields.texts(key, self.most):
            if _EMAIL.fullmatch(node.value):
                found.append(node.value)
            else:
                fields.say(messages.BAD_VALUE, node.line, key=key, value=node.value, wanted="an e-mail address")
        return tuple(found)
