"""Posts, jams and the site's own pages: a header, then Markdown or reStructuredText."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

import msgspec

from bylines import markup
from bylines.engine.digest import digest_of
from bylines.engine.read import foreign, gate, header, names, text
from bylines.engine.read.header import HeaderError, Node
from bylines.engine.read.meant import Slip
from bylines.engine.read.messages import (
    BAD_HANDLE,
    BAD_SLUG,
    BAD_VALUE,
    ELSEWHERE,
    FORMULA,
    HELD_NAME,
    HELD_STATUS,
    IMAGE_ALT,
    NESTED,
    NO_DATE,
    NO_PLACE,
    ON_A_MACHINE,
    RESTRUCTURED,
    SLUG_SIGNS,
)
from bylines.engine.read.pelican_keys import renamed
from bylines.engine.read.text import Parts
from bylines.features.jams.messages import JAM_BACKWARDS
from bylines.features.posts.messages import RESERVED
from bylines.markup import Prose
from bylines.markup.ids import nearest
from bylines.markup.messages import MERGE, REMARKS
from bylines.markup.options import Outline, Remark
from bylines.problems import ERROR, ContentProblem, Message
from bylines.settings.reading import ReadOptions
from tests.old_readers.fields import Fields
from tests.old_readers.nearest import slug_meant
from tests.old_readers.records import Jam, Post, Reading, SitePage, Status, Written

_WRITTEN = "title date modified summary lang translation_of slug status expires image image_alt aliases".split()
POST_KEYS = (*_WRITTEN, "topics", "authors", "id", "jam", "in_reply_to")
PAGE_KEYS = tuple(_WRITTEN)
JAM_KEYS = (
    "title",
    "opens",
    "closes",
    "hosts",
    *"modified summary lang status expires image image_alt aliases".split(),
)
_STATUS: dict[str, Status] = {"published": "published", "draft": "draft", "hidden": "hidden"}
_RESERVED = re.compile(r"page|index(?:\..*)?|feed(?:\..*)?|photo\..*", re.I)
_REFERENCE = re.compile(r"(?!.*\.\.)/?(?:blogs/)?(?:[a-z0-9-]+/)?[^\s/\\]+/?")
_NAME = re.compile(r"[^\W_][^\s/\\]*")
_ID = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+", re.I)
_MOST_MEANT = 10
"""Of links that lead to no heading, those for which a place that is like it is looked for."""
_IMAGE = re.compile(r"(?:https?://|(?![a-z][a-z0-9+.-]*:)(?!//))[^\s<>\"\\][^<>\"\\]*", re.I)


class _Opened(NamedTuple):
    """A text that could be read: its parts, its keys, and what was wrong so far."""

    parts: Parts
    fields: Fields
    kind: str


def read_post(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A post. `name` is the source's (`content/blogs/ada/on-bernoulli/index.md`)."""
    path = name.removeprefix("content/")
    shown = f"{options.root}/{path}"
    blog = path.split("/")[1]
    if not names.is_handle(blog):
        return Reading(None, (BAD_HANDLE.problem(shown, handle=blog, near=""),))
    opened = _open(shown, name, data, options, POST_KEYS)
    if isinstance(opened, Reading):
        return opened
    fields = opened.fields
    date = _date(fields, path, options)
    prose, common = _common(opened, path, options)
    if _RESERVED.fullmatch(common["slug"]):
        fields.say(RESERVED, fields.line("slug"), slug=common["slug"])
        return Reading(None, tuple(fields.problems))
    sound = common["title"] and names.is_slug(common["slug"]) and not _is_unfinished(fields)
    if not sound or date is None:
        return Reading(None, tuple(fields.problems))
    topics = _once(fields, "topics")
    if common["status"] != "draft" and (unready := next(filter(gate.is_unready, topics), "")):
        fields.hold(f"topics: {unready}", fields.line("topics"))
        common["status"] = "draft"
    post = Post(
        blog=blog,
        date=date,
        topics=topics,
        authors=fields.handles("authors"),
        id=_matching(fields, "id", _ID, "an identifier, such as tag:example.com,2026:post"),
        jam=_matching(fields, "jam", _NAME, "the name of a jam's folder"),
        in_reply_to=_matching(fields, "in_reply_to", _REFERENCE, "handle/slug"),
        **common,
    )
    kept = _without_words(post, topics=()) if _is_hidden(post, options) else post
    return Reading(kept, tuple(fields.problems), prose)


