"""Example files: each key as people write it, and what a page shows of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from bylines.engine.read.document import Document
from bylines.engine.read.entries import Entries
from bylines.engine.read.keyset import Keyset
from bylines.engine.read.markers import Listed, Marker, Moment
from bylines.locale_format import day_in_words
from bylines.settings.reading import ReadOptions

if TYPE_CHECKING:
    from bylines.engine.read.kind import Kind
    from bylines.records import Reading, Record

_BODY = "Some *words* in Markdown.\n"
_PEOPLE = frozenset(("blog", "handle"))


def entries_of(kind: Kind) -> Entries | None:
    """Return the marker of the entries of a file that is a list; None for other files."""
    found = kind.keyset.of(Entries)
    return found[0][1] if found else None


def keyset_of(kind: Kind) -> Keyset:
    """Return the keys that people write: those of an entry where the file is a list."""
    entries = entries_of(kind)
    return entries.keyset if entries else kind.keyset


def ordered(kind: Kind) -> list[tuple[str, Marker]]:
    """Return the keys with their markers: first those that must be there, then the others as they are declared."""
    return sorted(keyset_of(kind).markers.items(), key=lambda item: not item[1].required)


def place_of(kind: Kind) -> str:
    """Return where such files lie, as people write it: `content/blogs/<blog>/…/<slug>.md`."""
    plain = kind.at.pattern.replace("**", "…").replace("{md,rst}", "md")
    return plain.replace("{", "<").replace("}", ">")


def source_of(kind: Kind) -> str:
    """Return where the example lies."""
    return kind.source_of(*("ada" if name in _PEOPLE else "winch" for name in kind.at.names))


def usual_keys(kind: Kind) -> tuple[str, ...]:
    """Return the keys of a short example: those that must be there, that a form asks for, or that have an example of their own."""
    asked = kind.door.ask if kind.door else ()
    return tuple(key for key, marker in ordered(kind) if marker.required or marker.has_example or key in asked)


def example_of(kind: Kind, keys: Iterable[str] | None = None, instead: Mapping[str, str] | None = None) -> str:
    """Return an example of a file with some keys, all that it can have by default. `instead` are other values than the examples."""
    markers = keyset_of(kind).markers
    values = {key: markers[key].example for key in (markers if keys is None else keys)} | dict(instead or {})
    return wrapped(kind, [f"{key}: {value}" for key, value in values.items()], _BODY)


def wrapped(kind: Kind, lines: Iterable[str], body: str) -> str:
    """Return a file of lines of keys: with its text if it has one, as an entry if it is a list."""
    if entries_of(kind):
        return "- " + "  ".join(f"{line}\n" for line in lines)
    header = "".join(f"{line}\n" for line in lines)
    return f"---\n{header}---\n{body}" if issubclass(kind.record, Document) else header


def read(kind: Kind, text: str) -> Reading:
    """Return what an example is read as."""
    return kind.read(source_of(kind), text.encode(), ReadOptions())


def preview_of(kind: Kind) -> str:
    """Return what a page shows of the short example, in Markdown."""
    keys = usual_keys(kind)
    record = read(kind, example_of(kind, keys)).record
    if record is None:
        return ""
    lines = list(_shown(kind, keys, record))
    if issubclass(kind.record, Document):
        lines.append(_BODY.strip())
    return "\n>\n".join(f"> {line}" for line in lines) + "\n"


def _shown(kind: Kind, keys: Iterable[str], record: Record) -> Iterator[str]:
    """Yield the values that can be shown as words: the first in bold."""
    entries = entries_of(kind)
    holder: Any = getattr(record, kind.keyset.of(Entries)[0][0])[0] if entries else record
    values = msgspec.structs.asdict(holder)
    texts = [text for key in keys if (text := _in_words(keyset_of(kind).markers[key], values.get(key)))]
    yield from (f"**{text}**" if number == 0 else text for number, text in enumerate(texts))


def _in_words(marker: Marker, value: Any) -> str:
    """Return a value as a page shows it; empty for addresses, files and whatever else is not shown in words."""
    if isinstance(marker, Moment) and marker.is_end and value:
        value -= dt.timedelta(seconds=1)
    if isinstance(value, dt.datetime | dt.date):
        return day_in_words(value.date() if isinstance(value, dt.datetime) else value, "en")
    if isinstance(marker, Listed) and marker.is_prose:
        return " · ".join(value)
    return value if isinstance(value, str) and marker.is_prose else ""
