"""Every mistake is one line with the place, what is wrong and the mend; nobody's mistake stops anybody else."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bylines import messages
from bylines.build_report import lines
from bylines.control_characters import first_control
from bylines.settings import FEATURES
from tests.building import ROOT, SmallSite

_HERE = Path(__file__).parent / "sites_invalid"
_PICTURES = Path(__file__).parent / "test_pictures.py"
_OTHERS = [file for file in sorted(Path(__file__).parent.glob("test_*.py")) if file not in (_PICTURES, Path(__file__))]


class ChangeSet(NamedTuple):
    """A small wrong site: its files, and the messages that are due."""

    name: str
    files: dict[str, bytes]
    messages: list[str]


def _cases() -> Iterator[ChangeSet]:
    for file in sorted(_HERE.glob("*.txt")):
        for block in re.split(r"^=== ", file.read_text(), flags=re.M)[1:]:
            name, _, rest = block.partition("\n")
            sources, _, due = rest.partition(">>>\n")
            files = {}
            for part in re.split(r"^--- (?=\S+/)", sources, flags=re.M)[1:]:
                path, _, text = part.partition("\n")
                files[_bytes(path).decode()] = _bytes(text)
            yield ChangeSet(name, files, _bytes(due).decode().strip("\n").split("\n"))


def _bytes(text: str) -> bytes:
    return re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes([int(match[1], 16)]), text.encode())


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in _cases()])
def test_a_mistake_is_named_with_its_place_and_its_mend(case: ChangeSet, tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/good.md")
    for path, data in case.files.items():
        site.write(path, data)
    assert site.problems() == case.messages
    assert "A title" in site.page("blogs/ada/good/index.html"), "the good post is published all the same"


def test_topics_have_room_for_more_than_a_text(tmp_path: Path) -> None:
    site = SmallSite(tmp_path, BYLINES_MAX_BYTES=1000)
    site.person("ada")
    site.post("ada/good.md", topics="[the last]")
    site.write(
        "content/topics.yaml", "".join(f"- topic {n}\n" for n in range(500)) + "- name: Last\n  synonyms: [the last]\n"
    )
    assert site.problems() == []
    assert ">Last</a>" in site.page("blogs/ada/good/index.html")


def test_a_file_too_large_is_left_out(tmp_path: Path) -> None:
    site = SmallSite(tmp_path, BYLINES_MAX_BYTES=1000)
    site.person("ada")
    site.post("ada/x.md", "x" * 1000)
    assert site.problems() == ["content/blogs/ada/x.md: this has more than 1,000 bytes; split it into several"]


@pytest.mark.parametrize(
    ("key", "most"), [("topics", 50), ("authors", 50), ("aliases", 200)], ids=["topics", "authors", "aliases"]
)
def test_a_list_has_its_bounds(key: str, most: int, tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    items = {"topics": "t{}", "authors": "ada", "aliases": "/old/{}/"}[key]
    site.post("ada/x.md", **{key: "[" + ", ".join(items.format(number) for number in range(most + 1)) + "]"})
    assert site.problems() == [f"content/blogs/ada/x.md:4: {key} has more than {most} entries; shorten it"]


@pytest.mark.parametrize(
    "body", [">" * 500 + " x", "<div>" * 200 + "x" + "</div>" * 200, "<b>" * 300 + "x" + "</b>" * 300]
)
def test_what_is_nested_too_deeply_stands_as_it_was_written(body: str, tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/x.md", body)
    assert site.problems() == [
        "content/blogs/ada/x.md:5: this text is nested too deeply, or its tables are too wide, to be made into a page; "
        "close the HTML tags, write the quotes and lists flat, or give each row of a table its cells"
    ]


@pytest.mark.parametrize(
    ("drawing", "what"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/><a href="https://example.com">x</a></svg>', ""),
        ('<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a" fill="url(#b)"/></svg>', ""),
        ('<svg xmlns="http://www.w3.org/2000/svg"><ScRiPt/></svg>', "a <script> in it"),
        ('<svg onload="alert(1)"/>', "an onload in it"),
        ('<svg><a href="java&#x09;script:alert(1)">x</a></svg>', "an address in it that leads out of it"),
        ('<svg><image href="https://example.com/x.png"/></svg>', "an address in it that leads out of it"),
        ('<svg><set attributeName="href" to="javascript:alert(1)"/></svg>', "an address in it that leads out of it"),
        ("<svg><style>@import 'https://example.com/x.css'</style></svg>", "a style that loads something"),
        ('<svg><rect style="fill: url(https://example.com/x)"/></svg>', "a style that loads something"),
        ("<svg><style>@im<!-- -->port 'https://example.com/x.css'</style></svg>", "a style that loads something"),
        (r"<svg><style>@\69mport 'https://example.com/x.css'</style></svg>", "a style that loads something"),
        (r'<svg><rect fill="u\72l(https://example.com/x)"/></svg>', "a style that loads something"),
        ("<svg style=\"background: image-set('//example.com/x' 1x)\"/>", "a style that loads something"),
        (f'<svg><rect fill="url({" " * 60_000}#b)"/><rect fill="url(\'#b\')"/></svg>', ""),
        (r'<svg xmlns:i="http://i.example"><rect i:export-filename="C:\x.png"/></svg>', ""),
        ('<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>', "entities or style sheets of its own"),
        ("<svg>", "no SVG in it that can be read"),
    ],
)
def test_a_drawing_that_could_run_or_load_anything_is_known(drawing: str, what: str) -> None:
    from bylines.features.files.drawings import wrong_with

    assert wrong_with(drawing.encode()) == what


def test_a_drawing_in_another_encoding_hides_nothing() -> None:
    from bylines.features.files.drawings import wrong_with

    drawing = '<?xml version="1.0"?><?xml-stylesheet href="https://example.com/x.css"?><svg/>'
    assert wrong_with(drawing.encode("utf-16")) == "no SVG in it that can be read"
    assert wrong_with("<svg/>".encode("utf-8-sig")) == ""


def test_what_lies_too_deep_is_named_and_stops_nobody(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    long = "/".join(["e" * 200] * 4)
    site.post("ada/good.md", f"[f]({long}/{'f' * 150}.bin)\n")
    deep = tmp_path / "content/blogs/ada"
    for _ in range(600):
        deep = deep / "d"
        deep.mkdir()
    (deep / "x.md").write_text("---\ntitle: A\ndate: 2026-01-02\n---\n")
    site.write(f"content/blogs/ada/{long}/{'f' * 200}.bin", b"x")
    site.write(f"content/blogs/ada/{long}/{'f' * 150}.bin", b"x")
    said = ": this path has more than 1,000 bytes; put it into fewer folders, or give them shorter names"
    assert [problem.removesuffix(said) for problem in site.problems()] == [
        "content/blogs/ada" + "/d" * 492,
        f"content/blogs/ada/{long}/{'f' * 200}.bin",
    ]
    assert sorted(path[-40:] for path in site.built() if path.startswith("blogs/ada/e")) == ["f" * 36 + ".bin"]
    assert "A title" in site.page("blogs/ada/good/index.html")


def test_control_characters_of_a_title_are_on_no_page(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/x.md", title='"Salt\\a and\\e[31m tides\\N"')
    assert site.problems() == [
        "content/blogs/ada/x.md:2: this has control characters, which were left out; delete them"
    ]
    assert ">Salt and[31m tides</h1>" in site.page("blogs/ada/x/index.html")
    texts = (data.decode() for path, data in site.built().items() if path.endswith((".html", ".atom", ".json", ".xml")))
    assert all(first_control(text) < 0 for text in texts)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.post("ada/x.md").chmod(0)
    assert any("cannot be read" in line for line in site.problems())


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.write("elsewhere/secret.md", "---\ntitle: secret\ndate: 2026-01-01\n---\n")
    (tmp_path / "content/blogs/ada").mkdir(parents=True)
    (tmp_path / "content/blogs/ada/x.md").symlink_to(tmp_path / "elsewhere/secret.md")
    assert site.problems() == [
        "content/blogs/ada/x.md: this is a symbolic link, which is not followed; put the file itself here"
    ]
    assert not any(b"secret" in data for data in site.built().values())


def test_a_mended_mistake_is_forgotten(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada")
    site.post("ada/x.md", title=None)
    assert len(site.problems()) == 1
    site.post("ada/x.md")
    assert site.problems() == []


def test_the_list_of_messages_in_the_docs_is_the_one_in_the_code() -> None:
    assert (ROOT / "docs/messages.md").read_text() == messages.table()


def test_the_messages_of_every_module_are_collected_and_no_two_have_one_code() -> None:
    package = ROOT / "plugins/bylines"
    texts = "\n".join(file.read_text() for file in package.rglob("messages.py"))
    codes = re.findall(r"^[A-Z_0-9]+ = Message\(\n    \"([a-z0-9-]+)\"", texts, re.M)
    assert sorted(codes) == sorted(messages.own()), "each once"


_SAYS_SOMETHING = """
from bylines.engine.feature import Feature
from ours.cooks import relations
FEATURE = Feature(name="cooks", after=("people",), weave=relations.weave)
"""
_RELATIONS = """
from bylines.features.people.records import Profile
from ours.cooks.messages import NO_DISH

