"""Writes front matter and comments in a form that the site's own reader accepts without warnings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from bylines.control_characters import without_controls
from bylines.imports.model import Comment

_PLAIN = re.compile(r"(?!(?i:null|true|false|yes|no|on|off)\Z)[^\W_](?:[\w ,.()/'’–+-]*[\w.)’])?")
_ITEM = re.compile(r"(?!(?i:null)\Z)[^\W_](?:[\w .+/-]*[\w+])?")
_LONG_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[^\s#\[\]{}'\"]*[^\s#\[\]{}'\":]")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|/)[^\s#,\[\]{}'\"]*[^\s#,\[\]{}'\":]")
_TOPICS, _TITLE, _SUMMARY, _ALIASES = 50, 300, 1_000, 200


def header(facts: dict[str, str | tuple[str, ...]]) -> str:
    """Formats front matter. Leaves out keys with empty values."""
    lines = [line for key, value in facts.items() if value for line in _lines(key, value)]
    return "\n".join(("---", *lines, "---", ""))


def _lines(key: str, value: str | tuple[str, ...]) -> list[str]:
    if isinstance(value, str):
        return [f"{key}: {value if key in ('date', 'modified', 'expires') else scalar(value)}"]
    if key == "aliases" and len(value) > 1:
        return [f"{key}:", *(f"  - {_item(each)}" for each in value)]
    return [f"{key}: [{', '.join(map(_item, value))}]"]


def scalar(text: str) -> str:
    """Return a text as a YAML scalar, quoted only if it must be."""
    return text if _PLAIN.fullmatch(text) or _LONG_ADDRESS.fullmatch(text) else _quote(text)


def _item(text: str) -> str:
    return text if _ITEM.fullmatch(text) or _ADDRESS.fullmatch(text) else _quote(text)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def fold(text: str) -> str:
    """Puts a text on one line and removes control characters."""
    return " ".join(without_controls(text).split())


def cut(text: str, most: int, what: str, losses: list[str]) -> str:
    """Shortens a text to `most` characters at a word boundary; `losses` reports it, with `what` as the noun."""
    if len(text) <= most:
        return text
    losses.append(f"its {what} has more than {most:,} characters and is cut")
    beginning = text[: most - 1]
    return (beginning.rpartition(" ")[0] or beginning) + "…"


def title(text: str, losses: list[str]) -> str:
    """Return a title on one line, at most 300 characters."""
    return cut(fold(text), _TITLE, "title", losses)


def summary(text: str, losses: list[str]) -> str:
    """Return a summary on one line, at most 1,000 characters."""
    return cut(fold(text), _SUMMARY, "summary", losses)


def topics(found: Sequence[str], losses: list[str]) -> tuple[str, ...]:
    """Return the first 50 topics, without those that differ only in case. `losses` reports the rest."""
    kept: dict[str, str] = {}
    for each in found:
        text = fold(each)[:_TITLE].strip()
        if text:
            kept.setdefault(text.casefold(), text)
    if len(kept) > _TOPICS:
        losses.append(f"it has more than {_TOPICS} topics: {', '.join(list(kept.values())[_TOPICS:])} are gone")
    return tuple(list(kept.values())[:_TOPICS])


def comments(found: Sequence[Comment], text_of: Callable[[str], str]) -> str:
    """Formats the comments of a post as YAML. `text_of` converts their HTML to Markdown."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes strings of several lines as literal blocks."""

    Dumper.add_representer(str, _represent)
    rows = [_row(each, text_of(each.text)) for each in found]
    body: str = yaml.dump(rows, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1_000)
    return f"{_ABOUT}{body}"


_ABOUT = "# The comments of the old blog, oldest first. They are kept here, and not published (docs/import.md).\n"


def _row(comment: Comment, text: str) -> dict[str, str]:
    values = {name: fold(getattr(comment, name)) for name in ("id", "author", "url", "date", "parent")}
    return {
        **{name: value for name, value in values.items() if value},
        "text": "\n".join(map(str.rstrip, without_controls(text).strip().split("\n"))).replace("\t", "    "),
    }


def _represent(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
