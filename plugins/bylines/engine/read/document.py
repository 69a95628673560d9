"""Reads texts: a header, then Markdown or reStructuredText. `Document` is the base of their records."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, TypeAlias

import msgspec

from bylines.engine.digest import digest_of
from bylines.engine.read import gate, header, messages, names, text
from bylines.engine.read.declared import Declared
from bylines.engine.read.fields import Fields
from bylines.engine.read.header import HeaderError, Node
from bylines.engine.read.markers import (
    Aliases,
    Language,
    Moment,
    Picture,
    Publicity,
    Reference,
    Slug,
    Text,
    Where,
    Words,
)
from bylines.engine.read.meant import Slip
from bylines.engine.read.nearest import slug_meant
from bylines.engine.read.pelican_keys import renamed
from bylines.engine.read.text import Parts
from bylines.markup.messages import MERGE, REMARKS
from bylines.problems import ContentProblem, Message
from bylines.records import Reading, Record

if TYPE_CHECKING:
    from bylines.engine.read.keyset import Keyset
    from bylines.markup.options import Outline, Prose, Remark
    from bylines.settings.reading import ReadOptions

Status: TypeAlias = Literal["published", "draft", "hidden"]
_MOST_MEANT = 10
"""The number of links to missing headings, per text, for which a similar heading is searched."""


class Document(Record, frozen=True, kw_only=True):
    """A text with a header."""

    path: str
    """Relative to the content folder: `blogs/ada/on-bernoulli/index.md`."""
    blog: str = ""
    """The handle of the blog in whose folder the file lies; empty if it lies in none."""
    slug: Annotated[str, Slug("another end of the address than the file's name", also=("permalink",))]
    """`slug` of the header; else the file's name without date and `ending`."""
    title: Annotated[str, Text("what it is called", required=messages.MISSING, example="What the winch said")]
    lang: Annotated[
        str,
        Language(
            "`de`, `pt-BR`, `he` …; a translation can say it in its file's name: `winch.de.md` beside `winch.md`",
            also=("language",),
        ),
    ]
    """A BCP 47 tag: `lang`, else the site's DEFAULT_LANG. `engine/weave/naming.py` takes `ending` into account."""
    lang_given: bool = False
    """Whether the header has `lang`."""
    ending: str = ""
    """The part of the file's name that is written like a language: 'de' of `x.de.md`; empty if there is none."""
    dated: str = ""
    """The date with which the file's name begins; empty if there is none, or if the header has `slug`."""
    status: Annotated[
        Status,
        Publicity(
            "`draft`: seen in `make serve` alone; `hidden`: published, listed nowhere",
            "published",
            "draft",
            "hidden",
            also=("draft", "private", "unlisted", "hidden", "public", "publish", "visibility", "state"),
        ),
    ] = "published"
    not_before: dt.datetime | None = None
    """The text is not published before this moment, whatever its date."""
    expires: Annotated[
        dt.datetime | None,
        Moment(
            "from this moment it is gone",
            decides="closes",
            also=("expirydate", "expiry_date", "expiry", "unpublish_date"),
        ),
    ] = None
    """The text is not published from this moment on."""
    modified: Annotated[
        dt.datetime | None,
        Moment(
            "when you changed something that readers should see again",
            also=("updated", "lastmod", "last_modified_at"),
        ),
    ] = None
    summary: Annotated[
        str | None,
        Text(
            "a sentence for lists; else the first paragraph is taken",
            1_000,
            example="It creaks before it gives way.",
            also=("description", "excerpt", "subtitle"),
        ),
    ] = None
    excerpt: str = ""
    """Plain text: the body's first paragraph, at most 280 characters, cut at a word."""
    aliases: Annotated[tuple[str, ...], Aliases("old addresses that lead here", most=200)] = ()
    """Site paths without scheme or host, that begin with `/`."""
    translation_of: Annotated[
        str | None,
        Reference("the slug of the original in your blog, or `handle/slug`", wanted="a post's slug, or handle/slug"),
    ] = None
    image: Annotated[
        str | None, Picture("a picture above the text", also=("cover", "thumbnail", "photo", "picture"))
    ] = None
    image_alt: Annotated[str, Text("what the picture shows", 1_000)] = ""
    words: int = 0
    """Words in the body; a CJK character counts half a word."""
    text: str = ""
    """The digest of the body; empty for a draft, unless drafts are shown."""
    targets: tuple[str, ...] = ()
    """The relative links of the body and `image`, as written, each once, sorted. A bare fragment (`#x`) is not one of them."""
    anchors: tuple[str, ...] = ()
    """The ids in the body to which a link may lead, of headings and those set by the writer; sorted."""
    mentions: tuple[str, ...] = ()
    """Handles after an @ in the body's text (not in code or links), once each, sorted."""
    extra: tuple[tuple[str, str], ...] = ()
    """The writer's own `x_` keys, values as text."""

    def begins(self) -> dt.datetime | None:
        """Return the moment before which it is not published; None if there is none."""
        return self.not_before

    def moments(self) -> tuple[dt.datetime | None, ...]:
        """Return the moments at which its publication begins or ends. The build keeps a table of them."""
        return self.not_before, self.expires


