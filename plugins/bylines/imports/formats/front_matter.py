"""Parses the front matter of other programs: YAML, TOML or JSON above a text. Gives its values as strings and lists."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable
from typing import Any

import yaml

from bylines.imports import moments

_YAML = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_AND = re.compile(r"\s(?:and|&|und|et|y|e)\s", re.I)
_LARGEST = 64_000
_DEEPEST = 50
_MOST_NAMED = 20


class FrontMatter:
    """The front matter of a text, with its keys in lower case, and the body below it."""

    def __init__(self, values: dict[str, Any], body: str, fault: str = "") -> None:
        self.values = {str(key).lower(): value for key, value in values.items()}
        self.body = body
        self.fault = fault
        """Why the front matter could not be parsed; empty if it could, or if there is none."""

    def text(self, *keys: str) -> str:
        """Return the value of the first key that has a text, number or date; empty if none does."""
        for key in keys:
            found = self.values.get(key)
            if isinstance(found, str | int | float | dt.date) and not isinstance(found, bool) and str(found).strip():
                return str(found).strip()
        return ""

    def is_true(self, key: str) -> bool:
        """Return whether the value of a key is `true`, `yes`, `on` or `1`."""
        return str(self.values.get(key, "")).strip().lower() in ("true", "yes", "on", "1")

    def is_false(self, key: str) -> bool:
        """Return whether the value of a key is `false`, `no`, `off` or `0`."""
        return str(self.values.get(key, "")).strip().lower() in ("false", "no", "off", "0")

    def texts(self, *keys: str, by: str = ",") -> list[str]:
        """Return the items of all keys: the items of a list, or the parts of a string, split at `by`."""
        found: list[str] = []
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, str):
                found += value.split(by)
            elif isinstance(value, list | tuple):
                found += [
                    str(each.get("name") or "") if isinstance(each, dict) else str(each) for each in value if each
                ]
        return [each.strip() for each in found if each.strip()]

    def people(self, *keys: str) -> tuple[str, ...]:
        """Return the author names in all keys, whose values may be strings, lists or maps with a `name`; each name once."""
        found = [name for key in keys for name in _people(self.values.get(key), 0)]
        return tuple(dict.fromkeys(filter(None, (" ".join(name.split()) for name in found))))

    def moment(self, *keys: str, zone: str = "") -> str:
        """The first date among the keys, in the form of our front matter; empty if there is none. `zone` as in `moments.read`."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, dt.datetime):
                return moments.read(value.isoformat(), zone)
            if value is not None and (found := moments.read(str(value), zone)):
                return found
        return ""


def _people(value: object, depth: int) -> list[str]:
    if isinstance(value, str):
        return _names(value)
    if depth > 2:
        return []
    if isinstance(value, list | tuple):
        return [name for each in value for name in ([each] if isinstance(each, str) else _people(each, depth + 1))]
    if not isinstance(value, dict):
        return []
    for key in ("name", "display_name", "displayname", "title", "nickname", "id", "slug", "handle"):
        if isinstance(value.get(key), str) and value[key].strip():
            return [value[key]]
    return [
        name
        for key, each in value.items()
        for name in (_people(each, depth + 1) if isinstance(each, dict) and each.get("name") else [str(key)])
    ]


def _names(text: str) -> list[str]:
    """Splits a string into names. 'Lovelace, Ada' counts as one name."""
    if ";" in text:
        return text.split(";")
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and parts[1].istitle() and " " not in parts[0] and " " not in parts[1]:
        return [text]
    return [name for part in parts for name in _AND.split(part)]


def split(text: str) -> FrontMatter:
    """Splits a text into front matter and body."""
    for pattern, load in ((_YAML, _yaml), (_TOML, tomllib.loads)):
        found = pattern.match(text)
        if found:
            return _front(found[1], text[found.end() :], load)
    if text.lstrip().startswith("{") and not text.lstrip().startswith(("{%", "{{", "{#")):
        start = text.index("{")
        try:
            values, end = json.JSONDecoder().raw_decode(text[start:])
        except (ValueError, RecursionError):
            return FrontMatter({}, text)
        return FrontMatter(values if isinstance(values, dict) else {}, text[start + end :])
    return FrontMatter({}, text)


def _front(header: str, body: str, load: Any) -> FrontMatter:
    if len(header) > _LARGEST:
        return FrontMatter({}, body, f"its front matter has more than {_LARGEST:,} characters: it is gone")
    try:
        values = load(header)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return FrontMatter({}, body, f"its front matter cannot be read ({str(error).splitlines()[0]}): it is gone")
    return FrontMatter(values if isinstance(values, dict) else {}, body)


def _yaml(text: str) -> Any:
    """Parses YAML with every scalar as a string. Raises YAMLError if it has aliases, which could expand without end, or is deep."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError("it has aliases")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError("it is nested too deeply")
    return yaml.load(text, Loader=yaml.CBaseLoader)


def describe_unknown_keys(found: Iterable[tuple[str, int]], noun: str = "keys") -> list[str]:
    """Return a message that lists keys without an equivalent, the most frequent first; empty if there are none."""
    counts = sorted(found, key=lambda each: (-each[1], each[0]))
    shown = ", ".join(f"{ascii(key)[1:-1][:60]} ({number} ×)" for key, number in counts[:_MOST_NAMED])
    more = f" and {len(counts) - _MOST_NAMED} more" if len(counts) > _MOST_NAMED else ""
    return [f"{noun} that have no place here, not taken: {shown}{more}"] if counts else []


def settings(text: str, name: str) -> FrontMatter:
    """Parses a settings file (TOML, JSON or YAML, by its extension) as front matter without a body."""
    if name.endswith(".toml"):
        return _front(text, "", tomllib.loads)
    if name.endswith(".json"):
        return _front(text, "", json.loads)
    return _front(text, "", _yaml)
