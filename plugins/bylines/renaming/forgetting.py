"""Removes ids and old addresses that contain a handle or name that is to be forgotten."""

from __future__ import annotations

from typing import NamedTuple

from bylines.renaming import edit_front_matter
from bylines.renaming.edit_front_matter import FormError, Header
from bylines.renaming.rewrite import Text
from bylines.renaming.traces import Names

_NAMES = ("sort_name", "reading")
"""Keys of a profile with other forms of the name."""


class Forgotten(NamedTuple):
    """What is to be forgotten."""

    names: Names
    name: str = ""
    """The new name for the profile; empty if the name stays."""


def forget(name: str, text: Text, forgotten: Forgotten, *, is_profile: bool) -> Text:
    """Return a source without the ids and old addresses that contain a forgotten name; a profile gets its new name."""
    try:
        return text._replace(text=_forget(name, text.text, forgotten, is_profile=is_profile))
    except FormError as problem:
        return text._replace(by_hand="; ".join(filter(None, (text.by_hand, str(problem)))))


def _forget(name: str, text: str, forgotten: Forgotten, *, is_profile: bool) -> str:
    for key in ("id", "aliases", *(_NAMES if is_profile else ())):
        found = edit_front_matter.header_of(name, text)
        if found is None:
            return text
        said = edit_front_matter.items(text, found, key)
        kept = [item for item in said if not forgotten.names.occur_in(item)]
        if kept != said:
            text = edit_front_matter.with_items(text, found, key, kept)
    if is_profile and forgotten.name:
        key = "title" if name.endswith("/blog.yaml") else "name"
        text = edit_front_matter.with_key(text, Header(0, len(text), "yaml"), key, forgotten.name)
    return text