class _Opened(NamedTuple):
    """A text whose header could be read: its parts, its fields with the problems so far, and its markup ('md' or 'rst')."""

    parts: Parts
    fields: Fields
    form: str


def read_document(kind: Declared, where: Where, given: dict[str, Any], data: bytes) -> Reading:
    """Read a text. `given` are the values that follow from its name."""
    opened = _open(kind, where, data)
    if isinstance(opened, Reading):
        return opened
    fields = opened.fields
    values = kind.keyset.read(fields, where)
    prose = _complete(opened, kind.keyset, values, given, where)
    made = kind.made(values, fields, where)
    if made is None or not names.is_slug(values["slug"]) or _is_unfinished(fields):
        return Reading(None, tuple(fields.problems))
    if values["status"] == "draft" and not where.options.drafts:
        made = _without_words(made, kind)
    return Reading(made, tuple(fields.problems), prose)


def _open(kind: Declared, where: Where, data: bytes) -> _Opened | Reading:
    """Split a text and parse its header. Return a reading without a record if that fails."""
    shown, options = where.shown, where.options
    decoded = text.decode(shown, data, kind.limit(options))
    if decoded.text is None:
        return Reading(None, tuple(decoded.problems))
    form = text.kind_of(where.name)
    parts = text.split(decoded.text, form)
    said: list[Slip] = [Slip(line, what, "--- once" if what == text.TWICE else "---") for line, what in parts.fences]
    try:
        root = _header(parts, options, decoded.text, said)
    except HeaderError as error:
        return Reading(None, (*decoded.problems, error.problem(shown)))
    fields = Fields(shown, root, kind.keyset, parts.header_line)
    fields.problems[:0] = [*decoded.problems, *header.problems_of(shown, said)]
    return _Opened(parts, fields, form) if fields.is_mapping else Reading(None, tuple(fields.problems))


def _header(parts: Parts, options: ReadOptions, whole: str, said: list[Slip]) -> Node:
    if parts.form == "yaml":
        found = header.parse_yaml(parts.header, parts.header_line, said=said)
        return renamed(found) if options.markup.engine == "pelican" and isinstance(found.value, tuple) else found
    if parts.form == "rst":
        found = header.parse_fields(parts.header, parts.header_line)
        title = ((Node("title", 1), Node(parts.title, 1)),) if parts.title else ()
        return renamed(Node((*title, *found.value), found.line))
    if parts.form == "fields" and options.markup.engine == "pelican":
        return renamed(header.parse_fields(parts.header, parts.header_line))
    from bylines.engine.read import foreign

    raise foreign.error_of(parts, whole)


def _complete(opened: _Opened, keyset: Keyset, values: dict[str, Any], given: dict[str, Any], where: Where) -> Prose:
    """Add the values that follow from the file's name and the body, and the status. Return the body's prose."""
    from bylines import markup

    fields, path = opened.fields, where.path
    prose, seen = markup.read(opened.parts.body, opened.form, where.options.markup)
    _say_of_body(opened, seen)
    lang, image = values.get("lang"), values.get("image")
    values |= {
        **given,
        **_name_values(fields, values, given, path),
        "path": path,
        "lang": lang or where.options.default_lang,
        "lang_given": lang is not None,
        "excerpt": seen.excerpt,
        "words": seen.words,
        "text": digest_of(opened.parts.body.encode()),
        "targets": tuple(sorted({*seen.targets, image})) if image and "://" not in image else seen.targets,
        "anchors": seen.anchors,
        "mentions": seen.mentions,
        "extra": fields.own(),
    }
    if image and not values.get("image_alt"):
        fields.say(messages.IMAGE_ALT, fields.line("image"))
    _decide(fields, keyset, values, where)
    return prose


def _name_values(fields: Fields, values: dict[str, Any], given: dict[str, Any], path: str) -> dict[str, Any]:
    """Return the slug, and the other parts of the file's name on which the address may depend."""
    called = "slug" in given
    slug = given.get("slug") or values.get("slug") or names.slug_of(path)
    if not names.is_slug(slug):
        near = slug_meant(slug) if fields.node("slug") else None
        message = messages.SLUG_SIGNS if near else messages.BAD_SLUG
        fields.say(message, fields.line("slug") if fields.node("slug") else 0, slug=slug, near=near)
    is_plain = called or bool(values.get("slug"))
    return {
        "slug": slug,
        "ending": "" if called else names.language_of(path),
        "dated": "" if is_plain else names.date_of(path) or "",
    }


