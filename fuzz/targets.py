"""The targets of the fuzzer. Each reads an input, and raises an exception if something that must hold does not."""

from __future__ import annotations

import functools
import re
import tempfile
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from bylines import markup
from bylines.control_characters import first_control
from bylines.engine.kinds import kinds_of
from bylines.engine.read import ReadOptions
from bylines.engine.read.document import Document
from bylines.engine.read.kind import Kind
from bylines.markup import MarkupOptions
from bylines.markup.messages import REMARKS
from bylines.records import Reading, tag_of
from bylines.settings import FEATURES
from fuzz import seeds
from fuzz.harmless import faults_in_text, is_harmless

KINDS = ("wordpress", "jekyll", "hugo", "medium", "ghost", "blogger", "pelican", "feed")
_OURS = ReadOptions()
_PELICANS = ReadOptions(
    markup=MarkupOptions(engine="pelican", markdown='{"extensions": ["extra", "toc", "codehilite"]}')
)
_LONGEST_LINE = 2_000
_OWN = "https://test.example"
# Characters that move a terminal's cursor, end a line, or reverse the direction of text.
_NOT_ON_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Target(NamedTuple):
    """A target: its name, its seeds, and the function that reads an input."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    run: Callable[[bytes], None]
    slow: bool = False
    """Whether an input takes tens of milliseconds; the short run then tries fewer."""


def _read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Read a source as the kind that its name says, with the keys of all capabilities."""
    kind = kinds_of(tuple(FEATURES)).of_source(name)
    assert isinstance(kind, Kind), name
    return kind.read(name, data, options)


def post(data: bytes) -> None:
    """Reads a post, up to what its page and feeds show."""
    _read_text(_read("content/blogs/ada/x.md", data, _OURS))


def body(data: bytes) -> None:
    """Reads a body below valid front matter, so that no input fails before it."""
    found = _read("content/blogs/ada/x.md", b"---\ntitle: A\ndate: 2026-01-02\n---\n" + data, _OURS)
    assert found.record is not None or _is_about_bytes(found), found.problems
    _read_text(found)


def remarks(data: bytes) -> None:
    """Checks that remarks have a known code and an existing line, and that hidden dollar signs are restored exactly."""
    from bylines.markup import dollars

    source = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    outline = markup.read(source, "md", MarkupOptions())[1]
    last = source.count("\n") + 1
    for remark in outline.remarks:
        assert remark.code in REMARKS, remark
        assert 0 <= remark.line <= last, (remark, last)
    lines = (*outline.astray, *outline.faults, *outline.elsewhere, *outline.local)
    assert all(0 <= line <= last for line, _ in lines), (lines, last)
    given, sign = dollars.hide(source)
    assert (dollars.restore(given, sign) if sign else given) == source, sign


def python_markdown(data: bytes) -> None:
    """Reads a post of a site that uses Python-Markdown."""
    _read_text(_read("content/blogs/ada/x.md", data, _PELICANS))


def restructured(data: bytes) -> None:
    """Reads a post in reStructuredText."""
    _read_text(_read("content/blogs/ada/x.rst", data, _PELICANS))


def page(data: bytes) -> None:
    """Reads a page of the site's own, and a jam."""
    _read_text(_read("content/pages/x.md", data, _OURS))
    _read_text(_read("content/jams/x/jam.md", data, _OURS))


def people(data: bytes) -> None:
    """Reads a YAML file as each of the kinds of records that it may be."""
    profile = _sound(_read("authors/ada.yaml", data, _OURS))
    group = _sound(_read("content/blogs/team/blog.yaml", data, _OURS))
    topics = _sound(_read("content/topics.yaml", data, _OURS))
    for source in (getattr(profile, "bio", ""), getattr(group, "description", "")):
        _assert_harmless(markup.inline(source) if source else "")
    for entry in getattr(topics, "entries", ()):
        _assert_harmless(markup.inline(entry.description) if entry.description else "")
    if profile is not None and tag_of(profile) == "profile":
        assert all(is_harmless(address) for _, address in profile.links), profile.links
        assert all(address.lower().startswith(("http://", "https://")) for address in profile.feeds), profile.feeds
        assert profile.photo is None or "/" not in profile.photo, profile.photo
        assert not msgspec.json.encode(profile).count(b'"emails"')


def name(data: bytes) -> None:
    """Indexes a person's name under a letter."""
    from bylines.collation import file_under
    from bylines.personal_names import POLICIES, index_name

    text = " ".join(data.decode("utf-8", "replace").split())[:300]
    if not text:
        return
    for languages in ((), ("hu",), ("ja",)):
        for policy in POLICIES:
            filed = index_name(text, languages=languages, particles=policy)
            assert filed.sorted_by.strip(), (text, filed)
            found = file_under(filed.sorted_by, "en")
            assert found.letter and found.key, (text, found)