def read_page(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A page of the site's own (`content/pages/about.md`)."""
    path = name.removeprefix("content/")
    opened = _open(f"{options.root}/{path}", name, data, options, PAGE_KEYS)
    if isinstance(opened, Reading):
        return opened
    fields = opened.fields
    prose, common = _common(opened, path, options)
    date = _moment(fields, "date", common, options)
    if not common["title"] or not names.is_slug(common["slug"]) or _is_unfinished(fields):
        return Reading(None, tuple(fields.problems))
    if date:
        common["not_before"] = max(date, common["not_before"] or date)
    page = SitePage(date=date, **common)
    kept = _without_words(page) if _is_hidden(page, options) else page
    return Reading(kept, tuple(fields.problems), prose)


def read_jam(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A jam (`content/jams/quiet-harbour/jam.md`), which is called as its folder."""
    path = name.removeprefix("content/")
    opened = _open(f"{options.root}/{path}", name, data, options, JAM_KEYS)
    if isinstance(opened, Reading):
        return opened
    fields = opened.fields
    slug = path.split("/")[1]
    prose, common = _common(opened, path, options, slug)
    opens, closes = fields.moment("opens", options.timezone), fields.end("closes", options.timezone)
    fields.missing("opens")
    fields.missing("closes")
    if opens and closes and closes <= opens:
        fields.say(JAM_BACKWARDS, fields.line("closes"))
    elif common["title"] and opens and closes and names.is_slug(slug) and not _is_unfinished(fields):
        jam = Jam(opens=opens, closes=closes, hosts=fields.handles("hosts"), **common)
        kept = _without_words(jam) if _is_hidden(jam, options) else jam
        return Reading(kept, tuple(fields.problems), prose)
    return Reading(None, tuple(fields.problems))


def _is_hidden(record: Written, options: ReadOptions) -> bool:
    return record.status == "draft" and not options.drafts


_Text = TypeVar("_Text", Post, SitePage, Jam)


def _without_words(record: _Text, **more: object) -> _Text:
    """A draft as the store may know it: where it lies and what it links to, and nothing that it says."""
    gone = {
        "title": record.slug,
        "summary": None,
        "excerpt": "",
        "image_alt": "",
        "text": "",
        "extra": (),
        "anchors": (),
    }
    return msgspec.structs.replace(record, **gone, **more)


def _open(shown: str, name: str, data: bytes, options: ReadOptions, known: tuple[str, ...]) -> _Opened | Reading:
    """The parts of a text; a reading without a record where it cannot be read."""
    decoded = text.decode(shown, data, options.max_bytes)
    if decoded.text is None:
        return Reading(None, tuple(decoded.problems))
    kind = text.kind_of(name)
    parts = text.split(decoded.text, kind)
    said: list[Slip] = [Slip(line, what, "--- once" if what == text.TWICE else "---") for line, what in parts.fences]
    try:
        root = _header(parts, options, decoded.text, said)
    except HeaderError as error:
        return Reading(None, (*decoded.problems, error.problem(shown)))
    fields = Fields(shown, root, known, parts.header_line)
    fields.problems[:0] = [*decoded.problems, *header.problems_of(shown, said)]
    if root.value is not None and not isinstance(root.value, tuple):
        return Reading(None, tuple(fields.problems))
    return _Opened(parts, fields, kind)


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
    raise foreign.error_of(parts, whole)


def _date(fields: Fields, path: str, options: ReadOptions) -> dt.datetime | None:
    if fields.node("date") is not None:
        return _moment(fields, "date", {}, options)
    in_name = names.date_of(path)
    if in_name is not None:
        return fields.dated("date", Node(in_name, 0), options.timezone)
    fields.say(NO_DATE)
    return None


def _common(opened: _Opened, path: str, options: ReadOptions, called: str = "") -> tuple[Prose, dict[str, Any]]:
    """The body, and the values of the keys that all such texts share, by the names of `Written`.

    `called` is the slug of a text that has no key for it, and none for its original either: a jam's.
    """
    fields = opened.fields
    title = fields.text("title")
    if not title:
        fields.missing("title")
    given = called or fields.text("slug")
    slug = given or names.slug_of(path)
    if not names.is_slug(slug):
        near = slug_meant(slug) if fields.node("slug") else None
        message = SLUG_SIGNS if near else BAD_SLUG
        fields.say(message, fields.line("slug") if fields.node("slug") else 0, slug=slug, near=near)
    prose, seen = markup.read(opened.parts.body, opened.kind, options.markup)
    _say_of_body(opened, seen)
    image, image_alt = _picture(fields)
    lang = fields.language("lang")
    status, not_before, until = _openness(fields, path, title or "", options)
    common = {
        "path": path,
        "slug": slug,
        "title": title,
        "lang": lang or options.default_lang,
        "lang_given": lang is not None,
        "ending": "" if called else names.language_of(path),
        "dated": "" if given else names.date_of(path) or "",
        "status": status,
        "not_before": not_before,
        "expires": until,
        "modified": fields.moment("modified", options.timezone),
        "summary": fields.text("summary", 1_000),
        "excerpt": seen.excerpt,
        "aliases": fields.old_addresses("aliases"),
        "translation_of": None
        if called
        else _matching(fields, "translation_of", _REFERENCE, "a post's slug, or handle/slug"),
        "image": image,
        "image_alt": image_alt,
        "words": seen.words,
        "text": digest_of(opened.parts.body.encode()),
        "targets": tuple(sorted({*seen.targets, image})) if image and "://" not in image else seen.targets,
        "anchors": seen.anchors,
        "mentions": seen.mentions,
        "extra": fields.own(),
    }
    ends = _moment(fields, "expires", common, options)
    common["expires"] = min(filter(None, (ends, until)), default=None)
    return prose, common


def _say_of_body(opened: _Opened, seen: Outline) -> None:
    """Notes what is wrong in the body, with its lines."""
    fields, parts = opened.fields, opened.parts
    fields.problems += _at_lines(fields.shown, parts, FORMULA, "reason", seen.faults)
    fields.problems += _at_lines(fields.shown, parts, ELSEWHERE, "target", seen.elsewhere)
    fields.problems += _at_lines(fields.shown, parts, ON_A_MACHINE, "target", seen.local)
    fields.problems += _astray(fields.shown, parts, seen)
    fields.problems += [_remarked(fields.shown, parts, remark) for remark in seen.remarks]
    if seen.nested:
        message = RESTRUCTURED if opened.kind == "rst" else NESTED
        fields.say(message, parts.lines_before + 1)


def _picture(fields: Fields) -> tuple[str | None, str]:
    """The picture above the text as a link names it, and its description."""
    image, alt = _matching(fields, "image", _IMAGE, "a file's path or https://…"), fields.text("image_alt", 1_000) or ""
    if image and "://" not in image:
        image = image.replace("#", "%23").replace("?", "%3F")
    if image and not alt:
        fields.say(IMAGE_ALT, fields.line("image"))
    return image, alt


def _openness(
    fields: Fields, path: str, title: str, options: ReadOptions
) -> tuple[Status, dt.datetime | None, dt.datetime | None]:
    """The status, and the moments between which a text is published, by all that its header says of being public.

    In doubt it is a draft, and a message says why.
    """
    verdict = fields.verdict(options.timezone)
    status = _status(fields)
    if status != "draft":
        for held in verdict.held:
            fields.hold(held.said, held.line)
        if mark := gate.mark_of(title):
            fields.hold(f"title: {mark}", fields.line("title"))
            status = "draft"
        elif not fields.has("status") and (part := gate.mark_of_name(names.stem_of(path), title)):
            fields.say(HELD_NAME, 0, part=part)
            status = "draft"
    return "draft" if verdict.held else status, verdict.not_before, verdict.until


def _status(fields: Fields) -> Status:
    if not fields.has("status"):
        return "published"
    text = fields.text("status") or ""
    if known := _STATUS.get(text.lower()):
        return known
    if gate.is_public(text):
        wanted = " or ".join(_STATUS)
        fields.say(BAD_VALUE, fields.line("status"), key="status", value=text, wanted=wanted)
        return "published"
    fields.say(HELD_STATUS, fields.line("status"), value=gate.short(text) or "empty")
    return "draft"


def _moment(fields: Fields, key: str, common: dict[str, Any], options: ReadOptions) -> dt.datetime | None:
    """A date between which and the build's now a text is published or not; one that is not understood keeps the text in."""
    moment = fields.moment(key, options.timezone)
    if moment is None and fields.node(key) is not None:
        common["status"] = "draft"
        fields.problems[-1] = msgspec.structs.replace(fields.problems[-1], level=ERROR)
    return moment


def _astray(shown: str, parts: Parts, seen: Outline) -> Iterator[ContentProblem]:
    for nth, (line, target) in enumerate(seen.astray):
        near = nearest(target[1:], seen.anchors) if nth < _MOST_MEANT else ""
        place = parts.lines_before + line if line else 0
        yield NO_PLACE.problem(shown, place, target=target, near=f"; #{near} is there" if near else "")


def _remarked(shown: str, parts: Parts, remark: Remark) -> ContentProblem:
    line = parts.lines_before + remark.line if remark.line else 0
    return REMARKS[remark.code].problem(shown, line, value=remark.value, meant=remark.meant)


def _is_unfinished(fields: Fields) -> bool:
    """Whether a text is in the middle of a merge, so that nobody can say what it should be."""
    return any(problem.code == MERGE.code for problem in fields.problems)


def _at_lines(
    shown: str, parts: Parts, message: Message, field: str, found: tuple[tuple[int, str], ...]
) -> list[ContentProblem]:
    return [message.problem(shown, parts.lines_before + line if line else 0, **{field: value}) for line, value in found]


def _once(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(node.value for node in fields.texts(key)))


def _matching(fields: Fields, key: str, form: re.Pattern[str], wanted: str) -> str | None:
    value = fields.text(key, 1_000)
    if value is None or form.fullmatch(value):
        return value
    fields.say(BAD_VALUE, fields.line(key), key=key, value=value, wanted=wanted)
    return None
