"""Tells who owns a path, as the kinds of files and the rules say. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bylines.engine.read.kind import KEEPERS, Kind
from bylines.engine.read.names import is_handle
from bylines.guard.rules import Rules
from bylines.pictures.endings import PHOTOS

_PHOTO = re.compile(rf"(?P<handle>.+)(?:{'|'.join(map(re.escape, PHOTOS))})", re.I)


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
    sources = sources_of(path, rules)
    shared = [(len(place), who) for place, who in rules.shared if path == place or path.startswith(f"{place}/")]
    length, who = max(shared, default=(-1, (KEEPERS,)))
    if _is_kept(path, sources, length, rules):
        return Place("shared")
    if shared:
        return Place("shared", who=who)
    return _in_folder(sources, rules) or _profile(sources, rules) or SITE


def _is_kept(path: str, sources: Iterable[str], length: int, rules: Rules) -> bool:
    """Return whether a company's kind leaves a file to keepers, and no shared place of `length` characters fits it better."""
    return any(
        kind.owner == KEEPERS and kind.matches(source) and length < len(path) - len(source) + _length(kind)
        for kind in rules.declared.company
        for source in sources
    )


def _length(kind: Kind) -> int:
    return len(kind.at.beginning.rstrip("/"))


def _in_folder(sources: Iterable[str], rules: Rules) -> Place | None:
    """Return the place of a file in the folder of a blog; None if it lies in none."""
    for source in sources:
        for folder in rules.declared.folders:
            inside = source.removeprefix(folder).split("/") if source.startswith(folder) else []
            if len(inside) > 1:
                handle = inside[0]
                return Place("folder", handle, is_rule=_is_rule(source, rules)) if is_handle(handle) else SITE
    return None


def _profile(sources: Iterable[str], rules: Rules) -> Place | None:
    """Return the place of a profile or of the photo beside it; None for other files."""
    at = rules.declared.profile.at
    for source in sources:
        if not source.startswith(at.beginning) or "/" in source[len(at.beginning) :]:
            continue
        if said := at.parse(source):
            return Place("profile", said["handle"], is_rule=True) if is_handle(said["handle"]) else None
        photo = _PHOTO.fullmatch(source[len(at.beginning) :])
        if photo and is_handle(photo["handle"]):
            return Place("profile", photo["handle"])
    return None


def _is_rule(source: str, rules: Rules) -> bool:
    return any(kind.at.matches(source) for kind in rules.declared.identities)


def sources_of(path: str, rules: Rules) -> tuple[str, ...]:
    """Return the names of the sources that a file of the repository may be, as kinds call them."""
    roots = (("content", rules.content), ("authors", rules.authors))
    return tuple("/".join((root, *inside)) for root, folder in roots if (inside := _below(path, folder)))


def _path_of(source: str, rules: Rules) -> str:
    """Return the path of a source in the repository."""
    root, _, inside = source.partition("/")
    return _joined(rules.authors if root == "authors" else rules.content, inside)


def folder_of(handle: str, rules: Rules) -> str:
    """Return the path of a blog's folder."""
    return _joined(_path_of(rules.declared.group.at.beginning.rstrip("/"), rules), handle)


def profile_of(handle: str, rules: Rules) -> str:
    """Return the path of a profile."""
    return _path_of(rules.declared.profile.source_of(handle), rules)


def group_of(handle: str, rules: Rules) -> str:
    """Return the path of the `blog.yaml` that makes a folder a group's."""
    return f"{folder_of(handle, rules)}/{rules.declared.group.source_of(handle).rpartition('/')[2]}"


def _joined(*parts: str) -> str:
    return "/".join(filter(None, parts))


def _below(path: str, folder: str) -> list[str]:
    """Return the parts of a path below a folder; empty if it does not lie there."""
    return path[len(folder) + 1 if folder else 0 :].split("/") if not folder or path.startswith(f"{folder}/") else []