def weave(build, changes, dirty):
    for change in changes.of(Profile):
        if isinstance(change.new, Profile):
            build.report(change.name, "cooks", [NO_DISH.problem(build.shown(change.name), name=change.new.name)])
"""
_MESSAGES = """
from bylines.problems import NOTE, Message

NO_DISH = Message("no-dish", "{name} cooks nothing", "name a dish", "-", NOTE, outcome="the blog is published", fixes=True)
"""


def test_a_message_of_a_companys_capability_has_its_level_and_its_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = SmallSite(tmp_path)
    site.person("ada", "Ada")
    for name, text in {
        "__init__": "",
        "feature": _SAYS_SOMETHING,
        "relations": _RELATIONS,
        "messages": _MESSAGES,
    }.items():
        site.write(f"ours/cooks/{name}.py", text)
    monkeypatch.syspath_prepend(str(tmp_path))
    site.settings["BYLINES_FEATURES"] = [*FEATURES, "ours.cooks"]
    try:
        result = site.build()
        told = lines(result)
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "ours"]:
            del sys.modules[name]
        messages.find.cache_clear()
    assert [problem.code for problem in result.problems] == ["no-dish"]
    assert told == [
        "authors/ada.yaml: Ada cooks nothing; name a dish (the blog is published)",
        "1 problem in 1 file; `check --fix` mends 1",
    ]


def test_each_message_is_met_in_some_test() -> None:
    met = "\n".join(path.read_text() for path in [*_HERE.glob("*.txt"), Path(__file__), _PICTURES, *_OTHERS])
    unmet = [message.code for message in messages.own().values() if not re.search(_pattern(message.text), met)]
    assert set(unmet) <= {"odd-name", "not-a-file", "too-long", "unreadable"}, unmet


def _pattern(text: str) -> str:
    return re.sub(r"\\{\w+\\}", ".*", re.escape(text))


def test_sources_that_are_pipes_are_named(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no pipes here")
    site = SmallSite(tmp_path)
    (tmp_path / "content").mkdir()
    os.mkfifo(tmp_path / "content/pipe")
    (tmp_path / "content/odd\\name").write_text("x")
    long = site.person("ada", "x" * 301)
    assert long.exists()
    assert site.problems() == [
        "authors/ada.yaml:1: name is longer than 300 characters; shorten it",
        "content/odd\\\\name: this name has a character that no file name on a web site can have; "
        "rename it: letters, digits, hyphens",
        "content/pipe: this is neither a file nor a folder; remove it",
    ]
