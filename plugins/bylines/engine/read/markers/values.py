"""Markers of single values that are no texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from bylines.engine.read import dates, messages, nearest
from bylines.engine.read.header import Node
from bylines.engine.read.markers.base import Marker, Where

if TYPE_CHECKING:
    from bylines.engine.read.fields import Fields


class Moment(Marker):
    """A date with or without time and zone.

    With `decides`, an unreadable date keeps the text unpublished. The text is published from then on ('opens'), until then
    ('closes'), or cannot do without the date ('dates'). `end`: a date without a time means the end of the day.
    """

    example = "2026-05-04 09:30"
    wrong = "04/05/2026"

    def __init__(
        self,
        about: str,
        *,
        end: bool = False,
        decides: Literal["", "opens", "closes", "dates"] = "",
        from_name: Callable[[str], str | None] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(about, **more)
        self.decides = decides
        self.from_name = from_name
        self.is_end = end
        """Whether the value is the end of a period, which is the first moment outside it."""
        self._parse = dates.parse_end if end else dates.parse_moment

    def read(self, fields: Fields, key: str, where: Where) -> dt.datetime | None:
        """Return the moment, in the site's time zone if the text names none."""
        moment = fields.moment(key, where.options.timezone, self._parse)
        if moment is None and self.decides and fields.node(key) is not None:
            fields.keep_in()
        return moment

    def derive(self, fields: Fields, key: str, where: Where) -> dt.datetime | None:
        """Return the date with which the file's name begins; None if there is none."""
        said = self.from_name(where.path) if self.from_name else None
        return fields.dated(key, Node(said, 0), where.options.timezone) if said is not None else None

    def fits(self, text: str) -> bool:
        """Return whether a text is a date. A date that ends something always fits, so that an unreadable one is reported."""
        return self.is_end or self.decides == "closes" or nearest.date_meant(text) is not None


class Day(Marker):
    """A day."""

    example = "2026-05-04"
    wrong = "04/05/2026"

    def read(self, fields: Fields, key: str, where: Where) -> dt.date | None:
        """Return the day."""
        return fields.day(key)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a date."""
        return {"type": "string", "format": "date"}


class Number(Marker):
    """A whole number within bounds."""

    def __init__(self, about: str, least: int, most: int, **more: Any) -> None:
        super().__init__(about, **more)
        self.least, self.most = least, most
        if not self.has_example:
            self.example = str(most)  # type: ignore[misc]
        self.wrong = str(most + 1)  # type: ignore[misc]

    def read(self, fields: Fields, key: str, where: Where) -> int | None:
        """Return the number if it is within the bounds; else report it and return None."""
        value = fields.text(key)
        if value is None:
            return None
        if value.isascii() and value.isdigit() and len(value) < 10 and self.least <= int(value) <= self.most:
            return int(value)
        wanted = f"a number from {self.least} to {self.most}"
        fields.say(messages.BAD_VALUE, fields.line(key), key=key, value=value, wanted=wanted)
        return None

    def schema(self) -> dict[str, Any]:
        """Return the schema of a number with its bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Language(Marker):
    """A language, as a BCP 47 tag or by its name."""

    example = "pt-BR"
    wrong = "xx-nowhere"

    def read(self, fields: Fields, key: str, where: Where) -> str | None:
        """Return the tag."""
        return fields.language(key)


class Links(Marker):
    """A mapping of names to addresses."""

    example = "{Home: 'https://example.com/'}"
    wrong = "https://example.com/"

    def read(self, fields: Fields, key: str, where: Where) -> tuple[tuple[str, str], ...]:
        """Return pairs of a name and an address."""
        return fields.links(key)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a mapping to addresses."""
        return {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
