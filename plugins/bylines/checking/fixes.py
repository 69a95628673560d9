"""Mends mistakes with only one right answer (`check --fix`), in the writer's own form. Everything else is left to the writer.

It mends line ends and byte order marks; header lines that YAML reads otherwise than they are meant; keys and values with a single
near match; headers of other programs; the spelling of topics; missing ids; links to renamed files or with wrong capitals; and
pictures that are too large. The functions map texts to texts; `apply_fixes` writes the files.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PIL import Image

from bylines.engine.read import nearest
from bylines.engine.read.entries import Entries
from bylines.engine.read.foreign import foreign
from bylines.engine.read.keys import spelled
from bylines.engine.read.keyset import Keyset
from bylines.engine.read.kind import Kind
from bylines.engine.read.markers import (
    Addresses,
    Aliases,
    Day,
    Handles,
    Language,
    Languages,
    Links,
    Moment,
    PhotoBeside,
    Picture,
    Slug,
)
from bylines.engine.read.meant import as_meant
from bylines.engine.read.names import is_handle, is_slug
from bylines.engine.read.nearest import Pair, keys_meant
from bylines.engine.read.text import TWICE, kind_of, split
from bylines.engine.weave.hints import web_address
from bylines.features.topics.records import TopicEntry
from bylines.features.topics.relations import slug_of
from bylines.languages import intended_language
from bylines.languages import tag_of as language_tag
from bylines.markup import MarkupOptions
from bylines.personal_names.scripts import identity_key
from bylines.pictures.decode import format_of, open_image, upright
from bylines.renaming import edit_front_matter
from bylines.renaming.body import BodyError, replace_links
from bylines.renaming.edit_front_matter import FormError, Header, Scalar

_SEVERAL = re.compile(r"\s*[,;&]\s*|\s+and\s+")
_WIDEST = 2400
"""The width in pixels to which a picture that is too large is scaled."""
_QUALITIES = (88, 80, 70, 60)


class MendedFile(NamedTuple):
    """A file's mended content, and a description of each fix."""

    data: bytes
    done: tuple[str, ...]


class Facts(NamedTuple):
    """The facts about the site that a text has to agree with."""

    topics: Mapping[str, str]
    """The topic's name, by the slug of any of its spellings."""
    id: str
    """The id by which feeds know the post; empty if none is to be added."""
    moved: Callable[[str], str]
    """Returns the new target of a broken link; empty if it is not known."""
    options: MarkupOptions = MarkupOptions()
    people: Callable[[], Mapping[str, str]] = dict
    """Returns handles by the key of the person's name; empty for a name that several people have."""
    kind: Kind | None = None
    """Of the file; None if it is not declared by its record."""


_MOST_TURNS = 4


def spellings(entries: Sequence[TopicEntry]) -> dict[str, str]:
    """Return the names of the site's topics, by the slug of each name or synonym."""
    found: dict[str, str] = {}
    for entry in entries:
        for spelling in (entry.name, *entry.synonyms):
            found.setdefault(slug_of(spelling), entry.name)
    return found


def mend_text(name: str, data: bytes, facts: Facts) -> MendedFile:
    """Return a source's mended text. If it is not UTF-8, or its header cannot be read, only its line ends are mended."""
    done: list[str] = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        done.append("the byte order mark is gone")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        done.append("line ends are plain")
    more: list[str] = []
    try:
        made = _mend_headers(name, data.decode(), facts, more)
    except (UnicodeDecodeError, FormError):
        return MendedFile(data, tuple(done))
    links: list[str] = []
    try:
        made = _mend_links(name, made, facts, links)
    except (BodyError, FormError):
        links = []
    return MendedFile(made.encode(), (*done, *more, *links))


def _mend_headers(name: str, text: str, facts: Facts, done: list[str]) -> str:
    """Return the text with its header mended. Repeated, since one mistake may hide another."""
    for _ in range(_MOST_TURNS):
        made = _mend_header(name, text, facts, done)
        if made == text:
            break
        text = made
    return text


