"""Sections of pages: which page kind hosts which, what stands in them, and which pages they affect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from bylines.engine.capability import contributions_of
from bylines.engine.contributions import FramePiece, Piece, Section
from bylines.problems import SettingsError

if TYPE_CHECKING:
    from bylines.engine.context import BuildContext, Invalidations
    from bylines.engine.feature import Feature, PageKind

_ENCODER = msgspec.json.Encoder(order="deterministic", enc_hook=str)  # str: of Html


def hosted(features: Iterable[Feature]) -> dict[str, tuple[Section, ...]]:
    """Return the sections of each page kind that has any. Raises SettingsError for one that cannot be shown."""
    loaded = tuple(features)
    kinds = {kind.name: kind for feature in loaded for kind in feature.pages}
    found: defaultdict[str, list[Section]] = defaultdict(list)
    for section in contributions_of(loaded, Section):
        kind = kinds.get(section.host)
        if kind is None:
            continue
        if section.place not in kind.places:
            raise SettingsError(
                f"a capability in BYLINES_FEATURES has a section {section.name!r} for the place {section.place!r} of pages of "
                f"the kind {section.host!r}, whose places are {', '.join(map(repr, kind.places)) or 'none'}"
            )
        if any(other.name == section.name for other in found[section.host]):
            raise SettingsError(
                f"two capabilities in BYLINES_FEATURES have a section {section.name!r} for pages of the kind {section.host!r}"
            )
        found[section.host].append(section)
    return {host: tuple(sections) for host, sections in found.items()}


class SectionTemplates:
    """Which templates a page is made of beside its own: those of its sections and of the frame's pieces."""

    def __init__(self, features: Iterable[Feature]) -> None:
        loaded = tuple(features)
        self._hosted = hosted(loaded)
        self._frame = tuple(piece.template for piece in contributions_of(loaded, FramePiece))

    def of(self, kind: PageKind) -> tuple[str, ...]:
        """Return the templates, beside its own, from which pages of a kind are made."""
        frame = self._frame if kind.template.endswith(".html") else ()
        return (*frame, *(section.template for section in self._hosted.get(kind.name, ())))


def pieces(build: BuildContext, sections: Iterable[Section], key: str) -> bytes:
    """Return what stands in the sections of a page, as JSON; empty if none is on it."""
    found = [
        Piece(section.name, msgspec.Raw(_ENCODER.encode(view)))
        for section in sections
        if (view := section.inputs(build, key)) is not None
    ]
    return _ENCODER.encode(found) if found else b""


def affected(build: BuildContext, sections: Iterable[Section], dirty: Invalidations) -> set[str]:
    """Return the keys of the pages on which a section may differ."""
    return {key for section in sections for key in section.affected(build, dirty)}
