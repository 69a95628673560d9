"""Rewrites the names in one file: in its header, its list or its text."""

from __future__ import annotations

import re
from typing import NamedTuple

from bylines.engine.kinds import Kinds, kinds_of
from bylines.engine.read.entries import Entries
from bylines.engine.read.keyset import Keyset
from bylines.engine.read.kind import Kind
from bylines.engine.read.markers import Marker
from bylines.engine.read.text import kind_of
from bylines.markup import MarkupOptions
from bylines.renaming import edit_front_matter
from bylines.renaming.body import BodyError, replace_links
from bylines.renaming.edit_front_matter import FormError, Scalar
from bylines.renaming.rename_map import RenameMap
from bylines.settings import Site

_REFERENCE = re.compile(r"/?(?:blogs/)?[a-z0-9-]+/[^\s/]+/?")


class Text(NamedTuple):
    """A rewritten file, and what only a person can mend in it (empty if nothing)."""

    text: str
    by_hand: str = ""


def rewrite(site: Site, name: str, text: str, moved: RenameMap, *, addresses: bool) -> Text:
    """Return a source with new names in it; `name` is its old name.

    `addresses` says whether links to addresses of the site change, too. They need not, since the old addresses redirect.
    """
    source = _Source(name, moved, site.read.markup, addresses)
    kinds = kinds_of(site.features)
    kind = kinds.of_source(name)
    try:
        found = edit_front_matter.header_of(name, text)
        if found is not None:
            text = edit_front_matter.with_values(text, found, lambda scalar: _value(scalar, source, kinds, kind))
        if name.endswith((".md", ".rst")):
            return Text(_with_body(text, source))
    except (FormError, BodyError) as problem:
        return Text(text, str(problem))
    return Text(text)


class _Source(NamedTuple):
    """A source that is rewritten, by its old name."""

    name: str
    moved: RenameMap
    options: MarkupOptions
    addresses: bool

    def link(self, written: str) -> str:
        """Return a link as it has to stand here then."""
        return written if written.startswith("/") and not self.addresses else self.moved.link(written, self.name)

    def replace_links(self, text: str, kind: str) -> str:
        """Return a text with other links and mentions. Raises BodyError."""
        return replace_links(text, kind, self.link, self.moved.handle, self.options)


def _value(scalar: Scalar, source: _Source, kinds: Kinds, kind: object) -> str:
    """Return a value with new names, as the marker of its key writes them."""
    is_known = isinstance(kind, Kind)
    marker = _marker_of(kind.keyset, scalar.path) if isinstance(kind, Kind) else _likely_marker(kinds, source, scalar)
    if marker is None:
        return scalar.value if is_known else _listed(scalar, source)
    if marker.is_markdown:
        return source.replace_links(scalar.value, "md")
    return marker.renamed(scalar.value, source.moved, source.name)


def _marker_of(keyset: Keyset, path: tuple[str, ...]) -> Marker | None:
    """Return the marker of the key at which a value stands, whatever the key is called; None if the kind has no such key."""
    if lists := keyset.of(Entries):
        ((_, entries),) = lists
        return entries.keyset.markers.get(path[-1]) if path else None
    key = path[0] if len(path) == 1 else ""
    return keyset.markers.get(keyset.also.get(key, key))


def _likely_marker(kinds: Kinds, source: _Source, scalar: Scalar) -> Marker | None:
    """Return the marker that a key has in some kind, for a file that is of none."""
    key = scalar.path[-1] if scalar.path else ""
    found = (_marker_of(kind.keyset, (key,)) for kind in kinds.kinds if not kind.keyset.of(Entries))
    marker = next(filter(None, found), None)
    is_text = marker is not None and marker.is_markdown and (len(scalar.path) > 1 or not source.name.endswith(".yaml"))
    return None if is_text else marker


def _listed(scalar: Scalar, source: _Source) -> str:
    """Return a value of a YAML file that lies in a blog and is of no kind: with new names if it looks like a reference to a post."""
    is_list = source.name.startswith("content/blogs/") and source.name.endswith(".yaml")
    if not is_list or not _REFERENCE.fullmatch(scalar.value):
        return scalar.value
    return source.moved.reference(scalar.value, source.name.split("/")[2])


def _with_body(text: str, source: _Source) -> str:
    at = edit_front_matter.body_start(text, edit_front_matter.header_of(source.name, text))
    return text[:at] + source.replace_links(text[at:], kind_of(source.name))
