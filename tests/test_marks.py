"""Words before and after a title, and in a file's name, that keep a text in: each of them, however it is set apart."""

from __future__ import annotations

import pytest

from bylines.engine.read import aside, gate
from bylines.engine.read.gate_words import BEFORE_A_TITLE
from bylines.engine.read.meant import as_meant
from tests.building import SmallSite

_WORDS = BEFORE_A_TITLE.split("|")


@pytest.mark.parametrize("word", _WORDS)
def test_each_word_marks_a_title_and_a_name(word: str) -> None:
    for title in (
        f"[{word}] Tides",
        f"{word}: Tides",
        f"{word.upper()} – Tides",
        f"Tides ({word})",
        f"Tides 【{word}】",
    ):
        assert gate.mark_of(title), title
    for name in (f"blogs/ada/[{word}] tides.md", f"blogs/ada/tides ({word}).md"):
        assert aside.set_aside(f"content/{name}"), name
    assert not gate.mark_of(f"On {word} tides")
    assert as_meant(f"title: [{word}] Tides\n").held


@pytest.mark.parametrize("title", ['"[CONFIDENTIAL] Tides"', "'Rascunho: Tides'", "[Rascunho] Tides"])
def test_a_post_that_is_marked_so_is_not_published(title: str, site: SmallSite) -> None:
    site.write("content/blogs/ada/x.md", f"---\ntitle: {title}\ndate: 2026-01-02\n---\nWords.\n")
    site.build()
    assert "blogs/ada/x/index.html" not in site.built()
    assert any("x.md:2: " in problem for problem in site.problems())
