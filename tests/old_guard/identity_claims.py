"""What texts claimed by the names of keys, before markers of keys said so. An oracle: nothing but tests uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bylines.engine.read import header, text
from bylines.engine.read.fields import Fields
from bylines.engine.read.header import HeaderError, Node
from bylines.engine.read.keys import KNOWN
from bylines.engine.read.keyset import Keyset
from bylines.engine.read.markers import Text
from bylines.engine.read.pelican_keys import renamed
from bylines.engine.weave.claims import fold

_KEYS = Keyset({key: Text("") for key in KNOWN})
_MOST_AUTHORS, _MOST_ALIASES = 50, 200
_LARGEST = 10_000_000


class IdentityClaims(NamedTuple):
    """The claims of one text, read as a build would read it."""

    authors: frozenset[tuple[str, ...]] = frozenset()
    """Lists of handles. There are several if Pelican's reader and ours would read different ones; the site's settings decide
    which is used.
    """
    aliases: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    """Case-folded, like the addresses in aliases."""


def saying_of(path: str, data: bytes) -> IdentityClaims:
    """Return the claims of a source; none if it cannot be read, since it is not published then."""
    decoded = text.decode(path, data, _LARGEST).text
    if decoded is None:
        return IdentityClaims()
    try:
        headers = list(_headers(path, decoded))
    except HeaderError:
        return IdentityClaims()
    read = [Fields(path, each, _KEYS) for each in headers]
    return IdentityClaims(
        frozenset(filter(None, (each.handles("authors", _MOST_AUTHORS) for each in read))),
        frozenset(alias for each in read for alias in each.old_addresses("aliases", _MOST_ALIASES)),
        frozenset(fold(found) for each in read if (found := each.text("id", 1_000))),
    )


def _headers(path: str, whole: str) -> Iterator[Node]:
    if path.endswith(".yaml"):
        yield header.parse_yaml(whole, 1)
        return
    parts = text.split(whole, text.kind_of(path))
    if parts.form in ("fields", "rst"):
        yield renamed(header.parse_fields(parts.header, 1))
    elif parts.form == "yaml":
        found = header.parse_yaml(parts.header, 1)
        yield from (found, renamed(found)) if isinstance(found.value, tuple) else ()