def address(data: bytes) -> None:
    """Resolves a link: it must not lead out of the content, nor break out of its attribute."""
    from bylines.engine.weave import links
    from bylines.markup import posters, slots

    written = data.decode("utf-8", "replace")[:5_000]
    for source in links.candidates("content/blogs/ada/x.md", written):
        assert source.startswith(("content/", "/", "outside/")), source
        assert source.startswith(("outside/", "/")) or ".." not in source.split("/"), source
    shown = slots.valid(written)
    assert not set('"<> \\') & set(shown), shown
    found = posters.embed_place(written, ("video.example",))
    if found is not None:
        assert found.frame.startswith("https://"), found
        assert found.origin.partition("://")[2] in (
            "www.youtube-nocookie.com player.vimeo.com www.slideshare.net video.example"
        ), found
    _assert_harmless(
        markup.fill(markup.read(f"[x](<{written}>) ![y](<{written}>)", "md", MarkupOptions())[0].content, {}, {})
    )


def slug(data: bytes) -> None:
    """Reads values that may become a path in the output: slug, aliases, image."""
    from bylines.engine.read.names import is_slug, slug_of

    text = data.decode("utf-8", "replace").replace("\n", " ")[:400]
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    source = f'---\ntitle: A\ndate: 2026-01-02\nslug: "{quoted}"\naliases: ["{quoted}"]\nimage: "{quoted}"\n---\nx\n'
    record = _sound(_read("content/blogs/ada/y.md", source.encode(), _OURS))
    if isinstance(record, Document):
        assert is_slug(record.slug), record.slug
        for path in (record.slug, *record.aliases):
            parts = path.split("/")
            assert ".." not in parts and "." not in parts and "\\" not in path, path
            assert path.isprintable(), path
        assert record.image is None or is_harmless(record.image), record.image
    assert "/" not in slug_of(f"blogs/ada/{text.replace('/', '-')}.md")


def drawing(data: bytes) -> None:
    """Reads an SVG file. If it is published, another parser must find nothing in it that runs code."""
    from lxml import etree

    from bylines.features.files.drawings import wrong_with

    if wrong_with(data):
        return
    root = etree.fromstring(
        data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    )
    for element in root.iter():
        assert isinstance(element.tag, str) or element.tag in (etree.Comment, etree.PI), element
        if not isinstance(element.tag, str):
            continue
        local = etree.QName(element).localname.lower()
        assert local not in ("script", "foreignobject", "iframe", "object", "embed", "handler", "audio", "video"), local
        for key, value in element.items():
            bare = etree.QName(key).localname.lower()
            assert not bare.startswith("on"), key
            assert "javascript:" not in value.lower().replace("\t", "").replace("\n", ""), value


def picture(data: bytes) -> None:
    """Reads a picture file: it is refused with a reason, or its metadata can be removed."""
    import io

    from PIL import Image

    from bylines.features.files.read_picture import read_picture
    from bylines.pictures import metadata

    record = _sound(read_picture("content/blogs/ada/x/y.png", data, _OURS))
    if record is not None:
        with Image.open(io.BytesIO(metadata.strip_metadata(data))) as image:
            assert sorted(image.size) == sorted((record.width, record.height))


def recording(data: bytes) -> None:
    """Removes traces from a video file: its size must stay, and a second pass must change nothing."""
    import io

    from bylines.recordings import matroska, mp4, traces
    from bylines.recordings.patches import NotUnderstood, PatchedReader, apply

    traces.find_trace(io.BytesIO(data))
    for patches_of in (mp4.patches_of, matroska.patches_of):
        try:
            patches = patches_of(io.BytesIO(data), len(data))
        except NotUnderstood:
            continue
        assert all(0 <= patch.start <= patch.end <= len(data) for patch in patches), patches
        made = io.BytesIO(data)
        apply(made, patches)
        assert len(made.getvalue()) == len(data)
        read = PatchedReader(io.BytesIO(data), patches)
        assert len(b"".join(iter(lambda: read.read(100), b""))) == len(data)  # noqa: B023 - read at once
        again = io.BytesIO(made.getvalue())
        apply(again, patches_of(again, len(data)))
        assert again.getvalue() == made.getvalue(), patches


def tree(data: bytes) -> None:
    """Parses a tree object of git: it is refused, or its entries give back exactly the input."""
    from bylines.guard.trees import OddTreeError, parse_tree

    try:
        found = parse_tree(data, 20)
    except OddTreeError:
        return
    assert b"".join(mode + b" " + name + b"\0" + id_ for name, (mode, id_) in found.items()) == data


def commit(data: bytes) -> None:
    """Parses a commit object of git: it is refused, or it has exactly one author line, with the address found."""
    from bylines.guard.commits import OddCommitError, parse_commit

    try:
        found = parse_commit("c" * 40, data)
    except OddCommitError:
        return
    head = data.partition(b"\n\n")[0]
    assert head.count(b"\nauthor ") == 1, head
    assert found.email.encode() in head.lower() or not found.email.isascii(), found


def rules(data: bytes) -> None:
    """Reads `writers.yaml`: it is understood as a whole, or refused with a message."""
    from bylines.guard.paths import name_fault
    from bylines.guard.rules import rules_from
    from bylines.problems import SettingsError

    name_fault(data)
    try:
        found = rules_from(data.decode("utf-8", "replace"))
    except SettingsError as error:
        assert str(error).startswith("writers.yaml"), error
        return
    assert ".." not in found.content.split("/") and ".." not in found.authors.split("/"), found