def _mend_header(name: str, text: str, facts: Facts, done: list[str]) -> str:
    if name.endswith((".md", ".rst")):
        text = _mend_fences(name, text, facts, done)
    found = edit_front_matter.header_of(name, text)
    if found is None:
        return text
    text = _mend_lines(text, found, done)
    if (found := edit_front_matter.header_of(name, text)) is None:
        return text
    renamed = _key_renames(text, found, facts)
    done += [f"{old} is called {new}" for old, new in renamed.items() if old != new]
    text = edit_front_matter.with_values(text, found, lambda scalar: _mend_value(scalar, renamed, facts, done))
    found = edit_front_matter.header_of(name, text)
    if found is None or not facts.id or "title" not in (keys := edit_front_matter.keys(text, found)) or "id" in keys:
        return text
    done.append("it has its id")
    return edit_front_matter.with_key(text, found, "id", facts.id)


def _mend_fences(name: str, text: str, facts: Facts, done: list[str]) -> str:
    """Return the text with a YAML header between lines of three hyphens."""
    parts = split(text, kind_of(name))
    if parts.fences:
        lines = text.split("\n")
        for line, what in reversed(parts.fences):
            lines[line - 1 : line] = [] if what == TWICE else ["---"]
        done.append("the header stands between three hyphens")
        return "\n".join(lines)
    if parts.form in ("yaml", "open", "rst") or (parts.form == "fields" and facts.options.engine == "pelican"):
        return text
    found = foreign(text)
    if not found or not found.lines:
        return text
    done.append(f"{found.form} is a header here")
    fenced = "\n".join(("---", *found.lines, "---", ""))
    return f"{text[: found.start]}{fenced}{text[found.end :]}"


def _mend_lines(text: str, found: Header, done: list[str]) -> str:
    """Return the text with those lines of its header mended whose meaning is clear."""
    lines = text[found.start : found.end]
    mended = as_meant(lines, all_texts=found.all_texts)
    if mended.held or mended.text == lines:
        return text
    made = f"{text[: found.start]}{mended.text}{text[found.end :]}"
    edit_front_matter.scalars(made, found._replace(end=found.start + len(mended.text)))  # or FormError
    done += [slip.what for slip in mended.slips if not slip.is_comment]
    return made


def _key_renames(text: str, found: Header, facts: Facts) -> dict[str, str]:
    """Return the right name of each key that is misspelt or another program's."""
    known = _keyset(facts.kind)
    if known is None or found.form != "yaml" or facts.options.engine == "pelican":
        return {}
    pairs = edit_front_matter.pairs(text, found)
    there = [key for key, _, _ in pairs if key in known]
    others = [Pair(key, _as_handles(key, texts, facts), listed) for key, texts, listed in pairs if key not in there]
    others = [pair for pair in others if not pair.key.startswith("x_")]
    meant = keys_meant(others, known, there)
    return {
        pair.key: key.name
        for pair, key in zip(others, meant, strict=True)
        if key and key.how in ("spelled", "elsewhere", "near")
    }


def _as_handles(key: str, texts: tuple[str, ...] | None, facts: Facts) -> tuple[str, ...] | None:
    return tuple(_mend_handles(text, facts) for text in texts) if texts and spelled(key) == "author" else texts


def _keyset(kind: Kind | None) -> Keyset | None:
    """Return the keys at the first level of a file; None where these are not its kind's."""
    return None if kind is None or kind.keyset.of(Entries) else kind.keyset


def _mend_value(scalar: Scalar, renamed: Mapping[str, str], facts: Facts, done: list[str]) -> str:
    if scalar.path == ("",):
        return renamed.get(scalar.value, scalar.value)
    key, written = scalar.path[0] if scalar.path else "", scalar.value
    key = renamed.get(key, key)
    is_link = _is_links(key, facts) and len(scalar.path) == 2 and scalar.path[1]
    if not written or (len(scalar.path) != 1 and not is_link):
        return written
    new = _right_value(key, written, facts)
    if new != written:
        done.append(f"the topic {written} is {new}" if key == "topics" else f"{key} is {new}")
    return new