def _decide(fields: Fields, keyset: Keyset, values: dict[str, Any], where: Where) -> None:
    """Set the status, and the moments between which the text is published. All of the header counts.

    In doubt the text is a draft, and a message says why.
    """
    verdict = fields.verdict(where.options.timezone)
    status = values.get("status", "published")
    title = values.get("title") or ""
    if status != "draft":
        for held in verdict.held:
            fields.hold(held.said, held.line)
        if mark := gate.mark_of(title):
            fields.hold(f"title: {mark}", fields.line("title"))
            status = "draft"
        elif not fields.has("status") and (part := gate.mark_of_name(names.stem_of(where.path), title)):
            fields.say(messages.HELD_NAME, 0, part=part)
            status = "draft"
    status = "draft" if verdict.held or fields.is_kept_in else status
    for key, marker in keyset.of(Words) if status != "draft" else ():
        if marker.keeps_in and (unready := next(filter(gate.is_unready, values.get(key, ())), "")):
            fields.hold(f"{key}: {unready}", fields.line(key))
            status = "draft"
    moments = [(marker.decides, values.get(key)) for key, marker in keyset.of(Moment) if values.get(key)]
    opening = [verdict.not_before, *(moment for decides, moment in moments if decides == "opens")]
    closing = [verdict.until, *(moment for decides, moment in moments if decides == "closes")]
    values["status"] = status
    values["not_before"] = max(filter(None, opening), default=None)
    values["expires"] = min(filter(None, closing), default=None)


def _without_words(record: Record, kind: Declared) -> Record:
    """Return a draft's record without the writer's words, since the store must not hold them. Its path and links remain."""
    gone: dict[str, Any] = {"excerpt": "", "text": "", "extra": (), "anchors": ()}
    gone |= {key: default for key, default in defaults_of(type(record)).items() if _is_prose(kind, key)}
    gone["title"] = getattr(record, "slug", "")
    gone["more"] = {label: kept for label, kept in record.more.items() if label not in _labels_with_prose(kind)}
    return msgspec.structs.replace(record, **gone)


def _is_prose(kind: Declared, key: str) -> bool:
    marker = kind.keyset.markers.get(key)
    return marker is not None and marker.is_prose


def _labels_with_prose(kind: Declared) -> set[str]:
    """Return the labels of added keys whose values may hold the writer's words."""
    return {keys.label() for keys in kind.added if any(_is_prose(kind, key) for key in keys.__struct_fields__)}


@functools.cache
def defaults_of(record: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the defaults of a record's fields; an empty text for those that have none."""
    fields = msgspec.structs.fields(record)
    return {field.name: "" if field.default is msgspec.NODEFAULT else field.default for field in fields}


def _say_of_body(opened: _Opened, seen: Outline) -> None:
    """Report the problems of the body, with their lines."""
    fields, parts = opened.fields, opened.parts
    fields.problems += _at_lines(fields.shown, parts, messages.FORMULA, "reason", seen.faults)
    fields.problems += _at_lines(fields.shown, parts, messages.ELSEWHERE, "target", seen.elsewhere)
    fields.problems += _at_lines(fields.shown, parts, messages.ON_A_MACHINE, "target", seen.local)
    fields.problems += _missing_anchors(fields.shown, parts, seen)
    fields.problems += [_problem_of(fields.shown, parts, remark) for remark in seen.remarks]
    if seen.nested:
        message = messages.RESTRUCTURED if opened.form == "rst" else messages.NESTED
        fields.say(message, parts.lines_before + 1)


def _missing_anchors(shown: str, parts: Parts, seen: Outline) -> Iterator[ContentProblem]:
    from bylines.markup.ids import nearest

    for nth, (line, target) in enumerate(seen.astray):
        near = nearest(target[1:], seen.anchors) if nth < _MOST_MEANT else ""
        place = parts.lines_before + line if line else 0
        yield messages.NO_PLACE.problem(shown, place, target=target, near=f"; #{near} is there" if near else "")


def _problem_of(shown: str, parts: Parts, remark: Remark) -> ContentProblem:
    line = parts.lines_before + remark.line if remark.line else 0
    return REMARKS[remark.code].problem(shown, line, value=remark.value, meant=remark.meant)


def _is_unfinished(fields: Fields) -> bool:
    """Return whether a text has conflict markers of an unfinished merge."""
    return any(problem.code == MERGE.code for problem in fields.problems)


def _at_lines(
    shown: str, parts: Parts, message: Message, field: str, found: tuple[tuple[int, str], ...]
) -> list[ContentProblem]:
    return [message.problem(shown, parts.lines_before + line if line else 0, **{field: value}) for line, value in found]
