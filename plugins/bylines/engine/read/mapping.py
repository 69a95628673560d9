"""Reads YAML files that are one mapping, such as profiles."""

from __future__ import annotations

import re
from typing import Any

from bylines.engine.read import gate, header, messages, text
from bylines.engine.read.declared import Declared
from bylines.engine.read.fields import Fields
from bylines.engine.read.header import HeaderError
from bylines.engine.read.markers import Where
from bylines.engine.read.meant import Slip
from bylines.records import Closed, Reading

_LINE = re.compile(
    r"[^\w#]{0,40}(?P<key>\w[\w .-]{0,60}?)[\"']?\s{0,20}[:=：]\s{0,20}[\"']?(?P<value>[^\"'#]{0,80}?)[\"']?,?\s{0,20}(?:#.{0,999})?"
)
_MOST_BYTES = 2_000_000


def read_mapping(kind: Declared, where: Where, given: dict[str, Any], data: bytes) -> Reading:
    """Read a file. `given` are the values that follow from its name."""
    fields = _fields(kind, where, data)
    if isinstance(fields, Reading):
        return _read_broken(fields, where, given, data) if kind.closable else fields
    if kind.closable and (closed := _read_closed(fields, given)):
        return closed
    values = kind.keyset.read(fields, where) | given
    record = kind.made(values, fields, where)
    return Reading(record, tuple(fields.problems))


def _fields(kind: Declared, where: Where, data: bytes) -> Fields | Reading:
    """Return the fields of a file; a reading without a record if it cannot be parsed."""
    decoded = text.decode(where.shown, data, kind.limit(where.options))
    if decoded.text is None:
        return Reading(None, tuple(decoded.problems))
    said: list[Slip] = []
    try:
        root = header.parse_yaml(decoded.text, 1, said=said)
    except HeaderError as error:
        return Reading(None, (*decoded.problems, error.problem(where.shown)))
    fields = Fields(where.shown, root, kind.keyset)
    fields.problems[:0] = [*decoded.problems, *header.problems_of(where.shown, said)]
    return fields if fields.is_mapping else Reading(None, tuple(fields.problems))


def _read_closed(fields: Fields, given: dict[str, Any]) -> Reading | None:
    """Return the reading of a closed blog if its profile or `blog.yaml` says that it is not public; else None."""
    verdict = fields.verdict("UTC", people=True)
    for held in verdict.held:
        fields.say(messages.HELD_BLOG, held.line, said=held.said)
    called = next(filter(None, map(fields.node, ("title", "name"))), None)
    mark = gate.mark_of(called.value) if called and isinstance(called.value, str) else ""
    if called and mark:
        fields.say(messages.HELD_BLOG, called.line, said=mark)
    is_closed = bool(verdict.held or mark)
    return Reading(Closed(handle=given["handle"]), tuple(fields.problems)) if is_closed else None


def _read_broken(reading: Reading, where: Where, given: dict[str, Any], data: bytes) -> Reading:
    """Return the reading of a file that cannot be parsed. Its blog is closed if any of its lines would close it."""
    for number, line in enumerate(data[:_MOST_BYTES].decode("utf-8", "replace").splitlines(), 1):
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        value = header.Node(found["value"] or None, number)
        for held in gate.judge([(found["key"], value)], (), "UTC", people=True).held:
            said = messages.HELD_BLOG.problem(where.shown, held.line, said=held.said)
            return Reading(Closed(handle=given["handle"]), (*reading.problems, said))
    return reading