def _is_links(key: str, facts: Facts) -> bool:
    keyset = _keyset(facts.kind)
    return keyset is not None and isinstance(keyset.markers.get(key), Links)


def _right_value(key: str, written: str, facts: Facts) -> str:
    """Return the only near right value; the value itself if there is none, or more than one."""
    if key == "topics":
        parts = written.split(";") if "," not in written else [written]
        return ", ".join(facts.topics.get(slug_of(part), part) for part in map(str.strip, parts) if part)
    keyset = _keyset(facts.kind)
    match keyset.markers.get(keyset.also.get(key, key)) if keyset else None:
        case Moment() | Day():
            return nearest.date_meant(written) or written
        case Handles():
            return _mend_handles(written, facts)
        case Language() | Languages():
            plain = nearest.unquoted(written)
            return written if "," in written or language_tag(written) else intended_language(plain) or written
        case Slug():
            return written if is_slug(written) else nearest.slug_meant(written) or written
        case Aliases():
            return written if "," in written or nearest.is_alias(written) else nearest.alias_meant(written) or written
        case Addresses() | Links():
            return written if "," in written or "://" in written else nearest.address_meant(written) or written
        case Picture() | PhotoBeside():
            return written if "://" in written else web_address(written) or facts.moved(written) or written
    return written


def _mend_handles(written: str, facts: Facts) -> str:
    """Return handles in place of names; the text itself if a name is unknown, or several people have it."""
    parts = [part for part in _SEVERAL.split(written.strip()) if part]
    if all(is_handle(part.removeprefix("@").lower()) for part in parts):
        return written
    people = facts.people()
    found = [part if is_handle(part) else people.get(identity_key(part), "") for part in parts]
    return ", ".join(found) if found and all(found) else written


def _mend_links(name: str, text: str, facts: Facts, done: list[str]) -> str:
    """Return the text with mended links: whole addresses, and the new paths of renamed files."""
    if not name.endswith((".md", ".rst")):
        return text

    def link(target: str) -> str:
        if whole := web_address(target):
            if (said := f"{target} is {whole}") not in done:
                done.append(said)
            return whole
        path, sign, rest = target.partition("#")
        new = facts.moved(path) if path and not _ROOTED.match(path) else ""
        if not new:
            return target
        if (said := f"{path} is {new}") not in done:
            done.append(said)
        return f"{new}{sign}{rest}"

    at = edit_front_matter.body_start(text, edit_front_matter.header_of(name, text))
    return text[:at] + replace_links(text[at:], kind_of(name), link, lambda handle: handle, facts.options)


_ROOTED = re.compile(r"[a-z][a-z0-9+.-]*:|[/{|]", re.I)


def mend_picture(data: bytes, most: int) -> MendedFile:
    """Return a picture of at most `most` bytes and a sensible width, in its own format; unchanged if that cannot be done."""
    try:
        with open_image(data) as image:
            if getattr(image, "n_frames", 1) > 1:
                return MendedFile(data, ())
            form = format_of(image)
            made = upright(image)
            made.thumbnail((_WIDEST, _WIDEST * 4), Image.Resampling.LANCZOS)
    except Exception:  # decoders raise whatever they like over what a stranger wrote
        return MendedFile(data, ())
    for quality in _QUALITIES:
        packed = io.BytesIO()
        made.save(packed, form, **({"optimize": True} if form == "PNG" else {"quality": quality}))
        if packed.tell() <= most:
            width, height = made.size
            return MendedFile(
                packed.getvalue(), (f"the picture is {width} × {height} pixels, {packed.tell():,} bytes",)
            )
    return MendedFile(data, ())


def beside(source: str, target: str) -> str:
    """Return the relative path from a source's folder to another source, both given by name."""
    return posixpath.relpath(target, posixpath.dirname(source))
