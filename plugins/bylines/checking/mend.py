"""`check --fix`: mends what has one right answer, in the words of the writer's own file; all else is left to the writer.

Line ends and a byte order mark, dates in the form that cannot be misread, topics as the site spells them, an id for feeds, links to a
post that was renamed, pictures that are too large. Texts in, texts out; `mending` writes them.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PIL import Image

from bylines.engine.read.dates import DateError, plainly
from bylines.engine.read.text import kind_of
from bylines.features.topics.relations import slug_of
from bylines.markup import MarkupOptions
from bylines.moving import header
from bylines.moving.body import BodyError, rewritten
from bylines.moving.header import FormError, Scalar
from bylines.pictures.look import format_of, opened, upright
from bylines.records import TopicEntry

_DATES = frozenset(("date", "modified", "expires"))
_WIDEST = 2400
"""Pixels across, of a picture that was too large."""
_QUALITIES = (88, 80, 70, 60)


class Mended(NamedTuple):
    """A file as it should be, and what was done to it, for people."""

    data: bytes
    done: tuple[str, ...]


class Facts(NamedTuple):
    """What the site knows that a text has to fit."""

    topics: Mapping[str, str]
    """A topic by any of its spellings (as slug) → how it is spelled."""
    id: str
    """The id by which feeds know the post now; '' where it needs none."""
    moved: Callable[[str], str]
    """Where a link leads now that leads nowhere as it was written; '' where nobody knows."""
    options: MarkupOptions = MarkupOptions()


def spellings(entries: Sequence[TopicEntry]) -> dict[str, str]:
    """How the site spells its topics, by slug of name or synonym."""
    found: dict[str, str] = {}
    for entry in entries:
        for spelling in (entry.name, *entry.synonyms):
            found.setdefault(slug_of(spelling), entry.name)
    return found


def mend_text(name: str, data: bytes, facts: Facts) -> Mended:
    """A source's text. One that is not UTF-8, or whose header cannot be read, gets its line ends mended alone."""
    done: list[str] = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        done.append("the byte order mark is gone")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        done.append("line ends are plain")
    more: list[str] = []
    try:
        text = data.decode()
        made = _links(name, _header(name, text, facts, more), facts, more)
    except (UnicodeDecodeError, FormError, BodyError):
        return Mended(data, tuple(done))
    return Mended(made.encode(), (*done, *more))


def _header(name: str, text: str, facts: Facts, done: list[str]) -> str:
    found = header.header_of(name, text)
    if found is None:
        return text
    text = header.with_values(text, found, lambda scalar: _value(scalar, facts, done))
    found = header.header_of(name, text)
    if found is None or not facts.id or "title" not in (keys := header.keys(text, found)) or "id" in keys:
        return text
    done.append("it has its id")
    return header.with_key(text, found, "id", facts.id)


def _value(scalar: Scalar, facts: Facts, done: list[str]) -> str:
    key, written = scalar.path[0] if scalar.path else "", scalar.value
    if key in _DATES and scalar.path == (key,):
        with contextlib.suppress(DateError):
            if (plain := plainly(written)) != written:
                done.append(f"{key} is {plain}")
                return plain
    known = (
        facts.topics.get(slug_of(written), written)
        if key == "topics" and scalar.path == (key,) and written
        else written
    )
    if known != written:
        done.append(f"the topic {written} is {known}")
    return known


def _links(name: str, text: str, facts: Facts, done: list[str]) -> str:
    """The text with other paths in links to files that were renamed."""
    if not name.endswith((".md", ".rst")):
        return text

    def link(target: str) -> str:
        path, sign, rest = target.partition("#")
        new = facts.moved(path) if path and not _ROOTED.match(path) else ""
        if not new:
            return target
        if (said := f"{path} is {new}") not in done:
            done.append(said)
        return f"{new}{sign}{rest}"

    at = header.body_start(text, header.header_of(name, text))
    return text[:at] + rewritten(text[at:], kind_of(name), link, lambda handle: handle, facts.options)


_ROOTED = re.compile(r"[a-z][a-z0-9+.-]*:|[/{|]", re.I)


def mend_picture(data: bytes, most: int) -> Mended:
    """A picture with at most `most` bytes and a sensible width, in its own format; as it is where that cannot be done."""
    try:
        with opened(data) as image:
            if getattr(image, "n_frames", 1) > 1:
                return Mended(data, ())
            form = format_of(image)
            made = upright(image)
            made.thumbnail((_WIDEST, _WIDEST * 4), Image.Resampling.LANCZOS)
    except Exception:  # decoders raise whatever they like over what a stranger wrote
        return Mended(data, ())
    for quality in _QUALITIES:
        packed = io.BytesIO()
        made.save(packed, form, **({"optimize": True} if form == "PNG" else {"quality": quality}))
        if packed.tell() <= most:
            width, height = made.size
            return Mended(packed.getvalue(), (f"the picture is {width} × {height} pixels, {packed.tell():,} bytes",))
    return Mended(data, ())


def beside(source: str, target: str) -> str:
    """The path from the folder of a source to another, both by name."""
    return posixpath.relpath(target, posixpath.dirname(source))
