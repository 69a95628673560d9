"""Posts, jams and the site's own pages: a header, then Markdown or reStructuredText."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple, TypeVar

import msgspec

from bylines import markup, messages
from bylines.engine.digest import digest_of
from bylines.engine.read import header, names, text
from bylines.engine.read.fields import Fields, language_tag
from bylines.engine.read.header import HeaderError, Node
from bylines.engine.read.options import ReadOptions
from bylines.engine.read.pelican_keys import renamed
from bylines.engine.read.text import Parts
from bylines.markup import Prose
from bylines.problems import ContentProblem
from bylines.records import Jam, Post, Reading, SitePage, Written

_WRITTEN = "title date modified summary lang translation_of slug status image image_alt aliases".split()
POST_KEYS = (*_WRITTEN, "topics", "authors", "id", "expires", "jam", "in_reply_to")
PAGE_KEYS = tuple(_WRITTEN)
JAM_KEYS = ("title", "opens", "closes", "hosts", *"modified summary lang status image image_alt aliases".split())
_STATUS = ("published", "draft", "hidden")
_RESERVED = re.compile(r"page|index(?:\..*)?|feed(?:\..*)?|photo\..*", re.I)
_REFERENCE = re.compile(r"(?!.*\.\.)/?(?:blogs/)?(?:[a-z0-9-]+/)?[^\s/\\]+/?")
_NAME = re.compile(r"[^\W_](?:[\w.~-]*[\w~-])?")
_ID = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+", re.I)
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
        return Reading(None, (messages.BAD_HANDLE.problem(shown, handle=blog),))
    opened = _open(shown, name, data, options, POST_KEYS)
    if isinstance(opened, Reading):
        return opened
    fields = opened.fields
    date = _date(fields, path, options)
    prose, common = _common(opened, path, options)
    if _RESERVED.fullmatch(common["slug"]):
        fields.say(messages.RESERVED, fields.line("slug"), slug=common["slug"])
        return Reading(None, tuple(fields.problems))
    if not common["title"] or date is None or not names.is_slug(common["slug"]):
        return Reading(None, tuple(fields.problems))
    post = Post(
        blog=blog,
        date=date,
        topics=_once(fields, "topics"),
        authors=fields.handles("authors"),
        id=_matching(fields, "id", _ID, "an identifier, such as tag:example.com,2026:post"),
        expires=fields.moment("expires", options.timezone),
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
    date = fields.moment("date", options.timezone)
    if not common["title"] or not names.is_slug(common["slug"]):
        return Reading(None, tuple(fields.problems))
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
        fields.say(messages.JAM_BACKWARDS, fields.line("closes"))
    elif common["title"] and opens and closes and names.is_slug(slug):
        jam = Jam(opens=opens, closes=closes, hosts=fields.handles("hosts"), **common)
        kept = _without_words(jam) if _is_hidden(jam, options) else jam
        return Reading(kept, tuple(fields.problems), prose)
    return Reading(None, tuple(fields.problems))


def _is_hidden(record: Written, options: ReadOptions) -> bool:
    return record.status == "draft" and not options.drafts


_Text = TypeVar("_Text", Post, SitePage, Jam)


def _without_words(record: _Text, **more: object) -> _Text:
    """A draft as the store may know it: where it lies and what it links to, and nothing that it says."""
    gone = {"title": record.slug, "summary": None, "excerpt": "", "image_alt": "", "text": "", "extra": ()}
    return msgspec.structs.replace(record, **gone, **more)


def _open(shown: str, name: str, data: bytes, options: ReadOptions, known: tuple[str, ...]) -> _Opened | Reading:
    """The parts of a text; a reading without a record where it cannot be read."""
    decoded = text.decode(shown, data, options.max_bytes)
    if decoded.text is None:
        return Reading(None, tuple(decoded.problems))
    kind = text.kind_of(name)
    parts = text.split(decoded.text, kind)
    try:
        root = _header(parts, options, decoded.text)
    except HeaderError as error:
        return Reading(None, (*decoded.problems, error.problem(shown)))
    fields = Fields(shown, root, known, parts.header_line)
    fields.problems[:0] = decoded.problems
    if root.value is not None and not isinstance(root.value, tuple):
        return Reading(None, tuple(fields.problems))
    return _Opened(parts, fields, kind)


def _header(parts: Parts, options: ReadOptions, whole: str) -> Node:
    if parts.form == "yaml":
        found = header.parse_yaml(parts.header, parts.header_line)
        return renamed(found) if options.markup.engine == "pelican" and isinstance(found.value, tuple) else found
    if parts.form == "rst":
        found = header.parse_fields(parts.header, parts.header_line)
        title = ((Node("title", 1), Node(parts.title, 1)),) if parts.title else ()
        return renamed(Node((*title, *found.value), found.line))
    if parts.form == "fields" and options.markup.engine == "pelican":
        return renamed(header.parse_fields(parts.header, parts.header_line))
    if parts.form == "open":
        raise HeaderError(messages.OPEN_HEADER, 1)
    if whole.lstrip().startswith("+++"):
        raise HeaderError(messages.TOML, 1)
    raise HeaderError(messages.NO_HEADER, 1)


def _date(fields: Fields, path: str, options: ReadOptions) -> dt.datetime | None:
    written = fields.moment("date", options.timezone)
    in_name = names.date_of(path)
    if written is not None or in_name is None:
        if fields.node("date") is None:
            fields.say(messages.NO_DATE)
        return written
    return fields.dated("date", Node(in_name, 0), options.timezone)


def _common(opened: _Opened, path: str, options: ReadOptions, called: str = "") -> tuple[Prose, dict[str, Any]]:
    """The body, and the values of the keys that all such texts share, by the names of `Written`.

    `called` is the slug of what has no key for it.
    """
    fields = opened.fields
    title = fields.text("title")
    if not title:
        fields.missing("title")
    slug = called or fields.text("slug") or names.slug_of(path)
    if not names.is_slug(slug):
        fields.say(messages.BAD_SLUG, fields.line("slug") if fields.node("slug") else 0, slug=slug)
    prose, seen = markup.read(opened.parts.body, opened.kind, options.markup)
    fields.problems += _at_lines(fields.shown, opened.parts, messages.FORMULA, "reason", seen.faults)
    fields.problems += _at_lines(fields.shown, opened.parts, messages.ELSEWHERE, "target", seen.elsewhere)
    fields.problems += _at_lines(fields.shown, opened.parts, messages.ON_A_MACHINE, "target", seen.local)
    fields.problems += [
        messages.OF_HTML[remark.kind].problem(
            fields.shown, opened.parts.lines_before + remark.line if remark.line else 0, what=remark.text
        )
        for remark in seen.remarks
    ]
    if seen.nested:
        message = messages.RESTRUCTURED if opened.kind == "rst" else messages.NESTED
        fields.say(message, opened.parts.lines_before + 1)
    image = _matching(fields, "image", _IMAGE, "a file's path or https://…")
    in_name = names.language_of(path)
    return prose, {
        "path": path,
        "slug": slug,
        "title": title,
        "lang": fields.language("lang") or (language_tag(in_name) if in_name else None) or options.default_lang,
        "status": fields.choice("status", _STATUS),
        "modified": fields.moment("modified", options.timezone),
        "summary": fields.text("summary", 1_000),
        "excerpt": seen.excerpt,
        "aliases": fields.old_addresses("aliases"),
        "translation_of": _matching(fields, "translation_of", _REFERENCE, "a post's slug, or handle/slug"),
        "image": image,
        "image_alt": fields.text("image_alt", 1_000) or "",
        "words": seen.words,
        "text": digest_of(opened.parts.body.encode()),
        "targets": tuple(sorted({*seen.targets, image})) if image and "://" not in image else seen.targets,
        "mentions": seen.mentions,
        "extra": fields.own(),
    }


def _at_lines(
    shown: str, parts: Parts, message: messages.Message, field: str, found: tuple[tuple[int, str], ...]
) -> list[ContentProblem]:
    return [message.problem(shown, parts.lines_before + line if line else 0, **{field: value}) for line, value in found]


def _once(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(node.value for node in fields.texts(key)))


def _matching(fields: Fields, key: str, form: re.Pattern[str], wanted: str) -> str | None:
    value = fields.text(key, 1_000)
    if value is None or form.fullmatch(value):
        return value
    fields.say(messages.BAD_VALUE, fields.line(key), key=key, value=value, wanted=wanted)
    return None