def header(data: bytes) -> None:
    """Adds an alias to front matter, which must stay readable and keep its other values."""
    from bylines.renaming import edit_front_matter
    from bylines.renaming.edit_front_matter import FormError

    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    try:
        found = edit_front_matter.header_of("x.md", text)
        if found is None:
            return
        changed = edit_front_matter.with_item(text, found, "aliases", "/blogs/ada/old/")
    except FormError:
        return
    before, after = (_read("content/blogs/ada/x.md", each.encode(), _OURS).record for each in (text, changed))
    if isinstance(before, Document) and len(before.aliases) < 200:
        assert isinstance(after, Document), changed
        assert set(after.aliases) == {*before.aliases, "/blogs/ada/old/"}, (before.aliases, after.aliases)
        assert msgspec.structs.replace(before, aliases=()) == msgspec.structs.replace(after, aliases=())


@functools.cache
def _site() -> Any:
    from tests.building import SmallSite

    site = SmallSite(_folder())
    site.person("ada", "Ada")
    return site.site()


@functools.cache
def _folder() -> Any:
    from pathlib import Path

    return Path(tempfile.mkdtemp(prefix="bylines-fuzz-"))


def _import(kind: str, data: bytes) -> None:
    """Imports an export in which one file is replaced: it yields posts that our reader accepts, or a message."""
    from bylines.imports import convert, formats
    from bylines.imports.export import Export
    from bylines.imports.target_paths import Present
    from bylines.problems import ExportError

    number, _, content = data.partition(b"\0")
    files = dict(seeds.export_files(kind))
    texts = sorted(files)
    files[texts[int(number or b"0") % len(texts)] if number.isdigit() else texts[0]] = content
    sizes = {name: len(each) for name, each in files.items()}
    export = Export("export", sizes, lambda name, most: files[name][:most])
    try:
        blog = formats.read(export, kind)
        found = convert.convert_blog(blog, export, _site(), convert.ImportTarget("ada", {}), Present({}, frozenset()))
    except ExportError as error:
        assert str(error), error
        return
    for each in found:
        assert not each.path.startswith("/") and ".." not in each.path.split("/"), each.path
        options = _PELICANS if each.path.endswith(".rst") else _OURS
        reading = _read(f"content/blogs/ada/{each.path}", each.text, options)
        assert reading.record is not None or _is_about_bytes(reading), (reading.problems, each.text[:500])
        _read_text(reading)


def _import_seeds(kind: str) -> Sequence[bytes]:
    files = seeds.export_files(kind)
    return tuple(str(number).encode() + b"\0" + files[name] for number, name in enumerate(sorted(files)))


def _read_text(reading: Reading) -> None:
    _sound(reading)
    if reading.prose is None:
        return
    content = reading.prose.content
    page_shows = markup.fill(content, {}, {})
    feed_shows = markup.fill_absolute(content, {}, {}, f"{_OWN}/blogs/ada/x/")
    for shown in (page_shows, feed_shows):
        assert first_control(shown) < 0, shown[max(0, first_control(shown) - 100) :][:200]
        _assert_harmless(shown)


def _sound(reading: Reading) -> Any:
    """Asserts that a record survives encoding, and that each message fits on a line. Returns the record."""
    record = reading.record
    if record is not None:
        assert msgspec.json.decode(msgspec.json.encode(record), type=type(record)) == record
    assert record is not None or reading.problems, "left out without a word"
    for problem in reading.problems:
        said = str(problem)
        assert not _NOT_ON_A_LINE.search(said), said
        assert len(said) < _LONGEST_LINE, said
    return record


def _is_about_bytes(reading: Reading) -> bool:
    """Whether a text was refused because of its bytes, or of an unfinished merge."""
    codes = ("bytes", "UTF-8", "larger", "empty")
    return any(problem.code == "merge" or any(word in str(problem) for word in codes) for problem in reading.problems)


def _assert_harmless(html: str) -> None:
    faults = faults_in_text(html, _OWN)
    assert not faults, faults[:5]


TARGETS = (
    Target("post", seeds.texts, post),
    Target("body", seeds.bodies, body),
    Target("remarks", seeds.bodies, remarks),
    Target("python-markdown", seeds.texts, python_markdown, slow=True),
    Target("restructured", seeds.restructured, restructured, slow=True),
    Target("page", seeds.texts, page),
    Target("people", seeds.profiles, people),
    Target("name", seeds.names, name),
    Target("address", seeds.addresses, address),
    Target("slug", seeds.addresses, slug),
    Target("drawing", seeds.drawings, drawing),
    Target("picture", seeds.pictures, picture),
    Target("recording", seeds.recordings, recording),
    Target("tree", seeds.trees, tree),
    Target("commit", seeds.commits, commit),
    Target("rules", seeds.profiles, rules),
    Target("header", seeds.texts, header),
    *(
        Target(f"import-{kind}", functools.partial(_import_seeds, kind), functools.partial(_import, kind), slow=True)
        for kind in KINDS
    ),
)
