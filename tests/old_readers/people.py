"""Profiles and group blogs: `authors/<handle>.yaml` and `content/blogs/<handle>/blog.yaml`."""

from __future__ import annotations

import posixpath
import re

from bylines import markup
from bylines.engine.read import gate, header, text
from bylines.engine.read.header import HeaderError
from bylines.engine.read.meant import Slip
from bylines.engine.read.messages import BAD_FILE, BAD_HANDLE, BAD_VALUE, FORMULA, HELD_BLOG, NESTED, RELATIVE
from bylines.engine.read.names import is_handle
from bylines.features.people.messages import FILED
from bylines.markup import MarkupOptions, Outline
from bylines.markup.messages import REMARKS
from bylines.personal_names import index_name
from bylines.pictures.endings import PHOTOS
from bylines.settings.reading import ReadOptions
from tests.old_readers.fields import Fields
from tests.old_readers.records import Closed, Group, Profile, Reading

PROFILE_KEYS = (
    "name sort_name reading role team location joined left languages bio pronouns photo links feeds follows emails "
    "disclaimer aliases"
).split()
GROUP_KEYS = "title description members disclaimer aliases".split()
_FILE = re.compile(rf"[^/\\.][^/\\]*(?:{'|'.join(map(re.escape, PHOTOS))})", re.I)
_LINE = re.compile(
    r"[^\w#]{0,40}(?P<key>\w[\w .-]{0,60}?)[\"']?\s{0,20}[:=：]\s{0,20}[\"']?(?P<value>[^\"'#]{0,80}?)[\"']?,?\s{0,20}(?:#.{0,999})?"
)
_MOST_BYTES = 2_000_000
_PLAIN = MarkupOptions()
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def read_profile(name: str, data: bytes, options: ReadOptions) -> Reading:
    """The profile of a person. `name` is the source's (`authors/ada.yaml`)."""
    shown = f"{options.authors_root}/{name.removeprefix('authors/')}"
    handle, suffix = posixpath.splitext(posixpath.basename(name))
    if not is_handle(handle) or suffix != ".yaml":
        return Reading(
            None, (BAD_HANDLE.problem(shown, handle=handle + (suffix if suffix != ".yaml" else ""), near=""),)
        )
    fields = _fields(shown, data, options, PROFILE_KEYS)
    if isinstance(fields, Reading):
        return _unread(fields, shown, handle, data)
    if closed := _closed(fields, handle):
        return closed
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
        return Reading(None, (BAD_HANDLE.problem(shown, handle=handle, near=""),))
    fields = _fields(shown, data, options, GROUP_KEYS)
    if isinstance(fields, Reading):
        return _unread(fields, shown, handle, data)
    if closed := _closed(fields, handle):
        return closed
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
    said: list[Slip] = []
    try:
        root = header.parse_yaml(decoded.text, 1, said=said)
    except HeaderError as error:
        return Reading(None, (*decoded.problems, error.problem(shown)))
    fields = Fields(shown, root, known)
    fields.problems[:0] = [*decoded.problems, *header.problems_of(shown, said)]
    return fields if isinstance(root.value, tuple) or root.value is None else Reading(None, tuple(fields.problems))


def _closed(fields: Fields, handle: str) -> Reading | None:
    """A blog that is not public, by what stands in its profile or `blog.yaml`; None for any other."""
    verdict = fields.verdict("UTC", people=True)
    for held in verdict.held:
        fields.say(HELD_BLOG, held.line, said=held.said)
    called = next(filter(None, map(fields.node, ("title", "name"))), None)
    mark = gate.mark_of(called.value) if called and isinstance(called.value, str) else ""
    if called and mark:
        fields.say(HELD_BLOG, called.line, said=mark)
    return Reading(Closed(handle=handle), tuple(fields.problems)) if verdict.held or mark else None


def _unread(reading: Reading, shown: str, handle: str, data: bytes) -> Reading:
    """A file that cannot be read: its blog is closed if any of its lines would close it."""
    for number, line in enumerate(data[:_MOST_BYTES].decode("utf-8", "replace").splitlines(), 1):
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        value = header.Node(found["value"] or None, number)
        for held in gate.judge([(found["key"], value)], (), "UTC", people=True).held:
            said = HELD_BLOG.problem(shown, held.line, said=held.said)
            return Reading(Closed(handle=handle), (*reading.problems, said))
    return reading


def _block(fields: Fields, key: str) -> str:
    """A short text in Markdown; of its links, formulas and HTML is said what is wrong with them."""
    source = fields.block(key)
    _, seen = markup.read(source, "md", _PLAIN) if source else (None, Outline())
    for target in seen.targets:
        if not target.startswith("/"):
            fields.say(RELATIVE, fields.line(key), key=key, target=target)
    for _, reason in seen.faults:
        fields.say(FORMULA, fields.line(key), reason=reason)
    for remark in seen.remarks:
        fields.say(REMARKS[remark.code], fields.line(key), value=remark.value, meant=remark.meant)
    if seen.nested:
        fields.say(NESTED, fields.line(key))
    return source


def _photo(fields: Fields) -> str | None:
    photo = fields.text("photo")
    if photo is None or _FILE.fullmatch(photo):
        return photo
    name = photo.replace("\\", "/").rpartition("/")[2]
    near = f", such as {name}" if name != photo and _FILE.fullmatch(name) else ""
    fields.say(BAD_FILE, fields.line("photo"), key="photo", value=photo, near=near)
    return None


def _check_filed(fields: Fields, name: str, languages: tuple[str, ...]) -> None:
    """Says where it is doubtful under which of its words a name is filed."""
    if fields.node("sort_name") is None and fields.node("reading") is None:
        filed = index_name(name, languages=languages)
        if filed.other:
            fields.say(FILED, fields.line("name"), family=filed.family, ours=filed.sorted_by, other=filed.other)


def _check_emails(fields: Fields) -> None:
    for node in fields.texts("emails"):
        if not _EMAIL.fullmatch(node.value):
            fields.say(BAD_VALUE, node.line, key="emails", value=node.value, wanted="an e-mail address")
