"""Rewrites the names in one file: in its header, its list or its text."""

from __future__ import annotations

import re
from typing import NamedTuple

from bylines.engine.read import ReadOptions
from bylines.engine.read.text import kind_of
from bylines.renaming import edit_front_matter
from bylines.renaming.body import BodyError, replace_links
from bylines.renaming.edit_front_matter import FormError, Scalar
from bylines.renaming.rename_map import RenameMap

_HANDLES = frozenset(("authors", "author", "members", "follows", "hosts"))
_MARKDOWN = frozenset(("bio", "description", "disclaimer"))
_REFERENCES = frozenset(("translation_of", "in_reply_to"))
_REFERENCE = re.compile(r"/?(?:blogs/)?[a-z0-9-]+/[^\s/]+/?")
_WORD = re.compile(r"[^\s,;]+")


class Text(NamedTuple):
    """A rewritten file, and what only a person can mend in it (empty if nothing)."""

    text: str
    by_hand: str = ""


def rewrite(name: str, text: str, moved: RenameMap, options: ReadOptions, *, addresses: bool) -> Text:
    """Return a source with new names in it; `name` is its old name.

    `addresses` says whether links to addresses of the site change, too. They need not, since the old addresses redirect.
    """
    try:
        found = edit_front_matter.header_of(name, text)
        if found is not None:
            text = edit_front_matter.with_values(
                text, found, lambda scalar: _value(scalar, name, moved, options, addresses=addresses)
            )
        if name.endswith((".md", ".rst")):
            return Text(_with_body(name, text, moved, options, addresses=addresses))
    except (FormError, BodyError) as problem:
        return Text(text, str(problem))
    return Text(text)


def _value(scalar: Scalar, name: str, moved: RenameMap, options: ReadOptions, *, addresses: bool) -> str:
    key = scalar.path[-1] if scalar.path else ""
    if key in _HANDLES:
        return _WORD.sub(lambda found: moved.handle(found[0]), scalar.value)
    blog = name.split("/")[2] if name.startswith("content/blogs/") else ""
    if key in _REFERENCES:
        return moved.reference(scalar.value, blog)
    if key in _MARKDOWN and name.endswith(".yaml") and (len(scalar.path) == 1 or name == "content/topics.yaml"):
        return _replace_links(scalar.value, "md", name, moved, options, addresses=addresses)
    if key == "image":
        return moved.link(scalar.value, name)
    if key == "photo" and name.startswith("authors/"):
        return moved.source(f"authors/{scalar.value}").removeprefix("authors/")
    listed = name.endswith(".yaml") and name.startswith("content/blogs/") and _REFERENCE.fullmatch(scalar.value)
    return moved.reference(scalar.value, blog) if listed else scalar.value


def _with_body(name: str, text: str, moved: RenameMap, options: ReadOptions, *, addresses: bool) -> str:
    at = edit_front_matter.body_start(text, edit_front_matter.header_of(name, text))
    return text[:at] + _replace_links(text[at:], kind_of(name), name, moved, options, addresses=addresses)


def _replace_links(text: str, kind: str, name: str, moved: RenameMap, options: ReadOptions, *, addresses: bool) -> str:
    """Return a text of a source with other links and mentions."""

    def link(written: str) -> str:
        return written if written.startswith("/") and not addresses else moved.link(written, name)

    return replace_links(text, kind, link, moved.handle, options.markup)
