"""Small inputs that cost much: time and memory stay in proportion, the file is named, every other page is built.

Each runs in a child whose memory and time are bounded, so that a failure is a failure and not the end of the machine.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bylines.markup import MarkupOptions
from bylines.markup.code import highlight
from bylines.markup.engines import engine_html
from tests.bombs import MARKDOWN, soon
from tests.building import ROOT, SmallSite
from tests.projects import configure

_MEMORY = 3_000_000_000
"""Bytes of addresses, most of which are libraries that are mapped and never used."""
_HOW_MUCH_FASTER = 3.0
"""How much faster than the input the time may grow, since a machine with other work measures badly; a square would be twelve."""
_UNSEEN = 0.15
"""Seconds below which nothing is measured."""
_MEASURE = """
import json, sys, time
from bylines import markup
from bylines.engine.read import ReadOptions
from bylines.features.posts.records import POST
from bylines.markup import MarkupOptions
from bylines.markup.engines import engine_html
from tests.bombs import MARKDOWN, soon
sizes = [int(size) for size in sys.argv[1:]]
def seconds(bomb, size):
    data = ("---\\ntitle: A\\ndate: 2026-01-02\\n---\\n" + bomb(size)).encode()
    began = time.process_time()
    reading = POST.read("content/blogs/ada/x.md", data, ReadOptions())
    made = markup.fill(reading.prose.content, {}, {}) if reading.prose else ""
    assert reading.record is not None or reading.problems
    assert len(made) < 60 * len(data) + 1_000_000, len(made) / len(data)
    return time.process_time() - began
seconds(MARKDOWN["formulas"], 100)
print(json.dumps({name: [seconds(bomb, size) for size in sizes] for name, bomb in MARKDOWN.items()}))
"""


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(command: list[str], folder: Path, timeout: float) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT}", "SOURCE_DATE_EPOCH": "1790000000"}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, preexec_fn=_bounded,
        capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip


def _grown_too_much(small: int, large: int, folder: Path, timeout: float) -> dict[str, list[float]]:
    done = _run(["-c", _MEASURE, str(small), str(large)], folder, timeout)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[float]] = json.loads(done.stdout)
    assert found.keys() == MARKDOWN.keys()
    most = large / small * _HOW_MUCH_FASTER
    return {name: times for name, times in found.items() if times[1] > max(_UNSEEN, most * times[0])}


def test_the_time_for_markdown_grows_with_its_size(tmp_path: Path) -> None:
    assert _grown_too_much(2_000, 24_000, tmp_path, 90) == {}


@pytest.mark.long
def test_the_time_for_the_largest_markdown_grows_with_its_size(tmp_path: Path) -> None:
    assert _grown_too_much(25_000, 990_000, tmp_path, 1_800) == {}


_YAML = {
    "laughs": "a: &a [lol, lol]\nb: &b [*a, *a]\ntitle: *b\n",
    "recursive": "title: &a [*a]\n",
    "merges": "x: &x {title: a}\n<<: [*x, *x]\n",
    "tags": 'title: !!python/object/apply:os.system ["touch ran"]\n',
    "deep": "title: " + "[" * 5_000 + "]" * 5_000 + "\n",
    "deep maps": "title: " + "{a: " * 5_000 + "}" * 5_000 + "\n",
    "deep lines": "\n".join(" " * each + "a:" for each in range(300)) + "\n",
    "many keys": "".join(f"k{each}: v\n" for each in range(5_000)),
    "the same key": "title: a\n" * 6_000,
    "long key": "k" * 60_000 + ": v\n",
    "long value": "title: " + "v" * 60_000 + "\n",
    "large number": "title: " + "9" * 60_000 + "\ndate: " + "9" * 3_000 + "\n",
    "base sixty": "date: " + "59:" * 20_000 + "59\n",
    "topics": "title: a\ntopics: [" + ", ".join(f"t{each}" for each in range(8_000)) + "]\n",
    "aliases": "title: a\naliases: [" + ", ".join(f"/a{each}/" for each in range(8_000)) + "]\n",
    "one topic": "title: a\ntopics: " + "t" * 60_000 + "\n",
    "indicators": "title: " + "? " * 20_000 + "\n",
    "quotes": 'title: "' + '\\"' * 30_000 + '"\n',
    "block": "title: |\n" + "  a\n" * 15_000,
    "sixty-four thousand": "title: a\nx_a: " + "v" * 70_000 + "\n",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What a build says of all bombs at once, and where it was; the one good page is there."""
    site = SmallSite(tmp_path_factory.mktemp("bombs"))
    configure(site)
    site.person("ada", "Ada Lovelace")
    site.post("ada/good.md", "Words that everybody reads.\n")
    for write in (_headers, _large_files, _drawings):
        write(site)
    done: subprocess.CompletedProcess[Any] = _run(["-m", "bylines", "build", "--all-messages"], site.folder, 100)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr
    assert "Words that everybody reads." in site.page("blogs/ada/good/index.html")
    return f"{done.stdout}{done.stderr}", site.folder


def _headers(site: SmallSite) -> None:
    for name, header in _YAML.items():
        stem = name.replace(" ", "-")
        site.write(
            f"content/blogs/ada/{stem}.md", f"---\n{header}{'' if 'date' in header else 'date: 2026-01-02'}\n---\nx\n"
        )
        site.write(f"authors/{stem}.yaml", f"{header}name: {stem}\n".replace("title:", "bio:"))
    site.write("content/topics.yaml", "- name: " + "t" * 100_000 + "\n" + "- " * 40_000 + "\n")


