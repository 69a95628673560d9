"""Translates Pelican's keys of a header into ours."""

from __future__ import annotations

import re

from bylines.engine.read.header import Node

# Used if BYLINES_MARKDOWN is 'pelican', and for headers in reStructuredText.
_PELICAN = {"tags": "topics", "author": "authors", "slug": "slug", "translation": "x_translation"}


def renamed(root: Node) -> Node:
    """Return a header with our keys. The category becomes another topic, and authors' names become handles."""
    pairs: list[tuple[Node, Node]] = []
    category: list[Node] = []
    for key, value in root.value:
        if not isinstance(key.value, str):
            pairs.append((key, value))
            continue
        name = _PELICAN.get(key.value.lower(), key.value.lower())
        if name == "category":
            category = [value] if isinstance(value.value, str) else []
            continue
        pairs.append((key._replace(value=name), _handles(value) if name == "authors" else value))
    if category:
        pairs = _with_category(pairs, category[0])
    return Node(tuple(pairs), root.line)


def _with_category(pairs: list[tuple[Node, Node]], category: Node) -> list[tuple[Node, Node]]:
    for number, (key, value) in enumerate(pairs):
        if key.value == "topics" and isinstance(value.value, str | list):
            topics = (
                value.value
                if isinstance(value.value, list)
                else [Node(part.strip(), value.line) for part in value.value.split(",")]
            )
            pairs[number] = (key, Node([*topics, category], value.line))
            return pairs
    return [*pairs, (Node("topics", category.line), Node([category], category.line))]


def _handles(value: Node) -> Node:
    if not isinstance(value.value, str):
        return value
    authors = re.split("[;,]", value.value)
    return Node(
        [Node(re.sub(r"[\s_.]+", "-", a.strip()).lower(), value.line) for a in authors if a.strip()], value.line
    )
