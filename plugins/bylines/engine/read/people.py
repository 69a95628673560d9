"""Profiles and group blogs: `authors/<handle>.yaml` and `content/blogs/<handle>/blog.yaml`."""

from __future__ import annotations

import posixpath
import re

from bylines import markup, messages
from bylines.engine.read import header, text
from bylines.engine.read.fields import Fields
from bylines.engine.read.header import HeaderError
from bylines.engine.read.names import is_handle
from bylines.engine.read.options import ReadOptions
from bylines.markup import MarkupOptions, Outline
from bylines.names import file_name
from bylines.records import Group, Profile, Reading

PROFILE_KEYS = (
    "name sort_name reading role team location joined left languages bio pronouns photo links feeds follows emails "
    "disclaimer aliases"
).split()
GROUP_KEYS = "title description members disclaimer aliases".split()
_FILE = re.compile(r"[^/\\.][^/\\]*\.(?:jpg|jpeg|png|webp|avif)", re.I)
_PLAIN = MarkupOptions()
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def read_profile(name: str, data: bytes, options: ReadOptions) -> Reading:
    """The profile of a person. `name` is the source's (`authors/ada.yaml`)."""
    shown = f"{options.authors_root}/{name.removeprefix('authors/')}"
    handle, suffix = posixpath.splitext(posixpath.basename(name))
    if not is_handle(handle) or suffix != ".yaml":
        return Reading(
            None, (messages.BAD_HANDLE.problem(shown, handle=handle + (suffix if suffix != ".yaml" else "")),)
        )
    fields = _fields(shown, data, options, PROFILE_KEYS)
    if isinstance(fields, Reading):
        return fields
    full_name = fields.text("name")
    if not full_name:
        fields.missing("name")
        return Reading(None, tuple(fields.problems))
    _check_emails(fields)
    languages = fields.languages("languages")
    _check_filed(fields, full_name, languages)
    profile = Profile(
        handle=handle,
        name=full_name,
        sort_name=fields.text("sort_name"),
        reading=fields.text("reading"),
        role=fields.text("role") or "",
        team=fields.text("team") or "",
        location=fields.text("location") or "",
        joined=fields.day("joined"),
        left=fields.day("left"),
        languages=languages,
        bio=_block(fields, "bio"),
        pronouns=fields.text("pronouns") or "",
        photo=_photo(fields),
        links=fields.links("links"),
        feeds=fields.addresses("feeds"),
        follows=fields.handles("follows"),
        disclaimer=_block(fields, "disclaimer"),
        aliases=fields.old_addresses("aliases"),
    )
    return Reading(profile, tuple(fields.problems))


def read_group(name: str, data: bytes, options: ReadOptions) -> Reading:
    """The `blog.yaml` of a group blog."""
    shown = f"{options.root}/{name.removeprefix('content/')}"
    handle = name.split("/")[2]
    if not is_handle(handle):
        return Reading(None, (messages.BAD_HANDLE.problem(shown, handle=handle),))
    fields = _fields(shown, data, options, GROUP_KEYS)
    if isinstance(fields, Reading):
        return fields
    title = fields.text("title")
    if not title:
        fields.missing("title")
        return Reading(None, tuple(fields.problems))
    group = Group(
        handle=handle,
        title=title,
        description=_block(fields, "description"),
        members=fields.handles("members"),
        disclaimer=_block(fields, "disclaimer"),
        aliases=fields.old_addresses("aliases"),
    )
    return Reading(group, tuple(fields.problems))


def _fields(shown: str, data: bytes, options: ReadOptions, known: list[str]) -> Fields | Reading:
    """The keys of a YAML file; a reading without a record where it cannot be read."""
    decoded = text.decode(shown, data, options.max_bytes)
    if decoded.text is None:
        return Reading(None, tuple(decoded.problems))
    try:
        root = header.parse_yaml(decoded.text, 1)
    except HeaderError as error:
        return Reading(None, (*decoded.problems, error.problem(shown)))
    fields = Fields(shown, root, known)
    fields.problems[:0] = decoded.problems
    return fields if isinstance(root.value, tuple) or root.value is None else Reading(None, tuple(fields.problems))


def _block(fields: Fields, key: str) -> str:
    """A short text in Markdown; of its links, formulas and HTML is said what is wrong with them."""
    source = fields.block(key)
    _, seen = markup.read(source, "md", _PLAIN) if source else (None, Outline())
    for target in seen.targets:
        if not target.startswith("/"):
            fields.say(messages.RELATIVE, fields.line(key), key=key, target=target)
    for _, reason in seen.faults:
        fields.say(messages.FORMULA, fields.line(key), reason=reason)
    for remark in seen.remarks:
        fields.say(messages.OF_HTML[remark.kind], fields.line(key), what=remark.text)
    if seen.nested:
        fields.say(messages.NESTED, fields.line(key))
    return source


def _photo(fields: Fields) -> str | None:
    photo = fields.text("photo")
    if photo is None or _FILE.fullmatch(photo):
        return photo
    fields.say(messages.BAD_FILE, fields.line("photo"), key="photo", value=photo)
    return None


def _check_filed(fields: Fields, name: str, languages: tuple[str, ...]) -> None:
    """Says where it is doubtful under which of its words a name is filed."""
    if fields.node("sort_name") is None and fields.node("reading") is None:
        filed = file_name(name, languages=languages)
        if filed.other:
            fields.say(
                messages.FILED, fields.line("name"), family=filed.family, ours=filed.sorted_by, other=filed.other
            )


def _check_emails(fields: Fields) -> None:
    for node in fields.texts("emails"):
        if not _EMAIL.fullmatch(node.value):
            fields.say(messages.BAD_VALUE, node.line, key="emails", value=node.value, wanted="an e-mail address")
