"""The beginning of a file: what a command asks for, and the file that it writes from the answers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bylines.engine.read.document import Document
from bylines.engine.read.markers import Emails, FeedId, Listed, Marker, Moment, Publicity
from bylines.schema.example import ordered, wrapped

if TYPE_CHECKING:
    from bylines.engine.read.kind import Kind

_BODY = "\nWrite here. When you are done, delete the line `status: draft` and commit.\n"


def asked(kind: Kind) -> list[tuple[str, Marker]]:
    """Return the keys whose values a command asks for: those that must be there, but for what it knows itself."""
    return [(key, marker) for key, marker in ordered(kind) if marker.required and not _is_now(marker)]


def begun(kind: Kind, answers: Mapping[str, str], now: str) -> str:
    """Return a file as it begins. `now` is the time as texts have it. What keeps it in stands last, since people delete it."""
    keys = sorted(ordered(kind), key=lambda item: isinstance(item[1], Publicity))
    lines = [line for key, marker in keys for line in _lines(kind, key, marker, answers, now)]
    return wrapped(kind, lines, _BODY)


def _lines(kind: Kind, key: str, marker: Marker, answers: Mapping[str, str], now: str) -> Iterator[str]:
    """Yield what stands at a key: the answer, what follows from the kind of key, or a comment that says what it is for."""
    is_text = issubclass(kind.record, Document)
    if isinstance(marker, Emails):
        yield f"# {_sentence(marker.about)}"
        yield f"{key}: [{quoted(answers[key], always=True)}]" if answers.get(key) else f"# {key}: {marker.example}"
    elif answers.get(key):
        yield f"{key}: {answers[key] if isinstance(marker, Listed) else quoted(answers[key])}"
    elif _is_now(marker):
        yield f"{key}: {now}"
    elif isinstance(marker, FeedId):
        yield f"{key}: {uuid.uuid4().urn}"
    elif isinstance(marker, Publicity):
        yield f"{key}: draft"
    elif kind.door and key in kind.door.ask:
        if not is_text:
            yield f"# {key}: {marker.example if marker.example != Marker.example else _sentence(marker.about)}"
        elif isinstance(marker, Listed):
            yield f"{key}: []"


def _is_now(marker: Marker) -> bool:
    return isinstance(marker, Moment) and marker.decides == "dates"


def _sentence(about: str) -> str:
    return f"{about[:1].upper()}{about[1:]}."


def quoted(text: str, *, always: bool = False) -> str:
    """Return a text as a YAML value, in quotes where it needs them."""
    simple = re.fullmatch(r"[^\W\d_][^:#\[\]{}&*!|>'\"%@`,\n]*", text) and not text.endswith(" ")
    return text if simple and not always else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
