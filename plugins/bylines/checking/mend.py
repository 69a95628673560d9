"""`check --fix`: mends what has one right answer, in the words of the writer's own file; all else is left to the writer.

Line ends and a byte order mark, dates in the form that cannot be misread, topics as the site spells them, an id for feeds, links to a
post that was renamed, pictures that are too large. Texts in, texts out; `commands/check.py` writes them.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PIL import Image

from bylines.engine.read.dates import DateError, plainly
from bylines.features.topics.relations import slug_of
from bylines.pictures.look import opened, upright
from bylines.records import TopicEntry

_DATES = re.compile(r"^(date|modified|expires):[ \t]*(\S.*?)[ \t]*$")
_TOPICS = re.compile(r"^(topics:[ \t]*)\[(.*)\][ \t]*$")
_ITEM = re.compile(r"^([ \t]*-[ \t]+)(\S.*?)[ \t]*$")
_KEY = re.compile(r"^([a-z_]+):")
_LINK = re.compile(r"(\]\(\s*<?)([^)\s>]+)|^([ \t]*\[[^\]]+\]:[ \t]*<?)([^\s>]+)", re.M)
_FENCE = re.compile(r"^(?:```|~~~)", re.M)
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


def spellings(entries: Sequence[TopicEntry]) -> dict[str, str]:
    """How the site spells its topics, by slug of name or synonym."""
    found: dict[str, str] = {}
    for entry in entries:
        for spelling in (entry.name, *entry.synonyms):
            found.setdefault(slug_of(spelling), entry.name)
    return found


def mend_text(data: bytes, facts: Facts) -> Mended:
    """A text with front matter. One that is not UTF-8, or has no YAML header, gets its line ends mended alone."""
    done: list[str] = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        done.append("the byte order mark is gone")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        done.append("line ends are plain")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Mended(data, tuple(done))
    opening, header, body = _parts(text)
    if header:
        header = _header(header, facts, done)
    body = _links(body, facts.moved, done)
    return Mended(f"{opening}{header}{body}".encode(), tuple(done))


def _parts(text: str) -> tuple[str, str, str]:
    """What opens the header, its lines, and all that follows, with what closes it; without a header all is body."""
    found = re.match(r"(\s*---[ \t]*\n)(.*?)(^---[ \t]*$.*)", text, re.S | re.M)
    return (found[1], found[2], found[3]) if found else ("", "", text)


def _header(header: str, facts: Facts, done: list[str]) -> str:
    lines = header.split("\n")
    key = ""
    for number, line in enumerate(lines):
        named = _KEY.match(line)
        key = named[1] if named else key
        lines[number] = _line(line, key, facts, done)
    if facts.id and not any(line.startswith("id:") for line in lines):
        at = next((number + 1 for number, line in enumerate(lines) if line.startswith("date:")), len(lines) - 1)
        lines.insert(at, f"id: {facts.id}")
        done.append("it has its id")
    return "\n".join(lines)


def _line(line: str, key: str, facts: Facts, done: list[str]) -> str:
    if dated := _DATES.match(line):
        return _dated(line, dated, done)
    if flow := _TOPICS.match(line):
        items = [_spelled(item.strip(), facts.topics, done) for item in flow[2].split(",")]
        return f"{flow[1]}[{', '.join(dict.fromkeys(items))}]"
    if key == "topics" and (item := _ITEM.match(line)):
        return f"{item[1]}{_spelled(item[2], facts.topics, done)}"
    return line


def _dated(line: str, found: re.Match[str], done: list[str]) -> str:
    written = found[2].strip("'\"")
    try:
        plain = plainly(written)
    except DateError:
        return line
    if plain == written:
        return line
    done.append(f"{found[1]} is {plain}")
    return f"{found[1]}: {plain}"


def _spelled(item: str, topics: Mapping[str, str], done: list[str]) -> str:
    written = item.strip("'\"")
    known = topics.get(slug_of(written)) if written else None
    if known is None or known == written:
        return item
    done.append(f"the topic {written} is {known}")
    return known if re.fullmatch(r"[^\W\d_][\w +/-]*", known) else f'"{known}"'


def _links(body: str, moved: Callable[[str], str], done: list[str]) -> str:
    """Links and pictures of Markdown outside of code."""

    def mended(found: re.Match[str]) -> str:
        before, target = (found[1], found[2]) if found[1] else (found[3], found[4])
        path, sign, rest = re.match(r"([^#?]*)([#?]?)(.*)", target, re.S).groups()  # type: ignore[union-attr]
        new = moved(path) if path and not re.match(r"[a-z][a-z0-9+.-]*:|/|\{|\|", path, re.I) else ""
        if not new:
            return found[0]
        done.append(f"{path} is {new}")
        return f"{before}{new}{sign}{rest}"

    pieces = _FENCE.split(body)
    fences = _FENCE.findall(body)
    made = [_LINK.sub(mended, piece) if number % 2 == 0 else piece for number, piece in enumerate(pieces)]
    return "".join(piece + fence for piece, fence in zip(made, [*fences, ""], strict=True))


def mend_picture(data: bytes, most: int) -> Mended:
    """A picture with at most `most` bytes and a sensible width, in its own format; as it is where that cannot be done."""
    try:
        with opened(data) as image:
            if getattr(image, "n_frames", 1) > 1:
                return Mended(data, ())
            form = str(image.format)
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
