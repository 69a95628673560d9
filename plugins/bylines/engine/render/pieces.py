"""Sections of other capabilities on a page, rendered by their own templates before the page's own is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import jinja2
import msgspec

from bylines.engine.contributions import Piece, Section
from bylines.engine.sections import hosted
from bylines.engine.views import Html

if TYPE_CHECKING:
    from bylines.engine.feature import Feature, PageKind

_PIECES = msgspec.json.Decoder(list[Piece])


def view_decoder(view: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    """Return a decoder of views of one type."""
    return msgspec.json.Decoder(view, dec_hook=lambda to, text: to(text))


class Pieces:
    """The sections that pages host, with what decodes them."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self._sections: dict[tuple[str, str], tuple[Section, msgspec.json.Decoder[Any]]] = {
            (host, section.name): (section, view_decoder(section.view))
            for host, sections in hosted(features).items()
            for section in sections
        }

    def by_place(self, environment: jinja2.Environment, kind: PageKind, pieces: bytes) -> Mapping[str, list[Html]]:
        """Return the finished pieces of a page, in each place in their order."""
        found: dict[str, list[Html]] = {place: [] for place in kind.places}
        for piece in _PIECES.decode(pieces) if pieces else ():
            section, decoder = self._sections[kind.name, piece.name]
            view = decoder.decode(piece.view)
            variables = {field: getattr(view, field) for field in view.__struct_fields__}
            found[section.place].append(_rendered(environment, section.template, variables))
        return found


def _rendered(environment: jinja2.Environment, template: str, variables: Mapping[str, Any]) -> Html:
    try:
        return Html(environment.get_template(template).render(variables))
    except jinja2.TemplateError as error:
        if not getattr(error, "name", None):  # else the page's own template would be named
            error.name = template  # type: ignore[attr-defined]
        raise
