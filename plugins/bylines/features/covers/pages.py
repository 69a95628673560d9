"""The covers of posts and of the site. A cover does not change when only the text of its post is edited."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from bylines.engine.context import BuildContext, Cache, Invalidations
from bylines.engine.facts import BODY, CARD, REMOVED
from bylines.engine.feature import PageInputs
from bylines.engine.read import ReadOptions
from bylines.engine.read.messages import TOO_LARGE
from bylines.engine.weave.changes import Changes
from bylines.features.appearance.colour import INK, LIGHT_PAPER, ON_SEAL, SOFT, palette, seal
from bylines.features.appearance.pages import accent
from bylines.features.covers import messages
from bylines.features.covers.addresses import SITE, are_drawn, cover_of
from bylines.features.covers.facts import TYPEFACE
from bylines.features.covers.records import TypefaceFile
from bylines.features.files.pictures import Original, bytes_of
from bylines.features.people.photos import source_of_photo
from bylines.features.people.views import Byline
from bylines.features.posts import cards
from bylines.records import Reading

if TYPE_CHECKING:
    from bylines.pictures.typeface import Typeface
    from bylines.settings import Site


LARGEST = 40_000_000
"""The largest size of a typeface, in bytes. The largest typefaces of Chinese, Japanese and Korean have 20 million."""
_SITE_KEY = "/"
_TYPEFACES = """
SELECT name, digest FROM source WHERE name > 'content/covers/' AND name < 'content/covers0' AND record IS NOT NULL ORDER BY name
"""


class FaceInputs(msgspec.Struct, frozen=True):
    """A person on a cover: the name, the initials and colour of the seal, and the photo that replaces the seal."""

    name: str
    handle: str
    initials: str
    ground: str
    photo: Original | None = None


class CoverInputs(msgspec.Struct, frozen=True):
    """Everything that is drawn on a cover."""

    title: str
    site: str
    about: str
    people: tuple[FaceInputs, ...]
    accent: str
    typefaces: tuple[Original, ...]


def is_typeface(name: str) -> bool:
    """Return whether a source is a typeface for covers."""
    return name.startswith("content/covers/") and name.lower().endswith((".ttf", ".otf", ".ttc"))


def read_typeface(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Return the record of a typeface; none if the file is too large or cannot be read."""
    from bylines.pictures.typeface import Typeface, characters_of  # imported late: most builds draw nothing

    shown = f"{options.root}/{name.removeprefix('content/')}"
    if len(data) > LARGEST:
        return Reading(None, (TOO_LARGE.problem(shown, limit=f"{LARGEST:,}"),))
    try:
        Typeface(data)
        return Reading(TypefaceFile(characters=len(characters_of(data))))
    except ValueError as error:
        return Reading(None, (messages.TYPEFACE.problem(shown, reason=error),))


def weave(build: BuildContext, changes: Changes, dirty: Invalidations) -> None:
    """Invalidates TYPEFACE for each typeface that changed."""
    dirty.add(TYPEFACE, *(name for name in changes if is_typeface(name)))


def keys(build: BuildContext) -> Iterable[str]:
    """Return the keys of all published posts, blog by blog, and that of the site; none if no covers are drawn."""
    if not are_drawn(build.site):
        return ()
    return (_SITE_KEY, *build.store.column("SELECT name FROM post WHERE state > 0 ORDER BY blog, name"))


def affected(build: BuildContext, dirty: Invalidations) -> Iterable[str]:
    """Return the posts that changed or whose authors did; all posts if a typeface changed."""
    return keys(build) if dirty.any(TYPEFACE) else dirty[BODY] | dirty[CARD] | dirty[REMOVED]


def inputs(build: BuildContext, key: str) -> PageInputs | None:
    """Return the inputs of a cover; None if its post is not published or has a picture of its own."""
    if not are_drawn(build.site):
        return None
    if key == _SITE_KEY:
        about = msgspec.json.decode(build.site.variables)["SITESUBTITLE"] or ""
        return PageInputs(path=SITE, view=_inputs(build, build.site.name, "", about, ()))
    row = build.store.row("SELECT url, state FROM post WHERE name = ?", (key,))
    path = cover_of(build.site, row[0], cards.image(build, key, cards.post(build, key))) if row and row[1] else ""
    if not path:
        return None
    card = cards.article(build, key)
    only = card.authors[0] if len(card.authors) == 1 else None
    about = card.blog.title if card.blog.group else (only.team or only.role) if only else ""
    view = _inputs(build, card.title, build.site.name, about, card.authors)
    return PageInputs(path=path, view=view, source=key)


_MATERIALS = Cache[None, tuple[str, tuple[Original, ...]]]("the accent and the typefaces of all covers")
_FACES = Cache[str, FaceInputs]("somebody's face on covers")


def _inputs(build: BuildContext, title: str, site: str, about: str, people: tuple[Byline, ...]) -> CoverInputs:
    memo = build.cache(_MATERIALS)
    if None not in memo:
        typefaces = tuple(Original(*row) for row in build.store.rows(_TYPEFACES) if is_typeface(row[0]))
        memo[None] = palette(accent(build)).light, typefaces
    faces = tuple(_face(build, person) for person in people)
    return CoverInputs(title, site, about, faces, *memo[None])


def _face(build: BuildContext, person: Byline) -> FaceInputs:
    memo = build.cache(_FACES)
    if person.handle not in memo:
        source = source_of_photo(build, person.handle) if person.photo else None
        digests = build.store.column("SELECT digest FROM source WHERE name = ?", (source,)) if source else []
        photo = Original(source, digests[0]) if source and digests else None
        memo[person.handle] = FaceInputs(person.name, person.handle, person.initials, seal(person.hue), photo)
    return memo[person.handle]


def render(site: Site, view: CoverInputs, html_of: object) -> bytes:
    """Return a cover's bytes."""
    from bylines.pictures.cover import Colours, Cover, Face, draw

    colours = Colours(LIGHT_PAPER, INK, SOFT, view.accent, ON_SEAL)
    people = tuple(Face(one.name, one.handle, one.initials, one.ground, _photo(site, one.photo)) for one in view.people)
    cover = Cover(view.title, view.site, view.about, people, colours)
    return draw(cover, [_typeface(site, file) for file in view.typefaces])


@functools.lru_cache(maxsize=64)
def _photo(site: Site, photo: Original | None) -> bytes:
    return bytes_of(site, photo.source, photo.digest) if photo else b""


@functools.lru_cache(maxsize=8)
def _typeface(site: Site, file: Original) -> Typeface:
    from bylines.pictures.typeface import Typeface

    return Typeface(bytes_of(site, file.source, file.digest))
