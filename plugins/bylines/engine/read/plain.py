"""Reads and writes single values of a header, and mends quotes and special characters that YAML would misread."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from bylines.engine.read.keys import HANDLES, TOPICS

# A text that every YAML reader returns unchanged.
_PLAIN = re.compile(r"\w[^:#]*+(?:(?::(?=[^ ])|(?<=[^ ])#)[^:#]*+)*+")


def named(head: str) -> str:
    """Return the key with which a line begins."""
    return head.strip(" -:\"'")


def oddity(value: str, named: str) -> str:
    """Return what is odd in a value, in words."""
    if value[0] in "\"'":
        return f"the quotes in {named} do not fit each other"
    if ": " in value or value.endswith(":"):
        return f"a colon stands in {named} without quotes"
    if re.search(r"(?:^|\s)#", value):
        return f"a # stands in {named} without quotes"
    return f"{named} begins with {value[0]} and has no quotes"


def oddity_of_list(value: str) -> str:
    """Return what is odd in a list on one line, in words."""
    if value.startswith("[") and not value.endswith("]"):
        return "a [ is not closed"
    return "a # stands in this list without quotes" if "#" in value else "this list has signs that need quotes"


def is_closed(value: str) -> bool:
    """Return whether a text in quotes ends on its line."""
    return len(value) > 1 and (value.find(value[0], 1) > 0)


def unwrapped(value: str) -> str:
    """Return a text without its surrounding quotes, even if YAML rejects them: one is missing, or more occur inside."""
    quote = value[0]
    if quote not in "\"'":
        return value
    closing = value.find(quote, 1)
    if closing < 0:
        return value[1:].strip() or value
    if value.endswith(f"{quote},"):
        value = value[:-1]  # as in JSON
    last = value.rfind(quote)
    if last != len(value) - 1:
        return value
    if closing < last and not value[closing - 1].isspace() and not value[closing + 1 : closing + 2].isalnum():
        return value
    return value[1:-1].replace(f"\\{quote}", quote)


def items_of(value: str, key: str) -> Iterator[str]:
    """Yield the items of a list that YAML cannot read."""
    value = value.strip().lstrip("[").rstrip("]").strip()
    value = value.removeprefix("- ")
    hashes = key in TOPICS and value.startswith("#")
    for part in re.findall(r"\s*(?:\"[^\"]*\"|'[^']*'|[^,])+", value):
        for each in re.split(r"\s+(?=#)", part) if hashes else (part,):
            item = bare(each.strip(), key)
            if len(item) > 1 and item[0] == item[-1] and item[0] in "\"'":
                item = item[1:-1]
            if item:
                yield item


def bare(item: str, key: str) -> str:
    """Return a topic without the # of a hashtag, or a handle without its @."""
    if key in TOPICS and item[:1] == "#" and item[1:2] not in ("", " "):
        return item.lstrip("#")
    return item.removeprefix("@") if key in HANDLES else item


def read(text: str) -> object:
    """Return the value of a line `key: value`: a text, a list of texts (None for other items), {} for a mapping; None on failure."""
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        next(events), next(events), next(events), next(events)
        event = next(events)
        if (
            getattr(event, "anchor", None)
            or isinstance(event, yaml.AliasEvent)
            or getattr(event, "tag", None) not in (None, "!")
        ):
            return None
        rest = list(events)
    except yaml.YAMLError:
        return None
    if isinstance(event, yaml.ScalarEvent):
        return event.value if isinstance(rest[0], yaml.MappingEndEvent) else None
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    found: list[str | None] = []
    for each in rest:
        if isinstance(each, yaml.SequenceEndEvent):
            break
        if isinstance(each, yaml.ScalarEvent) and each.anchor is None and each.tag in (None, "!"):
            found.append(each.value)
        else:
            found.append(None)
    return found


def value_of(value: str) -> object:
    """Return a value of one line as `read` returns it."""
    if _PLAIN.fullmatch(value) and value.isprintable():
        return value.rstrip(" ")
    return read(f"x: {value}")


def written(value: str, *, listed: bool = False) -> str:
    """Return a text as it is written in YAML, in quotes if it needs them. `listed`: as an item of a list on one line."""
    found = read(f"x: [{value}]") if listed else value_of(value)
    if value and value == value.strip() and found == ([value] if listed else value) and value[0] not in "\"'[{":
        return value
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def escaped(text: str) -> str:
    """Return a text escaped for double quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
