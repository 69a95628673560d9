"""Plans a new handle for a person or a group: the profile, the photo, the folder, and all texts that name them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from bylines.engine.kinds import kinds_of
from bylines.engine.paths import file_of, shown
from bylines.engine.read.kind import PROFILE, Kind
from bylines.engine.read.markers import Aliases, Handles
from bylines.engine.read.names import is_handle
from bylines.pictures.endings import PHOTOS
from bylines.problems import BuildError
from bylines.records import Record
from bylines.renaming import search
from bylines.renaming.edit_front_matter import FormError
from bylines.renaming.forgetting import Forgotten, forget
from bylines.renaming.placing import PlacedPost, posts_of_blog
from bylines.renaming.plan import Edit, Plan
from bylines.renaming.posts import rewrite_moved, with_old_address
from bylines.renaming.rename_map import RenameMap
from bylines.renaming.rewrite import Text, rewrite
from bylines.settings import Site


def plan_author_rename(
    site: Site, old: str, new: str, *, everywhere: bool = False, forgotten: Forgotten | None = None
) -> Plan:
    """Return the plan for a new handle; empty if it was changed already.

    `everywhere` includes texts of others, which is for keepers. With `forgotten` no trace of the old handle is kept, neither as
    an alias nor in a feed id; this works after an earlier rename, too. Raises BuildError.
    """
    if not is_handle(new):
        raise BuildError(f"{new!r} is not a handle; use lower-case letters, digits and single hyphens")
    described = _describing_source(site, old)
    if described is None and forgotten and (described := _describing_source(site, new)):
        folders = (f"content/blogs/{old}", f"content/blogs/{new}")
        there = os.path.lexists(file_of(site, folders[0]))
        moved = RenameMap(handles={old: new}, files={} if there else dict([folders]))
        return _plan(site, old, moved, (), described, everywhere=True, forgotten=forgotten)
    if described is None:
        if _is_renamed(site, old, new):
            return Plan()
        raise BuildError(f"nobody is called {old!r}: there is no {shown(site, f'authors/{old}.yaml')}")
    if old == new:
        return Plan()
    if holder := search.holder_of_handle(site, new, but=old):
        raise BuildError(f"{new} is or was the handle of {shown(site, holder)}; choose another")
    moves = tuple(_moves(site, old, new))
    for _, to in moves:
        if os.path.lexists(file_of(site, to)):
            raise BuildError(f"{shown(site, to)} is there already; move it out of the way")
    moved = RenameMap(handles={old: new}, files=dict(moves))
    return _plan(site, old, moved, moves, described, everywhere=everywhere or bool(forgotten), forgotten=forgotten)


def _describing_source(site: Site, handle: str) -> str | None:
    """Return the source that describes a handle: a profile or a group's `blog.yaml`. None if there is neither."""
    names = (kind.source_of(handle) for kind in kinds_of(site.features).authors)
    return next((name for name in names if is_handle(handle) and os.path.exists(file_of(site, name))), None)


def name_of(site: Site, handle: str) -> str:
    """Return the name of the person or group with a handle; empty if there is none."""
    described = _describing_source(site, handle)
    text = search.text_of(file_of(site, described)) if described else None
    if not described or not text:
        return ""
    kind, record = _read(site, described, text)
    return kind.called(record)


def _is_renamed(site: Site, old: str, new: str) -> bool:
    described = _describing_source(site, new)
    text = search.text_of(file_of(site, described)) if described else None
    return bool(described and text and f"/blogs/{old}/" in _old_addresses(site, described, text))


def _old_addresses(site: Site, name: str, text: str) -> tuple[str, ...]:
    """Return the old addresses of a blog, as the source says them that describes its owner."""
    kind, record = _read(site, name, text)
    return tuple(alias for key, _ in kind.keyset.of(Aliases) for alias in getattr(record, key, ()))