def test_whatever_a_header_holds_its_file_is_named(said: tuple[str, Path]) -> None:
    text, folder = said
    for name in _YAML:
        assert f"content/blogs/ada/{name.replace(' ', '-')}.md:" in text, name
    assert not (folder / "ran").exists()


def _large_files(site: SmallSite) -> None:
    large = b"---\ntitle: a\ndate: 2026-01-02\n---\n"
    with (site.write("content/blogs/ada/post.md", large)).open("ab") as file:
        file.truncate(100_000_000)  # without a byte on the disk
    with (site.write("content/blogs/ada/header.md", b"---\n")).open("ab") as file:
        file.truncate(100_000_000)
    with (site.write("authors/bea.yaml", b"name: Bea\nbio: ")).open("ab") as file:
        file.truncate(100_000_000)
    with (site.write("content/blogs/ada/x/drawing.svg", b"<svg>")).open("ab") as file:
        file.truncate(100_000_000)
    deep = "/".join(["d"] * 120)
    site.write(f"content/blogs/ada/{deep}/x.md", "---\ntitle: a\ndate: 2026-01-02\n---\n")
    site.post("ada/many/index.md")
    for number in range(1_000):
        site.write(f"content/blogs/ada/many/f{number}", b"")


def test_large_files_are_left_out_with_a_word(said: tuple[str, Path]) -> None:
    text, folder = said
    for name in ("blogs/ada/post.md", "blogs/ada/header.md", "blogs/ada/x/drawing.svg"):
        assert f"content/{name}: " in text, name
    assert "authors/bea.yaml: " in text
    assert len(list((folder / "output/blogs/ada/many").glob("f*"))) == 1_000


def _drawings(site: SmallSite) -> None:
    site.post("ada/x/index.md")
    laughs = '<!DOCTYPE svg [<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {chr(98 + each)} "{f"&{chr(97 + each)};" * 10}">' for each in range(9)
    )
    site.write("content/blogs/ada/x/laughs.svg", f"{laughs}]><svg>&j;</svg>")
    site.write("content/blogs/ada/x/utf16.svg", f"{laughs}]><svg>&j;</svg>".encode("utf-16"))
    site.write("content/blogs/ada/x/deep.svg", "<svg>" * 100_000)
    site.write("content/blogs/ada/x/packed.svgz", gzip.compress(bytes(20_000_000)))
    site.write("content/blogs/ada/x/file.svg", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>')


def test_drawings_cannot_grow(said: tuple[str, Path]) -> None:
    text, folder = said
    for name in ("laughs.svg", "utf16.svg", "deep.svg", "packed.svgz", "file.svg"):
        assert f"content/blogs/ada/x/{name}: " in text, name
        assert not (folder / "output/blogs/ada/x" / name).exists()


@pytest.mark.parametrize(
    ("language", "piece"), [("autoit", " "), ("ragel-c", "\n "), ("java", "a b "), ("cfengine3", "(")]
)
def test_code_that_is_none_is_shown_as_it_is(language: str, piece: str) -> None:
    code = piece * (100_000 // len(piece)) + "x"
    with soon():
        assert code in highlight(code, language)


_RESTRUCTURED = {
    "addresses": "http://a.b\n" * 1_000,
    "quotes": "\n".join(" " * each + "a\n" for each in range(150)),
    "paragraph": "*a *a *a\n" * 3_000,
    "lines": "a\n\n----\n\n" * 2_000,
    "directives": ".. class:: a\n\n" * 2_000,
    "long": "words\n\n" * 30_000,
}


def test_what_docutils_dies_of_stands_as_it_was_written(tmp_path: Path) -> None:
    site = SmallSite(tmp_path)
    site.person("ada", "Ada Lovelace")
    site.post("ada/good.md", "Words that everybody reads.\n")
    site.write("content/blogs/ada/fields.rst", ":title: A\n:date: 2026-01-02\n" + ":a: b\n" * 20_000 + "\nx\n")
    for name, body in _RESTRUCTURED.items():
        site.write(f"content/blogs/ada/{name}.rst", f":title: A\n:date: 2026-01-02\n\n{body}")
    with soon():
        problems = site.problems()
    assert "Words that everybody reads." in site.page("blogs/ada/good/index.html")
    said = "this text is too much for the reader of reStructuredText; "
    assert [problem.partition(said)[0] for problem in problems if said in problem] == [
        f"content/blogs/ada/{name}.rst:3: " for name in sorted(_RESTRUCTURED)
    ]
    assert "content/blogs/ada/fields.rst:1: this has more than 64,000 bytes; split it into several" in problems
    assert "<pre>http://a.b\n" in site.page("blogs/ada/addresses/index.html")


def test_what_python_markdown_dies_of_stands_as_it_was_written() -> None:
    source = MARKDOWN["emphasis within"](12_000)
    found, nested = engine_html(source, "md", MarkupOptions(engine="pelican", markdown="{}"))
    assert nested and found == f"<pre>{source}</pre>"


def test_wrong_settings_of_docutils_are_no_fault_of_the_text() -> None:
    with pytest.raises(AttributeError):
        engine_html(
            "words", "rst", MarkupOptions(docutils='{"smart_quotes": {}, "tab_width": "x", "output_encoding": 5}')
        )
