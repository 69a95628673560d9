"""Plans a new slug for a post: its file or folder, its translations, and all texts that name it."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Mapping

from bylines.engine.paths import file_of, shown
from bylines.engine.read import language_of, slug_of
from bylines.engine.read.names import date_of, is_slug
from bylines.engine.weave.claims import fold
from bylines.problems import BuildError
from bylines.renaming import edit_front_matter, search
from bylines.renaming.edit_front_matter import FormError
from bylines.renaming.placing import PlacedPost, posts_of_blog
from bylines.renaming.plan import Edit, Plan
from bylines.renaming.posts import rewrite_moved
from bylines.renaming.rename_map import RenameMap
from bylines.renaming.rewrite import Text, rewrite
from bylines.settings import Site


def plan_post_rename(site: Site, post: str, new: str, *, everywhere: bool = False) -> Plan:
    """Return the plan for a new slug of a post (`handle/slug`); empty if it was changed already.

    `everywhere` includes texts of others. Raises BuildError.
    """
    handle, _, slug = post.strip("/").removeprefix("blogs/").partition("/")
    if not slug or "/" in slug:
        raise BuildError(f"{post!r} is no post; name it as handle/slug")
    if not is_slug(new):
        raise BuildError(f"{new!r} cannot be the end of an address; use letters, digits and hyphens")
    posts = posts_of_blog(site, handle)
    found = _with_slug(posts, slug)
    if not found or slug == new:
        old = f"/blogs/{handle}/{slug}/"
        if found or any(old in post.record.aliases for post in _with_slug(posts, new).values()):
            return Plan()
        raise BuildError(f"there is no post {handle}/{slug} in {shown(site, f'content/blogs/{handle}')}")
    holder = search.holder_of_slug(site, handle, new)
    if holder and holder not in found:
        raise BuildError(f"{new} is or was the address of {shown(site, holder)}; choose another")
    moves = tuple(sorted({move for name, post in found.items() if (move := _move(name, post, new))}))
    for old, to in moves:
        if os.path.lexists(file_of(site, to)) and fold(old) != fold(to):
            raise BuildError(f"{shown(site, to)} is there already; choose another name")
    moved = RenameMap(posts={(handle, post.place.slug): new for post in found.values()}, files=dict(moves))
    return _plan(site, handle, slug, moved, moves, found, posts, everywhere=everywhere)


def _with_slug(posts: Mapping[str, PlacedPost], slug: str) -> dict[str, PlacedPost]:
    """Return the sources of a post and its translations."""
    return {name: post for name, post in posts.items() if fold(post.place.slug) == fold(slug)}


def _move(name: str, post: PlacedPost, new: str) -> tuple[str, str] | None:
    """Return the move of a source or its folder; None if its header declares the slug, so that the file's name does not matter."""
    if slug_of(name) != post.record.slug:
        return None
    folder, file = posixpath.split(name)
    if posixpath.splitext(file)[0].removesuffix(f".{language_of(name)}") == "index":
        return folder, posixpath.join(posixpath.dirname(folder), _new_name(folder, new))
    ending = posixpath.splitext(file)[1]
    lang = post.place.lang
    return name, posixpath.join(folder, _new_name(name, new) + (f".{lang}" if lang else "") + ending)


def _new_name(name: str, new: str) -> str:
    """Return the new name of a file or folder; a date at its beginning stays."""
    date = date_of(name)
    found = re.match(r"\d{4}-\d{2}-\d{2}[-_]", posixpath.basename(name))
    return (found[0] if date and found else "") + new


def _plan(
    site: Site,
    handle: str,
    slug: str,
    moved: RenameMap,
    moves: tuple[tuple[str, str], ...],
    found: dict[str, PlacedPost],
    posts: Mapping[str, PlacedPost],
    *,
    everywhere: bool,
) -> Plan:
    words = {slug, *(posixpath.splitext(posixpath.basename(old))[0] for old, _ in moves)}
    edits: list[Edit] = []
    others: list[Edit] = []
    notes: list[str] = []
    within = {name for old, _ in moves for name in search.texts_below(site, f"{old}/")}
    for name in sorted({*found, *within, *(name for word in words for name in search.sources_naming(site, word))}):
        text = search.text_of(file_of(site, name))
        if text is None:
            continue
        own = name.startswith(f"content/blogs/{handle}/")
        then = _rewrite(site, name, text, moved, found.get(name), posts, own=own)
        if then.by_hand:
            notes.append(f"{shown(site, moved.source(name))}: mend what names {slug} by hand ({then.by_hand})")
        if then.text != text:
            (edits if own or everywhere else others).append(Edit(moved.source(name), text, then.text))
    return Plan(moves, tuple(edits), tuple(others), tuple(notes))


def _rewrite(
    site: Site,
    name: str,
    text: str,
    moved: RenameMap,
    post: PlacedPost | None,
    posts: Mapping[str, PlacedPost],
    *,
    own: bool,
) -> Text:
    if post is None and moved.source(name) == name:
        return rewrite(site, name, text, moved, addresses=own)
    found = rewrite_moved(site, name, text, moved, posts)
    if post is None or slug_of(name) == post.record.slug:
        return found
    new = moved.posts[post.record.blog, post.place.slug]
    at = edit_front_matter.header_of(name, found.text)
    try:
        return found._replace(text=edit_front_matter.with_key(found.text, at, "slug", new)) if at else found
    except FormError as problem:
        raise BuildError(f"{shown(site, name)}: slug cannot be changed ({problem}); nothing was changed") from problem
