"""Exports that are made to do harm: whatever is in one, an import ends soon, with a word, and writes nowhere else."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bylines.imports import export as exports
from bylines.imports import markdown, safe_json, safe_xml
from tests.building import ROOT, SmallSite
from tests.importing import blog, ready, run, texts

_POST = "---\ntitle: A gate\n---\nWords.\n"
_GOOD = {"_posts/2020-01-02-good.md": _POST}
_SECONDS = 60
"""What takes the square of its size takes many times as long."""


@pytest.fixture
def home(site: SmallSite) -> SmallSite:
    """A site with Ada in it, into which a blog can be imported."""
    return ready(site)


def _packed(file: Path, files: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file


# Texts

_TEXTS = """
import sys
from bylines.imports import addresses, convert, moments, target_paths
from bylines.imports.export import Export
from bylines.imports.formats import front_matter, pelican
from bylines.imports.formats.hugo_shortcodes import shortcodes as hugo
from bylines.imports.formats.liquid import liquid
from bylines.imports.formats.paragraphs import paragraphs
from bylines.imports.formats.shortcodes import shortcodes
from bylines.imports.linking import Index, Linker
from bylines.imports.markdown import from_html, plain_text
from bylines.imports.model import Entry, OldBlog
from bylines.imports.relink import relink
SIZE = 40_000
names = ["a.md", *(f"_posts/2020-01-02-{number}.md" for number in range(2_000))]
export = Export("export", dict.fromkeys(names, 1), lambda name, most: b"")
def many(piece, end=""):
    return piece * (SIZE // len(piece)) + end
def link(target, picture=False):
    return target
bombs = [
    *((lambda text: shortcodes(text, []), many(piece, end)) for piece, end in (
        ("a", ""), ("[caption ", ""), ("[caption]", ""), ("[code]", ""), ("[embed]", ""), ("[youtube=http://", ""), ("[video ", ""),
        ("[latex]", ""), ("[latex", ""), ("$latex ", ""), ("<!--more", ""), ("<pre>", ""), ("[abc x] ", ""), ("[abc ", ""),
    )),
    (lambda text: shortcodes(text, []), "[abc" + many(' x="a"')),
    (lambda text: shortcodes(text, []), "$latex" + many(" ")),
    (lambda text: shortcodes(text, []), "[caption " + many("a") + "]x[/caption]"),
    *((paragraphs, many(piece, "x")) for piece in (" ", "<p>", "<pre", "<p", "<!---->", "<!--", "\\n ")),
    *((lambda text: hugo(text, "a.md", "", export, []), many(piece)) for piece in (
        "{{<", "{{< highlight go >}}", "{{</*", "{{< a ", "{{<a\\t", "```x\\n", "``", '{{< ref "1" >}}',
    )),
    (lambda text: hugo(text, "a.md", "", export, []), '{{< a "' + many('"\\\\') + " >}}"),
    (lambda text: hugo(text, "a.md", "", export, []), "`" * SIZE + "x" * SIZE),
    *((lambda text: liquid(text, export, "", front_matter.FrontMatter({}, ""), []), many(piece)) for piece in (
        "{% raw %}", "{% comment %}", "{% highlight js %}", "{{site.url}}", "{:", "{{", "{{ ", "{{'a'|relative_url",
        "{% post_url 2020-01-02-1 %}",
    )),
    (lambda text: liquid(text, export, "", front_matter.FrontMatter({}, ""), []), "{% gist " + many("x")),
    *((lambda text: relink(text, "md", link), many(piece)) for piece in ("[", "[a](", "![", "<img ", "<a ", "<video ", "`` ` ")),
    (lambda text: relink(text, "md", link), "[a](" + many(" ") + "x"),
    (lambda text: relink(text, "rst", link), ".. image:: x" + many(" ") + "x"),
    *((lambda text: from_html(text, link, []), many(piece)) for piece in ("<b>", "<a href=#a><sup>", "<dl><dt>", "<pre>a<br>")),
    (lambda text: from_html(text, link, []), "<pre>" + many("<br>")),
    (plain_text, many("<b>")),
    (lambda text: pelican._markdown(text, []), many("[TOC]\\n")),
    (moments.read, many("1")),
    (moments.read, many(" 1")),
    (lambda text: front_matter.split("---\\n" + text + "\\n---\\n"), many("- ")),
    (lambda text: front_matter.split("---\\n" + text + "\\n---\\n"), many("{a: ")),
    (lambda text: convert._words(text[:2_000]), many("(")),
]
for number, (read, text) in enumerate(bombs):
    print(number, repr(text[:40]), flush=True)
    read(text)
entries = tuple(Entry(key=str(number), title="Same", body="", form="md") for number in range(20_000))
blog = OldBlog(program="x", entries=entries)
placed = target_paths.place_entries(blog, target_paths.Present({}, frozenset()), bool, "en", {})
assert len({place.path for place in placed.values()}) == 20_000
linker = Linker(Index(blog, ()), entries[0], {})
assert len({linker.file(f"{number}/same.png") for number in range(20_000)}) == 20_000
print("end")
"""


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def test_the_time_for_a_text_grows_with_its_size() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TEXTS], env={"PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT}"}, preexec_fn=_bounded,
        capture_output=True, text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-200:] + done.stderr[-2_000:]
    assert done.stdout.endswith("end\n")


# Zips


def _damaged(data: bytes) -> bytes:
    place = data.index(b"2020-01-02-bad.md") + 25
    return data[:place] + b"\xff" * 12 + data[place + 12 :]


def test_a_file_that_cannot_be_unpacked_is_said(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    packed = _packed(home.folder / "bad.zip", {**_GOOD, "_posts/2020-01-02-bad.md": _POST * 50})
    packed.write_bytes(_damaged(packed.read_bytes()))
    assert run(home, packed, kind="jekyll") == 1
    error = capsys.readouterr().err
    assert error.startswith(f"error: _posts/2020-01-02-bad.md in {packed} cannot be read (")
    assert error.endswith("); pack it again\n")


def _behind_a_password(data: bytes) -> bytes:
    place = data.rindex(b"PK\1\2") + 8
    return data[:place] + bytes([data[place] | 1]) + data[place + 1 :]


@pytest.mark.parametrize(
    ("packing", "data", "change", "said"),
    [
        (zipfile.ZIP_BZIP2, _POST, bytes, "it is packed in a way that is not known here; pack it as a plain zip"),
        (zipfile.ZIP_LZMA, _POST, bytes, "it is packed in a way that is not known here; pack it as a plain zip"),
        (zipfile.ZIP_STORED, _POST, _behind_a_password, "it is behind a password"),
        (zipfile.ZIP_DEFLATED, "\0" * 10_000_001, bytes, "it would unpack to more than 100 times its size"),
        (zipfile.ZIP_STORED, "a" * 2_000_001, bytes, "it has more than 2,000,000 bytes"),
    ],
)
def test_a_file_of_a_zip_that_is_not_unpacked_is_named(
    home: SmallSite,
    capsys: pytest.CaptureFixture[str],
    packing: int,
    data: str,
    change: Callable[[bytes], bytes],
    said: str,
) -> None:
    packed = home.folder / "bad.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("_posts/2020-01-02-good.md", _POST)
        archive.writestr("_posts/2020-01-02-bad.md", data, packing)
    packed.write_bytes(change(packed.read_bytes()))
    assert run(home, packed, kind="jekyll") == 0
    assert f"file _posts/2020-01-02-bad.md is left out: {said}\n" in capsys.readouterr().out
    assert list(blog(home)) == ["good.md"]


def test_files_in_each_others_places_are_refused(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    packed = home.folder / "bad.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("_posts/2020-01-02-good.md", _POST * 99)
        for number in range(9):
            archive.filelist.append(archive.filelist[0])
            archive.filelist[-1] = zipfile.ZipInfo(f"_posts/2020-01-02-{number}.md")
            for name in ("header_offset", "compress_size", "file_size", "CRC"):
                setattr(archive.filelist[-1], name, getattr(archive.filelist[0], name))
    assert run(home, packed, kind="jekyll") == 1
    assert capsys.readouterr().err == f"error: the files in {packed} lie in each other's places; pack it again\n"


def test_of_two_files_with_one_name_the_first_that_can_be_had_counts(
    home: SmallSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(exports, "_LARGEST_POST", 100)
    packed = home.folder / "two.zip"
    with zipfile.ZipFile(packed, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in (_POST * 9, _POST, _POST.replace("Words", "Others")):
            archive.writestr("_posts/2020-01-02-good.md", text)
    assert run(home, packed, kind="jekyll") == 0
    assert b"Words." in blog(home)["good.md"]
    said = capsys.readouterr().out
    assert "good.md is left out: it has more than 100 bytes" in said
    assert "good.md is left out: another has its name" in said


@pytest.mark.parametrize(
    ("bound", "value", "said"),
    [
        ("_HELD", 60, "the texts of bad.zip have more than 60 bytes; import it in parts"),
        ("MOST_ENTRIES", 1, "bad.zip has more than 1 posts; import it in parts"),
        ("_OF_A_ZIP", 0, "{} has more than 500,000 files; import it in parts"),
        ("_MOST_FILES", 1, "the export has more than 1 files or 20,000,000,000 bytes; import it in parts"),
    ],
)
def test_an_export_has_its_bounds(
    home: SmallSite,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    bound: str,
    value: int,
    said: str,
) -> None:
    monkeypatch.setattr(exports, bound, value)
    packed = _packed(home.folder / "bad.zip", {**_GOOD, "_posts/2020-01-02-bad.md": _POST * 2})
    assert run(home, packed, kind="jekyll") == 1
    assert capsys.readouterr().err == f"error: {said.format(packed)}\n"


# XML and JSON


@pytest.mark.parametrize("kind", ["wordpress", "blogger", "feed"])
@pytest.mark.parametrize("piece", ["<a/>", ' b=""', " b=''"])
def test_xml_has_its_bounds(
    home: SmallSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str, piece: str
) -> None:
    import importlib

    monkeypatch.setattr(safe_xml, "MOST_TAGS", 50)
    monkeypatch.setattr(importlib.import_module("bylines.imports.formats.feed"), "_MOST_TAGS", 50)
    inner = piece * 60 if piece.startswith("<") else f"<a{piece * 60}/>"
    head = "<!-- http://wordpress.org/export/1.2/ http://www.w3.org/2005/Atom -->"
    assert run(home, home.write("old.xml", f"{head}<rss>{inner}</rss>"), kind=kind) == 1
    assert "old.xml has more than 50 tags; let the old program export it in parts" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["ghost", "feed"])
@pytest.mark.parametrize("piece", ["[],", '"a",', "{},"])
def test_json_has_its_bounds(
    home: SmallSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str, piece: str
) -> None:
    monkeypatch.setattr(safe_json, "MOST_VALUES", 50)
    assert run(home, home.write("old.json", f"[{piece * 60}1]"), kind=kind) == 1
    said = "error: old.json has more than 50 values; let the old program export it in parts\n"
    assert capsys.readouterr().err == said


_DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "post",
    [
        {"mobiledoc": _DEEP},
        {"lexical": _DEEP},
        {"lexical": '{"root": [1]}'},
        {"lexical": '{"root": {"children": [1, {"type": [2], "children": 3}, {"type": "image", "src": 4}]}}'},
        {"title": 5, "slug": 6.5, "html": ["x"], "published_at": True, "status": [1], "visibility": 7},
        {"title": {"a": 1}, "html": {"b": 2}, "custom_excerpt": [3], "locale": 4, "feature_image": 5, "type": 6},
        {"title": "a\ud800b", "slug": "\udfff", "html": "<p>\ud800</p>", "uuid": "\udc00"},
        {"title": "x" * 1_000_000, "slug": "y" * 1_000_000, "published_at": "1" * 1_000_000},
        {"html": "<b>" * 100_000},
    ],
)
def test_a_post_of_ghost_with_odd_values_comes_over(
    home: SmallSite, capsys: pytest.CaptureFixture[str], post: dict[str, Any]
) -> None:
    posts = [{"status": "published", **post}, {"status": "published", "title": "Good", "html": "<p>Words.</p>"}]
    source = home.write("ghost.json", json.dumps({"db": [{"data": {"posts": posts}}]}))
    assert run(home, source, kind="ghost") == 0
    assert b"Words." in blog(home)["good.md"]
    assert len(blog(home)) == 2
    assert capsys.readouterr().err == ""
    assert home.problems() == []
    assert "title: …" not in "".join(texts(blog(home)).values())


@pytest.mark.parametrize(
    "data",
    [
        _DEEP,
        '{"db": [{"data": ' + '{"a":' * 50_000,
        '{"db": 5}',
        '{"db": [{"data": {"posts": [{"id": [1]}], "posts_meta": [{"post_id": [1]}]}}]}',
        '{"db": [{"data": {"posts": [{"title": ' + "9" * 10_000 + "}]}}]}",
        '{"db": [{"data": {"posts": [{"published_at": 1e999}], "tags": 5}}]}',
        '{"db": [{"data": {"posts": [{}], "posts_tags": [{"sort_order": "a"}, {"sort_order": 1}]}}]}',
    ],
)
def test_json_that_no_ghost_wrote_is_one_line(home: SmallSite, capsys: pytest.CaptureFixture[str], data: str) -> None:
    assert run(home, home.write("ghost.json", data), kind="ghost") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_notes_of_wordpress_that_are_none_do_no_harm(home: SmallSite) -> None:
    meta = f"<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value>{_DEEP}</wp:meta_value></wp:postmeta>"
    item = f"<item><title>A</title><x:encoded>&lt;!-- wp:footnotes /--&gt;</x:encoded>{meta}</item>"
    names = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:x="http://purl.org/rss/1.0/modules/content/"'
    assert run(home, home.write("old.xml", f"<rss {names}><channel>{item}</channel></rss>"), kind="wordpress") == 0
    assert list(blog(home)) == ["a.md"]


def test_a_text_of_too_many_tags_gives_its_words(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    item = {"id": "a", "title": "A", "content_html": "<p>Words of salt</p>" + "<i></i>" * markdown.MOST_TAGS}
    assert run(home, home.write("feed.json", json.dumps({"items": [item]})), kind="feed") == 0
    assert "its HTML has more than 30,000 tags: its words alone are here" in capsys.readouterr().out
    assert b"Words of salt" in blog(home)["a.md"]


def test_what_an_export_says_moves_no_cursor(home: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    item = {"id": "a", "title": "A", "content_html": '<img src="\u001b[2Jx\u202e.png"><a href="y\u001b]0;z">b</a>'}
    assert run(home, home.write("feed.json", json.dumps({"items": [item]})), kind="feed") == 0
    said = capsys.readouterr().out
    assert "\u001b" not in said and "\u202e" not in said
    assert r"picture \x1b[2Jx\u202e.png is not in the export" in said
