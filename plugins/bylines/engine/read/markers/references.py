"""Markers of values that name another file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bylines.engine.read import messages
from bylines.engine.read.markers.base import Marker, Renames, Target, Where
from bylines.engine.read.markers.texts import Matching
from bylines.pictures.endings import PHOTOS

if TYPE_CHECKING:
    from bylines.engine.read.fields import Fields

_NAME = re.compile(r"[^\W_][^\s/\\]*")
_REFERENCE = re.compile(r"(?!.*\.\.)/?(?:blogs/)?(?:[a-z0-9-]+/)?[^\s/\\]+/?")
_IMAGE = re.compile(r"(?:https?://|(?![a-z][a-z0-9+.-]*:)(?!//))[^\s<>\"\\][^<>\"\\]*", re.I)
_PHOTO = re.compile(rf"[^/\\.][^/\\]*(?:{'|'.join(map(re.escape, PHOTOS))})", re.I)


class Reference(Matching):
    """A reference to another text, by `handle/slug` or its address; in a blog, also by the slug of a text of that blog.

    `kinds` are the tags of the kinds that it may name. `link`: it waits for its target, as a link in the text does.
    """

    form = _REFERENCE
    example = "grace/nanoseconds"
    wrong = "a\\b c"

    def __init__(self, about: str, *kinds: str, wanted: str = "handle/slug", link: bool = False, **more: Any) -> None:
        super().__init__(about, **more)
        self.kinds = kinds
        self.wanted = wanted  # type: ignore[misc]
        self._is_link = link

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the address."""
        if value:
            path = value.strip("/").removeprefix("blogs/")
            blog = getattr(record, "blog", "")
            yield Target("address", f"blogs/{path if '/' in path or not blog else f'{blog}/{path}'}")

    def waits(self, value: Any, record: Any) -> bool:
        """Return whether the reference waits for its target."""
        return self._is_link

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return the reference with the new handle and slug."""
        return renames.reference(written, source.split("/")[2] if source.startswith("content/blogs/") else "")


class Named(Matching):
    """A thing of one kind, such as a jam, by the name of its file or folder.

    `follows` declares that a change of the thing affects the records that name it.
    """

    form = _NAME
    example = "quiet-harbour"
    wrong = "a/b"

    def __init__(self, about: str, kind: str, *, follows: bool = False, **more: Any) -> None:
        super().__init__(about, **more)
        self.kind = kind
        """The tag of the kind."""
        self.follows = follows
        self.wanted = f"the name of a {kind}'s folder"  # type: ignore[misc]

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the thing."""
        if value:
            yield Target(self.kind, value)

    def waits(self, value: Any, record: Any) -> bool:
        """Return True: it always waits for its target, as a link does."""
        return True


class Picture(Matching):
    """A picture, by a path as in a link, or by a web address."""

    form, wanted = _IMAGE, "a file's path or https://…"
    example = "winch.jpg"
    wrong = "file:///winch.jpg"

    def read(self, fields: Fields, key: str, where: Where) -> str | None:
        """Return the path as a link writes it, with # and ? encoded; a web address unchanged."""
        image = super().read(fields, key, where)
        return image.replace("#", "%23").replace("?", "%3F") if image and "://" not in image else image

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the file, if it is one of the site's."""
        if value and "://" not in value:
            yield Target("file", value)

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return the path of the picture as seen from the source after the rename."""
        return renames.link(written, source)


class PhotoBeside(Marker):
    """The name of a picture in the same folder."""

    example = "ada.jpg"
    wrong = "../ada.jpg"

    def read(self, fields: Fields, key: str, where: Where) -> str | None:
        """Return the name if it is that of a picture, without folders; else report it and return None."""
        value = fields.text(key)
        if value is None or _PHOTO.fullmatch(value):
            return value
        name = value.replace("\\", "/").rpartition("/")[2]
        near = f", such as {name}" if name != value and _PHOTO.fullmatch(name) else ""
        fields.say(messages.BAD_FILE, fields.line(key), key=key, value=value, near=near)
        return None

    def targets(self, value: Any, record: Any) -> Iterator[Target]:
        """Yield the file."""
        if value:
            yield Target("beside", value)

    def renamed(self, written: str, renames: Renames, source: str) -> str:
        """Return the new name."""
        folder = posixpath.dirname(source)
        return renames.source(f"{folder}/{written}").removeprefix(f"{folder}/")
