"""Plans a new handle for a person or a group: the profile, the photo, the folder, and all texts that name them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from bylines.engine.paths import file_of, shown
from bylines.engine.read.names import is_handle
from bylines.features.blogs.records import GROUP, Group
from bylines.features.people.photos import is_photo
from bylines.features.people.records import PROFILE, Profile
from bylines.problems import BuildError
from bylines.records import Closed
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
    names = (f"authors/{handle}.yaml", f"content/blogs/{handle}/blog.yaml")
    return next((name for name in names if is_handle(handle) and os.path.exists(file_of(site, name))), None)


def name_of(site: Site, handle: str) -> str:
    """Return the name of the person or group with a handle; empty if there is none."""
    described = _describing_source(site, handle)
    text = search.text_of(file_of(site, described)) if described else None
    record = _record(site, described, text) if described and text else None
    if isinstance(record, Profile):
        return record.name
    return record.title if isinstance(record, Group) else ""


def _is_renamed(site: Site, old: str, new: str) -> bool:
    described = _describing_source(site, new)
    text = search.text_of(file_of(site, described)) if described else None
    return bool(described and text and f"/blogs/{old}/" in _record(site, described, text).aliases)


def _record(site: Site, name: str, text: str) -> Profile | Group | Closed:
    kind = PROFILE if name.startswith("authors/") else GROUP
    reading = kind.read(name, text.encode(), site.read)
    if not isinstance(reading.record, Profile | Group | Closed):
        raise BuildError(f"{reading.problems[0]}; nothing was changed")
    return reading.record


def _moves(site: Site, old: str, new: str) -> Iterator[tuple[str, str]]:
    for name in sorted(os.listdir(site.authors)):
        stem, ending = os.path.splitext(name)
        if stem == old and (ending == ".yaml" or is_photo(f"authors/{name}")):
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
        found = rewrite(name, text, moved, site.read, addresses=True)
        return forget(name, found, forgotten, is_profile=name == described)
    if not own:
        return rewrite(name, text, moved, site.read, addresses=False)
    found = rewrite_moved(site, name, text, moved, posts)
    if name != described:
        return found
    aliases = _record(site, name, text).aliases
    ((old, new),) = moved.handles.items()
    try:
        kept = with_old_address(moved.source(name), found.text, aliases, f"/blogs/{old}/", f"/blogs/{new}/")
    except FormError as problem:
        raise BuildError(f"{shown(site, name)}: aliases cannot be added ({problem}); nothing was changed") from problem
    return found._replace(text=kept)


def _groups(site: Site, handle: str) -> list[str]:
    """Return the groups of a member, whose folders are treated as the member's own."""
    found = []
    for name in search.sources_naming(site, handle):
        if name.startswith("content/blogs/") and name.count("/") == 3 and name.endswith("/blog.yaml"):
            text = search.text_of(file_of(site, name))
            record = GROUP.read(name, text.encode(), site.read).record if text else None
            if isinstance(record, Group) and handle in record.members:
                found.append(record.handle)
    return found


def _differing(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    return tuple(edit for edit in edits if edit.before != edit.after)
