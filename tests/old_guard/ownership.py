"""Who owned a path before kinds of files said so. An oracle: nothing but tests uses it."""

from __future__ import annotations

import re
from typing import NamedTuple

from bylines.engine.read.kind import EVERYBODY, KEEPERS
from bylines.engine.read.names import is_handle
from bylines.guard.rules import Rules
from bylines.pictures.endings import PHOTOS

_PHOTO = re.compile(rf"(?P<handle>.+)(?:{'|'.join(map(re.escape, PHOTOS))})", re.I)

SHARED = (
    ("content/wiki", (EVERYBODY,)),
    ("content/topics.yaml", (EVERYBODY,)),
    ("content/jams", (EVERYBODY,)),
    ("content/pages", (KEEPERS,)),
)
"""The shared places of rules that name none."""


class Place(NamedTuple):
    """A part of the repository with one owner: `kind` is 'folder' (of a handle), 'profile', 'shared' or 'site'."""

    kind: str
    handle: str = ""
    who: tuple[str, ...] = (KEEPERS,)
    """Who may write in a shared place."""
    is_rule: bool = False
    """Whether the file is a profile or a group's `blog.yaml`, which define who somebody is."""


SITE = Place("site")


def place_of(path: str, rules: Rules) -> Place:
    """Return the place of a file, by its path from the repository's root. A path that nobody owns is the site's."""
    shared = [(len(place), who) for place, who in rules.shared if path == place or path.startswith(f"{place}/")]
    if shared:
        return Place("shared", who=max(shared)[1])
    inside = _below(path, _joined(rules.content, "blogs"))
    if len(inside) > 1:
        return Place("folder", inside[0], is_rule=inside[1:] == ["blog.yaml"]) if is_handle(inside[0]) else SITE
    beside = _below(path, rules.authors)
    if len(beside) == 1:
        handle, is_profile = beside[0].removesuffix(".yaml"), beside[0].endswith(".yaml")
        if not is_profile and (photo := _PHOTO.fullmatch(beside[0])):
            handle = photo["handle"]
        if handle != beside[0] and is_handle(handle):
            return Place("profile", handle, is_rule=is_profile)
    return SITE


def folder_of(handle: str, rules: Rules) -> str:
    """Return the path of a blog's folder."""
    return _joined(rules.content, "blogs", handle)


def profile_of(handle: str, rules: Rules) -> str:
    """Return the path of a profile."""
    return _joined(rules.authors, f"{handle}.yaml")


def group_of(handle: str, rules: Rules) -> str:
    """Return the path of the `blog.yaml` that makes a folder a group's."""
    return f"{folder_of(handle, rules)}/blog.yaml"


def _joined(*parts: str) -> str:
    return "/".join(filter(None, parts))


def _below(path: str, folder: str) -> list[str]:
    """Return the parts of a path below a folder; empty if it does not lie there."""
    return path[len(folder) + 1 if folder else 0 :].split("/") if not folder or path.startswith(f"{folder}/") else []
