"""No word is lost in silence: the words of a page against those that another program shows of the same text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import wording

pytest.importorskip("mdit_py_plugins", reason="mdit-py-plugins is not in this environment (invoke test installs it)")

_SETTINGS = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None, "derandomize": True}
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<!-->", re.S)
_GOES = ("left-out", "framed")


def lost(source: str) -> list[str]:
    """The words that another program shows and we neither show nor speak of."""
    found, outline = wording.ours(source)
    gone = wording.missing(wording.theirs(source), found)
    if not gone or any(remark.code in _GOES for remark in outline.remarks):
        return []
    otherwise = wording.shown_otherwise(source)
    return [word for word in gone if word not in otherwise]


def test_a_loss_is_seen() -> None:
    assert wording.missing(["a", "b", "c"], ["a", "c"]) == ["b"]
    assert wording.missing(["guide", "1", "is"], ["guide1", "is"]) == []
    assert wording.missing(list("abcdefghijklm"), list("abcdefghijkm")) == ["l"]
    assert wording.theirs("Copy <path> of <b>all</b>, then `x`.") == ["copy", "of", "all", "then", "x"]


@pytest.mark.parametrize("name", ["commonmark", "gfm"])
def test_no_word_of_an_example_is_lost(name: str, shared: Path) -> None:
    examples = json.loads((shared / "vectors/markdown" / f"{name}.json").read_text())
    assert {each["example"]: gone for each in examples if (gone := lost(each["markdown"]))} == {}


@pytest.mark.long
@pytest.mark.parametrize("name", ["18f", "servicemesher"])
def test_no_word_of_a_corpus_is_lost(name: str, shared: Path) -> None:
    folder = shared / "corpora" / name / "content"
    if not folder.is_dir():
        pytest.skip(f"the corpus is not here ({folder})")
    files = sorted(folder.rglob("*.md"))
    bodies = {str(file): file.read_text(errors="replace").split("\n---\n", 1)[-1] for file in files}
    assert {file: gone for file, body in bodies.items() if (gone := lost(body))} == {}


_NAMES = st.sampled_from(
    "path int T your-name template slot title script style iframe textarea object xmp plaintext noscript select option "
    "frameset body html head b i em p div span li ul td tr table a br img h1 details summary svg math mi g text use pre "
    "code video source form input button center font blockquote section x:y O".split()
)
_TAGS = st.one_of(
    _NAMES.map(lambda name: f"<{name}>"),
    _NAMES.map(lambda name: f"</{name}>"),
    _NAMES.map(lambda name: f"<{name}/>"),
    _NAMES.map(lambda name: f'<{name} id="q" title="a > b">'),
)
_SIGNS = st.sampled_from([
    "$5", "$x$", "$$", "@ada", ":tada:", ":", "[^1]", "`", "``", "**", "*", "_", "~~", "|", "<", ">", "<-", "<3", "</3", "a < b > c",
    "<!-- -->", "<!--", "-->", "<?php", "?>", "<![CDATA[", "]]>", "<!DOCTYPE html>", "&lt;", "&", "\\", "[", "](u)", "![", "\\<",
    "<https://example.org/>", "<user@host.example>", "<std::string>", "<user@host>", '<div class="x', "<a href='", "C<int>", "\n",
])  # fmt: skip
_STARTS = st.sampled_from(
    ["", "", "", "# ", "- ", "1. ", "> ", "    ", "```\n", "| a |\n|---|\n| ", "[^1]: ", "> [!NOTE]\n> ", "Term\n: "]
)


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """A text in which each word is another: word1, word2 …"""
    number = 0
    blocks = []
    for start in draw(st.lists(_STARTS, min_size=1, max_size=6)):
        pieces = []
        for piece in draw(st.lists(st.one_of(st.none(), _TAGS, _SIGNS), min_size=1, max_size=10)):
            if piece is None:
                number += 1
            pieces.append(piece or f"word{number}")
        blocks.append(start + draw(st.sampled_from([" ", ""])).join(pieces))
    return "\n\n".join([*blocks, "the last words[^1]\n"])


@settings(max_examples=40, **_SETTINGS)  # type: ignore[arg-type]
@given(markdown())
def test_no_word_of_any_text_is_lost(source: str) -> None:
    gone = lost(source)
    assert [word for word in gone if word.startswith("word") or not wording.has_raw_text(source)] == []


@settings(max_examples=40, **_SETTINGS)  # type: ignore[arg-type]
@given(markdown())
@example("Learn <title> of word1.\n\nword2\n")
def test_each_word_stands_unless_it_is_hidden_or_said_to_be_left_out(source: str) -> None:
    found, outline = wording.ours(source)
    text = "".join(found)
    shown = _HIDDEN.sub(" ", source)
    gone = {word for word in re.findall(r"word\d+", shown) if word not in text} - wording.shown_otherwise(source)
    assert not gone or any(remark.code in _GOES for remark in outline.remarks), (gone, outline.remarks)