def _read(site: Site, name: str, text: str) -> tuple[Kind, Record]:
    """Return the kind and the record of a source that describes a person or group. Raises BuildError."""
    kind = next(kind for kind in kinds_of(site.features).authors if kind.matches(name))
    reading = kind.read(name, text.encode(), site.read)
    if reading.record is None:
        raise BuildError(f"{reading.problems[0]}; nothing was changed")
    return kind, reading.record


def _moves(site: Site, old: str, new: str) -> Iterator[tuple[str, str]]:
    for name in sorted(os.listdir(site.authors)):
        stem, ending = os.path.splitext(name)
        if stem == old and (ending == ".yaml" or name.lower().endswith(PHOTOS)):
            yield f"authors/{name}", f"authors/{new}{ending}"
    if os.path.isdir(file_of(site, f"content/blogs/{old}")):
        yield f"content/blogs/{old}", f"content/blogs/{new}"


def _plan(
    site: Site,
    old: str,
    moved: RenameMap,
    moves: tuple[tuple[str, str], ...],
    described: str,
    *,
    everywhere: bool,
    forgotten: Forgotten | None = None,
) -> Plan:
    folders = (f"content/blogs/{old}/", *(f"content/blogs/{group}/" for group in _groups(site, old)))
    wanted = {*search.sources_naming(site, old), *search.texts_below(site, folders[0]), described}
    if forgotten:
        new = moved.handle(old)
        wanted.update(name for name in search.texts_below(site, f"content/blogs/{new}/"))
    edits: list[Edit] = []
    others: list[Edit] = []
    notes: list[str] = []
    posts = posts_of_blog(site, old)
    for name in sorted(wanted):
        text = search.text_of(file_of(site, name))
        own = name == described or name.startswith(folders)
        if text is None:
            notes += [f"{shown(site, name)}: this is not UTF-8, and stays as it is"] * own
            continue
        then = _rewrite(site, name, text, moved, described, posts, own=own, forgotten=forgotten)
        (edits if own or everywhere else others).append(Edit(moved.source(name), text, then.text))
        if then.by_hand:
            notes.append(f"{shown(site, moved.source(name))}: mend what names {old} by hand ({then.by_hand})")
    return Plan(moves, _differing(edits), _differing(others), tuple(notes))


def _rewrite(
    site: Site,
    name: str,
    text: str,
    moved: RenameMap,
    described: str,
    posts: Mapping[str, PlacedPost],
    *,
    own: bool,
    forgotten: Forgotten | None,
) -> Text:
    if forgotten:
        found = rewrite(site, name, text, moved, addresses=True)
        return forget(name, found, forgotten, is_profile=name == described)
    if not own:
        return rewrite(site, name, text, moved, addresses=False)
    found = rewrite_moved(site, name, text, moved, posts)
    if name != described:
        return found
    aliases = _old_addresses(site, name, text)
    ((old, new),) = moved.handles.items()
    try:
        kept = with_old_address(moved.source(name), found.text, aliases, f"/blogs/{old}/", f"/blogs/{new}/")
    except FormError as problem:
        raise BuildError(f"{shown(site, name)}: aliases cannot be added ({problem}); nothing was changed") from problem
    return found._replace(text=kept)


def _groups(site: Site, handle: str) -> list[str]:
    """Return the groups of a member, whose folders are treated as the member's own."""
    groups = [kind for kind in kinds_of(site.features).authors if kind.owner != PROFILE]
    found: list[str] = []
    for name in search.sources_naming(site, handle):
        for kind in groups:
            names = kind.at.parse(name)
            text = search.text_of(file_of(site, name)) if names else None
            record = kind.read(name, text.encode(), site.read).record if text else None
            if names and any(handle in getattr(record, key, ()) for key, _ in kind.keyset.of(Handles)):
                found += names.values()
    return found


def _differing(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    return tuple(edit for edit in edits if edit.before != edit.after)
