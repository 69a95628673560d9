"""Checks SVG drawings. A browser that opens one runs its scripts, so a drawing that could run or load anything is not published."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from bylines.engine.read import ReadOptions
from bylines.engine.read.messages import TOO_LARGE
from bylines.features.files import messages, recordings
from bylines.records import Reading

_ACTIVE = frozenset("script foreignobject iframe object embed handler listener audio video canvas".split())
# Addresses that a drawing may have: a part of itself, or a picture embedded in it.
_WITHIN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp);)", re.I)
_LOADS = re.compile(r"@import|url\((?!\s*[\"']?\s*#)|(?:image(?:-set)?|src)\(|expression\(|javascript:", re.I)
# In CSS a backslash can encode any letter (`u\72l(…)`). Drawing programs' own attributes, with a prefix, hold Windows paths.
_ESCAPE = "\\"


def read_drawing(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Return a reading without a record, with a message if the drawing cannot be published."""
    shown = f"{options.root}/{name.removeprefix('content/')}"
    if len(data) > options.max_bytes:
        return Reading(None, (TOO_LARGE.problem(shown, limit=f"{options.max_bytes:,}"),))
    what = wrong_with(data)
    if not what and (said := recordings.in_drawing(data)):
        return Reading(None, (messages.TRACES.problem(shown, what=said),))
    return Reading(None, (messages.DRAWING.problem(shown, what=what),) if what else ())


def wrong_with(data: bytes) -> str:
    """Return the reason why an SVG file must not be published; empty if it may."""
    if b"<!ENTITY" in data or b"<?xml-stylesheet" in data:
        return "entities or style sheets of its own"
    try:
        # Decoded as UTF-8, so no other encoding hides the above. The parser loads nothing and limits entities.
        root = ElementTree.fromstring(data.decode("utf-8-sig"))
    except (ElementTree.ParseError, ValueError):
        return "no SVG in it that can be read"
    return next((found for element in root.iter() if (found := _wrong_in(element))), "")


def _wrong_in(element: ElementTree.Element) -> str:
    name = _local(element.tag)
    if name in _ACTIVE:
        return f"a <{name}> in it"
    if name == "style" and _loads("".join(element.itertext())):
        return "a style that loads something"
    for key, value in element.items():
        attribute = _local(key)
        if attribute.startswith("on"):
            return f"an {attribute} in it"
        if attribute in ("href", "src", "to", "from", "values", "by") and not _is_within(name, attribute, value):
            return "an address in it that leads out of it"
        if _LOADS.search(value) or (_ESCAPE in value and "}" not in key):
            return "a style that loads something"
    return ""


def _loads(style: str) -> bool:
    return _LOADS.search(style) is not None or _ESCAPE in style


def _is_within(name: str, attribute: str, value: str) -> bool:
    if attribute in ("href", "src"):
        return bool(_WITHIN.match(value)) or (name == "a" and value.startswith(("https://", "http://")))
    return ":" not in value and "//" not in value  # the value that an animation gives to an address


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()
