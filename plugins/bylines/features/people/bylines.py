"""Returns bylines: people as other pages name them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bylines.engine.context import BuildContext, Cache
from bylines.features.blogs.records import Group
from bylines.features.people.namesakes import apart
from bylines.features.people.photos import photo_url
from bylines.features.people.records import Profile
from bylines.features.people.relations import source_of
from bylines.features.people.views import Byline

_BYLINES = Cache[str, Byline | None]("the byline of a handle")


def byline(build: BuildContext, handle: str) -> Byline | None:
    """Return the byline of a person, or of a group; None if the handle is nobody's."""
    memo = build.cache(_BYLINES)
    if handle not in memo:
        memo[handle] = _byline(build, handle)
    return memo[handle]


def _byline(build: BuildContext, handle: str) -> Byline | None:
    record = build.record(source_of(handle))
    url = f"blogs/{handle}/"
    if isinstance(record, Profile):
        return Byline(
            handle=handle,
            name=record.name,
            url=url,
            role=record.role,
            team=record.team,
            photo=photo_url(build, handle),
            initials=initials(record.name),
            hue=hue(handle),
            left=record.left is not None and record.left <= build.day,
            apart=apart(build, handle),
        )
    group = build.record(f"content/blogs/{handle}/blog.yaml")
    if isinstance(group, Group):
        return Byline(handle=handle, name=group.title, url=url, initials=initials(group.title), hue=hue(handle))
    if build.store.row("SELECT 1 FROM person WHERE handle = ?", (handle,)):
        return Byline(handle=handle, name=handle, url=url, initials=initials(handle), hue=hue(handle))
    return None


def called(person: Byline) -> str:
    """Return a person's name as plain text, followed by `apart` if others have the same name."""
    return f"{person.name} ({person.apart})" if person.apart else person.name


def bylines(build: BuildContext, handles: Iterable[str]) -> tuple[Byline, ...]:
    """Return the bylines of the handles, without those that are nobody's."""
    return tuple(found for handle in handles if (found := byline(build, handle)))


def initials(name: str) -> str:
    """Return one or two characters to draw for somebody without a photo."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return name[:1]
    if "\u2e80" <= words[0][0] <= "\ud7af" or len(words) == 1:
        return words[0][0].upper()
    return (words[0][0] + words[-1][0]).upper()


def hue(handle: str) -> int:
    """Return a colour that depends only on the handle, in degrees. The style sheet has a class for each of the 24."""
    return int.from_bytes(hashlib.sha1(handle.encode(), usedforsecurity=False).digest()[:2]) % 24 * 15
